/* SPDX-License-Identifier: Apache-2.0 */
/* test_number_text.c - integers as text, at once and in steps. */

#include "heap/number_steps.h"
#include "numbers.h"

typedef struct Vector {
    bool negative;
    const char *hex;
    unsigned base;
    const char *text;
} Vector;
static const Vector vectors[] = {
#define ARITH1(...)
#define ARITH2(...)
#define BYTES(...)
#define TEXT(negative, hex, base, text) {negative, hex, base, text},
#include "number_vectors.inc"
};

/* Built without reading digits of the base. */
static Term vector_number(const Vector *v)
{
    Term t = make_small(0);
    for (const char *c = v->hex; *c; c++) {
        t = number_mul(&numbers_calc, t, make_small(16));
        t = number_add(&numbers_calc, t, make_small(*c <= '9' ? *c - '0' : *c - 'A' + 10));
    }
    return v->negative ? number_negate(&numbers_calc, t) : t;
}

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char text[1000];
        const Vector *v = &vectors[i];
        numbers_fresh();
        Term t = vector_number(v);
        size_t size = integer_to_text(t, v->base, text);
        assert_true(size <= integer_text_size(t, v->base));
        text[size] = 0;
        assert_string_equal(v->text, text);
        Term back = integer_from_text(&numbers_calc, v->text, size, v->base);
        assert_normal(back);
        assert_true(term_equal_exact(t, back));
    }
}

static void assert_read(const char *text, unsigned base, Word expected)
{
    assert_true(integer_from_text(&numbers_calc, text, strlen(text), base) == make_small(expected));
}

static void assert_refused(const char *text, unsigned base)
{
    assert_true(is_none(integer_from_text(&numbers_calc, text, strlen(text), base)));
    assert_true(numbers_calc.why == A(badarg));
}

static void test_forms(void **state)
{
    (void)state;
    numbers_fresh();
    assert_read("+5", 10, 5);
    assert_read("-0", 10, 0);
    assert_read("000000000000000000000000000000000000000007", 10, 7);
    assert_read("zZ", 36, 1295);
    const char *const bad[] = {"",    "-",   "+", "--1", "1 ", " 1",
                               "1_0", "1.0", "a", "12:", "1/", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_refused(bad[i], 10);
    assert_refused("2", 2);
    assert_refused("g", 16);
    assert_refused("123456789012345678901234567890x", 10);
}

/* ---- In steps ---- */

static Term read_in_steps(const char *text, size_t size, unsigned base, bool negative)
{
    size_t room = 20, at = 0;
    IntegerReader *reader = malloc(INTEGER_READER_BYTES(room));
    integer_reader_init(reader, base, room);
    while (at < size) {
        if (reader->size + INTEGER_READER_SLACK > reader->room) {
            room *= 2;
            reader = realloc(reader, INTEGER_READER_BYTES(room));
            reader->room = room;
        }
        size_t step = integer_reader_step(reader);
        assert_true(step > 0 && integer_reader_cost(reader, step) > 0);
        at += integer_reader_take(reader, text + at, step < size - at ? step : size - at);
        assert_true(reader->size <= reader->room);
    }
    integer_reader_finish(reader);
    assert_false(integer_reader_is_full(reader));
    Term t = integer_from_limbs(&numbers_heap, reader->limbs, reader->size, negative);
    free(reader);
    return t;
}

static void check_steps(Term t, unsigned base)
{
    size_t cost = 0, bytes = integer_writer_bytes(t, base), room = integer_text_size(t, base);
    IntegerWriter *writer = malloc(bytes);
    char *text = malloc(room);
    integer_writer_init(writer, t, base);
    while (integer_writer_step(writer, &cost)) {
    }
    assert_true(cost > 0);
    size_t size = integer_to_text(t, base, text);
    assert_int_equal(size, writer->length);
    assert_memory_equal(text, integer_writer_text(writer), size);
    size_t sign = text[0] == '-';
    Term back = read_in_steps(text + sign, size - sign, base, sign);
    assert_normal(back);
    assert_true(term_equal_exact(t, back));
    free(writer);
    free(text);
}

static void test_steps(void **state)
{
    (void)state;
    Random random = {.state = 10};
    for (unsigned base = 2; base <= 36; base++) {
        for (unsigned i = 0; i < 6; i++) {
            numbers_fresh();
            Term t = number_random(&random, 20 + i * 80);
            if (is_big(t)) check_steps(t, base);
        }
    }
}

/* Powers of the base have blocks of zeros only. */
static void test_steps_zeros(void **state)
{
    (void)state;
    for (unsigned base = 2; base <= 36; base += 17) {
        numbers_fresh();
        Term t = make_small(1);
        for (int i = 0; i < 3000; i++) t = number_mul(&numbers_calc, t, make_small((Word)base));
        check_steps(t, base);
        check_steps(number_negate(&numbers_calc, number_sub(&numbers_calc, t, make_small(1))),
                    base);
    }
}

static void test_reader_stops(void **state)
{
    (void)state;
    union {
        IntegerReader reader;
        uint8_t bytes[INTEGER_READER_BYTES(20)];
    } room;
    integer_reader_init(&room.reader, 10, 20);
    assert_int_equal(3, integer_reader_take(&room.reader, "123x45", 6));
    assert_int_equal(0, integer_reader_take(&room.reader, "x45", 3));
    integer_reader_finish(&room.reader);
    assert_int_equal(1, room.reader.size);
    assert_int_equal(123, room.reader.limbs[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_steps),        cmocka_unit_test(test_steps_zeros),
        cmocka_unit_test(test_reader_stops),
    };
    return cmocka_run_group_tests(tests, terms_setup, NULL);
}
