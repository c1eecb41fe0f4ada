/* SPDX-License-Identifier: Apache-2.0 */
/* re_code.h - compiled regular expressions, shared by all processes. */
#ifndef NATIVES_RE_CODE_H
#define NATIVES_RE_CODE_H

/* Programs hold a pattern as its source and options; what PCRE2 makes of these stands in a cache
   that is limited in size. So a program can neither damage compiled code nor lose it, and
   patterns that are given as texts are compiled once, too. What is evicted is freed by its epoch:
   a code that was found is good to the end of the slice; who needs it longer retains it. */

#include "base/epoch.h"
#include "heap/resource.h"
#include "mote/os/regex.h"

typedef struct ReCode {
    Resource resource;
    Retired retired;
    uint32_t hash;
    _Atomic(bool) used; /* since the clock's hand came by */
    bool whole;         /* to be matched against the whole subject only: see re_search.h */
    Regex regex;
    uint32_t options;
    size_t size;
    uint8_t source[];
} ReCode;

bool re_code_init(void);

/* The code of a source, compiled now if it is not there. NULL: *error says why. */
ReCode *re_code_find(const RegexSource *source, RegexError *error);

/* A pattern as a program holds it: the binary in {re_pattern, Captures, Unicode, Crlf, Binary}. */
Term re_code_binary(Heap *heap, const ReCode *code);
/* What a binary of re_code_binary stands for; false: it is none. The bytes are borrowed. */
bool re_code_source(Term binary, RegexSource *source);

/* The mark of a pattern that was exported (OTP 28), in {re_exported_pattern, Mark, Source, Options,
   Code}. Mote has no code in it, nor uses other implementations' code: it compiles the source anew,
   as OTP does with Mote's. */
Term re_exported_mark(Heap *heap, bool unicode);
bool re_is_exported_mark(Term binary);

/* PCRE1's text for the error of a compilation, for releases before 28; it may say another place
   than PCRE2. */
const char *re_error_text(const RegexSource *source, RegexError *error);

#endif
