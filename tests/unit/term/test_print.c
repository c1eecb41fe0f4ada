/* SPDX-License-Identifier: Apache-2.0 */
/* test_print.c - terms as erlang:display/1 of OTP prints them; limits; formatted text. */

#include "term/print.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"
#include "terms.h"

typedef struct Vector {
    const char *text;
    size_t size;
    const char *bytes;
} Vector;

static const Vector vectors[] = {
#define PRINT(text, size, bytes) {text, size, bytes},
#include "print.inc"
#undef PRINT
};

static char buffer[100000];

static const char *printed(Term t, size_t limit)
{
    BufferSink sink;
    buffer_sink_init(&sink, buffer, sizeof buffer - 1);
    term_print(&sink.sink, t, limit);
    buffer[sink.used] = '\0';
    return buffer;
}

static void test_as_otp(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        assert_string_equal(vectors[i].text,
                            printed(term_of(vectors[i].bytes, vectors[i].size), SIZE_MAX));
    }
}

static void test_limit(void **state)
{
    (void)state;
    Term words[40], list = TERM_NIL;
    for (unsigned i = 0; i < 20; i++) list = cons_put(words + 2 * i, make_small(1000), list);
    assert_string_equal("[1000,1000,1000...", printed(list, 4));
    assert_string_equal("...", printed(list, 0));
    assert_string_equal("1000", printed(make_small(1000), 1));
}

static void test_buffer_cuts_off(void **state)
{
    (void)state;
    char small[5] = "????";
    BufferSink sink;
    buffer_sink_init(&sink, small, 3);
    sink_text(&sink.sink, "ab");
    sink_text(&sink.sink, "cd");
    sink_text(&sink.sink, "e");
    assert_int_equal(3, sink.used);
    assert_string_equal("abc?", small);
}

static void test_format(void **state)
{
    (void)state;
    BufferSink sink;
    buffer_sink_init(&sink, buffer, sizeof buffer - 1);
    sink_format(&sink.sink, "%s %d %u %x %c %lu %ld %T%%|", "text", -12, 34u, 0xABCu, 'z', 5ul, -6l,
                A(ok));
    buffer[sink.used] = '\0';
    assert_string_equal("text -12 34 abc z 5 -6 ok%|", buffer);
}

static void test_identifiers(void **state)
{
    (void)state;
    assert_string_equal("<0.5.0>", printed(make_local_pid(5), SIZE_MAX));
    assert_string_equal("<0.1.2>", printed(make_local_pid((2 << 15) + 1), SIZE_MAX));
    assert_string_equal("#Port<0.7>", printed(make_local_port(7), SIZE_MAX));
    Ref ref = {.header = make_header(KIND_REF, REF_SIZE), .number = {1, 2, 3}, .owner = TERM_NIL};
    assert_string_equal("#Ref<0.3.2.1>", printed(make_boxed(&ref.header), SIZE_MAX));
}

static void test_deep(void **state)
{
    (void)state;
    enum { DEPTH = 20000 };
    static Term words[2 * DEPTH];
    Term t = TERM_NIL;
    for (unsigned i = 0; i < DEPTH; i++) t = cons_put(words + 2 * i, t, TERM_NIL);
    size_t before = memory_used();
    const char *text = printed(t, SIZE_MAX);
    assert_int_equal(2 * DEPTH + 2, strlen(text));
    for (unsigned i = 0; i <= DEPTH; i++) {
        assert_int_equal('[', text[i]);
        assert_int_equal(']', text[2 * DEPTH + 1 - i]);
    }
    assert_int_equal(before, memory_used());
    memory_limit_set(before);
    text = printed(t, SIZE_MAX);
    assert_in_range(strlen(text), 4, DEPTH);
    assert_string_equal("[...", text + strlen(text) - 4);
    assert_int_equal(before, memory_used());
    memory_limit_set(SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_otp),          cmocka_unit_test(test_limit),
        cmocka_unit_test(test_buffer_cuts_off), cmocka_unit_test(test_format),
        cmocka_unit_test(test_identifiers),     cmocka_unit_test(test_deep),
    };
    return cmocka_run_group_tests(tests, terms_setup, NULL);
}
