/* SPDX-License-Identifier: Apache-2.0 */
/* native.h - how to write a function of an OTP module in C. */
#ifndef MOTE_NATIVE_H
#define MOTE_NATIVE_H

/* A native takes its arguments and returns a term, or TERM_NONE after one of the calls below:

       static Term lists_reverse_2(Process *p, Term *args)
       {
           if (!is_list(args[0])) return badarg(p);
           ...
           return result;
       }
       static const Native lists_natives[] = {
           NATIVE(lists, reverse, 2, YIELDS),
       };
       NATIVE_MODULE(lists);

   Memory: heap_reserve(&p->heap, n) never collects, so that terms in C variables stay valid. A
   native that needs more than 64 words asks first, before any effect: `if (!native_room(p,
   words)) return native_need(p, words);` - the caller collects with the arguments live and calls
   again. Natives are restartable from the top (design D20). Out of memory: return
   native_memory(p). Long work (design D27): every loop over user data takes from the budget: `if
   (!native_charge(p, n)) return native_yield(p, state)` - the process is pre-empted and the
   native is called again with the same arguments and p->roots[ROOT_NATIVE_STATE] == state
   (TERM_NIL at the first call). */

#include "process/process.h"
#include "term/atom.h"

typedef Term NativeFunction(Process *p, Term *args);

/* How long a native may run: CONSTANT; CHARGED (only compare, hash, copy of one message, size);
   YIELDS (gives up the core when its budget is used up). */
typedef enum NativeClass { CONSTANT, CHARGED, YIELDS } NativeClass;

/* Added to the class of what OTP has in Erlang: a tail call of it leaves no trace of the caller. */
enum { IN_ERLANG = 4 };
/* Added to the class of what came with a release of OTP: earlier ones do not know it. */
#define SINCE_OTP(release) (((release)-24) << 3)
/* 24: all releases have it. */
#define NATIVE_RELEASE(native) (((native)->class >> 3) + 24U)
#define NATIVE_CLASS(native) ((native)->class & 3)

typedef struct Native {
    const char *name;
    NativeFunction *function;
    uint16_t module; /* index of an atom of atoms.def */
    uint8_t arity;
    uint8_t class;
} Native;

typedef struct NativeModule {
    const Native *natives;
    size_t count;
    bool (*start)(
        void); /* at boot, before any native is called; NULL: nothing to do. False: no memory */
} NativeModule;

/* Row for module:name/arity in C function module_name_arity; `module` is an atom of atoms.def.
   NATIVE_AS: where the text is no C name. */
#define NATIVE(module, name, arity, class) \
    NATIVE_AS(module, #name, arity, class, module##_##name##_##arity)
#define NATIVE_AS(module, text, arity, class, function) \
    {text, function, ATOM_INDEX_##module, arity, class}
/* Defines the table that natives/all.def names: `file` is the C file's base name. */
#define NATIVE_TABLE_START(file, start)         \
    const NativeModule native_module_##file = { \
        file##_natives, sizeof file##_natives / sizeof *file##_natives, start}
#define NATIVE_TABLE(file) NATIVE_TABLE_START(file, NULL)

/* All tables, from natives/all.def; ends with NULL. */
extern const NativeModule *const native_modules[];

/* ---- Failing: each returns TERM_NONE ---- */

Term badarg(Process *p);
Term raise_error(Process *p, Term reason);           /* error:Reason */
Term raise_tagged(Process *p, Term tag, Term value); /* error:{Tag, Value} */
Term native_memory(Process *p);                      /* error:system_limit, after a report */
/* The next ones blame the caller of the native, whose frame is not listed: error/1, exit/1,
   throw/1, raise/3. */
Term raise_exit(Process *p, Term reason); /* exit:Reason */
Term raise_throw(Process *p, Term value);
Term raise_class(Process *p, int class, Term reason,
                 Term trace); /* trace: a list, or TERM_NIL for a fresh one */
/* error:Reason; the first entry of the trace is the caller with `args` (a list, or TERM_NONE:
   its arity) and error_info `info` (a map, or TERM_NIL): error/2 and error/3. */
Term raise_caller(Process *p, Term reason, Term args, Term info);

/* ---- Control: each returns TERM_NONE ---- */

static inline bool native_room(const Process *p, size_t words)
{
    return (size_t)(p->heap.stack - p->heap.top) >= words + STACK_RESERVE;
}
Term native_need(Process *p, size_t words);
/* Takes `reductions` (about a microsecond a piece per 4) from the slice; false: it is used up. */
static inline bool native_charge(Process *p, int32_t reductions)
{
    p->reductions -= reductions;
    return p->reductions > 0;
}
Term native_yield(Process *p, Term state);
/* Continues with module:function(args...) as a tail call; `args` are copied to the X registers. */
Term native_trap(Process *p, Export *function, const Term *args, unsigned count);
/* Stops until the process is woken by a signal, then calls again. */
Term native_wait(Process *p, Term state);
/* Shrinks the heap and stops until there is a message, then calls again. */
Term native_rest(Process *p);
/* For erlang:hibernate/3 alone: forgets the stack, shrinks the heap, and calls the native's three
   arguments (module, function, list) when there is a message. */
Term native_hibernate(Process *p);

/* ---- Building ---- */

Term make_tuple(Process *p, size_t arity, ...); /* Terms; TERM_NONE: out of memory, raised */
Term make_list(Process *p, const Term *elements, size_t count, Term tail);
Term make_string(Process *p, const char *text, size_t size); /* list of bytes */
static inline Term make_bool(bool b) { return b ? A(true) : A(false); }

#endif
