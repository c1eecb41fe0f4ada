/* SPDX-License-Identifier: Apache-2.0 */
/* re_error.c - what is said about patterns that do not compile. */

/* OTP's releases before 28 have PCRE1, whose texts and positions programs and tests know. The
   table gives them for PCRE2's numbers; where one number has several texts in PCRE1, what stands
   before the position decides. What a table cannot say is in docs/differences.md. */

#include "natives/re_code.h"
#include <string.h>
#include "term/release.h"

typedef struct Text {
    int number;
    int shift; /* of the position */
    const char *text;
} Text;

#define NO_GROUP "reference to non-existent subpattern"
#define NOT_AFTER_FLAGS "unrecognized character after (? or (?-"
#define RECURSION_END "(?R or (?[+-]digits must be followed by )"
#define CALLOUT_END "closing ) for (?C expected"
#define NO_REPEAT "nothing to repeat"
#define BAD_CONDITION "malformed number or name after (?("
#define NO_ASSERTION "assertion expected after (?( or (?(?C)"
#define NAME_END "syntax error in subpattern name (missing terminator)"
#define NO_HEX "non-hex character in \\x{} (closing brace missing?)"
#define NO_OCTAL "non-octal character in \\o{} (closing brace missing?)"
#define NO_REFERENCE                                                                          \
    "\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain " \
    "number"
#define TOO_LARGE "regular expression is too large"

/* Numbers that the code below asks for. */
enum {
    FLAGS = 111,
    MISSING_PARENTHESIS = 114,
    NO_SUCH_GROUP = 115,
    LARGE = 120,
    LOOKBEHIND = 125,
    TWO_BRANCHES = 127,
    CALLOUT = 139,
    NAME = 142,
    PROPERTY = 146,
    ONE_BRANCH = 154,
    BACKSLASH_G = 157,
    VERB = 160,
    NAME_EXPECTED = 162,
    UTF_DISABLED = 174,
    DIGITS = 178,
    LONG = 188
};

static const Text texts[] = {
    {101, 0, "\\ at end of pattern"},
    {102, 0, "\\c at end of pattern"},
    {103, 0, "unrecognized character follows \\"},
    {104, 0, "numbers out of order in {} quantifier"},
    {105, 0, "number too big in {} quantifier"},
    {106, 0, "missing terminating ] for character class"},
    {107, 0, "invalid escape sequence in character class"},
    {108, 0, "range out of order in character class"},
    {109, 0, NO_REPEAT},
    {FLAGS, 0, NOT_AFTER_FLAGS},
    {112, 0, "POSIX named classes are supported only within a class"},
    {113, 0, "POSIX collating elements are not supported"},
    {MISSING_PARENTHESIS, 0, "missing )"},
    {NO_SUCH_GROUP, 0, NO_GROUP},
    {118, 0, "missing ) after comment"},
    {119, 0, "regular expression is too complicated"},
    {LARGE, 0, TOO_LARGE},
    {122, 0, "unmatched parentheses"},
    {124, 0, BAD_CONDITION},
    {LOOKBEHIND, 0, "lookbehind assertion is not fixed length"},
    {126, 0, RECURSION_END},
    {TWO_BRANCHES, 0, "conditional group contains more than two branches"},
    {128, 1, NO_ASSERTION},
    {129, 0, RECURSION_END},
    {130, 0, "unknown POSIX class name"},
    {134, 0, "character value in \\x{} or \\o{} is too large"},
    {135, 0, "invalid condition (?(0)"},
    {136, 0, "\\C not allowed in lookbehind assertion"},
    {137, -1, "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u"},
    {138, 0, "number after (?C is > 255"},
    {CALLOUT, 0, CALLOUT_END},
    {140, 0, "recursive call could loop indefinitely"},
    {141, 0, "unrecognized character after (?P"},
    {NAME, 0, NAME_END},
    {143, -1, "two named subpatterns have the same name"},
    {144, 0, "group name must start with a non-digit"},
    {145, 0, "support for \\P, \\p, and \\X has not been compiled"},
    {PROPERTY, 0, "malformed \\P or \\p sequence"},
    {147, -1, "unknown property name after \\P or \\p"},
    {148, 0, "subpattern name is too long (maximum 32 characters)"},
    {149, 0, "too many named subpatterns (maximum 10000)"},
    {150, -1, "invalid range in character class"},
    {151, 0, "octal value is greater than \\377 in 8-bit non-UTF-8 mode"},
    {ONE_BRANCH, 0, "DEFINE group contains more than one branch"},
    {155, 0, "missing opening brace after \\o"},
    {BACKSLASH_G, -1, "a numbered reference must not be zero"},
    {158, 0, RECURSION_END},
    {159, 0, "an argument is not allowed for (*ACCEPT), (*FAIL), or (*COMMIT)"},
    {VERB, 0, "(*VERB) not recognized or malformed"},
    {161, 0, "number is too big"},
    {NAME_EXPECTED, 0, "subpattern name expected"},
    {163, 0, "digit expected after (?+"},
    {164, 0, NO_OCTAL},
    {165, 0, "different names for subpatterns of the same number are not allowed"},
    {166, 0, "(*MARK) must have an argument"},
    {167, 0, NO_HEX},
    {168, 0, "\\c must be followed by an ASCII character"},
    {169, -1, "\\k is not followed by a braced, angle-bracketed, or quoted name"},
    {170, 0, "internal error: unknown opcode in find_fixedlength()"},
    {171, -1, "\\N is not supported in a class"},
    {173, 0, "disallowed Unicode code point (>= 0xd800 && <= 0xdfff)"},
    {UTF_DISABLED, 0, "setting UTF is disabled by the application"},
    {176, 0, "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)"},
    {177, 0, "character value in \\u.... sequence is too large"},
    {DIGITS, 0, "digits missing in \\x{} or \\o{}"},
    {181, 0, CALLOUT_END},
    {182, 0, CALLOUT_END},
    {186, 0, "regular expression is too complicated"},
    {187, -1, "lookbehind assertion is not fixed length"},
    {LONG, 0, TOO_LARGE},
    {194, 0, NOT_AFTER_FLAGS},
    {195, 0, "(*VERB) not recognized or malformed"},
};

/* ---- What stands before a position ---- */

/* The last place before `end` where `text` begins, or SIZE_MAX. */
static size_t last_of(const RegexSource *source, size_t end, const char *text)
{
    size_t size = strlen(text);
    if (end > source->size) end = source->size;
    for (size_t at = end < size ? 0 : end - size + 1; at-- > 0;) {
        if (memcmp(source->bytes + at, text, size) == 0) return at;
    }
    return SIZE_MAX;
}

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* The bytes from `at` to `end` are all among `set`. */
static bool are_all(const RegexSource *source, size_t at, size_t end, const char *set)
{
    for (; at < end; at++) {
        uint8_t c = source->bytes[at];
        if (c == 0 || !strchr(set, c)) return false;
    }
    return true;
}

/* Where the group that begins at or before `from` is closed; `from` if it is not. */
static size_t group_end(const RegexSource *source, size_t from)
{
    bool here = from < source->size && source->bytes[from] == '(';
    size_t start = here ? from : last_of(source, from, "(?(");
    size_t depth = 0;
    bool class = false;
    for (size_t at = start; at < source->size; at++) {
        uint8_t c = source->bytes[at];
        if (c == '\\') at++;
        else if (class) class = c != ']';
        else if (c == '[') class = true;
        else if (c == '(') depth++;
        else if (c == ')' && --depth == 0) return at;
    }
    return from;
}

/* ---- One number, several texts ---- */

static const char *missing_parenthesis(const RegexSource *source, size_t end)
{
    size_t group = last_of(source, end, "(?"), at = group + 2;
    if (group == SIZE_MAX || at > end) return NULL;
    uint8_t first = at < end ? source->bytes[at] : 0;
    if (at + 1 == end && first == '(') return NO_ASSERTION;
    if (at < end && first == 'C' && are_all(source, at + 1, end, "0123456789")) return CALLOUT_END;
    if (are_all(source, at, end, "imsxJUX-^")) return NOT_AFTER_FLAGS;
    if (first == 'P' && at + 1 == end) return "unrecognized character after (?P";
    if (first == 'R' && at + 1 == end) return RECURSION_END;
    bool sign = first == '+' || first == '-';
    if (at + sign < end && are_all(source, at + sign, end, "0123456789")) return RECURSION_END;
    return NULL;
}

static const char *no_such_group(const RegexSource *source, RegexError *error)
{
    size_t end = error->offset;
    if (end > 0 && source->bytes[end - 1] == '\\') error->offset = source->size;
    /* Recursion and conditions are looked at when their end is. */
    size_t name = last_of(source, end, "(?P>");
    if (name == SIZE_MAX || name + 4 != end) name = last_of(source, end, "(?&");
    if (name != SIZE_MAX && name + 4 >= end) {
        while (error->offset < source->size && source->bytes[error->offset] != ')') error->offset++;
    }
    size_t condition = last_of(source, end + 1, "(?(");
    if (condition != SIZE_MAX && condition + 4 >= end && end < source->size &&
        is_digit(source->bytes[condition + 3 < source->size ? condition + 3 : condition])) {
        while (error->offset < source->size && source->bytes[error->offset - 1] != ')')
            error->offset++;
    }
    return NULL;
}

static const char *backslash_g(const RegexSource *source, RegexError *error)
{
    size_t at = error->offset;
    bool braced = at < source->size && source->bytes[at] == '{';
    if (!braced || at + 1 >= source->size || !is_digit(source->bytes[at + 1])) return NULL;
    while (++at < source->size && is_digit(source->bytes[at])) {
    }
    error->offset = at + 1; /* The table takes one away. */
    return NO_REFERENCE;
}

static const char *verb(const RegexSource *source, RegexError *error)
{
    size_t at = last_of(source, error->offset, "(*");
    if (at == SIZE_MAX || at + 2 >= source->size) return NULL;
    uint8_t next = source->bytes[at + 2];
    if (is_letter(next) || next == ':' || next >= 0x80) return NULL;
    error->offset = at + 1;
    return NO_REPEAT;
}

/* `text` stands right before `end`. */
static bool follows(const RegexSource *source, size_t end, const char *text)
{
    size_t at = last_of(source, end, text);
    return at != SIZE_MAX && at + strlen(text) == end;
}

static const char *name_expected(const RegexSource *source, const RegexError *error)
{
    size_t end = error->offset;
    if (follows(source, end, "(?(")) return NO_ASSERTION;
    if (follows(source, end, "(?<")) return "unrecognized character after (?<";
    if (follows(source, end, "(?'")) return NAME_END;
    return end == source->size && follows(source, end, "\\g{") ? NO_REFERENCE : NULL;
}

/* A name that has no end: of a condition? */
static const char *name_end(const RegexSource *source, const RegexError *error)
{
    size_t at = last_of(source, error->offset, "(?(");
    if (at == SIZE_MAX) return NULL;
    for (at += 3; at < error->offset; at++) {
        uint8_t c = source->bytes[at];
        if (!is_letter(c) && !is_digit(c) && c != '_') return NULL;
    }
    return BAD_CONDITION;
}

/* \\p with one character, or a name that is none. */
static const char *property(const RegexSource *source, RegexError *error)
{
    size_t end = error->offset;
    if (end < 3) return NULL;
    uint8_t before = source->bytes[end - 2] | 32;
    bool is_short = before == 'p' && source->bytes[end - 3] == '\\';
    uint8_t last = source->bytes[end - 1];
    if (last != '}' && (!is_short || last == '{')) return NULL;
    error->offset--;
    return "unknown property name after \\P or \\p";
}

static const char *digits_missing(const RegexSource *source, const RegexError *error)
{
    size_t end = error->offset;
    if (end < source->size && source->bytes[end] == '}') return NULL;
    if (follows(source, end, "\\x{")) return NO_HEX;
    return follows(source, end, "\\o{") ? NO_OCTAL : NULL;
}

/* (?^ has a meaning in PCRE2 only. */
static const char *flags(const RegexSource *source, RegexError *error, const char *text)
{
    size_t at = last_of(source, error->offset, "(?^");
    if (at != SIZE_MAX && at + 4 >= error->offset) error->offset = at + 2;
    return text;
}

/* A text that goes before the table's, which then only shifts the position. */
static const char *text_by_place(const RegexSource *source, RegexError *error)
{
    switch (error->number) {
    case FLAGS: return flags(source, error, NOT_AFTER_FLAGS);
    case MISSING_PARENTHESIS: {
        const char *text = missing_parenthesis(source, error->offset);
        return text && strcmp(text, NOT_AFTER_FLAGS) == 0 ? flags(source, error, text) : text;
    }
    case NAME: return name_end(source, error);
    case PROPERTY: return property(source, error);
    case DIGITS: return digits_missing(source, error);
    case NO_SUCH_GROUP: return no_such_group(source, error);
    case LARGE:
    case LONG: error->offset = source->size; return NULL;
    case LOOKBEHIND:
    case TWO_BRANCHES:
    case ONE_BRANCH: error->offset = group_end(source, error->offset); return NULL;
    case BACKSLASH_G: return backslash_g(source, error);
    case VERB: return verb(source, error);
    case NAME_EXPECTED: return name_expected(source, error);
    case UTF_DISABLED: error->offset = 0; return NULL;
    default: return NULL;
    }
}

const char *re_error_text(const RegexSource *source, RegexError *error)
{
    if (error->number < 0) return "invalid UTF-8 string";
    const char *text = text_by_place(source, error);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].number != error->number) continue;
        if (texts[i].shift > 0 || error->offset > 0) error->offset += (size_t)texts[i].shift;
        return text ? text : texts[i].text;
    }
    return "internal error: unknown error";
}
