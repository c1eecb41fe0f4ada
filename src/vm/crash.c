/* SPDX-License-Identifier: Apache-2.0 */
/* crash.c - crash reports of processes. */

#include "vm/crash.h"
#include "heap/map.h"
#include "heap/number.h"
#include "mote/native.h"
#include "mote/port.h"
#include "process/registry.h"
#include "process/signal.h"
#include "term/print.h"

static void write_error(Sink *sink, const char *text, size_t size)
{
    (void)sink;
    port_write(2, text, size);
}

static void print_crash(Process *p)
{
    Sink sink = {write_error};
    sink_format(&sink, "Error in process %T with exit value:\n%T\n", p->pid, p->roots[ROOT_REASON]);
}

/* #{pid, gl, time, error_logger => #{tag => error, emulator => true}} */
static Term make_metadata(Process *p)
{
    Term tags[] = {A(tag), A(error), A(emulator), A(true)};
    Term time = integer_from_i64(&p->heap, port_clock() / 1000);
    Term tag_map = map_from_pairs(&p->heap, tags, 2, NULL);
    if (is_none(time) || is_none(tag_map)) return TERM_NONE;
    Term pairs[] = {A(pid),  p->pid, A(gl),           p->roots[ROOT_GROUP_LEADER],
                    A(time), time,   A(error_logger), tag_map};
    return map_from_pairs(&p->heap, pairs, 4, NULL);
}

static bool send_crash(Process *p, Term logger)
{
    static const char format[] = "Error in process ~p with exit value:~n~p~n";
    Term metadata = make_metadata(p);
    Term text = make_string(p, format, sizeof format - 1);
    Term args[] = {p->pid, p->roots[ROOT_REASON]};
    Term list = make_list(p, args, 2, TERM_NIL);
    if (is_none(metadata) || is_none(text) || is_none(list)) return false;
    Term event = make_tuple(p, 5, A(log), A(error), text, list, metadata);
    return !is_none(event) && message_send(p->pid, logger, event);
}

void crash_report(Process *p)
{
    if (p->exception_class == CLASS_EXIT) return;
    Term reason = p->roots[ROOT_REASON], logger = registry_find(A(logger));
    if (is_none(logger) || !send_crash(p, logger)) print_crash(p);
    p->roots[ROOT_REASON] = reason; /* Building may have failed and raised. */
}
