/* SPDX-License-Identifier: Apache-2.0 */
/* test_beam.c - .beam files: chunks, tables, operands; damaged ones. */

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "base/memory.h"
#include "sample.h"

static void test_tables(void **state)
{
    (void)state;
    BeamFile file;
    BeamError error;
    BeamExport row;
    assert_true(beam_open(&file, sample_beam, sizeof sample_beam, NULL, &error));
    assert_int_equal(6, file.atoms[1].size);
    assert_memory_equal("sample", file.atoms[1].bytes, 6);
    assert_int_equal(12, file.export_count); /* ten, and module_info twice */
    assert_int_equal(1, file.fun_count);
    for (uint32_t i = 0; i < file.export_count; i++)
        assert_true(beam_export(&file, i, &row, &error));
    beam_close(&file);
}

static void test_all_instructions(void **state)
{
    (void)state;
    BeamFile file;
    BeamError error;
    BeamReader reader;
    BeamInsn insn;
    uint32_t functions = 0, labels = 0;
    assert_true(beam_open(&file, sample_beam, sizeof sample_beam, NULL, &error));
    beam_reader_init(&reader, &file, 2, 3);
    while (beam_next(&reader, &insn, &error)) {
        functions += insn.op == GENERIC_func_info;
        labels += insn.op == GENERIC_label;
    }
    assert_int_equal(0, error.text[0]);
    assert_int_equal(file.code.size, reader.position);
    assert_int_equal(file.function_count, functions);
    assert_int_equal(file.label_count - 1, labels);
    beam_reader_done(&reader);
    beam_close(&file);
}

static void test_cut_off(void **state)
{
    (void)state;
    BeamFile file;
    BeamError error;
    size_t used = memory_used();
    for (size_t size = 0; size < sizeof sample_beam - 3; size++) {
        assert_false(beam_open(&file, sample_beam, size, NULL, &error));
        assert_non_null(strstr(error.text, "chunk, offset "));
        assert_int_equal(used, memory_used());
    }
}

static void test_errors_name_the_place(void **state)
{
    (void)state;
    uint8_t bytes[sizeof sample_beam];
    BeamFile file;
    BeamError error;
    memcpy(bytes, sample_beam, sizeof bytes);
    bytes[0] = 'X';
    assert_false(beam_open(&file, bytes, sizeof bytes, NULL, &error));
    assert_string_equal("FOR1 chunk, offset 0: not a .beam file", error.text);
}

static void test_no_memory(void **state)
{
    (void)state;
    BeamFile file;
    BeamError error;
    size_t used = memory_used();
    bool opened = false;
    for (size_t n = 1; !opened; n++) {
        memory_fail_after(n);
        opened = beam_open(&file, sample_beam, sizeof sample_beam, NULL, &error);
        memory_fail_after(0);
        if (!opened) assert_non_null(strstr(error.text, "out of memory"));
        if (!opened) assert_int_equal(used, memory_used());
    }
    beam_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_all_instructions),
        cmocka_unit_test(test_cut_off),   cmocka_unit_test(test_errors_name_the_place),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
