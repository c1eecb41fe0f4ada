/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_number.c - natives of erlang and string about numbers as text. */

#include "base/decimal.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "heap/number.h"
#include "natives/number_text.h"

/* ---- Integers ---- */

/* A base from 2 to 36. */
static bool is_base(Term t) { return is_small(t) && small_value(t) >= 2 && small_value(t) <= 36; }

static Term to_text(Process *p, const Term *args, bool as_list)
{
    if (!is_base(args[1])) return badarg(p);
    return number_to_text(p, args[0], (unsigned)small_value(args[1]), as_list);
}

static Term from_text(Process *p, const Term *args, TextKind kind)
{
    if (!is_base(args[1])) return badarg(p);
    return number_from_text(p, args[0], (unsigned)small_value(args[1]), kind);
}

static Term erlang_integer_to_list_1(Process *p, Term *args)
{
    return number_to_text(p, args[0], 10, true);
}

static Term erlang_integer_to_list_2(Process *p, Term *args) { return to_text(p, args, true); }

static Term erlang_integer_to_binary_1(Process *p, Term *args)
{
    return number_to_text(p, args[0], 10, false);
}

static Term erlang_integer_to_binary_2(Process *p, Term *args) { return to_text(p, args, false); }

static Term erlang_list_to_integer_1(Process *p, Term *args)
{
    return number_from_text(p, args[0], 10, TEXT_LIST);
}

static Term erlang_list_to_integer_2(Process *p, Term *args)
{
    return from_text(p, args, TEXT_LIST);
}

static Term erlang_binary_to_integer_1(Process *p, Term *args)
{
    return number_from_text(p, args[0], 10, TEXT_BINARY);
}

static Term erlang_binary_to_integer_2(Process *p, Term *args)
{
    return from_text(p, args, TEXT_BINARY);
}

static Term string_list_to_integer_1(Process *p, Term *args)
{
    return number_from_text(p, args[0], 10, TEXT_PREFIX);
}

/* ---- Floats to text ---- */

#define FLOAT_TEXT_MAX 255 /* characters that OTP makes of a float, with any options */
#define SCIENTIFIC_DEFAULT 20
#define SCIENTIFIC_NEGATIVE 6 /* what a negative number of decimals stands for, as in C */

typedef enum FloatForm { FORM_SCIENTIFIC, FORM_FIXED, FORM_SHORT } FloatForm;
typedef struct FloatOptions {
    FloatForm form;
    unsigned decimals;
    bool compact;
} FloatOptions;

static bool read_pair(Term option, FloatOptions *o)
{
    if (!is_tuple_of(option, 2)) return false;
    Term name = tuple_elements(option)[0], value = tuple_elements(option)[1];
    if (!is_small(value)) return false;
    Word decimals = small_value(value);
    if (name == A(decimals)) {
        if (decimals < 0 || decimals > DECIMAL_FIXED_MAX) return false;
        o->form = FORM_FIXED;
    } else {
        if (name != A(scientific) || decimals > DECIMAL_SCIENTIFIC_MAX) return false;
        o->form = FORM_SCIENTIFIC;
        if (decimals < 0) decimals = SCIENTIFIC_NEGATIVE;
    }
    o->decimals = (unsigned)decimals;
    return true;
}

static bool read_option(Term option, FloatOptions *o)
{
    if (option == A(compact)) {
        o->compact = true;
    } else if (option == A(short)) {
        o->form = FORM_SHORT;
    } else {
        return read_pair(option, o);
    }
    return true;
}

static Term write_float(Process *p, double d, const FloatOptions *o, bool as_list)
{
    char text[DECIMAL_FIXED_SIZE(DECIMAL_FIXED_MAX)];
    size_t size;
    if (o->form == FORM_SHORT) {
        size = decimal_short(d, text);
    } else if (o->form == FORM_FIXED) {
        size = decimal_fixed(d, o->decimals, o->compact, text);
    } else {
        size = decimal_scientific(d, o->decimals, text);
    }
    if (size > FLOAT_TEXT_MAX) return badarg(p);
    return text_result(p, text, size, as_list);
}

static Term float_to_text(Process *p, Term number, Term options, bool as_list)
{
    FloatOptions o = {FORM_SCIENTIFIC, SCIENTIFIC_DEFAULT, false};
    size_t count = 0;
    if (!is_float(number)) return badarg(p);
    for (; is_cons(options); options = cons_tail(options), count++) {
        if (!read_option(cons_head(options), &o)) return badarg(p);
    }
    if (!is_nil(options)) return badarg(p);
    work_charge(p, count, CELLS_PER_REDUCTION);
    return write_float(p, float_value(number), &o, as_list);
}

static Term erlang_float_to_list_1(Process *p, Term *args)
{
    return float_to_text(p, args[0], TERM_NIL, true);
}

static Term erlang_float_to_list_2(Process *p, Term *args)
{
    return float_to_text(p, args[0], args[1], true);
}

static Term erlang_float_to_binary_1(Process *p, Term *args)
{
    return float_to_text(p, args[0], TERM_NIL, false);
}

static Term erlang_float_to_binary_2(Process *p, Term *args)
{
    return float_to_text(p, args[0], args[1], false);
}

/* ---- Text to floats ---- */

#define FLOAT_SHORT 128 /* characters of a text that needs no memory */

static Term make_float(Process *p, double d)
{
    Term result = float_make(&p->heap, d);
    return is_none(result) ? native_memory(p) : result;
}

static Term parse_float(Process *p, const char *text, size_t size)
{
    double d;
    work_charge(p, size, BYTES_PER_REDUCTION);
    return decimal_parse(text, size, &d) ? make_float(p, d) : badarg(p);
}

/* The characters of a proper list; false: not all are. `size` is its length. */
static bool copy_list(Term list, char *out, size_t size)
{
    for (size_t i = 0; i < size; i++, list = cons_tail(list)) {
        Term c = cons_head(list);
        if (!is_small(c) || small_value(c) < 0 || small_value(c) > 127) return false;
        out[i] = (char)small_value(c);
    }
    return true;
}

static Term erlang_list_to_float_1(Process *p, Term *args)
{
    char few[FLOAT_SHORT], *text = few;
    size_t size;
    if (!list_length(args[0], &size)) return badarg(p);
    if (size > FLOAT_SHORT) text = memory_alloc(size);
    if (!text) return native_memory(p);
    work_charge(p, size, CELLS_PER_REDUCTION);
    bool fine = copy_list(args[0], text, size);
    Term result = fine ? parse_float(p, text, size) : badarg(p);
    if (size > FLOAT_SHORT) memory_free(text, size);
    return result;
}

static Term erlang_binary_to_float_1(Process *p, Term *args)
{
    const uint8_t *data;
    uint8_t *temporary;
    size_t size;
    if (!is_binary(args[0])) return badarg(p);
    if (!binary_bytes_aligned(args[0], &data, &size, &temporary)) return native_memory(p);
    Term result = parse_float(p, (const char *)data, size);
    if (temporary) memory_free(temporary, size);
    return result;
}

/* The parts of a float's text, in order. */
typedef enum FloatPart {
    PART_START,
    PART_SIGN,
    PART_WHOLE,
    PART_POINT,
    PART_FRACTION, /* may end here */
    PART_E,
    PART_E_SIGN,
    PART_EXPONENT, /* or here */
    PART_NONE      /* not part of it */
} FloatPart;

static FloatPart next_part(FloatPart part, Term t)
{
    Word c = is_small(t) ? small_value(t) : 0;
    if (c >= '0' && c <= '9') {
        if (part <= PART_WHOLE) return PART_WHOLE;
        return part <= PART_FRACTION ? PART_FRACTION : PART_EXPONENT;
    }
    if (c == '+' || c == '-') {
        if (part == PART_START) return PART_SIGN;
        return part == PART_E ? PART_E_SIGN : PART_NONE;
    }
    if (c == '.' || c == ',') return part == PART_WHOLE ? PART_POINT : PART_NONE;
    if (c == 'e' || c == 'E') return part == PART_FRACTION ? PART_E : PART_NONE;
    return PART_NONE;
}

/* Characters at the start of `list` that make a float; 0: none do. */
static size_t float_prefix(Term list, Term *rest)
{
    size_t size = 0, count = 0;
    FloatPart part = PART_START;
    while (is_cons(list)) {
        part = next_part(part, cons_head(list));
        if (part == PART_NONE) break;
        list = cons_tail(list);
        count++;
        if (part != PART_FRACTION && part != PART_EXPONENT) continue;
        size = count;
        *rest = list;
    }
    return size;
}

static Term string_list_to_float_1(Process *p, Term *args)
{
    char few[FLOAT_SHORT], *text = few;
    double d;
    Term rest = TERM_NIL;
    if (!is_list(args[0])) return make_tuple(p, 2, A(error), A(not_a_list));
    size_t size = float_prefix(args[0], &rest);
    if (size > FLOAT_SHORT) text = memory_alloc(size);
    if (!text) return native_memory(p);
    work_charge(p, size, CELLS_PER_REDUCTION / 2);
    bool fine = copy_list(args[0], text, size) && decimal_parse(text, size, &d);
    if (size > FLOAT_SHORT) memory_free(text, size);
    if (!fine) return make_tuple(p, 2, A(error), A(no_float));
    Term number = make_float(p, d);
    return is_none(number) ? TERM_NONE : make_tuple(p, 2, number, rest);
}

static const Native erlang_number_natives[] = {
    NATIVE(erlang, integer_to_list, 1, YIELDS),
    NATIVE(erlang, integer_to_list, 2, YIELDS),
    NATIVE(erlang, integer_to_binary, 1, YIELDS),
    NATIVE(erlang, integer_to_binary, 2, YIELDS),
    NATIVE(erlang, list_to_integer, 1, YIELDS),
    NATIVE(erlang, list_to_integer, 2, YIELDS),
    NATIVE(erlang, binary_to_integer, 1, YIELDS),
    NATIVE(erlang, binary_to_integer, 2, YIELDS),
    NATIVE(erlang, float_to_list, 1, CONSTANT),
    NATIVE(erlang, float_to_list, 2, CHARGED),
    NATIVE(erlang, float_to_binary, 1, CONSTANT),
    NATIVE(erlang, float_to_binary, 2, CHARGED),
    NATIVE(erlang, list_to_float, 1, CHARGED),
    NATIVE(erlang, binary_to_float, 1, CHARGED),
    NATIVE(string, list_to_integer, 1, YIELDS),
    NATIVE(string, list_to_float, 1, CHARGED),
};
NATIVE_TABLE(erlang_number);
