/* SPDX-License-Identifier: Apache-2.0 */
/* report.c - reports of processes to the logger. */

#include "vm/report.h"
#include "heap/map.h"
#include "heap/number.h"
#include "mote/port.h"
#include "process/registry.h"
#include "process/signal.h"
#include "term/atom.h"
#include "term/print.h"

/* ---- Events: made on any heap, TERM_NONE where there is no memory ---- */

static Term put_before(Heap *heap, Term head, Term list)
{
    Term *cell = is_none(head) || is_none(list) ? NULL : heap_reserve(heap, 2);
    return cell ? cons_put(cell, head, list) : TERM_NONE;
}

static Term make_list_of(Heap *heap, const Term *elements, size_t count)
{
    Term list = TERM_NIL;
    while (count-- > 0) list = put_before(heap, elements[count], list);
    return list;
}

static Term make_text(Heap *heap, const char *text)
{
    Term list = TERM_NIL;
    for (size_t i = strlen(text); i-- > 0;)
        list = put_before(heap, make_small((uint8_t)text[i]), list);
    return list;
}

/* #{pid, gl, time, error_logger => #{tag => error, emulator => true}} */
static Term make_metadata(Heap *heap, const Process *p)
{
    Term tags[] = {A(tag), A(error), A(emulator), A(true)};
    Term time = integer_from_i64(heap, port_clock() / 1000);
    Term tag_map = map_from_pairs(heap, tags, 2, NULL);
    if (is_none(time) || is_none(tag_map)) return TERM_NONE;
    Term pairs[] = {A(pid),  p->pid, A(gl),           p->roots[ROOT_GROUP_LEADER],
                    A(time), time,   A(error_logger), tag_map};
    return map_from_pairs(heap, pairs, 4, NULL);
}

/* False: there is no logger, or no memory. */
static bool send_event(Heap *heap, const Process *p, const char *format, Term arguments)
{
    Term logger = registry_find(A(logger)), text = make_text(heap, format);
    Term metadata = make_metadata(heap, p);
    Term *event = heap_reserve(heap, 6);
    if (is_none(logger) || is_none(text) || is_none(metadata) || is_none(arguments) || !event)
        return false;
    event[0] = make_header(KIND_TUPLE, 5);
    event[1] = A(log);
    event[2] = A(error);
    event[3] = text;
    event[4] = arguments;
    event[5] = metadata;
    return message_send(p->pid, logger, make_boxed(event));
}

/* ---- Crashes ---- */

static void write_error(Sink *sink, const char *text, size_t size)
{
    (void)sink;
    port_write(2, text, size);
}

static void print_crash(const Process *p)
{
    Sink sink = {write_error};
    sink_format(&sink, "Error in process %T with exit value:\n%T\n", p->pid, p->roots[ROOT_REASON]);
}

void report_crash(Process *p)
{
    if (p->exception_class == CLASS_EXIT) return;
    Term arguments = make_list_of(&p->heap, (Term[]){p->pid, p->roots[ROOT_REASON]}, 2);
    if (!send_event(&p->heap, p, "Error in process ~p with exit value:~n~p~n", arguments))
        print_crash(p);
}

/* ---- Heaps ---- */

static uint64_t words_between(const Term *start, const Term *end)
{
    return start ? (uint64_t)(end - start) : 0;
}

Term report_heap_figures(const Heap *h, Heap *to)
{
    const struct {
        Term name;
        uint64_t words;
    } figures[] = {
        {A(old_heap_block_size), words_between(h->old_start, h->old_end)},
        {A(heap_block_size), words_between(h->start, h->end)},
        {A(mbuf_size), h->fragment_words},
        {A(recent_size), words_between(h->start, h->high_water)},
        {A(stack_size), words_between(h->stack, h->end)},
        {A(old_heap_size), words_between(h->old_start, h->old_top)},
        {A(heap_size), words_between(h->start, h->top)},
        {A(bin_vheap_size), h->virtual_words},
        {A(bin_vheap_block_size), h->virtual_limit},
        {A(bin_old_vheap_size), h->old_virtual},
        {A(bin_old_vheap_block_size), h->old_virtual_limit},
    };
    Term list = TERM_NIL;
    for (size_t i = sizeof figures / sizeof *figures; i-- > 0;) {
        Term words = integer_from_u64(to, figures[i].words);
        list = put_before(to, heap_pair(to, figures[i].name, words), list);
    }
    return list;
}

/* Built beside p's heap, whose room is spoken for. */
void report_max_heap(Process *p, size_t words)
{
    static const char format[] = "     Process:            ~p ~n"
                                 "     Context:            maximum heap size reached~n"
                                 "     Max Heap Size:      ~p~n"
                                 "     Total Heap Size:    ~p~n"
                                 "     Kill:               ~p~n"
                                 "     Error Logger:       ~p~n"
                                 "     Message Queue Len:  ~p~n"
                                 "     GC Info:            ~p~n";
    enum { EVENT_WORDS = 1024 };
    Heap heap;
    MaxHeap max = process_max_heap(p);
    if (!heap_init(&heap, EVENT_WORDS)) return;
    Term arguments[] = {p->pid,
                        integer_from_u64(&heap, max.size),
                        integer_from_u64(&heap, words),
                        max.kill ? A(true) : A(false),
                        A(true),
                        make_small((Word)p->message_count),
                        report_heap_figures(&p->heap, &heap)};
    send_event(&heap, p, format, make_list_of(&heap, arguments, 7));
    heap_done(&heap);
}
