/* SPDX-License-Identifier: Apache-2.0 */
/* prim_file_name.c - natives of module prim_file between names of files and the system's bytes. */
#include "base/utf8.h"
#include "natives/name.h"
#include "natives/support.h"
#include "term/release.h"
#include "term/span.h"

/* Names are UTF-8. A binary is taken as it is; a NUL ends each name and stands nowhere else. */

static bool write_code(Output *out, Term code)
{
    if (!is_small(code) || code > make_small(0x10FFFF) || code == make_small(0)) return false;
    if (!utf8_is_code_point((uint32_t)small_value(code))) return false;
    out->size += utf8_encode((uint32_t)small_value(code), out->data + out->size);
    return true;
}

static bool write_binary(Output *out, Term binary)
{
    BitSpan span = bitstring_span(binary);
    span.bit_size -= span.bit_size % 8;
    for (size_t i = 0; i < span.bit_size / 8; i++) {
        if (span_byte(span, i) == 0) return false;
    }
    return output_put_span(out, span);
}

bool name_put(Output *out, Term name)
{
    bool taken = release_has_strict_parts() ? is_binary(name) : is_bitstring(name);
    if (taken && write_binary(out, name)) name = TERM_NIL;
    for (; is_cons(name); name = cons_tail(name)) {
        if (!output_reserve(out, 4) || !write_code(out, cons_head(name))) return false;
    }
    return is_nil(name) && output_put(out, "", 1);
}

static Term prim_file_internal_name2native_1(Process *p, Term *args)
{
    Output out;
    output_init(&out);
    if (!name_put(&out, args[0])) {
        output_drop(&out);
        return badarg(p);
    }
    return output_finish(p, &out);
}

/* The whole name if it is UTF-8. */
static bool read_name(Term binary, Output *name)
{
    size_t count;
    output_init(name);
    if (!output_put_span(name, bitstring_span(binary))) return false;
    return utf8_valid_prefix(name->data, name->size, &count) == name->size;
}

static Term prim_file_internal_native2name_1(Process *p, Term *args)
{
    Output name;
    if (!is_binary(args[0])) return badarg(p);
    Term result = read_name(args[0], &name) ? make_characters(p, name.data, name.size)
                                            : make_tuple(p, 2, A(error), A(warning));
    output_drop(&name);
    return result;
}

static Term prim_file_is_translatable_1(Process *p, Term *args)
{
    Output name;
    if (!is_binary(args[0])) return badarg(p);
    bool good = read_name(args[0], &name);
    output_drop(&name);
    return make_bool(good);
}

static const Native prim_file_name_natives[] = {
    NATIVE(prim_file, internal_name2native, 1, CHARGED),
    NATIVE(prim_file, internal_native2name, 1, CHARGED),
    NATIVE(prim_file, is_translatable, 1, CHARGED),
};
NATIVE_TABLE(prim_file_name);
