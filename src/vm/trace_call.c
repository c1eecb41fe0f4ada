/* SPDX-License-Identifier: Apache-2.0 */
/* trace_call.c - what happens at a call that is traced, and where it ends. */

#include "vm/trace_call.h"
#include "heap/bits.h"
#include "vm/interp.h"
#include "vm/trace_action.h"

enum { META_SHIFT = 3, LOCAL_FRAMES = (1 << META_SHIFT) - 1 };

/* ---- Where calls come from ---- */

static bool is_returned(Term slot) { return slot == (Term)builtin_code.trace_returned; }
static bool is_left(Term slot) { return slot == (Term)builtin_code.trace_left; }

/* The first return address from `slot` on that is no trace frame's, less one: in the call. */
static const uint32_t *caller_at(const Process *p, const Term *slot)
{
    while (slot < p->heap.end) {
        const uint32_t *pc = (const uint32_t *)*slot;
        if (!is_returned(*slot) && !is_left(*slot)) return pc - 1;
        slot += 1 + entry_frame(pc);
    }
    return NULL;
}

/* The stack tells already, before its next ordinary frame, what is returned to. */
static bool tells_left(const Process *p)
{
    const Term *slot = p->heap.stack;
    while (slot < p->heap.end && is_returned(*slot)) slot += 1 + TRACE_RETURNED_WORDS;
    return slot < p->heap.end && is_left(*slot);
}

/* The module that calls a native by the instruction at p->pc, unless it is the native's own place
   in its module. */
static const Function *native_caller(const Process *p, const Export *native, bool *last)
{
    const Module *module = module_at(p->pc);
    const Function *f = module ? module_function_at(module, p->pc) : NULL;
    if (!f || (module->name == native->module && f->name == native->function &&
               f->arity == native->arity))
        return NULL;
    uint8_t token = *(const uint8_t *)p->pc;
    if (token == INSN_breakpoint) token = trace_point_at(module->base, p->pc)->token;
    *last = token == INSN_call_native_only;
    return token == INSN_call_native || *last ? f : NULL;
}

/* ---- Frames ---- */

static void push_returned(Process *p, const Export *function, unsigned frame, Term tracer)
{
    Term *stack = p->heap.stack -= 1 + TRACE_RETURNED_WORDS;
    stack[0] = (Term)builtin_code.trace_returned;
    stack[1] = (Term)function;
    stack[2] = tracer;
    stack[3] = make_small((Word)frame);
}

static void push_frames(Process *p, const TracePoint *point, unsigned frames, const Export *left)
{
    if (!frames) return;
    p->flags |= PROCESS_TRACE_FRAMES;
    if (frames & TRACE_FRAME_LEFT && (left || !tells_left(p))) {
        Term *stack = p->heap.stack -= 1 + TRACE_LEFT_WORDS;
        stack[0] = (Term)builtin_code.trace_left;
        stack[1] = left ? (Term)left : TERM_NIL;
    }
    if (frames & (TRACE_FRAME_RETURN | TRACE_FRAME_EXCEPTION))
        push_returned(p, point->function, frames & LOCAL_FRAMES, TERM_NIL);
    if (frames >> META_SHIFT)
        push_returned(p, point->function, frames >> META_SHIFT, point->meta_tracer);
}

/* ---- Telling ---- */

typedef struct Call {
    Process *p;
    const Export *function;
    const Term *x;
    const uint32_t *caller;
    Term arguments; /* a list, TERM_NIL until it is needed */
} Call;

/* False: out of memory. */
static bool need_arguments(Call *call)
{
    Process *p = call->p;
    unsigned count = call->function->arity;
    if (count == 0 || is_cons(call->arguments)) return true;
    Term *cell = heap_reserve(&p->heap, 2 * (size_t)count);
    if (!cell) return false;
    Term list = TERM_NIL;
    bool oom = false;
    while (count-- > 0) {
        Term t = call->x[x_slot(count)];
        if (is_kind(t, KIND_MATCH)) t = match_tail(&p->heap, match_context(t), &oom);
        if (oom) return false;
        list = cons_put(cell + 2 * count, t, list);
    }
    call->arguments = list;
    return true;
}

static void tell_call(Call *call, const Tracing *tracing, Term message)
{
    const Export *f = call->function;
    bool bare = tracing->flags & TRACE_ARITY;
    if (!bare && !need_arguments(call)) return;
    Term mfa[] = {make_header(KIND_TUPLE, 3), f->module, f->function,
                  bare ? make_small((Word)f->arity) : call->arguments};
    Term terms[] = {make_boxed(mfa), message};
    trace_tell(call->p, tracing, A(call), terms, message == A(true) ? 1 : 2);
}

/* Runs the program; what it wants. False: it does not match. */
static bool wants(Call *call, const MatchProgram *program, Term *message, unsigned *frame)
{
    TraceRun run = {.p = call->p, .caller = call->caller};
    *message = A(true);
    *frame = 0;
    if (!program) return true;
    if (!need_arguments(call) || !trace_run(&run, program, call->arguments)) return false;
    *message = run.message;
    *frame = run.frame;
    return true;
}

/* The tracer of p, if it is to hear of that. */
static const Tracing *call_tracing(Process *p, uint32_t flags)
{
    if (!trace_has(p, flags)) return NULL;
    const Tracing *tracing = &p->extension->tracing;
    if (tracing->tracer == p->pid) return NULL;
    if (trace_tracer_is_alive(tracing)) return tracing;
    trace_set(p, (Tracing){0, TERM_NIL});
    return NULL;
}

static unsigned trace_plain(Call *call, const TracePoint *point)
{
    Term message;
    unsigned frame;
    Process *p = call->p;
    const Tracing *own = call_tracing(p, TRACE_CALL);
    if (!own) return 0;
    Tracing tracing = *own;
    if (!wants(call, point->calls, &message, &frame) || trace_has(p, TRACE_SILENT)) return 0;
    /* It may have changed its own flags; this call's tracer hears of it all the same. */
    tracing.flags = p->flags & PROCESS_TRACED ? p->extension->tracing.flags : 0;
    if (point->kinds & TRACES_LOCAL && tracing.flags & TRACE_RETURN_TO) frame |= TRACE_FRAME_LEFT;
    if (message != A(false)) tell_call(call, &tracing, message);
    return frame;
}

static unsigned trace_meta(Call *call, const TracePoint *point)
{
    Term message;
    unsigned frame;
    Tracing tracing = {TRACE_TIMESTAMP, point->meta_tracer};
    if (point->meta_tracer == call->p->pid || !trace_tracer_is_alive(&tracing)) return 0;
    if (!wants(call, point->meta, &message, &frame)) return 0;
    if (message != A(false)) tell_call(call, &tracing, message);
    return frame;
}

/* What all of the point's kinds want: frames. The heap may grow, but not into the room for them,
   which is a frame until then. */
static unsigned trace_call(Process *p, const Term *x, TracePoint *point, const uint32_t *caller)
{
    Call call = {p, point->function, x, caller, TERM_NIL};
    unsigned frames = 0;
    p->heap.stack -= TRACE_ROOM;
    p->heap.stack[0] = (Term)builtin_code.trace_room;
    if (point->kinds & (TRACES_GLOBAL | TRACES_LOCAL)) frames = trace_plain(&call, point);
    if (point->kinds & TRACES_META) frames |= trace_meta(&call, point) << META_SHIFT;
    p->heap.stack += TRACE_ROOM;
    if ((point->kinds & (TRACES_COUNT | TRACES_NO_COUNT)) == TRACES_COUNT)
        atomic_fetch_add_explicit(&point->count, 1, memory_order_relaxed);
    return frames;
}

uint8_t trace_breakpoint(Scheduler *s, Process *p, const uint32_t *pc, const uint32_t *base)
{
    TracePoint *point = trace_point_at(base, pc);
    bool is_asleep = module_find(point->function->module) != module_of(base);
    if (p->flags & PROCESS_CALLS_AGAIN || is_asleep) {
        p->flags &= ~(uint32_t)PROCESS_CALLS_AGAIN;
        return point->token;
    }
    p->pc = pc;
    unsigned frames = trace_call(p, s->x, point, caller_at(p, p->heap.stack));
    push_frames(p, point, frames, NULL);
    return point->token;
}

const uint32_t *trace_export(Scheduler *s, Process *p, TracePoint *point)
{
    const uint32_t *code =
        atomic_load_explicit(&point->function->code, memory_order_acquire);
    if (code != point->stub + 1) return code; /* Replaced since the call began. */
    p->pc = code;
    unsigned frames = trace_call(p, s->x, point, caller_at(p, p->heap.stack));
    push_frames(p, point, frames, NULL);
    return point->code;
}

/* ---- Natives ---- */

static Term call_original(Process *p, const TracePoint *point, Term *args)
{
    Term result = point->original->function(p, args);
    if (is_none(result) && p->action == ACTION_COLLECT) p->flags |= PROCESS_NATIVE_AGAIN;
    return result;
}

Term trace_native(Process *p, Term *args)
{
    Scheduler *s = p->running_on;
    const Export *native = s->native;
    TracePoint *point = trace_point_of_native(native->native);
    bool again = p->flags & PROCESS_NATIVE_AGAIN || p->native == native;
    p->flags &= ~(uint32_t)PROCESS_NATIVE_AGAIN;
    if (again || args != s->x) return call_original(p, point, args);
    if (!native_room(p, TRACE_ROOM)) return native_need(p, TRACE_ROOM);
    bool last;
    const uint32_t *caller =
        native_caller(p, native, &last) ? p->pc : caller_at(p, p->heap.stack);
    unsigned frames = trace_call(p, s->x, point, caller);
    p->flags |= PROCESS_NATIVE_AGAIN;
    if (!frames) {
        p->flags &= ~(uint32_t)PROCESS_NATIVE_AGAIN;
        return call_original(p, point, args);
    }
    p->action = ACTION_TRACED;
    p->need = frames;
    return TERM_NONE;
}

void trace_push_native(Process *p, const Export *native, unsigned frames)
{
    bool last = false;
    const Function *f = native_caller(p, native, &last);
    const Module *module = f && last ? module_at(p->pc) : NULL;
    const Export *left = module ? export_intern(module->name, f->name, f->arity) : NULL;
    push_frames(p, trace_point_of_native(native->native), frames, left);
}

/* ---- Ends of calls ---- */

/* Who is told by a frame `returned`. False: nobody. */
static bool frame_tracing(Process *p, const Term *frame, Tracing *tracing)
{
    *tracing = (Tracing){TRACE_TIMESTAMP, frame[1]};
    if (!is_nil(frame[1])) return trace_tracer_is_alive(tracing);
    const Tracing *own = trace_has(p, TRACE_SILENT) ? NULL : call_tracing(p, TRACE_CALL);
    if (own) *tracing = *own;
    return own != NULL;
}

static void tell_end(Process *p, const Term *frame, Term what, Term value)
{
    Tracing tracing;
    if (!frame_tracing(p, frame, &tracing)) return;
    const Export *f = (const Export *)frame[0];
    Term mfa[] = {make_header(KIND_TUPLE, 3), f->module, f->function, make_small((Word)f->arity)};
    trace_tell(p, &tracing, what, (Term[]){make_boxed(mfa), value}, 2);
}

void trace_returned(Process *p, const Term *frame, Term value)
{
    tell_end(p, frame, A(return_from), value);
}

static void tell_left(Process *p, const uint32_t *place)
{
    const Tracing *tracing = call_tracing(p, TRACE_RETURN_TO);
    Term to = tracing && !(tracing->flags & TRACE_SILENT) ? trace_place(p, place) : TERM_NONE;
    if (!is_none(to)) trace_tell(p, tracing, A(return_to), &to, 1);
}

void trace_left(Process *p, const Term *frame)
{
    const Export *f = is_nil(frame[0]) ? NULL : (const Export *)frame[0];
    const Tracing *tracing = f ? call_tracing(p, TRACE_RETURN_TO) : NULL;
    if (!f) {
        tell_left(p, caller_at(p, frame + TRACE_LEFT_WORDS));
    } else if (tracing && !(tracing->flags & TRACE_SILENT)) {
        Term mfa[] = {make_header(KIND_TUPLE, 3), f->module, f->function,
                      make_small((Word)f->arity)};
        Term to = make_boxed(mfa);
        trace_tell(p, tracing, A(return_to), &to, 1);
    }
}

/* What is thrown as others see it: {Class, Reason}. */
typedef struct Thrown {
    Term pair[3], nocatch[3];
} Thrown;

static Term thrown(const Process *p, bool caught, Thrown *words)
{
    static const Term classes[] = {A(error), A(exit), A(throw)};
    bool nobody = !caught && p->exception_class == CLASS_THROW;
    words->nocatch[0] = words->pair[0] = make_header(KIND_TUPLE, 2);
    words->nocatch[1] = A(nocatch);
    words->nocatch[2] = p->roots[ROOT_REASON];
    words->pair[1] = nobody ? A(error) : classes[p->exception_class];
    words->pair[2] = nobody ? make_boxed(words->nocatch) : p->roots[ROOT_REASON];
    return make_boxed(words->pair);
}

void trace_native_raises(Process *p, const Export *native)
{
    Thrown words;
    Term *x = p->running_on->x;
    TracePoint *point = trace_point_of_native(native->native);
    unsigned frames = native_room(p, TRACE_ROOM) ? trace_call(p, x, point, p->pc) : 0;
    point->original->function(p, x);
    Term what = thrown(p, p->catches > 0, &words);
    Term local[] = {(Term)native, TERM_NIL}, meta[] = {(Term)native, point->meta_tracer};
    if (frames & TRACE_FRAME_EXCEPTION) tell_end(p, local, A(exception_from), what);
    if (frames >> META_SHIFT & TRACE_FRAME_EXCEPTION) tell_end(p, meta, A(exception_from), what);
}

void trace_unwind(Process *p, const Term *from, const Term *to, const uint32_t *handler)
{
    Thrown words;
    Term what = thrown(p, handler != NULL, &words);
    bool leaves = false;
    for (const Term *slot = from; slot < to; slot += 1 + entry_frame((const uint32_t *)*slot)) {
        leaves |= is_left(*slot);
        if (is_returned(*slot) && small_value(slot[3]) & TRACE_FRAME_EXCEPTION)
            tell_end(p, slot + 1, A(exception_from), what);
    }
    if (leaves && handler) tell_left(p, handler);
}
