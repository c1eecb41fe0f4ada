/* SPDX-License-Identifier: Apache-2.0 */
/* process_info.c - what is known about a process, item by item. */

#include "natives/process_info.h"
#include "heap/binary.h"
#include "heap/copy.h"
#include "natives/process_options.h"
#include "natives/support.h"
#include "natives/suspension.h"
#include "process/dictionary.h"
#include "process/extension.h"
#include "process/link.h"
#include "process/mailbox.h"
#include "process/registry.h"
#include "term/node.h"
#include "term/print.h"
#include "term/release.h"
#include "vm/exception.h"
#include "vm/interp.h"
#include "vm/report.h"

#define BACKTRACE_DEPTH 8

/* ---- Code ---- */

static Term one_entry(Process *p, const Export *e)
{
    Term entry = make_tuple(p, 4, e->module, e->function, make_small((Word)e->arity), TERM_NIL);
    return is_none(entry) ? TERM_NONE : make_list(p, &entry, 1, TERM_NIL);
}

/* The newest entries of the stack. */
static Term stack_of(Process *p, size_t limit)
{
    if (p->pc != builtin_code.process_start) return exception_stack(p, limit);
    /* It has not begun, or hibernates. */
    if (!(p->flags & PROCESS_HIBERNATED)) return one_entry(p, p->initial);
    Export *hibernate = export_intern(A(erlang), A(hibernate), 3);
    return hibernate ? one_entry(p, hibernate) : TERM_NONE;
}

static Term current_stacktrace(Process *p) { return stack_of(p, BACKTRACE_DEPTH); }

/* {M, F, A, Location} of what runs, or TERM_NIL where that is not known. */
static Term current_location(Process *p)
{
    Term stack = stack_of(p, 1);
    return is_cons(stack) ? cons_head(stack) : is_nil(stack) ? A(undefined) : stack;
}

static Term current_function(Process *p)
{
    Term location = current_location(p);
    if (!is_tuple(location)) return location;
    const Term *e = tuple_elements(location);
    return make_tuple(p, 3, e[0], e[1], e[2]);
}

static Term initial_call(Process *p) { return make_mfa(p, p->initial); }

static Term backtrace(Process *p)
{
    char text[2048];
    BufferSink sink;
    Term stack = stack_of(p, BACKTRACE_DEPTH);
    if (is_none(stack)) return TERM_NONE;
    buffer_sink_init(&sink, text, sizeof text);
    for (; is_cons(stack); stack = cons_tail(stack)) {
        const Term *e = tuple_elements(cons_head(stack));
        sink_format(&sink.sink, "Return addr (%T:%T/%T)\n", e[0], e[1], e[2]);
    }
    return binary_from(&p->heap, text, sink.used);
}

static Term catch_level(Process *p) { return make_small((Word)p->catches); }

/* The instruction before a place to go on at is the one that stopped. */
static bool is_at_receive(const Process *p)
{
    uint32_t token = p->live == 0 ? p->pc[-2] & 0xFF : 0;
    return token == INSN_receive_wait || token == INSN_receive_wait_for;
}

static Term status(Process *p)
{
    bool is_in_native = p->pc == builtin_code.native_resume;
    if (p->flags & PROCESS_RUNS) return A(running);
    if (p->flags & PROCESS_SUSPENDED) return A(suspended);
    bool waits = is_in_native ? p->action == ACTION_WAIT || p->action == ACTION_REST
                              : (p->flags & PROCESS_HIBERNATED) || is_at_receive(p);
    return waits ? A(waiting) : A(runnable);
}

/* ---- Settings ---- */

static Term registered_name(Process *p)
{
    Term name = registry_name_of(p);
    return is_none(name) ? TERM_NIL : name;
}

static Term trap_exit(Process *p) { return make_bool(p->flags & PROCESS_TRAP_EXIT); }
static Term priority(Process *p) { return priority_atom(p->priority); }
static Term group_leader(Process *p) { return p->roots[ROOT_GROUP_LEADER]; }
static Term parent(Process *p) { return is_local_pid(p->parent) ? p->parent : A(undefined); }
static Term nothing(Process *p)
{
    (void)p;
    return TERM_NIL;
}
static Term zero(Process *p)
{
    (void)p;
    return make_small(0);
}
static Term no(Process *p)
{
    (void)p;
    return A(false);
}

static Term error_handler(Process *p)
{
    bool is_default = !p->extension || is_none(p->extension->error_handler);
    return is_default ? A(error_handler) : p->extension->error_handler;
}

/* [{Pid, Active, Outstanding}] */
static Term suspending(Process *p)
{
    Term list = TERM_NIL;
    const Suspension *s = p->extension ? p->extension->suspending : NULL;
    for (; s; s = s->next) {
        Term entry = make_tuple(p, 3, s->pid, make_small((Word)s->count), make_small(0));
        if (is_none(entry) || !list_push(p, entry, &list)) return TERM_NONE;
    }
    return list;
}

static Term message_queue_data(Process *p)
{
    return p->flags & PROCESS_OFF_HEAP_MESSAGES ? A(off_heap) : A(on_heap);
}

static Term max_heap_size(Process *p)
{
    MaxHeap max = process_max_heap(p);
    return max_heap_term(p, &max);
}

/* ---- Messages, dictionary, links ---- */

static Term message_queue_len(Process *p) { return make_small((Word)p->message_count); }

/* A list that is built from its end. */
typedef struct Collected {
    Process *p;
    Term list;
    bool failed;
    int kind;
} Collected;

static bool collect(Collected *c, Term t)
{
    if (is_none(t) || !list_push(c->p, t, &c->list)) c->failed = true;
    return !c->failed;
}

static Term collected(Collected *c, bool reverse)
{
    Term list = TERM_NIL;
    if (c->failed) return TERM_NONE;
    if (!reverse) return c->list;
    for (Term l = c->list; is_cons(l); l = cons_tail(l)) {
        if (!list_push(c->p, cons_head(l), &list)) return TERM_NONE;
    }
    return list;
}

static bool collect_message(Term message, void *context)
{
    Collected *c = context;
    return collect(c, term_copy_to_heap(&c->p->heap, message));
}

static Term messages(Process *p)
{
    Collected c = {.p = p, .list = TERM_NIL};
    mailbox_each(p, collect_message, &c);
    return collected(&c, true);
}

static Term dictionary(Process *p) { return dictionary_list(p); }

static Term monitor_entry(Process *p, Term who)
{
    Term type = is_local_port(who) ? A(port) : A(process);
    if (is_atom(who)) who = make_tuple(p, 2, who, node_self()->name);
    return is_none(who) ? who : make_tuple(p, 2, type, who);
}

static bool collect_link(const LinkInfo *info, void *context)
{
    Collected *c = context;
    if ((int)info->kind != c->kind) return true;
    return collect(c, c->kind == MONITOR_OF ? monitor_entry(c->p, info->who) : info->who);
}

static Term links_of_kind(Process *p, int kind)
{
    Collected c = {.p = p, .list = TERM_NIL, .kind = kind};
    link_each(p, collect_link, &c);
    return collected(&c, false);
}

static Term links(Process *p) { return links_of_kind(p, LINK_PID); }
static Term monitors(Process *p) { return links_of_kind(p, MONITOR_OF); }
static Term monitored_by(Process *p) { return links_of_kind(p, MONITORED_BY); }

/* ---- Memory ---- */

static size_t block_words(const Heap *h) { return (size_t)(h->end - h->start); }
static size_t old_words(const Heap *h)
{
    return h->old_start ? (size_t)(h->old_end - h->old_start) : 0;
}
static size_t stack_words(const Heap *h) { return (size_t)(h->end - h->stack); }

static Term heap_size(Process *p) { return make_unsigned(p, block_words(&p->heap)); }
static Term stack_size(Process *p) { return make_unsigned(p, stack_words(&p->heap)); }
static Term min_heap_size(Process *p) { return make_unsigned(p, p->heap.min_size); }
static Term fullsweep_after(Process *p) { return make_unsigned(p, p->heap.full_sweep_after); }
static Term min_vheap(Process *p) { return make_unsigned(p, p->heap.min_vheap); }

static Term total_heap_size(Process *p)
{
    return make_unsigned(p, block_words(&p->heap) + old_words(&p->heap) + p->heap.fragment_words);
}

static Term memory(Process *p)
{
    size_t bytes = sizeof *p + heap_memory(&p->heap) + p->saved_room * WORD_BYTES;
    if (p->extension) bytes += sizeof *p->extension;
    return make_unsigned(p, bytes);
}

static Term reductions(Process *p)
{
    int32_t used = p->given - p->reductions;
    return make_unsigned(p, p->total_reductions + (used > 0 ? (uint32_t)used : 0));
}

/* [{Key, Value}] of pairs; fails where one of the values does. */
static Term pair_list(Process *p, const Term *pairs, size_t count)
{
    Term list = TERM_NIL;
    for (size_t i = count; i-- > 0;) {
        Term value = pairs[2 * i + 1];
        Term pair = is_none(value) ? value : make_tuple(p, 2, pairs[2 * i], value);
        if (is_none(pair) || !list_push(p, pair, &list)) return TERM_NONE;
    }
    return list;
}

static Term garbage_collection(Process *p)
{
    Term pairs[] = {A(max_heap_size),      max_heap_size(p),
                    A(min_bin_vheap_size), min_vheap(p),
                    A(min_heap_size),      min_heap_size(p),
                    A(fullsweep_after),    fullsweep_after(p),
                    A(minor_gcs),          make_unsigned(p, p->heap.minor_count)};
    return pair_list(p, pairs, 5);
}

static Term garbage_collection_info(Process *p) { return report_heap_figures(&p->heap, &p->heap); }

static bool collect_binary(Collected *c, const RefcBin *binary)
{
    Process *p = c->p;
    const Bytes *bytes = binary->bytes;
    Term address = make_unsigned(p, (uintptr_t)bytes);
    Term size = make_unsigned(p, bytes->size);
    Term count = make_unsigned(p, atomic_load_explicit(&bytes->count, memory_order_relaxed));
    if (is_none(address) || is_none(size) || is_none(count)) return false;
    collect(c, make_tuple(p, 3, address, size, count));
    return !c->failed;
}

/* [{Address, Size, References}] of the binaries outside of the heap. */
static Term binaries(Process *p)
{
    Collected c = {.p = p, .list = TERM_NIL};
    const OffHeap *lists[] = {p->heap.off_heap, p->heap.old_off_heap};
    for (int i = 0; i < 2; i++) {
        for (const OffHeap *o = lists[i]; o; o = o->next) {
            if (header_kind(o->header) == KIND_BIN_REFC && !collect_binary(&c, (const RefcBin *)o))
                return TERM_NONE;
        }
    }
    return collected(&c, false);
}

/* ---- The table ---- */

typedef struct Item {
    Term name;
    Term (*value)(Process *p);
} Item;

static const Item items[] = {
    {A(registered_name), registered_name},
    {A(current_function), current_function},
    {A(initial_call), initial_call},
    {A(status), status},
    {A(message_queue_len), message_queue_len},
    {A(links), links},
    {A(dictionary), dictionary},
    {A(trap_exit), trap_exit},
    {A(error_handler), error_handler},
    {A(priority), priority},
    {A(group_leader), group_leader},
    {A(total_heap_size), total_heap_size},
    {A(heap_size), heap_size},
    {A(stack_size), stack_size},
    {A(reductions), reductions},
    {A(garbage_collection), garbage_collection},
    {A(suspending), suspending},
    {A(messages), messages},
    {A(monitors), monitors},
    {A(monitored_by), monitored_by},
    {A(memory), memory},
    {A(current_stacktrace), current_stacktrace},
    {A(current_location), current_location},
    {A(backtrace), backtrace},
    {A(catchlevel), catch_level},
    {A(binary), binaries},
    {A(garbage_collection_info), garbage_collection_info},
    {A(message_queue_data), message_queue_data},
    {A(max_heap_size), max_heap_size},
    {A(min_heap_size), min_heap_size},
    {A(min_bin_vheap_size), min_vheap},
    {A(fullsweep_after), fullsweep_after},
    {A(parent), parent},
    {A(sequential_trace_token), nothing},
    {A(trace), zero},
    {A(last_calls), no},
    {A(magic_ref), nothing},
};
enum { ITEM_COUNT = sizeof items / sizeof *items };

static const Item *find_item(Term name)
{
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        if (items[i].name == name) return &items[i];
    }
    return NULL;
}

/* {dictionary, Key}, since 27. */
static bool is_dictionary_key(Term item)
{
    return release_has_labels() && is_tuple_of(item, 2) &&
           tuple_elements(item)[0] == A(dictionary);
}

bool process_info_is_item(Term item)
{
    if (item == A(label)) return release_has_labels();
    if (item == A(async_dist)) return release_has_async_dist();
    return find_item(item) || is_dictionary_key(item);
}

Term process_info_value(Process *p, Term item)
{
    const Item *found = find_item(item);
    if (found) return found->value(p);
    if (item == A(async_dist)) return A(false);
    Term key = item == A(label) ? A(process_label) : tuple_elements(item)[1];
    Term value = dictionary_get(p, key);
    return is_none(value) ? A(undefined) : value;
}
