/* SPDX-License-Identifier: Apache-2.0 */
/* run.c - rows through the program of a match specification. */

#include "match/run.h"
#include "base/memory.h"
#include "heap/guard.h"
#include "heap/map.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/node.h"

static size_t register_count(const MatchProgram *program)
{
    return (size_t)program->registers + program->stack + 2;
}

bool match_run_init(MatchRun *run, const MatchProgram *program, Heap *heap, Term self)
{
    /* Not the registers. */
    memset(run, 0, offsetof(MatchRun, inside));
    run->program = program;
    run->heap = heap;
    run->self = self;
    run->copies = true;
    size_t count = register_count(program);
    run->registers =
        count <= MATCH_REGISTERS_INSIDE ? run->inside : memory_alloc(count * sizeof(Term));
    return run->registers != NULL;
}

void match_run_done(MatchRun *run)
{
    if (run->registers != run->inside)
        memory_free(run->registers, register_count(run->program) * sizeof(Term));
}

/* ---- Patterns ---- */

static bool same_bits(Term a, Term b)
{
    return is_float(a) && memcmp(boxed_ptr(a) + 1, boxed_ptr(b) + 1, FLOAT_WORDS * WORD_BYTES) == 0;
}

/* From the instruction behind CLAUSE. The one behind PATTERN_END, or NULL: does not match. */
static const MatchInsn *match_pattern(const MatchProgram *program, const MatchInsn *i, Term *regs)
{
    Term *next = regs + 2;
    const Term *constants = program->constants;
    for (; i->op != MATCH_PATTERN_END; i++) {
        Term part = ((const Term *)regs[i->base])[i->index];
        switch (i->op) {
        case MATCH_EQUAL_WORD:
            if (part != constants[i->x]) return NULL;
            break;
        case MATCH_EQUAL:
            if (!term_equal_exact(part, constants[i->x])) return NULL;
            break;
        case MATCH_EQUAL_FLOAT:
            if (!same_bits(part, constants[i->x])) return NULL;
            break;
        case MATCH_BIND: *next++ = part; break;
        case MATCH_SAME:
            if (!term_equal_exact(part, regs[i->x])) return NULL;
            break;
        case MATCH_OPEN_TUPLE:
            if (!is_tuple_of(part, i->x)) return NULL;
            *next++ = (Term)tuple_elements(part);
            break;
        case MATCH_OPEN_CONS:
            if (!is_cons(part)) return NULL;
            *next++ = (Term)cons_ptr(part);
            break;
        case MATCH_OPEN_MAP:
            if (!is_map(part)) return NULL;
            *next++ = part;
            break;
        default: /* MATCH_MAP_GET */
            part = map_get(part, constants[i->x]);
            if (is_none(part)) return NULL;
            *next++ = part;
        }
    }
    return i + 1;
}

/* ---- Values ---- */

static bool is_within(const Term *p, const Term *start, size_t words)
{
    return (size_t)((uintptr_t)p - (uintptr_t)start) < words * WORD_BYTES;
}

static bool is_foreign(const MatchRun *run, Term t)
{
    if (!run->copies || is_immediate(t)) return false;
    const Term *p = (const Term *)(t & ~(Term)3);
    return is_within(p, run->row, run->row_words) ||
           is_within(p, run->program->block, run->program->words);
}

/* `t` for a result. TERM_NONE: out of memory. */
static Term own(MatchRun *run, Term t)
{
    if (!is_foreign(run, t)) return t;
    if (boxed_ptr(t) != run->row) return term_copy_to_heap(run->heap, t);
    if (run->row_has_off_heap) return term_copy_sized(run->heap, t, run->row_words);
    Term *to = heap_reserve(run->heap, run->row_words);
    if (!to) return TERM_NONE;
    term_copy_block(to, run->row, run->row_words);
    return make_boxed(to);
}

static Term out_of_memory(MatchRun *run)
{
    run->is_out = true;
    return TERM_NONE;
}

static bool own_all(MatchRun *run, Term *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = own(run, values[i]);
        if (is_none(values[i])) return false;
    }
    return true;
}

static Term make_tuple_of(MatchRun *run, Term *values, size_t arity)
{
    Term *tuple = own_all(run, values, arity) ? heap_reserve(run->heap, 1 + arity) : NULL;
    if (!tuple) return out_of_memory(run);
    tuple[0] = make_header(KIND_TUPLE, arity);
    memcpy(tuple + 1, values, arity * sizeof *values);
    return make_boxed(tuple);
}

/* Of `count` values and the tail behind them. */
static Term make_list_of(MatchRun *run, Term *values, size_t count)
{
    Term *cells = own_all(run, values, count + 1) ? heap_reserve(run->heap, 2 * count) : NULL;
    if (!cells) return out_of_memory(run);
    Term list = values[count];
    while (count-- > 0) list = cons_put(cells + 2 * count, values[count], list);
    return list;
}

static Term make_map_of(MatchRun *run, Term *values, size_t pairs)
{
    Term map = own_all(run, values, 2 * pairs) ? map_from_pairs(run->heap, values, pairs, NULL)
                                               : TERM_NONE;
    return is_none(map) ? out_of_memory(run) : map;
}

/* ---- Calls ---- */

/* TERM_NONE: it failed. */
static Term call(MatchRun *run, const MatchInsn *insn, Term *arguments)
{
    Calc calc = {run->heap, A(badarg), 0};
    Term *top = run->heap->top;
    bool is_part = insn->x == GUARD_binary_part_2 || insn->x == GUARD_binary_part_3;
    /* A part of a binary refers to the whole. */
    if (is_part && !own_all(run, arguments, 1)) return out_of_memory(run);
    Term result = guards[insn->x].function(&calc, arguments);
    run->cost += calc.cost * 8;
    if (!is_none(result)) return result;
    /* What tells why is of no use. */
    if (!is_part && run->heap->top >= top) heap_trim(run->heap, top, top);
    return TERM_NONE;
}

/* The value of AND and OR, or TERM_NONE: one is no boolean. `absorbing` decides. */
static Term logic(const Term *operands, size_t count, Term absorbing)
{
    Term result = absorbing == A(true) ? A(false) : A(true);
    for (size_t i = 0; i < count; i++) {
        if (operands[i] != A(true) && operands[i] != A(false)) return TERM_NONE;
        if (operands[i] == absorbing) result = absorbing;
    }
    return result;
}

/* ---- Expressions ---- */

typedef struct Evaluation {
    MatchRun *run;
    const MatchInsn *insn;
    Term *top; /* of the stack, where the next value goes */
    bool in_body;
} Evaluation;

/* What takes `count` operands and has failed in a body is 'EXIT'. False: the clause fails. */
static bool put_value(Evaluation *e, size_t count, Term value)
{
    e->top -= count;
    if (is_none(value)) {
        if (!e->in_body || e->run->is_out) return false;
        value = A(EXIT);
    }
    *e->top++ = value;
    return true;
}

static bool make_value(Evaluation *e)
{
    const MatchInsn *i = e->insn;
    switch (i->op) {
    case MATCH_CALL: return put_value(e, i->index, call(e->run, i, e->top - i->index));
    case MATCH_ACTION:
        return put_value(e, i->index, e->run->act(e->run, i->x, e->top - i->index, i->index));
    case MATCH_TUPLE: return put_value(e, i->x, make_tuple_of(e->run, e->top - i->x, i->x));
    case MATCH_LIST:
        return put_value(e, i->x + 1, make_list_of(e->run, e->top - i->x - 1, i->x));
    case MATCH_MAP:
        return put_value(e, 2 * (size_t)i->x, make_map_of(e->run, e->top - 2 * i->x, i->x));
    case MATCH_AND: return put_value(e, i->x, logic(e->top - i->x, i->x, A(false)));
    default: return put_value(e, i->x, logic(e->top - i->x, i->x, A(true)));
    }
}

/* AND_ALSO and OR_ELSE: goes on behind with the value dropped where it decides nothing. */
static bool jump(Evaluation *e)
{
    Term value = e->top[-1];
    Term deciding = e->insn->op == MATCH_AND_ALSO ? A(false) : A(true);
    if (value == A(true) || value == A(false)) {
        if (value != deciding) {
            e->top--;
            return true;
        }
    } else if (!put_value(e, 1, TERM_NONE)) {
        return false;
    }
    e->insn = e->run->program->code + e->insn->x - 1;
    return true;
}

/* From the instruction behind PATTERN_END. TERM_NONE: a guard fails, or there is no memory. */
static Term evaluate(MatchRun *run, const MatchInsn *start)
{
    Term *regs = run->registers;
    Evaluation e = {run, start, regs + run->program->registers, false};
    for (;; e.insn++) {
        switch (e.insn->op) {
        case MATCH_CONSTANT: *e.top++ = run->program->constants[e.insn->x]; break;
        case MATCH_REGISTER: *e.top++ = regs[e.insn->x]; break;
        case MATCH_SELF: *e.top++ = run->self; break;
        case MATCH_NODE: *e.top++ = node_self()->name; break;
        case MATCH_AND_ALSO:
        case MATCH_OR_ELSE:
            if (!jump(&e)) return TERM_NONE;
            break;
        case MATCH_GUARD:
            if (*--e.top != A(true)) return TERM_NONE;
            break;
        case MATCH_BODY: e.in_body = true; break;
        case MATCH_DROP: e.top--; break;
        case MATCH_RESULT: {
            Term result = own(run, e.top[-1]);
            return is_none(result) ? out_of_memory(run) : result;
        }
        default:
            if (!make_value(&e)) return TERM_NONE;
        }
    }
}

Term match_run(MatchRun *run, Term row)
{
    const MatchProgram *program = run->program;
    Term *regs = run->registers;
    regs[0] = (Term)regs;
    regs[1] = row;
    run->is_out = false;
    for (uint32_t at = 0; at < program->count && !run->is_out; at = program->code[at].x) {
        const MatchInsn *body = match_pattern(program, program->code + at + 1, regs);
        run->cost += 2;
        if (!body) continue;
        run->cost += program->code[at].x - at;
        Term result = evaluate(run, body);
        if (!is_none(result)) return result;
    }
    return TERM_NONE;
}
