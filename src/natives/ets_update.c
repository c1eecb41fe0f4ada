/* SPDX-License-Identifier: Apache-2.0 */
/* ets_update.c - ets: changing elements of objects; counters. */

#include "natives/ets_table.h"
#include "base/memory.h"
#include "term/compare.h"
#include "term/release.h"

/* ---- update_element ---- */

/* Why a {Position, Value} cannot be applied; A(ok): it can. TERM_NONE: badarg without a cause. */
static Term check_element(Term pair, const EtsTable *table, size_t arity)
{
    size_t position;
    if (!is_tuple_of(pair, 2)) return TERM_NONE;
    if (!integer_to_size(tuple_elements(pair)[0], &position)) return TERM_NONE;
    if (position == table->settings.key + 1) return A(keypos);
    if (position >= 1 && position <= arity) return A(ok);
    return release_has_ets_causes() ? A(position) : TERM_NONE;
}

static Term change_element(Term pair, const EtsTable *table, Term *tuple, size_t arity)
{
    Term why = check_element(pair, table, arity);
    if (why == A(ok)) tuple[small_value(tuple_elements(pair)[0])] = tuple_elements(pair)[1];
    return why;
}

/* Applies one pair or a list of them to `tuple`; A(ok) or why not. */
static Term change_elements(Term changes, const EtsTable *table, Term *tuple, size_t arity)
{
    Term why = A(ok);
    if (is_tuple(changes)) return change_element(changes, table, tuple, arity);
    for (; is_cons(changes) && why == A(ok); changes = cons_tail(changes))
        why = change_element(cons_head(changes), table, tuple, arity);
    return why == A(ok) && !is_nil(changes) ? TERM_NONE : why;
}

/* The object that an update is about: the one with the key, or one made of a default tuple. */
typedef struct Update {
    EtsOpen open;
    EtsObject *old; /* NULL: the default is to be inserted */
    Term *
        tuple; /* a copy of the tuple's own words, to change; elements still point into the table */
    size_t arity;
} Update;

/* A(ok), or why not; TERM_NONE: no memory. The default tuple gets the key that was asked for. */
static Term start_update(Update *u, Term key, Term default_or_none)
{
    size_t position = u->open.table->settings.key;
    if (!u->old && is_none(default_or_none)) return A(badkey);
    Term tuple = u->old ? object_term(u->old) : default_or_none;
    u->arity = tuple_arity(tuple);
    if (u->arity <= position) return A(keypos);
    u->tuple = memory_alloc((1 + u->arity) * WORD_BYTES);
    if (!u->tuple) return TERM_NONE;
    memcpy(u->tuple, boxed_ptr(tuple), (1 + u->arity) * WORD_BYTES);
    if (!u->old) u->tuple[1 + position] = key;
    return A(ok);
}

/* Stores the changed tuple. False: no memory. */
static bool store_update(Update *u)
{
    EtsObject *object = object_make(make_boxed(u->tuple));
    if (!object) return false;
    if (u->old) {
        ets_replace(u->open.table, u->old, object);
    } else if (!ets_put(u->open.table, object)) {
        object_free(object);
        return false;
    }
    return true;
}

static void end_update(Update *u)
{
    if (u->tuple) memory_free(u->tuple, (1 + u->arity) * WORD_BYTES);
    ets_close(&u->open);
}

static bool is_bag(const EtsTable *table)
{
    return table->store.type == ETS_BAG || table->store.type == ETS_DUPLICATE_BAG;
}

/* One immediate for another is put where it stands. False: it is no such change. */
static bool put_in_place(Update *u, Term change)
{
    Term *tuple = u->old->tuple;
    if (check_element(change, u->open.table, header_size(tuple[0])) != A(ok)) return false;
    Term *element = &tuple[small_value(tuple_elements(change)[0])];
    Term value = tuple_elements(change)[1];
    if (!is_immediate(*element) || !is_immediate(value)) return false;
    *element = value;
    return true;
}

static Term refuse_default(Process *p, EtsOpen *open)
{
    return ets_refuse(p, open, release_has_default_causes() ? A(default) : TERM_NONE);
}

/* Whether it is none, or can be taken; releases before 28 look at its size only when it is. */
static bool is_default(Term t, const EtsTable *table)
{
    if (is_none(t)) return true;
    return is_tuple(t) &&
           (!release_has_default_causes() || tuple_arity(t) > table->settings.key);
}

static Term update_element(Process *p, Term *args, Term default_or_none)
{
    Update u = {.tuple = NULL};
    if (!ets_open(&u.open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &u.open);
    if (!is_default(default_or_none, u.open.table))
        return refuse_default(p, &u.open);
    if (is_bag(u.open.table)) return ets_refuse(p, &u.open, TERM_NONE);
    u.old = ets_get(u.open.table, args[1]);
    if (u.old && put_in_place(&u, args[2])) {
        ets_close(&u.open);
        return A(true);
    }
    Term why = start_update(&u, args[1], default_or_none);
    bool started = why == A(ok), done = false;
    if (started) {
        why = change_elements(args[2], u.open.table, u.tuple, u.arity);
        done = why == A(ok) && store_update(&u);
    }
    end_update(&u);
    if (done) return A(true);
    if (why == A(badkey)) return A(false);
    if (started && is_none(why)) return badarg(p);
    return is_none(why) || why == A(ok) ? native_memory(p) : ets_badarg(p, why);
}

static Term ets_update_element_3(Process *p, Term *args)
{
    return update_element(p, args, TERM_NONE);
}

static Term ets_update_element_4(Process *p, Term *args)
{
    return update_element(p, args, args[3]);
}

/* ---- update_counter ---- */

/* {Position, Increment} or {Position, Increment, Threshold, SetValue}. */
typedef struct Count {
    Term position, increment, threshold, set_value; /* threshold TERM_NONE: there is none */
} Count;

static bool read_count(Term operation, size_t key, Count *count)
{
    *count = (Count){make_small((Word)key + 2), operation, TERM_NONE, TERM_NONE};
    if (is_tuple_of(operation, 2) || is_tuple_of(operation, 4)) {
        const Term *parts = tuple_elements(operation);
        count->position = parts[0];
        count->increment = parts[1];
        if (tuple_arity(operation) == 4) {
            count->threshold = parts[2];
            count->set_value = parts[3];
        }
    }
    bool bounded = !is_none(count->threshold);
    return is_integer(count->position) && is_integer(count->increment) &&
           (!bounded || (is_integer(count->threshold) && is_integer(count->set_value)));
}

/* A(ok), or why the count cannot be made: a cause, or TERM_NONE. */
static Term check_count(const Update *u, const Count *count, size_t *position)
{
    if (!integer_to_size(count->position, position) || *position < 1 || *position > u->arity)
        return A(position);
    if (*position == u->open.table->settings.key + 1) return A(keypos);
    return is_integer(u->tuple[*position]) ? A(ok) : TERM_NONE;
}

static Term counted(Process *p, const Count *count, Term old)
{
    Calc calc = {&p->heap, A(system_limit), 0};
    Term sum = number_add(&calc, old, count->increment);
    if (is_none(sum) || is_none(count->threshold)) return sum;
    bool falls = number_compare(count->increment, make_small(0)) < 0;
    int order = number_compare(sum, count->threshold);
    return (falls ? order < 0 : order > 0) ? count->set_value : sum;
}

/* Applies one operation. The new value; TERM_NONE with *why: A(ok) is out of memory. */
static Term apply_count(Process *p, Update *u, Term operation, Term *why)
{
    Count count;
    size_t position;
    *why = TERM_NONE;
    if (!read_count(operation, u->open.table->settings.key, &count)) return TERM_NONE;
    *why = check_count(u, &count, &position);
    if (*why != A(ok)) return TERM_NONE;
    Term old = u->tuple[position], value = counted(p, &count, old);
    if (value == old) value = part_copy(old, &p->heap); /* It is to outlive the object. */
    if (!is_none(value)) u->tuple[position] = value;
    return value;
}

/* An increment of a small integer that stays one is done where it stands. */
static Term count_in_place(Update *u, Term operation)
{
    size_t key = u->open.table->settings.key;
    Term increment = operation;
    size_t position = key + 2;
    if (is_tuple_of(operation, 2) && is_small(tuple_elements(operation)[0])) {
        position = (size_t)small_value(tuple_elements(operation)[0]);
        increment = tuple_elements(operation)[1];
    }
    Term *tuple = u->old->tuple, sum;
    if (position < 1 || position > header_size(tuple[0]) || position == key + 1) return TERM_NONE;
    if (!are_small(tuple[position], increment)) return TERM_NONE;
    if (__builtin_add_overflow((Word)tuple[position], (Word)increment, (Word *)&sum))
        return TERM_NONE;
    tuple[position] = sum;
    return sum;
}

/* The results of a list of operations, in order. TERM_NONE with *why as above. */
static Term apply_counts(Process *p, Update *u, Term list, Term *why)
{
    Term results = TERM_NIL, reversed = TERM_NIL;
    *why = A(ok);
    for (; is_cons(list) && is_tuple(cons_head(list)); list = cons_tail(list)) {
        Term value = apply_count(p, u, cons_head(list), why);
        if (is_none(value) || !list_push(p, value, &reversed)) return TERM_NONE;
    }
    if (!is_nil(list)) {
        *why = TERM_NONE;
        return TERM_NONE;
    }
    for (; is_cons(reversed); reversed = cons_tail(reversed)) {
        if (!list_push(p, cons_head(reversed), &results)) return TERM_NONE;
    }
    return results;
}

static Term update_counter(Process *p, Term *args, Term default_or_none)
{
    Update u = {.tuple = NULL};
    Term operation = args[2], why, result = TERM_NONE;
    bool many = is_list(operation);
    if (!ets_open(&u.open, p, args[0], ACCESS_WRITE)) return ets_not_open(p, &u.open);
    if (!is_default(default_or_none, u.open.table)) return refuse_default(p, &u.open);
    if (is_bag(u.open.table)) return ets_refuse(p, &u.open, A(table_type));
    u.old = ets_get(u.open.table, args[1]);
    if (u.old && !many) result = count_in_place(&u, operation);
    if (!is_none(result)) {
        ets_close(&u.open);
        return result;
    }
    why = start_update(&u, args[1], default_or_none);
    bool started = why == A(ok), done = false;
    if (started) {
        result = many ? apply_counts(p, &u, operation, &why) : apply_count(p, &u, operation, &why);
        done = !is_none(result) && store_update(&u);
    }
    end_update(&u);
    if (done) return result;
    if (started && is_none(why)) return badarg(p);
    return is_none(why) || why == A(ok) ? native_memory(p) : ets_badarg(p, why);
}

static Term ets_update_counter_3(Process *p, Term *args)
{
    return update_counter(p, args, TERM_NONE);
}

static Term ets_update_counter_4(Process *p, Term *args)
{
    return update_counter(p, args, args[3]);
}

static const Native ets_update_natives[] = {
    NATIVE(ets, update_element, 3, CHARGED),
    NATIVE(ets, update_element, 4, CHARGED | SINCE_OTP(27)),
    NATIVE(ets, update_counter, 3, CHARGED),
    NATIVE(ets, update_counter, 4, CHARGED),
};
NATIVE_TABLE(ets_update);
