/* SPDX-License-Identifier: Apache-2.0 */
/* lower_control.c - frames, jumps, calls, exceptions. */

#include "code/lower.h"
#include "term/atom.h"

/* ---- Frames ---- */

static void need_no_frame(Lower *c)
{
    if (c->frame != FRAME_NONE) lower_fail(c, "the frame is still there; its size is", c->frame);
}

static void need_frame(Lower *c, uint32_t size)
{
    if (c->frame != size) lower_fail(c, "the frame has not this size:", size);
}

void lower_room(Lower *c, uint32_t words, uint32_t live)
{
    if (live <= 0xFF && words <= 0xFFFF) {
        EMIT(c, test_heap, live, words);
    } else {
        EMIT(c, test_heap_wide, live, words);
    }
}

static void allocate(Lower *c, const BeamOperand *size_of, uint32_t words,
                     const BeamOperand *live_of)
{
    uint32_t size = lower_u(c, size_of, ENTRY_FRAME_MAX), live = lower_live(c, live_of);
    need_no_frame(c);
    if (size <= 0xFF && live <= 0xFF && words <= 0xFFFF) {
        if (words) {
            EMIT(c, allocate_heap, size, live, words);
        } else {
            EMIT(c, allocate, size, live);
        }
    } else {
        /* First the room for both: behind the frame's start nothing may collect. */
        if (words) lower_room(c, words + size, live);
        EMIT(c, allocate_wide, size, live);
    }
    c->frame = size;
}

/* Frames whose registers are read before they are written, as compilers before OTP 24 made them. */
static void clear_frame(Lower *c)
{
    uint32_t y = 0, size = lower_frame(c);
    for (; y + 3 <= size && y + 2 <= 0xFF; y += 3) EMIT(c, init_y3, y, y + 1, y + 2);
    for (; y < size; y++) {
        uint16_t nil = lower_s_term(c, TERM_NIL);
        EMIT(c, move_any, make_source(SOURCE_Y, y), nil);
    }
}

static void deallocate(Lower *c, uint32_t size)
{
    if (size > 0xFF) {
        EMIT(c, deallocate_wide, size);
    } else if (size) {
        EMIT(c, deallocate, size);
    }
}

static void drop_frame(Lower *c, const BeamOperand *size_of)
{
    uint32_t size = lower_u(c, size_of, ENTRY_FRAME_MAX);
    need_frame(c, size);
    deallocate(c, size);
    c->frame = FRAME_NONE;
}

static void trim(Lower *c, const BeamOperand *o)
{
    uint32_t words = lower_u(c, &o[0], ENTRY_FRAME_MAX), left = lower_u(c, &o[1], ENTRY_FRAME_MAX);
    need_frame(c, words + left);
    if (words > 0xFF) {
        EMIT(c, deallocate_wide, words);
    } else if (words) {
        EMIT(c, trim, words);
    }
    c->frame = left;
}

/* A call of a fun whose frame was dropped behind it is a tail call. */
static bool return_from_fun(Lower *c)
{
    const Emitted *call = &c->last[0];
    int64_t size = 0;
    if (call->token == INSN_deallocate) size = (call++)->values[0];
    if (call->token != INSN_call_fun) return false;
    int64_t fun = call->values[0], arity = call->values[1];
    c->line = call->line;
    if (call != c->last) lower_retract(c);
    lower_retract(c);
    c->frame = (uint32_t)size;
    EMIT(c, call_fun_last, fun, arity, size);
    return true;
}

static void lower_return(Lower *c)
{
    need_no_frame(c);
    uint32_t line = c->line;
    if (return_from_fun(c)) {
        c->line = line;
    } else if (c->last[0].token == INSN_deallocate) {
        int64_t size = c->last[0].values[0];
        lower_retract(c);
        EMIT(c, deallocate_return, size);
    } else {
        EMIT(c, return );
    }
    lower_unreachable(c);
}

static bool lower_frames(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_allocate: allocate(c, &o[0], 0, &o[1]); return true;
    case GENERIC_allocate_zero:
        allocate(c, &o[0], 0, &o[1]);
        clear_frame(c);
        return true;
    case GENERIC_allocate_heap:
        allocate(c, &o[0], lower_u(c, &o[1], INT32_MAX / 16), &o[2]);
        return true;
    case GENERIC_allocate_heap_zero:
        allocate(c, &o[0], lower_u(c, &o[1], INT32_MAX / 16), &o[2]);
        clear_frame(c);
        return true;
    case GENERIC_test_heap:
        lower_room(c, lower_u(c, &o[0], INT32_MAX / 16), lower_live(c, &o[1]));
        return true;
    case GENERIC_deallocate: drop_frame(c, &o[0]); return true;
    case GENERIC_trim: trim(c, o); return true;
    case GENERIC_return: lower_return(c); return true;
    default: return false;
    }
}

/* ---- Calls ---- */

static uint32_t target(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, o);
    if (!label) lower_fail(c, "a call without a label", UINT64_MAX);
    return label;
}

static void call_last(Lower *c, uint32_t label, const BeamOperand *size_of)
{
    uint32_t size = lower_u(c, size_of, ENTRY_FRAME_MAX);
    need_frame(c, size);
    if (size > 0 && size <= 0xFF) {
        EMIT(c, call_last, size, label);
    } else {
        deallocate(c, size);
        EMIT(c, call_only, label);
    }
}

static bool is_apply(const Export *e)
{
    return e->module == A(erlang) && e->function == A(apply) && (e->arity == 2 || e->arity == 3);
}

/* erlang:apply/2,3 as such: the `apply` instruction knows them. */
static void prepare_apply(Lower *c, const Export *e)
{
    lower_move_constant(c, e->arity, e->module);
    lower_move_constant(c, e->arity + 1, e->function);
}

/* o: arity, import. */
static Export *called(Lower *c, const BeamOperand *o)
{
    Export *e = lower_import(c, &o[1]);
    if (e && lower_u(c, &o[0], 255) == e->arity) return e;
    lower_fail(c, "an import is called with another arity:", (uint64_t)o[0].value);
    return NULL;
}

static void call_ext(Lower *c, const BeamOperand *o)
{
    Export *e = called(c, o);
    if (!e) return;
    if (is_apply(e)) {
        prepare_apply(c, e);
        EMIT(c, apply, e->arity, lower_frame(c));
        return;
    }
    uint32_t index = lower_pool(c, (Term)e);
    if (export_is_native(e)) {
        EMIT(c, call_native, e->arity, index, lower_frame(c));
    } else {
        EMIT(c, call_ext, e->arity, index, lower_frame(c));
    }
}

/* Functions that always raise. Compilers let calls of them share a block whatever their frame: what
   they say about it is not to be believed, and nothing needs to be dropped. */
static bool is_exit(const Export *e)
{
    if (e->module != A(erlang)) return false;
    if (e->function == A(error)) return e->arity >= 1 && e->arity <= 3;
    if (e->function == A(nif_error)) return e->arity == 1 || e->arity == 2;
    return (e->function == A(exit) || e->function == A(throw)) && e->arity == 1;
}

/* A tail call. o: arity, import; then the frame's size, if there is one. */
static void call_ext_last(Lower *c, const BeamOperand *o, bool has_frame)
{
    Export *e = called(c, o);
    if (!e) return;
    if (is_exit(e)) {
        call_ext(c, o);
        return;
    }
    uint32_t size = has_frame ? lower_u(c, &o[2], ENTRY_FRAME_MAX) : 0;
    need_frame(c, has_frame ? size : FRAME_NONE);
    /* A native runs beside its caller's frame; in traces what is Erlang on OTP has none of it. */
    bool in_native = export_is_native(e) && !(e->flags & EXPORT_IN_ERLANG);
    bool drops_itself = is_apply(e) || !in_native;
    if (size > 0xFF || !drops_itself) {
        deallocate(c, size);
        c->frame = FRAME_NONE;
        size = 0;
    }
    uint32_t index = lower_pool(c, (Term)e);
    if (is_apply(e)) {
        prepare_apply(c, e);
        EMIT(c, apply_last, e->arity, size);
    } else if (in_native) {
        EMIT(c, call_native_only, e->arity, index);
    } else if (size) {
        EMIT(c, call_ext_last, size, index);
    } else {
        EMIT(c, call_ext_only, e->arity, index);
    }
}

static void apply_last(Lower *c, const BeamOperand *o)
{
    uint32_t arity = lower_u(c, &o[0], 253), size = lower_u(c, &o[1], ENTRY_FRAME_MAX);
    need_frame(c, size);
    if (size > 0xFF) {
        deallocate(c, size);
        c->frame = FRAME_NONE;
        size = 0;
    }
    EMIT(c, apply_last, arity, size);
}

static void call_fun(Lower *c, uint32_t arity, const BeamOperand *fun)
{
    unsigned r = lower_r(c, fun);
    EMIT(c, call_fun, r, arity, lower_frame(c));
}

static bool lower_calls(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    BeamOperand fun = {.kind = OPERAND_X};
    switch (insn->op) {
    case GENERIC_call: EMIT(c, call, target(c, &o[1]), lower_frame(c)); return true;
    case GENERIC_call_last: call_last(c, target(c, &o[1]), &o[2]); break;
    case GENERIC_call_only:
        need_no_frame(c);
        EMIT(c, call_only, target(c, &o[1]));
        break;
    case GENERIC_call_ext: call_ext(c, o); return true;
    case GENERIC_call_ext_last: call_ext_last(c, o, true); break;
    case GENERIC_call_ext_only: call_ext_last(c, o, false); break;
    case GENERIC_call_fun:
        fun.value = lower_u(c, &o[0], 254);
        call_fun(c, (uint32_t)fun.value, &fun);
        return true;
    case GENERIC_call_fun2: call_fun(c, lower_u(c, &o[1], 254), &o[2]); return true;
    case GENERIC_apply: EMIT(c, apply, lower_u(c, &o[0], 253), lower_frame(c)); return true;
    case GENERIC_apply_last: apply_last(c, o); break;
    default: return false;
    }
    lower_unreachable(c);
    return true;
}

/* ---- Exceptions ---- */

static void raise_with(Lower *c, unsigned token, const BeamOperand *o, unsigned count)
{
    int64_t values[2];
    for (unsigned i = 0; i < count; i++) values[i] = lower_s(c, &o[i]);
    lower_emit(c, token, values, count);
}

static bool lower_raising(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_badmatch: raise_with(c, INSN_raise_badmatch, o, 1); break;
    case GENERIC_case_end: raise_with(c, INSN_raise_case, o, 1); break;
    case GENERIC_try_case_end: raise_with(c, INSN_raise_try, o, 1); break;
    case GENERIC_badrecord: raise_with(c, INSN_raise_record, o, 1); break;
    case GENERIC_if_end: raise_with(c, INSN_raise_if, o, 0); break;
    case GENERIC_raise: raise_with(c, INSN_raise, o, 2); break; /* trace, value */
    default: return false;
    }
    lower_unreachable(c);
    return true;
}

static bool lower_catching(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_catch:
    case GENERIC_try: {
        uint32_t label = lower_label(c, &o[1]);
        if (!label) lower_fail(c, "a catch without a label", UINT64_MAX);
        EMIT(c, catch, lower_y(c, &o[0]), label);
        return true;
    }
    case GENERIC_catch_end: EMIT(c, catch_end, lower_y(c, &o[0])); return true;
    case GENERIC_try_end: EMIT(c, try_end, lower_y(c, &o[0])); return true;
    case GENERIC_try_case: EMIT(c, try_case, lower_y(c, &o[0])); return true;
    case GENERIC_raw_raise: EMIT(c, raw_raise); return true;
    case GENERIC_build_stacktrace: EMIT(c, build_stacktrace); return true;
    default: return false;
    }
}

bool lower_control(Lower *c, const BeamInsn *insn)
{
    if (insn->op == GENERIC_jump) {
        uint32_t label = lower_label(c, insn->operands);
        if (!label) lower_fail(c, "a jump without a label", UINT64_MAX);
        EMIT(c, jump, label);
        lower_unreachable(c);
        return true;
    }
    return lower_frames(c, insn) || lower_calls(c, insn) || lower_raising(c, insn) ||
           lower_catching(c, insn);
}
