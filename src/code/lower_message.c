/* SPDX-License-Identifier: Apache-2.0 */
/* lower_message.c - sending and receiving. */

#include "code/lower.h"

static uint32_t need_label(Lower *c, const BeamOperand *o)
{
    uint32_t label = lower_label(c, o);
    if (!label) lower_fail(c, "a receive without a label", UINT64_MAX);
    return label;
}

/* A process that waits is where its receive begins, to those who ask. */
static void note_receive(Lower *c, uint32_t label)
{
    if (label && label < c->file->label_count) lower_note_resume(c, c->labels[label].line);
}

/* Stops; once there is a message (or the time is up) it goes on behind, where resuming decides. */
static void wait_for(Lower *c, const BeamOperand *o)
{
    uint32_t label = need_label(c, &o[0]);
    uint16_t time = lower_s(c, &o[1]);
    EMIT(c, receive_wait_for, time, lower_frame(c));
    note_receive(c, label);
    EMIT(c, receive_resume, label);
}

static void wait_here(Lower *c, const BeamOperand *o)
{
    uint32_t label = need_label(c, o);
    EMIT(c, receive_wait, lower_frame(c));
    note_receive(c, label);
    EMIT(c, jump, label);
    lower_unreachable(c);
}

static bool lower_markers(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_recv_marker_bind: {
        unsigned marker = lower_r(c, &o[0]), reference = lower_r(c, &o[1]);
        EMIT(c, marker_bind, marker, reference);
        return true;
    }
    case GENERIC_recv_marker_clear: EMIT(c, marker_clear, lower_r(c, o)); return true;
    case GENERIC_recv_marker_reserve: EMIT(c, marker_reserve, lower_result(c, o)); return true;
    case GENERIC_recv_marker_use: EMIT(c, marker_use, lower_r(c, o)); return true;
    case GENERIC_recv_mark: /* Only a hint where to look first. */
    case GENERIC_recv_set: return true;
    default: return false;
    }
}

bool lower_message(Lower *c, const BeamInsn *insn)
{
    const BeamOperand *o = insn->operands;
    switch (insn->op) {
    case GENERIC_send: EMIT(c, send); return true;
    case GENERIC_loop_rec:
        if (o[1].kind != OPERAND_X || o[1].value) lower_fail(c, "a message goes to x0", UINT64_MAX);
        EMIT(c, receive_peek, need_label(c, &o[0]));
        return true;
    case GENERIC_loop_rec_end:
        EMIT(c, receive_next, need_label(c, o));
        lower_unreachable(c);
        return true;
    case GENERIC_remove_message: EMIT(c, receive_remove); return true;
    case GENERIC_wait: wait_here(c, o); return true;
    case GENERIC_wait_timeout: wait_for(c, o); return true;
    case GENERIC_timeout: EMIT(c, receive_timeout); return true;
    default: return lower_markers(c, insn);
    }
}
