/* SPDX-License-Identifier: Apache-2.0 */
/* regex.h - Perl's regular expressions, on machines that have PCRE2. */
#ifndef MOTE_OS_REGEX_H
#define MOTE_OS_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Any thread may call. What is compiled does not change: any number of threads may match with it
   at once. Neither pattern nor subject is trusted, except where REGEX_CHECKED says so. */

/* How to compile. The numbers are kept in compiled patterns that programs hold. */
enum RegexOption {
    REGEX_UTF = 1 << 0,
    REGEX_ANCHORED = 1 << 1, /* also how to match */
    REGEX_CASELESS = 1 << 2,
    REGEX_DOLLAR_ENDONLY = 1 << 3,
    REGEX_DOTALL = 1 << 4,
    REGEX_EXTENDED = 1 << 5,
    REGEX_FIRSTLINE = 1 << 6,
    REGEX_MULTILINE = 1 << 7,
    REGEX_NO_AUTO_CAPTURE = 1 << 8,
    REGEX_DUPNAMES = 1 << 9,
    REGEX_UNGREEDY = 1 << 10,
    REGEX_NO_START_OPTIMIZE = 1 << 11,
    REGEX_UCP = 1 << 12,
    REGEX_NEVER_UTF = 1 << 13,
    REGEX_BSR_ANYCRLF = 1 << 14,
    REGEX_LATIN1 = 1 << 15, /* without UTF, bytes from 128 are characters of Latin-1 */
    REGEX_NEWLINE_SHIFT = 16, /* enum RegexNewline in three bits */
    REGEX_NEWLINE_MASK = 7 << 16,
    REGEX_COMPILE_MASK = 0x7FFFF
};
enum RegexNewline {
    REGEX_NEWLINE_LF,
    REGEX_NEWLINE_CR,
    REGEX_NEWLINE_CRLF,
    REGEX_NEWLINE_ANYCRLF,
    REGEX_NEWLINE_ANY,
    REGEX_NEWLINES
};
/* How to match. */
enum RegexMatchOption {
    REGEX_NOTBOL = 1 << 20,
    REGEX_NOTEOL = 1 << 21,
    REGEX_NOTEMPTY = 1 << 22,
    REGEX_NOTEMPTY_ATSTART = 1 << 23,
    REGEX_CHECKED = 1 << 24, /* the subject is valid UTF-8, and `start` does not cut a character */
    REGEX_WINDOW = 1 << 25   /* more may follow the subject: PARTIAL where that would matter */
};

typedef struct RegexSource {
    const uint8_t *bytes;
    size_t size;
    uint32_t options;
} RegexSource;

/* `number` is PCRE2's; 0: there is no PCRE2. What is no UTF-8 has negative numbers. */
enum { REGEX_NO_MEMORY = -48 }; /* PCRE2's, too */
typedef struct RegexError {
    int number;
    size_t offset;
} RegexError;

typedef struct Regex {
    void *code;
    size_t bytes;      /* that it takes */
    uint32_t captures; /* groups; beside the whole */
    bool crlf;         /* CR LF counts as one newline */
    bool utf;
    bool anchored; /* to the subject's start, or where matching starts */
    /* Names, sorted: in each entry two bytes of the group's number, highest first, and the name
       with a NUL. Names may stand for several groups. */
    const uint8_t *names;
    uint32_t name_count, name_size;
} Regex;

/* False: *error says why. */
bool os_regex_compile(Regex *regex, const RegexSource *source, RegexError *error);
void os_regex_free(Regex *regex);

enum {
    REGEX_NO_MATCH = -1,
    REGEX_PARTIAL = -2,
    REGEX_OVER_LIMIT = -3,
    REGEX_OVER_DEPTH = -4, /* of backtracking, or too much memory for it */
    REGEX_BAD_TEXT = -5,   /* no UTF-8, or a start that cuts a character */
    REGEX_FAILED = -6
};
typedef struct RegexMatch {
    const uint8_t *subject;
    size_t size, start;
    uint32_t options;
    uint32_t limit, depth; /* of backtracking */
    uint32_t kilobytes;    /* of memory */
    bool alone;            /* on a thread beside the schedulers, which keeps nothing afterwards */
} RegexMatch;
#define REGEX_UNSET SIZE_MAX
/* How many pairs of start and end were set in `pairs`, which has room for all captures and the
   whole; or an error. A pair may be REGEX_UNSET; an end may stand before its start (\K). */
int os_regex_match(const Regex *regex, const RegexMatch *match, size_t *pairs);

/* The library's version as a string. False: there is none. */
bool os_regex_version(char *text, size_t room);
/* What it says about an error of os_regex_compile; likewise. */
bool os_regex_error_text(int number, char *text, size_t room);

#endif
