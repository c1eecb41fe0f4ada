/* SPDX-License-Identifier: Apache-2.0 */
/* support.c - what natives of several files need. */

#include "natives/support.h"
#include "base/utf8.h"
#include "heap/map.h"
#include "heap/resource.h"
#include "process/run_queue.h"
#include "process/signal.h"

extern inline Term or_memory(Process *p, Term result);
extern inline Term make_integer(Process *p, int64_t value);

#define NANOSECONDS 1000000000

/* ---- Errors ---- */

Term raise_cause(Process *p, Term reason, Term module, Term cause)
{
    Term pairs[4] = {A(cause), cause, A(module), module};
    Term info = map_from_pairs(&p->heap, pairs, 2, NULL);
    raise_error(p, reason);
    if (!is_none(info)) p->roots[ROOT_INFO] = info;
    return TERM_NONE;
}

Term badarg_cause(Process *p, Term cause)
{
    return raise_cause(p, A(badarg), A(erl_erts_errors), cause);
}

/* ---- Terms ---- */

Term make_unsigned(Process *p, uint64_t value)
{
    if (value <= (uint64_t)SMALL_MAX) return make_small((Word)value);
    return or_memory(p, integer_from_u64(&p->heap, value));
}

size_t atom_among(Term t, const char *const *texts, size_t count)
{
    size_t i = 0;
    while (i < count && !atom_is(t, texts[i])) i++;
    return i;
}

Term make_atom_text(Process *p, const char *text) { return or_memory(p, atom_intern_z(text)); }

Term make_characters(Process *p, const uint8_t *text, size_t size)
{
    Term *cell = heap_reserve(&p->heap, 2 * size), *start = cell, list = TERM_NIL, *last = &list;
    if (!cell) return native_memory(p);
    for (size_t at = 0; at < size; cell += 2) {
        uint32_t code = text[at];
        size_t bytes = utf8_decode(text + at, size - at, &code);
        at += bytes ? bytes : 1;
        *last = cons_put(cell, make_small((Word)code), TERM_NIL);
        last = cell + 1;
    }
    heap_trim(&p->heap, start, cell);
    return list;
}

Term make_mfa(Process *p, const Export *function)
{
    return make_tuple(p, 3, function->module, function->function,
                      make_small((Word)function->arity));
}

bool time_unit_parts(Term unit, uint64_t *parts)
{
    int64_t number;
    switch (unit) {
    case A(second):
    case A(seconds): *parts = 1; return true;
    case A(millisecond):
    case A(milli_seconds): *parts = 1000; return true;
    case A(microsecond):
    case A(micro_seconds): *parts = 1000000; return true;
    case A(nanosecond):
    case A(nano_seconds):
    case A(native):
    case A(perf_counter): *parts = NANOSECONDS; return true;
    default:
        if (!integer_to_i64(unit, &number) || number <= 0) return false;
        *parts = (uint64_t)number;
        return true;
    }
}

/* whole * parts + rest, where that is no 64-bit number. */
static Term make_big_time(Process *p, int64_t whole, uint64_t parts, uint64_t rest)
{
    Calc calc = {&p->heap, A(system_limit), 0};
    Term a = integer_from_i64(&p->heap, whole), b = integer_from_u64(&p->heap, parts);
    Term c = integer_from_u64(&p->heap, rest);
    if (is_none(a) || is_none(b) || is_none(c)) return native_memory(p);
    Term product = number_mul(&calc, a, b);
    return or_memory(p, is_none(product) ? product : number_add(&calc, product, c));
}

Term make_time(Process *p, int64_t nanoseconds, uint64_t parts)
{
    if (parts == NANOSECONDS) return make_integer(p, nanoseconds);
    int64_t whole = nanoseconds / NANOSECONDS, part = nanoseconds % NANOSECONDS;
    if (part < 0) {
        part += NANOSECONDS;
        whole--;
    }
    uint64_t rest = (uint64_t)part * (parts / NANOSECONDS) +
                    (uint64_t)part * (parts % NANOSECONDS) / NANOSECONDS;
    int64_t product, sum;
    if (__builtin_mul_overflow(whole, (int64_t)parts, &product) ||
        __builtin_add_overflow(product, (int64_t)rest, &sum))
        return make_big_time(p, whole, parts, rest);
    return make_integer(p, sum);
}

bool list_push(Process *p, Term head, Term *list)
{
    Term *cell = heap_reserve(&p->heap, 2);
    if (!cell) return false;
    *list = cons_put(cell, head, *list);
    return true;
}

bool list_push_atom(Process *p, const char *text, Term *list)
{
    Term name = make_atom_text(p, text);
    if (is_none(name)) return false;
    if (list_push(p, name, list)) return true;
    native_memory(p);
    return false;
}

/* ---- Requests ---- */

/* The signal's term is {Ref, High, Low, Term}: halves of the handler's address, which need not be
   aligned like a term. The answer is a signal back with {Ref, Answer}; where there is no memory
   for it the request itself goes back. */
enum { REQUEST_REF, REQUEST_HIGH, REQUEST_LOW, REQUEST_TERM, REQUEST_SIZE, ANSWER_SIZE = 2 };
#define HALF_BITS (WORD_BITS / 2)

static RequestHandler *request_handler(const Term *request)
{
    uintptr_t high = (uintptr_t)small_value(request[REQUEST_HIGH]);
    return (RequestHandler *)(high << HALF_BITS | (uintptr_t)small_value(request[REQUEST_LOW]));
}

/* In the process that asked. */
static void take_answer(Process *p, Signal *signal)
{
    Term wanted = p->roots[ROOT_NATIVE_STATE];
    const uint32_t *number = reference_numbers_of(tuple_elements(signal->term)[REQUEST_REF]);
    if (!is_kind(wanted, KIND_REF) ||
        memcmp(reference_numbers_of(wanted), number, 3 * sizeof *number) != 0) {
        signal_free(signal);
        return;
    }
    p->roots[ROOT_NATIVE_STATE] = signal->term;
    signal_adopt(p, signal);
}

/* A heap before something was built on it that nothing is to refer to afterwards. */
typedef struct Mark {
    Term *top;
    Fragment *fragments;
    size_t used, fragment_words, virtual_words;
    OffHeap *off_heap;
    uint32_t flags;
} Mark;

static Mark mark(const Heap *heap)
{
    return (Mark){heap->top,
                  heap->fragments,
                  heap->fragments ? heap->fragments->used : 0,
                  heap->fragment_words,
                  heap->virtual_words,
                  heap->off_heap,
                  heap->flags};
}

static void roll_back(Heap *heap, const Mark *mark)
{
    while (heap->off_heap != mark->off_heap) {
        OffHeap *newest = heap->off_heap;
        heap->off_heap = newest->next;
        newest->next = NULL;
        off_heap_release(newest);
    }
    while (heap->fragments != mark->fragments) {
        Fragment *newest = heap->fragments;
        heap->fragments = newest->next;
        newest->next = NULL;
        fragment_free_all(newest);
    }
    if (heap->fragments) heap->fragments->used = mark->used;
    heap->top = mark->top;
    heap->fragment_words = mark->fragment_words;
    heap->virtual_words = mark->virtual_words;
    heap->flags = mark->flags;
}

/* The answer, or NULL: no memory. */
static Signal *reply_make(Process *p, const Term *request)
{
    Term answer = request_handler(request)(p, request[REQUEST_TERM]);
    Term *pair = is_none(answer) ? NULL : heap_reserve(&p->heap, 1 + ANSWER_SIZE);
    if (!pair) return NULL;
    pair[0] = make_header(KIND_TUPLE, ANSWER_SIZE);
    pair[1] = request[REQUEST_REF];
    pair[2] = answer;
    return signal_make(SIGNAL_CALL, p->pid, make_boxed(pair));
}

/* In the process that was asked. */
static void run_request(Process *p, Signal *signal)
{
    Term asker = signal->from;
    bool is_asked = !is_nil(tuple_elements(signal->term)[REQUEST_REF]);
    Mark before = mark(&p->heap);
    uint32_t wanted = p->heap.flags;
    Signal *reply = reply_make(p, tuple_elements(signal->term));
    wanted ^= p->heap.flags;
    roll_back(&p->heap, &before);
    p->heap.flags ^= wanted; /* A handler may want a collection. */
    if (!is_asked) {
        if (reply) signal_free(reply);
        signal_free(signal);
        return;
    }
    if (reply) {
        signal_free(signal);
    } else {
        reply = signal;
    }
    reply->function = take_answer;
    signal_post(asker, reply);
}

static Signal *request_make(Process *p, const Request *request, Term ref)
{
    uintptr_t address = (uintptr_t)request->handler;
    Term high = make_small((Word)(address >> HALF_BITS));
    Term low = make_small((Word)(address & (((uintptr_t)1 << HALF_BITS) - 1)));
    Term *tuple = heap_reserve(&p->heap, 1 + REQUEST_SIZE);
    if (!tuple) return NULL;
    tuple[0] = make_header(KIND_TUPLE, REQUEST_SIZE);
    tuple[1 + REQUEST_REF] = ref;
    tuple[1 + REQUEST_HIGH] = high;
    tuple[1 + REQUEST_LOW] = low;
    tuple[1 + REQUEST_TERM] = request->term;
    Signal *signal = signal_make(SIGNAL_CALL, p->pid, make_boxed(tuple));
    if (signal) signal->function = run_request;
    return signal;
}

/* Asks a process that waits without waking it. False: it does not wait. */
static bool ask_borrowed(Process *p, const Request *request, Term *answer)
{
    Process *target = process_find(request->target);
    if (!target || !process_borrow(target)) return false;
    Mark before = mark(&target->heap);
    *answer = request->handler(target, request->term);
    if (!is_none(*answer)) *answer = term_copy_to_heap(&p->heap, *answer);
    roll_back(&target->heap, &before);
    process_give_back(target);
    if (is_none(*answer)) native_memory(p);
    return true;
}

static Term request_start(Process *p, const Request *request)
{
    Term answer;
    if (ask_borrowed(p, request, &answer)) return answer;
    Term ref = reference_make(&p->heap);
    Signal *signal = is_none(ref) ? NULL : request_make(p, request, ref);
    if (!signal) return native_memory(p);
    if (signal_send(request->target, signal)) return native_wait(p, ref);
    signal_free(signal);
    return request->dead;
}

Term request_answer(Process *p, const Request *request)
{
    Term state = p->roots[ROOT_NATIVE_STATE];
    if (is_nil(state)) return request_start(p, request);
    if (!is_tuple(state)) return native_wait(p, state);
    p->roots[ROOT_NATIVE_STATE] = TERM_NIL;
    return is_tuple_of(state, ANSWER_SIZE) ? tuple_elements(state)[1] : native_memory(p);
}

bool request_send(Process *p, const Request *request, bool *memory)
{
    Signal *signal = request_make(p, request, TERM_NIL);
    *memory = signal != NULL;
    if (!signal) return false;
    if (signal_send(request->target, signal)) return true;
    signal_free(signal);
    return false;
}
