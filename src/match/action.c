/* SPDX-License-Identifier: Apache-2.0 */
/* action.c - what specifications of the dialect of tracing may do, as calls in their bodies. */

#include "match/compiler.h"
#include "term/atom.h"

typedef struct Action {
    const char *name;
    uint8_t action; /* enum MatchAction */
    uint8_t min, max; /* arguments */
    bool in_guard;    /* allowed there */
} Action;

static const Action actions[] = {
    {"message", MATCH_MESSAGE, 1, 1, false},
    {"silent", MATCH_SILENT, 1, 1, false},
    {"return_trace", MATCH_RETURN_TRACE, 0, 0, false},
    {"exception_trace", MATCH_EXCEPTION_TRACE, 0, 0, false},
    {"enable_trace", MATCH_ENABLE_TRACE, 1, 2, false},
    {"disable_trace", MATCH_DISABLE_TRACE, 1, 2, false},
    {"trace", MATCH_TRACE, 2, 3, false},
    {"caller", MATCH_CALLER, 0, 0, false},
    {"caller_line", MATCH_CALLER_LINE, 0, 0, false},
    {"process_dump", MATCH_PROCESS_DUMP, 0, 0, false},
    {"display", MATCH_DISPLAY, 1, 1, false},
    {"is_seq_trace", MATCH_IS_SEQ_TRACE, 0, 0, true},
    {"get_seq_token", MATCH_GET_SEQ_TOKEN, 0, 0, false},
    {"set_seq_token", MATCH_SET_SEQ_TOKEN, 2, 2, false},
};

static const Action *find_action(Term name)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (atom_is(name, actions[i].name)) return &actions[i];
    }
    return NULL;
}

/* The name that most errors give it. */
static Term error_name(const Action *action, Term name)
{
    return action->action == MATCH_SET_SEQ_TOKEN ? atom_intern_z("set_seq_trace") : name;
}

static bool is_allowed(Compiler *c, const Action *action, Term t)
{
    Term name = tuple_elements(t)[0];
    size_t arity = tuple_arity(t) - 1;
    if (!c->traces) {
        compiler_error(c, "Special form '%T' used in wrong dialect.", error_name(action, name));
    } else if (c->in_guard && !action->in_guard) {
        compiler_error(c, "Special form '%T' called in guard context.", error_name(action, name));
    } else if (action->max == 0 && arity > 0) {
        compiler_error(c, "Special form '%T' called with arguments in %T.", name, t);
    } else if (arity < action->min || arity > action->max) {
        compiler_error(c, "Special form '%T' called with wrong number of arguments in %T.", name,
                       t);
    } else {
        return true;
    }
    return false;
}

static void compile(Compiler *c, Term t, uint32_t action)
{
    MatchInsn insn = {.op = MATCH_ACTION, .x = action};
    insn.index = (uint32_t)tuple_arity(t) - 1;
    compile_call_of(c, t, insn);
}

/* The trace control word is no special form: get_tcw() and set_tcw(Word). */
static bool compile_word(Compiler *c, Term t)
{
    Term name = tuple_elements(t)[0];
    unsigned arity = (unsigned)tuple_arity(t) - 1;
    bool sets = arity == 1 && atom_is(name, "set_tcw");
    if (!sets && !(arity == 0 && atom_is(name, "get_tcw"))) return false;
    if (!c->traces || (sets && c->in_guard)) {
        compiler_error(c, "Function %T/%u cannot be called in this context.", name, arity);
    } else {
        compile(c, t, sets ? MATCH_SET_WORD : MATCH_GET_WORD);
    }
    return true;
}

bool compile_action(Compiler *c, Term t)
{
    const Action *action = find_action(tuple_elements(t)[0]);
    if (!action) return compile_word(c, t);
    if (is_allowed(c, action, t)) compile(c, t, action->action);
    return true;
}
