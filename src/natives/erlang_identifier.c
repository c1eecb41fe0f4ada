/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_identifier.c - natives of module erlang: pids, ports, references and funs as text. */
#include "heap/resource.h"
#include "natives/output.h"
#include "natives/support.h"
#include "term/identifier.h"
#include "term/print.h"

/* ---- To text ---- */

/* A sink into an Output. */
typedef struct OutputSink {
    Sink sink;
    Output output;
    bool failed;
} OutputSink;

static void output_write(Sink *sink, const char *text, size_t size)
{
    OutputSink *to = (OutputSink *)sink;
    if (!output_put(&to->output, text, size)) to->failed = true;
}

typedef void Print(Sink *sink, Term t);

/* The list of the bytes of UTF-8 that `print` writes; names of functions are not decoded, as on
   OTP. */
static Term printed(Process *p, Term t, Print *print)
{
    OutputSink to = {.sink = {output_write}};
    output_init(&to.output);
    print(&to.sink, t);
    Term list =
        to.failed ? native_memory(p) : make_string(p, (const char *)to.output.data, to.output.size);
    output_drop(&to.output);
    return list;
}

static Term erlang_pid_to_list_1(Process *p, Term *args)
{
    return is_pid(args[0]) ? printed(p, args[0], pid_print) : badarg(p);
}

static Term erlang_port_to_list_1(Process *p, Term *args)
{
    return is_port(args[0]) ? printed(p, args[0], port_print) : badarg(p);
}

static Term erlang_ref_to_list_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? printed(p, args[0], ref_print) : badarg(p);
}

static Term erlang_fun_to_list_1(Process *p, Term *args)
{
    return is_fun(args[0]) ? printed(p, args[0], fun_print) : badarg(p);
}

/* ---- From text ---- */

/* Reads `before`, then `count` numbers with dots between them, then '>' and the end of the list.
   The first number is the node's: 0, for this one is the only one that text can name. */
static bool parse(Term list, const char *before, uint64_t *numbers, size_t count)
{
    for (; *before; before++, list = cons_tail(list)) {
        if (!is_cons(list) || cons_head(list) != make_small(*before)) return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t digits = 0;
        numbers[i] = 0;
        for (; is_cons(list) && is_small(cons_head(list)); list = cons_tail(list), digits++) {
            Word c = small_value(cons_head(list));
            if (c < '0' || c > '9') break;
            if (numbers[i] > UINT64_MAX / 10 - 9) return false;
            numbers[i] = numbers[i] * 10 + (uint64_t)(c - '0');
        }
        Term end = make_small(i + 1 < count ? '.' : '>');
        if (digits == 0 || !is_cons(list) || cons_head(list) != end) return false;
        list = cons_tail(list);
    }
    return is_nil(list) && numbers[0] == 0;
}

static Term erlang_list_to_pid_1(Process *p, Term *args)
{
    uint64_t numbers[3];
    if (!parse(args[0], "<", numbers, 3)) return badarg(p);
    if (numbers[1] >> PID_ID_BITS) return badarg(p);
    if (numbers[2] >> (PID_NUMBER_BITS - PID_ID_BITS)) return badarg(p);
    return make_local_pid((uintptr_t)(numbers[2] << PID_ID_BITS | numbers[1]));
}

static Term erlang_list_to_port_1(Process *p, Term *args)
{
    uint64_t numbers[2];
    if (!parse(args[0], "#Port<", numbers, 2) || numbers[1] >> PID_BITS) return badarg(p);
    return make_local_port((uintptr_t)numbers[1]);
}

static Term erlang_list_to_ref_1(Process *p, Term *args)
{
    uint64_t numbers[4];
    uint32_t words[3];
    if (!parse(args[0], "#Ref<", numbers, 4)) return badarg(p);
    for (size_t i = 0; i < 3; i++) {
        if (numbers[3 - i] > UINT32_MAX) return badarg(p);
        words[i] = (uint32_t)numbers[3 - i];
    }
    if (words[0] >> 18) return badarg(p);
    Term *ref = heap_reserve(&p->heap, 1 + REF_SIZE);
    return ref ? reference_put(ref, words, TERM_NIL) : native_memory(p);
}

/* ---- New ones ---- */

static Term erlang_make_ref_0(Process *p, Term *args)
{
    (void)args;
    return or_memory(p, reference_make(&p->heap));
}

static const Native erlang_identifier_natives[] = {
    NATIVE(erlang, fun_to_list, 1, CONSTANT),  NATIVE(erlang, list_to_pid, 1, CONSTANT),
    NATIVE(erlang, list_to_port, 1, CONSTANT), NATIVE(erlang, list_to_ref, 1, CONSTANT),
    NATIVE(erlang, make_ref, 0, CONSTANT),     NATIVE(erlang, pid_to_list, 1, CONSTANT),
    NATIVE(erlang, port_to_list, 1, CONSTANT), NATIVE(erlang, ref_to_list, 1, CONSTANT),
};
NATIVE_TABLE(erlang_identifier);
