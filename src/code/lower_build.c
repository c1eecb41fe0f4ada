/* SPDX-License-Identifier: Apache-2.0 */
/* lower_build.c - the bit syntax: building. */

#include "code/lower.h"
#include "heap/binary.h"
#include "term/atom.h"

/* ---- bs_create_bin: all segments in one instruction ---- */

#define SEGMENT_OPERANDS 6 /* type, number, unit, flags, value, size */

static int segment_type(Lower *c, const BeamOperand *o)
{
    Term name = o->kind == OPERAND_ATOM ? c->atoms[o->value] : TERM_NIL;
    if (name == A(integer)) return CREATE_INTEGER;
    if (name == A(binary)) return CREATE_BINARY;
    if (name == A(string)) return CREATE_STRING;
    if (name == A(bs_append)) return CREATE_APPEND;
    if (name == A(private_append)) return CREATE_PRIVATE_APPEND;
    if (name == A(float)) return CREATE_FLOAT;
    if (name == A(utf8)) return CREATE_UTF8;
    if (name == A(utf16)) return CREATE_UTF16;
    if (name == A(utf32)) return CREATE_UTF32;
    lower_fail(c, "an unknown kind of segment", UINT64_MAX);
    return CREATE_INTEGER;
}

static bool takes_size(int type) { return type < CREATE_STRING; }
_Static_assert(CREATE_PRIVATE_APPEND<CREATE_STRING && CREATE_UTF8> CREATE_STRING, "see takes_size");

/* Adds the four halves of the segment's row. */
static void add_segment(Lower *c, const BeamOperand *o)
{
    int type = segment_type(c, &o[0]);
    if (type == CREATE_STRING) {
        uint32_t offset = lower_u(c, &o[4], INT32_MAX), bytes = lower_u(c, &o[5], 0xFFFFFF);
        lower_check_string(c, offset, bytes);
        uint32_t first = CREATE_STRING | bytes << 8;
        lower_half_add(c, (uint16_t)first);
        lower_half_add(c, (uint16_t)(first >> 16));
        lower_half_add(c, (uint16_t)offset);
        lower_half_add(c, (uint16_t)(offset >> 16));
        return;
    }
    uint32_t unit = takes_size(type) ? lower_u(c, &o[2], 0xFFFF) : 1;
    uint16_t size = CREATE_SIZE_ALL;
    if (takes_size(type) && !lower_is_all(c, &o[5])) size = lower_size(c, &o[5]);
    uint16_t value = lower_s(c, &o[4]);
    lower_half_add(c, (uint16_t)(type | lower_bit_flags(c, &o[3]) << 8));
    lower_half_add(c, (uint16_t)unit);
    lower_half_add(c, value);
    lower_half_add(c, size);
}

/* Room for `words` behind an instruction that collects or allocates: `to` is its result, a near
   register; x registers from `live` on hold nothing but perhaps that. */
static void room_behind(Lower *c, uint32_t words, uint32_t live, unsigned to)
{
    if (!words) return;
    if (to == live) live++;
    lower_room(c, words, live);
}

/* o: label, words wanted behind it, live, unit, destination, list of segments */
static void create(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, &o[0]), words = lower_u(c, &o[1], INT32_MAX / 16);
    uint32_t live = lower_u(c, &o[2], X_BYTE_MAX), count = lower_count(c, &o[5], SEGMENT_OPERANDS);
    count /= SEGMENT_OPERANDS;
    c->half_count = 0;
    for (uint32_t i = 0; i < count && !c->failed; i++) add_segment(c, &o[6 + SEGMENT_OPERANDS * i]);
    for (uint32_t i = 0; i < count && !c->failed; i++)
        lower_half_add(c, (uint16_t)lower_u(c, &o[7 + SEGMENT_OPERANDS * i], 0xFFFF));
    if (count % 2) lower_half_add(c, 0);
    /* Room may be made behind it: until then the result must stand where it is live. */
    bool elsewhere = words && !lower_is_y(&o[4]) && !(o[4].kind == OPERAND_X && o[4].value <= live);
    unsigned to = elsewhere ? live : lower_result(c, &o[4]);
    lower_start(c, INSN_bin_create, (int64_t[]){to, live, label, count}, 4);
    for (uint32_t i = 0; i + 1 < c->half_count; i += 2)
        lower_word(c, c->halves[i] | (uint32_t)c->halves[i + 1] << 16);
    lower_end(c);
    room_behind(c, words, live, to);
    BeamOperand result = {.kind = OPERAND_X, .value = live};
    if (elsewhere) lower_move(c, &result, &o[4]);
}

/* ---- Step by step, as compilers before OTP 25 did ---- */

/* Room for what the first step itself allocates, and for `words` that are used behind the last one.
 */
static void room_before(Lower *c, uint32_t words, uint32_t live)
{
    uint32_t own = 1 + REFC_BIN_SIZE + 1 + SUB_BIN_SIZE,
             small = BINARY_WORDS(BINARY_HEAP_MAX) + 1 + SUB_BIN_SIZE;
    if (words) lower_room(c, words + (own > small ? own : small), live);
}

/* o: label, size, words, live, flags, destination */
static void init(Lower *c, const BeamOperand *o, uint32_t unit)
{
    uint32_t live = lower_u(c, &o[3], 0xFF);
    room_before(c, lower_u(c, &o[2], INT32_MAX / 16), live);
    uint16_t size = lower_size(c, &o[1]);
    unsigned to = lower_result(c, &o[5]);
    EMIT(c, bin_init, to, live, size, unit, lower_label(c, &o[0]));
}

/* o: label, size in bits, words, live, unit, binary, flags, destination */
static void append(Lower *c, const BeamOperand *o)
{
    room_before(c, lower_u(c, &o[2], INT32_MAX / 16), lower_live(c, &o[3]));
    uint16_t size = lower_size(c, &o[1]), binary = lower_s(c, &o[5]);
    unsigned to = lower_result(c, &o[7]);
    EMIT(c, bin_append, to, 0, size, binary, lower_u(c, &o[4], 0xFFFF), lower_label(c, &o[0]));
}

/* o: label, size in bits, unit, binary, flags, destination */
static void private_append(Lower *c, const BeamOperand *o)
{
    uint16_t size = lower_size(c, &o[1]), binary = lower_s(c, &o[3]);
    unsigned to = lower_result(c, &o[5]);
    EMIT(c, bin_append, to, 0, size, binary, lower_u(c, &o[2], 0xFFFF), lower_label(c, &o[0]));
}

/* o: label, size, unit, flags, value */
static void put(Lower *c, unsigned token, const BeamOperand *o)
{
    uint16_t value = lower_s(c, &o[4]), size = lower_size(c, &o[1]);
    uint32_t unit = lower_u(c, &o[2], 0xFFFF);
    unsigned flags = lower_bit_flags(c, &o[3]);
    lower_emit(c, token, (int64_t[]){flags, value, size, unit, lower_label(c, &o[0])}, 5);
}

/* o: label, flags, value */
static void put_utf(Lower *c, unsigned form, const BeamOperand *o)
{
    uint16_t value = lower_s(c, &o[2]);
    EMIT(c, bin_put_utf, lower_bit_flags(c, &o[1]), value, form, lower_label(c, &o[0]));
}

/* o: label, value, destination */
static void utf_size(Lower *c, unsigned form, const BeamOperand *o)
{
    uint16_t value = lower_s(c, &o[1]);
    unsigned to = lower_result(c, &o[2]);
    EMIT(c, bin_utf_size, to, value, form, lower_label(c, &o[0]));
}

static bool lower_steps(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_bs_put_integer: put(c, INSN_bin_put_int, o); return true;
    case GENERIC_bs_put_float: put(c, INSN_bin_put_float, o); return true;
    case GENERIC_bs_put_binary: put(c, INSN_bin_put_bits, o); return true;
    case GENERIC_bs_put_string:
        lower_check_string(c, lower_u(c, &o[1], INT32_MAX), lower_u(c, &o[0], INT32_MAX));
        EMIT(c, bin_put_string, o[0].value, o[1].value);
        return true;
    case GENERIC_bs_put_utf8: put_utf(c, 8, o); return true;
    case GENERIC_bs_put_utf16: put_utf(c, 16, o); return true;
    case GENERIC_bs_put_utf32: put_utf(c, 32, o); return true;
    case GENERIC_bs_utf8_size: utf_size(c, 8, o); return true;
    case GENERIC_bs_utf16_size: utf_size(c, 16, o); return true;
    default: return false;
    }
}

bool lower_build(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_bs_create_bin: create(c, o); return true;
    case GENERIC_bs_init_writable: EMIT(c, bin_init_writable); return true;
    case GENERIC_bs_init2: init(c, o, 8); return true;
    case GENERIC_bs_init_bits: init(c, o, 1); return true;
    case GENERIC_bs_append: append(c, o); return true;
    case GENERIC_bs_private_append: private_append(c, o); return true;
    case GENERIC_bs_add: { /* label, first, second, unit, destination */
        uint16_t first = lower_size(c, &o[1]), second = lower_size(c, &o[2]);
        unsigned to = lower_result(c, &o[4]);
        EMIT(c, bin_add, to, first, second, lower_u(c, &o[3], 0xFFFF), lower_label(c, &o[0]));
        return true;
    }
    default: return lower_steps(c, insn);
    }
}
