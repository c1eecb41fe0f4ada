/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_re.c - regular expressions: what compiles matches within bounds; else there is a text. */

/* Input: options (four bytes), the subject's size (one byte), the subject, the pattern. */
#include <string.h>
#include "base/bytes.h"
#include "base/epoch.h"
#include "base/memory.h"
#include "fuzz.h"
#include "natives/re_code.h"

void fuzz_start(void)
{
    epoch_init();
    epoch_enter(0);
    FUZZ_CHECK(re_code_init());
    memory_limit_set((size_t)256 << 20);
}

static void match(const Regex *regex, RegexMatch *m)
{
    static size_t pairs[2 * 65536];
    int count = os_regex_match(regex, m, pairs);
    FUZZ_CHECK(count != 0 && count <= (int)regex->captures + 1);
    for (int i = 0; i < 2 * count; i++) FUZZ_CHECK(pairs[i] <= m->size || pairs[i] == REGEX_UNSET);
}

bool fuzz_one(const uint8_t *bytes, size_t size)
{
    if (size < 5) return false;
    uint32_t options = load_big32(bytes);
    const uint8_t *subject = bytes + 5, *pattern;
    size_t length = bytes[4] < size - 5 ? bytes[4] : size - 5;
    pattern = subject + length;
    RegexSource source = {pattern, size - 5 - length, options & REGEX_COMPILE_MASK};
    RegexError error;
    ReCode *code = re_code_find(&source, &error);
    if (!code) {
        FUZZ_CHECK(error.number != 0 && strlen(re_error_text(&source, &error)) > 0);
        FUZZ_CHECK(error.offset <= source.size);
    } else {
        FUZZ_CHECK(re_code_find(&source, &error) == code);
        uint32_t how = options & (REGEX_ANCHORED | REGEX_NOTBOL | REGEX_NOTEOL | REGEX_NOTEMPTY |
                                  REGEX_NOTEMPTY_ATSTART | REGEX_WINDOW);
        RegexMatch m = {.subject = subject, .size = length, .options = how, .limit = 2000,
                        .depth = 2000, .kilobytes = 1024};
        match(&code->regex, &m);
        m.start = length / 2;
        m.alone = true;
        match(&code->regex, &m);
    }
    epoch_quiescent(0);
    return code != NULL;
}
