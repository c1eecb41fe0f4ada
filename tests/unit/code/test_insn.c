/* SPDX-License-Identifier: Apache-2.0 */
/* test_insn.c - packing and unpacking of every instruction. */

#include "code/insn.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define LIST 5

static unsigned bits_of(char letter)
{
    return strchr("xyrubf", letter) ? 8 : letter == 'j' ? 24 : strchr("wELa", letter) ? 32 : 16;
}

static bool is_signed(char letter) { return strchr("biljL", letter) != NULL; }

/* The largest, the least and some other value of the operand. */
static int64_t value_of(char letter, unsigned variant)
{
    unsigned bits = bits_of(letter);
    int64_t top = is_signed(letter) ? ((int64_t)1 << (bits - 1)) - 1 : ((int64_t)1 << bits) - 1;
    if (variant == 0) return top;
    return variant == 1 ? (is_signed(letter) ? -top - 1 : 0) : top / 3;
}

static bool counts(const char *operands, const char *at)
{
    bool has_list = strpbrk(operands, "ST") != NULL;
    char counter = strchr(operands, 'h') ? 'h' : 'u';
    return has_list && *at == counter && strrchr(operands, counter) == at;
}

static void put_list(InsnWriter *w, unsigned token, char list)
{
    unsigned halves = list == 'S' || token == INSN_select_dense ? LIST
                      : token == INSN_bin_create                ? 2 * create_words(LIST)
                                                                : 2 * LIST;
    if (list == 'T') insn_align(w);
    for (unsigned i = 0; i < halves; i++) insn_put_half(w, 0x4000 + i);
}

static void check_round(unsigned token, unsigned variant)
{
    const char *operands = insn_operands[token];
    uint32_t words[32];
    int64_t values[INSN_OPERANDS_MAX];
    unsigned count = 0;
    InsnWriter w;
    memset(words, 0xAA, sizeof words);
    insn_start(&w, words, 32, token);
    for (const char *p = operands; *p && *p != 'S' && *p != 'T'; p++) {
        if (*p == ' ') continue;
        values[count] = counts(operands, p) ? LIST : value_of(*p, variant);
        insn_put(&w, values[count++]);
    }
    const char *list = strpbrk(operands, "ST");
    if (list) put_list(&w, token, *list);
    assert_false(w.failed);
    size_t size = insn_finish(&w);
    InsnLayout layout;
    assert_true(insn_decode(words, size, &layout));
    assert_int_equal(size, layout.words);
    assert_int_equal(count, layout.count);
    assert_int_equal(list ? LIST : 0, layout.list_count);
    for (unsigned i = 0; i < count; i++) {
        bool wide = bits_of(layout.operands[i].letter) == 32;
        assert_int_equal(wide ? (int32_t)(uint32_t)values[i] : values[i], layout.operands[i].value);
    }
    if (list && *list == 'S')
        assert_int_equal(0x4000, ((const uint16_t *)(const void *)words)[layout.list_half]);
    for (size_t room = 0; room < size; room++) assert_false(insn_decode(words, room, &layout));
}

static void test_every_instruction(void **state)
{
    (void)state;
    for (unsigned token = 0; token < INSN_COUNT; token++) {
        for (unsigned variant = 0; variant < 3; variant++) check_round(token, variant);
    }
}

static void test_ranges(void **state)
{
    (void)state;
    static const struct {
        unsigned token;
        int64_t bad;
    } rows[] = {{INSN_move_ix, 256},
                {INSN_return_c, -1},
                {INSN_jump, 1 << 23},
                {INSN_jump, -(1 << 23) - 1}};
    uint32_t words[8];
    InsnWriter w;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        insn_start(&w, words, 8, rows[i].token);
        insn_put(&w, rows[i].bad);
        assert_true(w.failed);
    }
    insn_start(&w, words, 1, INSN_match_string);
    for (int i = 0; i < 4; i++) insn_put(&w, 1);
    assert_true(w.failed);
}

static void test_unknown_token(void **state)
{
    (void)state;
    InsnLayout layout;
    for (uint32_t token = INSN_COUNT; token <= 0xFF; token++)
        assert_false(insn_decode(&token, 1, &layout));
}

static void test_sources(void **state)
{
    (void)state;
    for (int32_t n = -8192; n < 8192; n += 13) {
        uint32_t source = make_source(SOURCE_INT, (uint32_t)n);
        assert_int_equal(SOURCE_INT, source_kind(source));
        assert_int_equal(n, source_int(source));
    }
    assert_int_equal(X_BYTE_MAX, x_slot(X_BYTE_MAX));
    assert_int_equal(X_SCRATCH + X_SCRATCH_COUNT, x_slot(X_BYTE_MAX + 1));
    assert_int_equal(X_SLOTS - 1, x_slot(X_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_instruction),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_unknown_token),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
