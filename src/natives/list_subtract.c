/* SPDX-License-Identifier: Apache-2.0 */
/* list_subtract.c - A -- B in time proportional to the lengths of both. */

/* What is left of B is a bag: how many of each value are still to be dropped from A. A small B
   stands in an array on the C stack that is searched. A large one stands in a tuple, which the
   collector may move between slices, with a hash table of indices into it beside it (a
   resource). */

#include "base/memory.h"
#include "heap/resource.h"
#include "natives/lists.h"
#include "natives/support.h"
#include "term/compare.h"
#include "term/hash.h"

enum { SMALL_BAG = 16 };

/* ---- Small ---- */

static bool take_small(Term *bag, size_t *count, Term value)
{
    for (size_t i = 0; i < *count; i++) {
        if (!term_equal_exact(bag[i], value)) continue;
        bag[i] = bag[--*count];
        return true;
    }
    return false;
}

/* Room for all of A is there. */
static Term subtract_small(Process *p, Term a, Term *bag, size_t count)
{
    Term *top = p->heap.top, result = TERM_NIL, *last = &result;
    while (count && is_cons(a)) {
        Term value = cons_head(a);
        a = cons_tail(a);
        if (take_small(bag, &count, value)) continue;
        *last = cons_put(top, value, TERM_NIL);
        last = top + 1;
        top += 2;
    }
    *last = a;
    p->heap.top = top;
    return result;
}

/* ---- Large ---- */

typedef struct Bag {
    Resource resource;
    size_t mask;      /* slots - 1 */
    size_t values;    /* elements of the tuple */
    size_t left;      /* values not yet dropped */
    uint32_t *slots;  /* index + 1 of the first of equal values, 0: empty */
    uint32_t *hashes; /* by index */
    uint32_t *counts; /* by index: how many equal ones are left */
} Bag;

static size_t bag_bytes(const Bag *bag)
{
    return sizeof *bag + (bag->mask + 1 + 2 * bag->values) * sizeof(uint32_t);
}

static void bag_destroy(Resource *resource) { memory_free(resource, bag_bytes((Bag *)resource)); }
static const ResourceType bag_type = {"bag", bag_destroy};

static Bag *bag_make(size_t values)
{
    size_t slots = 64;
    while (slots < 2 * values) slots *= 2;
    Bag shape = {.mask = slots - 1, .values = values};
    Bag *bag = memory_alloc(bag_bytes(&shape));
    if (!bag) return NULL;
    *bag = shape;
    resource_init(&bag->resource, &bag_type);
    bag->slots = (uint32_t *)(bag + 1);
    bag->hashes = bag->slots + slots;
    bag->counts = bag->hashes + values;
    memset(bag->slots, 0, slots * sizeof *bag->slots);
    return bag;
}

/* The slot of `value`, or the empty one where it would stand. */
static uint32_t *bag_slot(const Bag *bag, const Term *values, Term value, uint32_t hash)
{
    for (size_t i = hash & bag->mask;; i = (i + 1) & bag->mask) {
        uint32_t *slot = &bag->slots[i];
        if (*slot == 0) return slot;
        uint32_t at = *slot - 1;
        if (bag->hashes[at] == hash && term_equal_exact(values[at], value)) return slot;
    }
}

static void bag_put(Bag *bag, const Term *values, size_t index)
{
    uint32_t hash = term_hash(values[index]);
    uint32_t *slot = bag_slot(bag, values, values[index], hash);
    if (*slot == 0) {
        *slot = (uint32_t)index + 1;
        bag->hashes[index] = hash;
        bag->counts[index] = 0;
    }
    bag->counts[*slot - 1]++;
    bag->left++;
}

static bool bag_take(Bag *bag, const Term *values, Term value)
{
    uint32_t *slot = bag_slot(bag, values, value, term_hash(value));
    if (*slot == 0 || bag->counts[*slot - 1] == 0) return false;
    bag->counts[*slot - 1]--;
    bag->left--;
    return true;
}

/* The state between slices; `index`: the next value to put into the bag. */
enum { STATE_VALUES, STATE_BAG, STATE_INDEX, STATE_REST, STATE_DONE, STATE_SIZE };

static Term large_start(Process *p, Term a, Term b, size_t count)
{
    if (count > TUPLE_MAX_ARITY) return raise_error(p, A(system_limit));
    size_t words = 1 + count + 1 + RESOURCE_REF_SIZE + 1 + STATE_SIZE;
    if (work_lacks(p, words)) return native_need(p, words);
    Term *tuple = heap_reserve(&p->heap, 1 + count);
    if (!tuple) return native_memory(p);
    tuple[0] = make_header(KIND_TUPLE, count);
    for (size_t i = 1; i <= count; i++, b = cons_tail(b)) tuple[i] = cons_head(b);
    Bag *bag = bag_make(count);
    if (!bag) return native_memory(p);
    Term ref = resource_make_ref(&p->heap, &bag->resource);
    resource_release(&bag->resource);
    if (is_none(ref)) return native_memory(p);
    return make_tuple(p, STATE_SIZE, make_boxed(tuple), ref, make_small(0), a, TERM_NIL);
}

/* Drops from `*rest` on; false: the budget or the memory is used up. */
static bool drop_values(Process *p, Bag *bag, const Term *values, Term *state, size_t *left)
{
    Term rest = state[STATE_REST], done = state[STATE_DONE];
    bool memory = true;
    for (; *left && bag->left && is_cons(rest); --*left) {
        Term value = cons_head(rest);
        if (!bag_take(bag, values, value)) {
            memory = list_push(p, value, &done);
            if (!memory) break;
        }
        rest = cons_tail(rest);
    }
    state[STATE_REST] = rest;
    state[STATE_DONE] = done;
    return memory && (bag->left == 0 || !is_cons(rest));
}

static Term large_step(Process *p, Term tuple)
{
    Term state[STATE_SIZE];
    memcpy(state, tuple_elements(tuple), sizeof state);
    Bag *bag = (Bag *)resource_of(state[STATE_BAG], &bag_type);
    const Term *values = tuple_elements(state[STATE_VALUES]);
    size_t index = (size_t)small_value(state[STATE_INDEX]);
    size_t budget = work_budget(p, TERMS_PER_REDUCTION), left = budget;
    /* What does not fit comes in a fragment and is merged by the collection it makes due. */
    for (; left && index < bag->values; left--) bag_put(bag, values, index++);
    state[STATE_INDEX] = make_small((Word)index);
    bool done = index == bag->values && drop_values(p, bag, values, state, &left);
    work_charge(p, budget - left, TERMS_PER_REDUCTION);
    if (done) return list_reverse_wrapped(p, TERM_NIL, state[STATE_DONE], state[STATE_REST]);
    return left ? native_memory(p) : work_yield(p, state, STATE_SIZE);
}

/* ---- Both ---- */

Term list_subtract(Process *p, Term a, Term b)
{
    Term state = work_state(p), bag[SMALL_BAG];
    if (list_state_is_wrapped(state)) return list_reverse_wrapped(p, state, TERM_NIL, TERM_NIL);
    if (!is_nil(state)) return large_step(p, state);
    size_t count, length;
    if (!list_length(a, &length) || !list_length(b, &count)) return badarg(p);
    if (length == 0 || count == 0) return a;
    work_charge(p, length + count, CELLS_PER_REDUCTION);
    if (count > SMALL_BAG || length > work_budget(p, TERMS_PER_REDUCTION) / count) {
        state = large_start(p, a, b, count);
        return is_none(state) ? TERM_NONE : large_step(p, state);
    }
    if (!native_room(p, 2 * length)) return native_need(p, 2 * length);
    work_charge(p, length * count, TERMS_PER_REDUCTION);
    for (size_t i = 0; i < count; i++, b = cons_tail(b)) bag[i] = cons_head(b);
    return subtract_small(p, a, bag, count);
}
