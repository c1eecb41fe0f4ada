/* SPDX-License-Identifier: Apache-2.0 */
/* test_lower.c - lowered code is sound; code whose structure is not is refused. */

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "base/memory.h"
#include "code/disasm.h"
#include "sample.h"

static uint64_t tokens[INSN_COUNT];

static bool count(const Module *module, uint32_t offset, const InsnLayout *layout, void *context)
{
    (void)layout, (void)context;
    tokens[module->base[offset] & 0xFF]++;
    return true;
}

static void test_sound_and_joined(void **state)
{
    (void)state;
    LoadError error;
    uint32_t offset;
    const char *what;
    Module *module = sample_prepare(&error);
    assert_non_null(module);
    assert_true(module_verify(module, &offset, &what));
    assert_true(module_each_insn(module, count, NULL, &offset));
    static const unsigned wanted[] = {
        INSN_return_c,   INSN_nonempty_get_list, INSN_room_tuple,
        INSN_catch,      INSN_make_fun,          INSN_receive_wait_for,
        INSN_bin_create, INSN_put_map_assoc,     INSN_select_hash};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) assert_true(tokens[wanted[i]] > 0);
    module_discard(module);
}

static void test_verify_finds_damage(void **state)
{
    (void)state;
    LoadError error;
    uint32_t offset;
    const char *what;
    Module *module = sample_prepare(&error);
    uint32_t *code = (uint32_t *)module->base, saved = code[module->functions[0].offset - 1];
    code[module->functions[0].offset - 1] ^= 1;
    assert_false(module_verify(module, &offset, &what));
    assert_string_equal("an entry word", what);
    code[module->functions[0].offset - 1] = saved;
    code[module->functions[0].offset] = 0xFF;
    assert_false(module_verify(module, &offset, &what));
    assert_int_equal(module->functions[0].offset, offset);
    module_discard(module);
}

/* The file with one byte of the first `op`'s operands changed is refused, with this said. */
static void check_refused(unsigned op, size_t operand, uint8_t value, const char *text)
{
    uint8_t bytes[sizeof sample_beam];
    LoadError error;
    size_t at = sample_operands(op);
    assert_true(at > 0);
    memcpy(bytes, sample_beam, sizeof bytes);
    bytes[at + operand] = value;
    assert_null(module_prepare(bytes, sizeof bytes, NULL, &error));
    assert_non_null(strstr(error.text, "Code chunk, offset "));
    assert_non_null(strstr(error.text, text));
}

#define U(n) ((n) << 4)

static void test_structure(void **state)
{
    (void)state;
    check_refused(GENERIC_deallocate, 0, U(9), "the frame has not this size: 9");
    check_refused(GENERIC_allocate, 0, U(0), "register");
    check_refused(GENERIC_call, 1, U(1) | 5, "a call leads not to a function but to label 1");
    check_refused(GENERIC_label, 0, U(0), "no such label: 0");
    check_refused(GENERIC_call_ext, 0, U(7), "an import is called with another arity: 7");
    check_refused(GENERIC_label, (size_t)-1, 255, "unknown opcode 255");
}

static void test_no_memory(void **state)
{
    (void)state;
    LoadError error;
    Module *module = sample_prepare(&error);
    module_discard(module); /* All names are there now. */
    size_t used = memory_used();
    module = NULL;
    for (size_t n = 1; !module; n++) {
        memory_fail_after(n);
        module = sample_prepare(&error);
        memory_fail_after(0);
        if (!module) assert_true(error.text[0] != 0);
        assert_int_equal(used, memory_used());
    }
    module_discard(module);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_and_joined),
        cmocka_unit_test(test_verify_finds_damage),
        cmocka_unit_test(test_structure),
        cmocka_unit_test(test_no_memory),
    };
    sample_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
