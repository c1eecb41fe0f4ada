/* SPDX-License-Identifier: Apache-2.0 */
/* binary_match.c - natives of module binary that search: match, matches, split. */
#include "base/memory.h"
#include "heap/binary.h"
#include "natives/binary_pattern.h"
#include "natives/lists.h"
#include "natives/support.h"
#include "term/release.h"

typedef enum Wanted { WANT_FIRST, WANT_ALL, WANT_PARTS } Wanted;

typedef struct Options {
    bool global, trim, trim_all;
    size_t start, end; /* of the subject, in bytes */
} Options;

/* One call. The state between slices is a tuple of what `restore` reads. */
typedef struct Job {
    Wanted wanted;
    Options options;
    Term subject;
    const uint8_t *bytes; /* of the subject */
    size_t size;
    uint8_t *temporary; /* `bytes` is a copy to be freed, or NULL */
    Pattern borrowed;
    Pattern *made; /* for this call only, to be released, or NULL */
    Term made_ref; /* that keeps it between slices, or TERM_NIL */
    Search search;
    Term results; /* list, newest first */
    size_t count; /* of results */
    size_t part;  /* where the next part begins */
} Job;

/* ---- Options ---- */

/* {Start, Length}: a part of `size` bytes; the length may be negative. */
static bool read_part(Term start, Term length, size_t size, size_t *from, size_t *to)
{
    if (!is_natural(start) || !is_small(length)) return false;
    Word a = small_value(start), b = a + small_value(length);
    if (a > (Word)size || b < 0 || b > (Word)size) return false;
    *from = (size_t)(a < b ? a : b);
    *to = (size_t)(a < b ? b : a);
    return true;
}

static bool read_option(Term option, Job *job)
{
    if (is_tuple_of(option, 2) && tuple_elements(option)[0] == A(scope)) {
        Term part = tuple_elements(option)[1];
        if (!is_tuple_of(part, 2)) return false;
        const Term *pair = tuple_elements(part);
        return read_part(pair[0], pair[1], job->size, &job->options.start, &job->options.end);
    }
    if (job->wanted != WANT_PARTS) return false;
    if (option == A(global)) job->options.global = true;
    else if (option == A(trim)) job->options.trim = true;
    else if (option == A(trim_all)) job->options.trim_all = true;
    else return false;
    return true;
}

static bool read_options(Term list, Job *job)
{
    Term rest = list;
    job->options = (Options){.end = job->size};
    for (; is_cons(rest); rest = cons_tail(rest)) {
        if (!read_option(cons_head(rest), job)) return false;
    }
    return is_list(list); /* OTP does not look at the end of it either. */
}

/* ---- Patterns ---- */

/* {bm, Ref} or {ac, Ref} */
static const Pattern *compiled(Term t)
{
    if (!is_tuple_of(t, 2)) return NULL;
    const Term *pair = tuple_elements(t);
    const Pattern *pattern = (const Pattern *)resource_of(pair[1], &pattern_type);
    if (!pattern || pair[0] != (pattern->is_one ? A(bm) : A(ac))) return NULL;
    return pattern;
}

/* NULL: raised. */
static const Pattern *read_pattern(Process *p, Job *job, Term t)
{
    const uint8_t *bytes;
    size_t size;
    bool bad;
    /* Where there is nothing to search, OTP before 27 does not look at the pattern. */
    if (!release_has_strict_parts() && job->options.start == job->options.end) {
        pattern_borrow(&job->borrowed, (const uint8_t *)"", 1);
        return &job->borrowed;
    }
    if (!is_nil(job->made_ref)) return (const Pattern *)resource_of(job->made_ref, &pattern_type);
    if (binary_bytes(t, &bytes, &size) && size > 0) {
        pattern_borrow(&job->borrowed, bytes, size);
        return &job->borrowed;
    }
    const Pattern *pattern = compiled(t);
    if (pattern) return pattern;
    job->made = pattern_make(t, &bad);
    if (!job->made) (void)(bad ? badarg(p) : native_memory(p));
    return job->made;
}

static Term binary_compile_pattern_1(Process *p, Term *args)
{
    bool bad;
    Pattern *pattern = pattern_make(args[0], &bad);
    if (!pattern) return bad ? badarg(p) : native_memory(p);
    work_charge(p, pattern->bytes, COPIES_PER_REDUCTION);
    Term tag = pattern->is_one ? A(bm) : A(ac);
    Term ref = resource_make_ref(&p->heap, &pattern->resource);
    resource_release(&pattern->resource);
    return is_none(ref) ? native_memory(p) : make_tuple(p, 2, tag, ref);
}

/* ---- Starting, stopping ---- */

enum {
    SAVED_AT,
    SAVED_NODE,
    SAVED_BEST,
    SAVED_BEST_SIZE,
    SAVED_PART,
    SAVED_RESULTS,
    SAVED_COUNT,
    SAVED_PATTERN,
    SAVED_SIZE
};

static void restore(Job *job, Term state)
{
    const Term *saved = tuple_elements(state);
    job->search.at = (size_t)small_value(saved[SAVED_AT]);
    job->search.node = (uint32_t)small_value(saved[SAVED_NODE]);
    job->search.best = (size_t)small_value(saved[SAVED_BEST]);
    job->search.best_size = (size_t)small_value(saved[SAVED_BEST_SIZE]);
    job->part = (size_t)small_value(saved[SAVED_PART]);
    job->results = saved[SAVED_RESULTS];
    job->count = (size_t)small_value(saved[SAVED_COUNT]);
}

/* The state; TERM_NONE: raised. */
static Term save(Process *p, Job *job)
{
    if (job->made) {
        job->made_ref = resource_make_ref(&p->heap, &job->made->resource);
        if (is_none(job->made_ref)) return native_memory(p);
    }
    const Search *s = &job->search;
    return make_tuple(p, SAVED_SIZE, make_small((Word)s->at), make_small((Word)s->node),
                      make_small((Word)s->best), make_small((Word)s->best_size),
                      make_small((Word)job->part), job->results, make_small((Word)job->count),
                      job->made_ref);
}

/* False: raised; job_end is due all the same. */
static bool job_start(Process *p, Job *job, Term state, const Term *args, Term options)
{
    job->temporary = NULL;
    job->made = NULL;
    job->made_ref = is_nil(state) ? TERM_NIL : tuple_elements(state)[SAVED_PATTERN];
    job->subject = args[0];
    job->results = TERM_NIL;
    job->count = job->part = 0;
    if (!is_binary(args[0])) {
        badarg(p);
        return false;
    }
    if (!binary_bytes_aligned(args[0], &job->bytes, &job->size, &job->temporary)) {
        native_memory(p);
        return false;
    }
    if (!read_options(options, job)) {
        badarg(p);
        return false;
    }
    const Pattern *pattern = read_pattern(p, job, args[1]);
    job->search = (Search){
        .pattern = pattern, .data = job->bytes, .at = job->options.start, .end = job->options.end};
    if (!is_nil(state)) restore(job, state);
    return pattern != NULL;
}

static void job_end(Job *job)
{
    if (job->temporary) memory_free(job->temporary, job->size);
    if (job->made) resource_release(&job->made->resource);
}

/* ---- Results ---- */

static Term position(Process *p, const Search *s)
{
    return make_tuple(p, 2, make_small((Word)s->found), make_small((Word)s->found_size));
}

static bool add_result(Process *p, Job *job, Term result)
{
    Term *cell = is_none(result) ? NULL : heap_reserve(&p->heap, 2);
    if (!cell) return false;
    job->results = cons_put(cell, result, job->results);
    job->count++;
    return true;
}

/* The part of the subject up to `end`, unless it is empty and those are not wanted. Small ones are
   copied, as binary_part does, but without its looking for where the bytes are. */
static bool add_part(Process *p, Job *job, size_t end)
{
    enum { COPIED = 4 * WORD_BYTES };
    size_t size = end - job->part;
    if (size == 0 && job->options.trim_all) return true;
    if (size <= COPIED && size < job->size)
        return add_result(p, job, binary_from(&p->heap, job->bytes + job->part, size));
    return add_result(p, job, binary_part(&p->heap, job->subject, job->part, size));
}

/* What was found is taken down; false: out of memory. */
static bool add_found(Process *p, Job *job)
{
    const Search *s = &job->search;
    if (job->wanted == WANT_PARTS) {
        bool added = add_part(p, job, s->found);
        job->part = s->found + s->found_size;
        return added;
    }
    Term *words = heap_reserve(&p->heap, 5);
    if (!words) return false;
    Term part = pair_put(words, make_small((Word)s->found), make_small((Word)s->found_size));
    job->results = cons_put(words + 3, part, job->results);
    job->count++;
    return true;
}

/* There is nothing more to find. */
static Term finish(Process *p, Job *job)
{
    if (job->wanted == WANT_FIRST) return A(nomatch);
    if (job->wanted == WANT_PARTS) {
        if (!add_part(p, job, job->size)) return native_memory(p);
        while (job->options.trim && is_cons(job->results) &&
               bitstring_bits(cons_head(job->results)) == 0)
            job->results = cons_tail(job->results);
    }
    return list_reverse_wrapped(p, TERM_NIL, job->results, TERM_NIL);
}

static Term pause(Process *p, Job *job, bool need)
{
    Term state = save(p, job);
    if (is_none(state)) return TERM_NONE;
    if (!need) return native_yield(p, state);
    /* As much again, and something to begin with. */
    return work_need(p, state, 8 * (job->count + 32));
}

/* ---- The natives ---- */

static Term run(Process *p, Job *job)
{
    enum { ROOM = 48 };
    bool fast = job->search.pattern->kind <= PATTERN_BYTES;
    unsigned rate = fast ? COPIES_PER_REDUCTION : BYTES_PER_REDUCTION;
    size_t budget = work_budget(p, rate), left = budget;
    SearchStep step;
    Term result = TERM_NONE;
    while ((step = search_next(&job->search, &left)) == SEARCH_FOUND) {
        if (job->wanted == WANT_FIRST) {
            result = position(p, &job->search);
            break;
        }
        if (!add_found(p, job)) {
            result = native_memory(p);
            break;
        }
        if (job->wanted == WANT_PARTS && !job->options.global) {
            result = finish(p, job);
            break;
        }
        left = left < 64 ? 0 : left - 64;
        if (native_room(p, ROOM)) continue;
        result = pause(p, job, true);
        break;
    }
    work_charge(p, budget - left, rate);
    if (step == SEARCH_NONE) return finish(p, job);
    return step == SEARCH_PAUSE ? pause(p, job, false) : result;
}

static Term search(Process *p, const Term *args, Wanted wanted, Term options)
{
    Term state = work_state(p), result = TERM_NONE;
    if (list_state_is_wrapped(state)) return list_reverse_wrapped(p, state, TERM_NIL, TERM_NIL);
    Job job;
    job.wanted = wanted;
    if (job_start(p, &job, state, args, options)) result = run(p, &job);
    job_end(&job);
    return result;
}

static Term binary_match_2(Process *p, Term *args) { return search(p, args, WANT_FIRST, TERM_NIL); }
static Term binary_match_3(Process *p, Term *args) { return search(p, args, WANT_FIRST, args[2]); }
static Term binary_matches_2(Process *p, Term *args) { return search(p, args, WANT_ALL, TERM_NIL); }
static Term binary_matches_3(Process *p, Term *args) { return search(p, args, WANT_ALL, args[2]); }
static Term binary_split_2(Process *p, Term *args) { return search(p, args, WANT_PARTS, TERM_NIL); }
static Term binary_split_3(Process *p, Term *args) { return search(p, args, WANT_PARTS, args[2]); }

static const Native binary_match_natives[] = {
    NATIVE(binary, compile_pattern, 1, CHARGED),
    NATIVE(binary, match, 2, YIELDS),
    NATIVE(binary, match, 3, YIELDS),
    NATIVE(binary, matches, 2, YIELDS),
    NATIVE(binary, matches, 3, YIELDS),
    NATIVE(binary, split, 2, YIELDS),
    NATIVE(binary, split, 3, YIELDS),
};
NATIVE_TABLE(binary_match);
