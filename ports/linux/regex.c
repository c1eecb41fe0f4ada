/* SPDX-License-Identifier: Apache-2.0 */
/* regex.c - PCRE2, loaded when it is first needed. */

/* A library because OTP has the same in it, and its syntax, Unicode tables and years of fuzzing
   are not to be had otherwise; 600 KB that most programs never touch. */
#include "mote/os/regex.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <dlfcn.h>
#include <pcre2.h>
#include <pthread.h>
#include "unsized.h"

/* ---- The library ---- */

#define FUNCTIONS(F)                \
    F(config)                       \
    F(get_error_message)            \
    F(general_context_create)       \
    F(compile_context_create)       \
    F(compile_context_free)         \
    F(maketables)                   \
    F(set_character_tables)         \
    F(set_newline)                  \
    F(set_bsr)                      \
    F(set_parens_nest_limit)        \
    F(set_max_pattern_length)       \
    F(set_compile_extra_options)    \
    F(compile)                      \
    F(code_free)                    \
    F(pattern_info)                 \
    F(match_context_create)         \
    F(match_context_free)           \
    F(set_match_limit)              \
    F(set_depth_limit)              \
    F(set_heap_limit)               \
    F(match_data_create)            \
    F(match_data_free)              \
    F(get_ovector_pointer)          \
    F(match)

#define POINTER(name) __typeof__(&pcre2_##name) name;
#define SYMBOL(name) "pcre2_" #name "_8",
static struct Library {
    FUNCTIONS(POINTER)
} library;
static bool is_loaded;
static pcre2_general_context *memory;

/* The last is the number of a compilation without memory. */
enum { PARENS_MAX = 798, PATTERN_MAX = 1 << 18, NO_HEAP = 121 };

static void *take(PCRE2_SIZE bytes, void *unused)
{
    (void)unused;
    return unsized_alloc(bytes);
}

static void give_back(void *data, void *unused)
{
    (void)unused;
    unsized_free(data);
}

/* ---- Latin-1 ---- */

/* The upper half of the bytes are characters of Latin-1, as on OTP before 28. PCRE2 makes
   tables for the C locale, where these are nothing: each gets the classes of an ASCII character of
   its kind. A table has for each byte its lower case, its other case, bits of ten classes, and
   its type. */
enum { LOWER = 0, OTHER = 256, CLASSES = 512, CLASS_COUNT = 10, CLASS_BYTES = 32 };
enum { TYPES = CLASSES + CLASS_COUNT * CLASS_BYTES, FEMININE = 0xAA, MICRO = 0xB5,
       MASCULINE = 0xBA, TIMES = 0xD7, SHARP_S = 0xDF, DIVIDED = 0xF7 };
static const uint8_t *latin1;

static uint8_t alike(unsigned c)
{
    if (c < 0xA0) return 1;
    if (c == FEMININE || c == MICRO || c == MASCULINE) return 'g';
    if (c < 0xC0 || c == TIMES || c == DIVIDED) return '!';
    return c < SHARP_S ? 'G' : 'g';
}

static void make_latin1(void)
{
    uint8_t *table = (uint8_t *)library.maketables(memory);
    latin1 = table;
    for (unsigned c = 0x80; table && c <= 0xFF; c++) {
        uint8_t same = alike(c);
        for (unsigned i = 0; i < CLASS_COUNT; i++) {
            uint8_t *class = table + CLASSES + i * CLASS_BYTES;
            if (class[same / 8] >> same % 8 & 1) class[c / 8] |= (uint8_t)(1 << c % 8);
        }
        table[TYPES + c] = table[TYPES + same];
        if (same != 'G') continue;
        table[LOWER + c] = table[OTHER + c] = (uint8_t)(c + 32);
        table[OTHER + c + 32] = (uint8_t)c;
    }
}

/* ---- Loading ---- */

static void load(void)
{
    static const char *const symbols[] = {FUNCTIONS(SYMBOL)};
    void *handle = dlopen("libpcre2-8.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *function = dlsym(handle, symbols[i]);
        if (!function) return;
        ((void **)&library)[i] = function;
    }
    memory = library.general_context_create(take, give_back, NULL);
    if (memory) make_latin1();
    is_loaded = latin1 != NULL;
}

static bool loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded;
}

bool os_regex_version(char *text, size_t room)
{
    if (!loaded()) return false;
    int size = library.config(PCRE2_CONFIG_VERSION, NULL);
    return size > 0 && (size_t)size <= room && library.config(PCRE2_CONFIG_VERSION, text) > 0;
}

bool os_regex_error_text(int number, char *text, size_t room)
{
    return loaded() && library.get_error_message(number, (PCRE2_UCHAR *)text, room) > 0;
}

/* ---- Compiling ---- */

static const struct Translation {
    uint32_t ours, theirs;
} compile_options[] = {
    {REGEX_UTF, PCRE2_UTF},
    {REGEX_ANCHORED, PCRE2_ANCHORED},
    {REGEX_CASELESS, PCRE2_CASELESS},
    {REGEX_DOLLAR_ENDONLY, PCRE2_DOLLAR_ENDONLY},
    {REGEX_DOTALL, PCRE2_DOTALL},
    {REGEX_EXTENDED, PCRE2_EXTENDED},
    {REGEX_FIRSTLINE, PCRE2_FIRSTLINE},
    {REGEX_MULTILINE, PCRE2_MULTILINE},
    {REGEX_NO_AUTO_CAPTURE, PCRE2_NO_AUTO_CAPTURE},
    {REGEX_DUPNAMES, PCRE2_DUPNAMES},
    {REGEX_UNGREEDY, PCRE2_UNGREEDY},
    {REGEX_NO_START_OPTIMIZE, PCRE2_NO_START_OPTIMIZE},
    {REGEX_UCP, PCRE2_UCP},
    {REGEX_NEVER_UTF, PCRE2_NEVER_UTF},
    {0, 0},
}, match_options[] = {
    {REGEX_ANCHORED, PCRE2_ANCHORED},
    {REGEX_NOTBOL, PCRE2_NOTBOL},
    {REGEX_NOTEOL, PCRE2_NOTEOL},
    {REGEX_NOTEMPTY, PCRE2_NOTEMPTY},
    {REGEX_NOTEMPTY_ATSTART, PCRE2_NOTEMPTY_ATSTART},
    {REGEX_CHECKED, PCRE2_NO_UTF_CHECK},
    {REGEX_WINDOW, PCRE2_PARTIAL_HARD},
    {0, 0},
};

static uint32_t translate(uint32_t options, const struct Translation *table)
{
    uint32_t result = 0;
    for (; table->ours; table++) result |= options & table->ours ? table->theirs : 0;
    return result;
}

static pcre2_compile_context *compile_context(uint32_t options)
{
    static const uint32_t newlines[REGEX_NEWLINES] = {PCRE2_NEWLINE_LF, PCRE2_NEWLINE_CR,
                                                      PCRE2_NEWLINE_CRLF, PCRE2_NEWLINE_ANYCRLF,
                                                      PCRE2_NEWLINE_ANY};
    pcre2_compile_context *context = library.compile_context_create(memory);
    if (!context) return NULL;
    uint32_t newline = (options & REGEX_NEWLINE_MASK) >> REGEX_NEWLINE_SHIFT;
    library.set_newline(context, newlines[newline < REGEX_NEWLINES ? newline : 0]);
    if (options & REGEX_LATIN1) library.set_character_tables(context, latin1);
    library.set_bsr(context,
                    options & REGEX_BSR_ANYCRLF ? PCRE2_BSR_ANYCRLF : PCRE2_BSR_UNICODE);
    library.set_parens_nest_limit(context, PARENS_MAX);
    library.set_max_pattern_length(context, PATTERN_MAX);
#ifdef PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK
    library.set_compile_extra_options(context, PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK);
#endif
    return context;
}

static uint32_t info(const pcre2_code *code, uint32_t what)
{
    uint32_t value = 0;
    library.pattern_info(code, what, &value);
    return value;
}

static void describe(Regex *regex, pcre2_code *code)
{
    uint32_t newline = info(code, PCRE2_INFO_NEWLINE), options = info(code, PCRE2_INFO_ALLOPTIONS);
    PCRE2_SPTR names = NULL;
    library.pattern_info(code, PCRE2_INFO_NAMETABLE, &names);
    size_t bytes = 0;
    library.pattern_info(code, PCRE2_INFO_SIZE, &bytes);
    *regex = (Regex){.code = code,
                     .bytes = bytes,
                     .captures = info(code, PCRE2_INFO_CAPTURECOUNT),
                     .crlf = newline == PCRE2_NEWLINE_CRLF || newline == PCRE2_NEWLINE_ANYCRLF ||
                             newline == PCRE2_NEWLINE_ANY,
                     .utf = options & PCRE2_UTF,
                     .anchored = options & PCRE2_ANCHORED,
                     .names = names,
                     .name_count = info(code, PCRE2_INFO_NAMECOUNT),
                     .name_size = info(code, PCRE2_INFO_NAMEENTRYSIZE)};
}

bool os_regex_compile(Regex *regex, const RegexSource *source, RegexError *error)
{
    *error = (RegexError){0, 0};
    if (!loaded()) return false;
    error->number = REGEX_NO_MEMORY;
    pcre2_compile_context *context = compile_context(source->options);
    if (!context) return false;
    pcre2_code *code =
        library.compile(source->bytes, source->size, translate(source->options, compile_options),
                        &error->number, &error->offset, context);
    library.compile_context_free(context);
    if (code) describe(regex, code);
    else if (error->number == NO_HEAP) error->number = REGEX_NO_MEMORY;
    return code != NULL;
}

void os_regex_free(Regex *regex) { library.code_free(regex->code); }

/* ---- Matching ---- */

/* What a thread of the schedulers keeps from match to match: PCRE2 allocates it otherwise. */
typedef struct Matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
    uint32_t pairs;
} Matcher;

static void matcher_drop(Matcher *matcher)
{
    if (matcher->data) library.match_data_free(matcher->data);
    if (matcher->context) library.match_context_free(matcher->context);
    *matcher = (Matcher){NULL, NULL, 0};
}

static bool matcher_fit(Matcher *matcher, uint32_t pairs)
{
    enum { PAIRS_LEAST = 32 };
    if (matcher->pairs >= pairs) return true;
    matcher_drop(matcher);
    matcher->pairs = pairs < PAIRS_LEAST ? PAIRS_LEAST : pairs;
    matcher->data = library.match_data_create(matcher->pairs, memory);
    matcher->context = library.match_context_create(memory);
    if (matcher->data && matcher->context) return true;
    matcher_drop(matcher);
    return false;
}

static int status_of(int result)
{
    if (result >= 0) return result;
    if (result <= PCRE2_ERROR_UTF8_ERR1 && result >= PCRE2_ERROR_UTF8_ERR21) return REGEX_BAD_TEXT;
    switch (result) {
    case PCRE2_ERROR_NOMATCH: return REGEX_NO_MATCH;
    case PCRE2_ERROR_PARTIAL: return REGEX_PARTIAL;
    case PCRE2_ERROR_MATCHLIMIT: return REGEX_OVER_LIMIT;
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT: return REGEX_OVER_DEPTH;
    case PCRE2_ERROR_BADUTFOFFSET: return REGEX_BAD_TEXT;
    default: return REGEX_FAILED;
    }
}

static int match_with(Matcher *matcher, const Regex *regex, const RegexMatch *match, size_t *pairs)
{
    if (!matcher_fit(matcher, regex->captures + 1)) return REGEX_OVER_DEPTH;
    library.set_match_limit(matcher->context, match->limit);
    library.set_depth_limit(matcher->context, match->depth);
    library.set_heap_limit(matcher->context, match->kilobytes);
    int result = library.match(regex->code, match->subject, match->size, match->start,
                               translate(match->options, match_options), matcher->data,
                               matcher->context);
    if (result <= 0) return result == 0 ? REGEX_FAILED : status_of(result);
    const PCRE2_SIZE *vector = library.get_ovector_pointer(matcher->data);
    for (int i = 0; i < 2 * result; i++) pairs[i] = vector[i];
    return result;
}

int os_regex_match(const Regex *regex, const RegexMatch *match, size_t *pairs)
{
    static _Thread_local Matcher kept;
    Matcher once = {NULL, NULL, 0};
    int result = match_with(match->alone ? &once : &kept, regex, match, pairs);
    if (match->alone) matcher_drop(&once);
    return result;
}
