/* SPDX-License-Identifier: Apache-2.0 */
/* ets_search.c - a match specification over a table, in steps. */

#include "natives/ets_search.h"
#include "ets/scan.h"
#include "match/compile.h"
#include "match/key.h"
#include "match/run.h"
#include "natives/work.h"

enum {
    ROOM_WANTED = 256,   /* words for more results, where there is no room for one */
    COST_PER_OBJECT = 8, /* instructions that are as much work as an object */
    OWN_ROOM = 64        /* words that a native may reserve unasked */
};

/* What a search is between two steps:
   {Table, Place, Program, Kind, Limit, [Found], [Found beyond], Count, IsFixed, IsDown} */
enum { S_TABLE, S_PLACE, S_PROGRAM, S_KIND, S_LIMIT, S_LIST, S_REST, S_COUNT, S_FIXED, S_DOWN };
enum { S_SIZE = S_DOWN + 1, HASH_SIZE = 6, TREE_SIZE = 8 };

typedef struct Search {
    EtsScan scan; /* first */
    MatchRun run;
    EtsOpen open;
    Process *p;
    Term id;
    int kind; /* SEARCH_* */
    MatchProgram *program;
    Term reference;      /* to the program; TERM_NONE: it is this search's own */
    Term limit;          /* small integer or infinity */
    Term list, rest;     /* what was found, and what beyond the limit */
    size_t count;        /* of `list`; or what was counted, deleted, replaced */
    bool down, is_fixed; /* fixed by this search */
    bool is_out;         /* of memory */
    size_t need;         /* words that are missing to go on; 0: none */
    size_t fragments;    /* words that were in fragments at the start of the step */
} Search;

static bool is_ordered(const Search *s) { return s->open.table->store.type == ETS_ORDERED_SET; }

static bool has_limit(const Search *s) { return s->limit != A(infinity); }

static bool is_changing(const Search *s)
{
    return s->kind == SEARCH_DELETE || s->kind == SEARCH_REPLACE;
}

static void forget_program(Search *s)
{
    if (is_none(s->reference)) resource_release(&s->program->resource);
}

/* ---- Objects ---- */

static bool lacks_room(Search *s, const EtsObject *object)
{
    size_t words = object->words + 2;
    if (s->kind != SEARCH_LIST || native_room(s->p, words)) return false;
    if (words + s->p->heap.fragment_words - s->fragments <= OWN_ROOM) return false;
    s->need = words + ROOM_WANTED;
    return true;
}

static bool add_result(Search *s, Term result)
{
    if (s->scan.is_full) return list_push(s->p, result, &s->rest);
    s->count++;
    s->scan.is_full = has_limit(s) && s->count >= (size_t)small_value(s->limit);
    return list_push(s->p, result, &s->list);
}

static bool replace(Search *s, EtsObject *object, Term result)
{
    EtsObject *made = object_make(result);
    if (made) ets_replace(s->open.table, object, made);
    return made != NULL;
}

/* Does with an object that matches what is to be done. False: no memory. */
static bool take(Search *s, EtsObject *object, Term result)
{
    if (s->kind == SEARCH_LIST) return add_result(s, result);
    if (s->kind != SEARCH_REPLACE && result != A(true)) return true;
    s->count++;
    if (s->kind == SEARCH_DELETE) ets_drop(s->open.table, object);
    return s->kind != SEARCH_REPLACE || replace(s, object, result);
}

static bool visit(EtsScan *scan, EtsObject *object)
{
    Search *s = (Search *)scan;
    if (lacks_room(s, object)) return false;
    s->run.row = object->tuple;
    s->run.row_words = object->words;
    s->run.row_has_off_heap = object->off_heap != NULL;
    s->run.cost = 0;
    Term result = match_run(&s->run, object_term(object));
    size_t cost = s->run.cost / COST_PER_OBJECT;
    scan->budget -= cost < scan->budget ? cost : scan->budget;
    s->is_out = is_none(result) ? s->run.is_out : !take(s, object, result);
    return !s->is_out;
}

/* ---- States ---- */

static Term make_state(Search *s, const Term *fields, size_t count)
{
    Term *tuple = heap_reserve(&s->p->heap, 1 + count);
    if (!tuple) return TERM_NONE;
    tuple[0] = make_header(KIND_TUPLE, count);
    memcpy(tuple + 1, fields, count * sizeof *fields);
    return make_boxed(tuple);
}

/* A program that outlives this call has the specification as its own. */
static bool refer_to_program(Search *s)
{
    MatchOutcome outcome;
    if (!is_none(s->reference)) return true;
    MatchProgram *own = match_compile(s->program->spec, NULL, &outcome);
    if (!own) return false;
    resource_release(&s->program->resource);
    s->program = own;
    Term reference = resource_make_ref(&s->p->heap, &s->program->resource);
    if (is_none(reference)) return false;
    resource_release(&s->program->resource);
    s->reference = reference;
    return true;
}

/* The bucket, or the last key of an ordered table: [] or [Key]. TERM_NONE: no memory. */
static Term make_place(Search *s)
{
    Term place = TERM_NIL;
    if (!is_ordered(s)) return make_small((Word)s->scan.at);
    if (is_none(s->scan.last)) return TERM_NIL;
    Term key = part_copy(s->scan.last, &s->p->heap);
    return !is_none(key) && list_push(s->p, key, &place) ? place : TERM_NONE;
}

static Term pause_state(Search *s)
{
    Term place = make_place(s);
    if (is_none(place) || !refer_to_program(s)) return TERM_NONE;
    Term fields[S_SIZE] = {s->id,
                           place,
                           s->reference,
                           make_small(s->kind),
                           s->limit,
                           s->list,
                           s->rest,
                           make_small((Word)s->count),
                           make_bool(s->is_fixed),
                           make_bool(s->down)};
    return make_state(s, fields, S_SIZE);
}

static Term make_continuation(Search *s)
{
    Term place = make_place(s);
    if (is_none(place) || !refer_to_program(s)) return TERM_NONE;
    if (!is_ordered(s)) {
        Term fields[HASH_SIZE] = {s->id, place, s->limit, s->reference, s->rest, make_small(0)};
        return make_state(s, fields, HASH_SIZE);
    }
    Term key = is_cons(place) ? cons_head(place) : TERM_NIL;
    Term fields[TREE_SIZE] = {s->id,        key,      TERM_NIL,           s->limit,
                              s->reference, TERM_NIL, make_small(s->down), make_small(0)};
    return make_state(s, fields, TREE_SIZE);
}

/* ---- Steps ---- */

/* While it alone has fixed the table, what it deletes need not be marked. */
static void hold_buckets(Search *s)
{
    EtsTable *table = s->open.table;
    if (is_ordered(s) || !is_changing(s)) return;
    const Fixation *fixation = table->fixations;
    bool alone = !fixation || (s->is_fixed && !fixation->next && fixation->count == 1);
    table->store.hash.is_still = true;
    table->store.hash.is_fixed = !alone;
}

static void release_buckets(Search *s)
{
    EtsTable *table = s->open.table;
    if (is_ordered(s) || !is_changing(s)) return;
    table->store.hash.is_still = false;
    table->store.hash.is_fixed = table->fixations != NULL;
}

/* Keeps the place in a hash table. */
static bool fix(Search *s)
{
    EtsTable *table = s->open.table;
    if (is_ordered(s)) return true;
    Fixation *fixation =
        s->is_fixed ? ets_fixation(table, s->p->pid) : ets_fix(table, s->p);
    if (!fixation) return false;
    fixation->next_object = s->scan.next;
    s->is_fixed = true;
    return true;
}

static void unfix(Search *s)
{
    if (!s->is_fixed) return;
    ets_unfix(s->open.table, s->p->pid);
    s->is_fixed = false;
}

/* Yields, or asks for words. */
static Term pause(Search *s)
{
    Term state = !s->is_out && fix(s) ? pause_state(s) : TERM_NONE;
    if (is_none(state)) unfix(s);
    release_buckets(s);
    ets_close(&s->open);
    if (is_none(state)) {
        forget_program(s);
        return native_memory(s->p);
    }
    if (s->need) return work_need(s->p, state, s->need);
    return native_yield(s->p, state);
}

static Term reversed(Search *s)
{
    Term list = TERM_NIL;
    for (Term l = s->list; is_cons(l); l = cons_tail(l)) {
        if (!list_push(s->p, cons_head(l), &list)) return TERM_NONE;
    }
    return list;
}

/* {Found, Continuation} or '$end_of_table'. */
static Term limited_result(Search *s, bool at_end)
{
    Term list = is_ordered(s) ? reversed(s) : s->list, continuation = A(end_of_table);
    if (is_none(list)) return native_memory(s->p);
    if (!at_end || is_cons(s->rest)) {
        continuation = make_continuation(s);
        if (is_none(continuation)) return native_memory(s->p);
    } else if (is_nil(list)) {
        return A(end_of_table);
    }
    return make_tuple(s->p, 2, list, continuation);
}

static Term finish(Search *s, bool at_end)
{
    unfix(s);
    release_buckets(s);
    Term result = s->kind != SEARCH_LIST ? make_small((Word)s->count)
                  : has_limit(s)         ? limited_result(s, at_end)
                                         : s->list;
    ets_close(&s->open);
    forget_program(s);
    return result;
}

/* With the table open, from where it stands. */
static Term step(Search *s)
{
    if (!match_run_init(&s->run, s->program, &s->p->heap, s->p->pid)) {
        s->is_out = true;
        return pause(s);
    }
    ets_scan_init(&s->scan, s->open.table, s->program);
    s->run.copies = s->kind == SEARCH_LIST;
    s->fragments = s->p->heap.fragment_words;
    s->scan.visit = visit;
    s->scan.changes = is_changing(s);
    /* A list grows at its front: one that is to be in order starts at the other end. */
    s->scan.side = has_limit(s) != s->down;
    if (s->is_fixed) s->scan.next = ets_fixation(s->open.table, s->p->pid)->next_object;
    hold_buckets(s);
    size_t budget = work_budget(s->p, TERMS_PER_REDUCTION);
    s->scan.budget = budget;
    bool at_end = ets_scan(&s->scan);
    work_charge(s->p, budget - s->scan.budget, TERMS_PER_REDUCTION);
    match_run_done(&s->run);
    bool is_done = at_end || (s->scan.is_full && !s->scan.next);
    return is_done && !s->is_out ? finish(s, at_end) : pause(s);
}

static bool open_table(Search *s)
{
    return ets_open(&s->open, s->p, s->id, is_changing(s) ? ACCESS_WRITE : ACCESS_READ);
}

static bool set_place(Search *s, Term place)
{
    if (!is_ordered(s)) {
        if (!is_natural(place)) return false;
        s->scan.at = (size_t)small_value(place);
        return true;
    }
    if (is_cons(place)) s->scan.last = cons_head(place);
    return is_list(place);
}

static Term resume(Search *s, Term state)
{
    const Term *t = tuple_elements(state);
    s->id = t[S_TABLE];
    s->reference = t[S_PROGRAM];
    s->program = match_program_of(s->reference);
    s->kind = (int)small_value(t[S_KIND]);
    s->limit = t[S_LIMIT];
    s->list = t[S_LIST];
    s->rest = t[S_REST];
    s->count = (size_t)small_value(t[S_COUNT]);
    s->is_fixed = t[S_FIXED] == A(true);
    s->down = t[S_DOWN] == A(true);
    s->scan.is_full = has_limit(s) && s->count >= (size_t)small_value(s->limit);
    if (!open_table(s)) return ets_not_open(s->p, &s->open);
    if (!set_place(s, t[S_PLACE])) return ets_refuse(s->p, &s->open, TERM_NONE);
    return step(s);
}

/* ---- Starting ---- */

static void search_init(Search *s, Process *p)
{
    /* The run, and the keys at the scan's end, are set by each step. */
    memset(&s->scan, 0, offsetof(EtsScan, keys));
    memset(&s->open, 0, sizeof *s - offsetof(Search, open));
    s->p = p;
    s->scan.last = s->reference = TERM_NONE;
    s->limit = A(infinity);
    s->list = s->rest = TERM_NIL;
}

/* A(ok), or why the table, which is open, is not to be searched: a cause, or TERM_NONE. */
static Term check(const Search *s, MatchOutcome outcome)
{
    if (s->kind == SEARCH_REPLACE && s->open.table->store.type == ETS_BAG) return A(table_type);
    if (outcome != MATCH_GOOD) return TERM_NONE;
    if (has_limit(s) && !(is_natural(s->limit) && small_value(s->limit) > 0)) return TERM_NONE;
    if (s->kind != SEARCH_REPLACE) return A(ok);
    for (Term l = s->program->spec; is_cons(l); l = cons_tail(l)) {
        if (!match_keeps_key(cons_head(l), s->open.table->settings.key)) return TERM_NONE;
    }
    return A(ok);
}

Term ets_search(Process *p, Term id, const SearchRequest *request)
{
    Search s;
    MatchOutcome outcome;
    Term state = work_state(p);
    search_init(&s, p);
    if (!is_nil(state)) return resume(&s, state);
    s.id = id;
    s.kind = (int)request->kind;
    s.limit = request->limit;
    s.down = request->down;
    Term words[MATCH_PATTERN_WORDS], spec = request->spec;
    if (!is_none(request->result)) spec = match_pattern_spec(words, spec, request->result);
    s.program = match_compile_borrowed(spec, &outcome);
    if (outcome == MATCH_NO_MEMORY) return native_memory(p);
    bool opened = open_table(&s);
    Term why = opened ? check(&s, outcome) : s.open.cause;
    if (why == A(ok)) return step(&s);
    if (s.program) forget_program(&s);
    return opened ? ets_refuse(p, &s.open, why) : ets_badarg(p, why);
}

/* Takes what was found beyond the limit before. False: no memory. */
static bool take_rest(Search *s, Term rest)
{
    while (is_cons(rest) && !s->scan.is_full) {
        if (!add_result(s, cons_head(rest))) return false;
        rest = cons_tail(rest);
    }
    s->rest = rest;
    return true;
}

/* Reads a continuation. False: it is none. */
static bool read_continuation(Search *s, Term continuation, Term *rest)
{
    bool hash = is_tuple_of(continuation, HASH_SIZE);
    if (!hash && !is_tuple_of(continuation, TREE_SIZE)) return false;
    const Term *t = tuple_elements(continuation);
    s->limit = t[hash ? 2 : 3];
    s->reference = t[hash ? 3 : 4];
    s->program = match_program_of(s->reference);
    *rest = hash ? t[4] : TERM_NIL;
    s->scan.last = hash || is_nil(t[1]) ? TERM_NONE : t[1];
    if (hash && !is_natural(t[1])) return false;
    if (hash) s->scan.at = (size_t)small_value(t[1]);
    s->down = !hash && t[6] == make_small(1);
    return s->program && is_natural(s->limit) && small_value(s->limit) > 0 && is_list(*rest);
}

Term ets_search_continue(Process *p, Term continuation)
{
    Search s;
    Term state = work_state(p), rest;
    search_init(&s, p);
    if (continuation == A(end_of_table)) return continuation;
    if (!is_nil(state)) return resume(&s, state);
    if (!is_tuple(continuation) || tuple_arity(continuation) == 0) return badarg(p);
    s.id = tuple_elements(continuation)[0];
    if (!open_table(&s)) return ets_not_open(p, &s.open);
    if (!read_continuation(&s, continuation, &rest)) return ets_refuse(p, &s.open, TERM_NONE);
    if (is_ordered(&s) != (tuple_arity(continuation) == TREE_SIZE))
        return ets_refuse(p, &s.open, TERM_NONE);
    if (!take_rest(&s, rest)) {
        ets_close(&s.open);
        return native_memory(p);
    }
    return step(&s);
}
