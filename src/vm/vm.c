/* SPDX-License-Identifier: Apache-2.0 */
/* vm.c - sets everything up, starts the first process, runs until the end. */

#include "mote/mote.h"
#include "base/epoch.h"
#include "base/memory.h"
#include "heap/map.h"
#include "mote/native.h"
#include "mote/port.h"
#include "process/owned.h"
#include "process/registry.h"
#include "process/run_queue.h"
#include "process/timer.h"
#include "term/hash.h"
#include "term/node.h"
#include "term/release.h"
#include "vm/finder.h"
#include "vm/interp.h"
#include "vm/natives.h"

enum { ATOMS_DEFAULT = 1048576 };
/* Address space for modules and literals; what a machine does not have is asked for in halves. */
#define LITERAL_BYTES ((size_t)1 << (WORD_BYTES == 8 ? 30 : 26))
#define LITERAL_BYTES_MIN ((size_t)1 << 16)

static int fail(const char *what)
{
    port_write(2, "mote: ", 6);
    port_write(2, what, strlen(what));
    port_write(2, "\n", 1);
    return 1;
}

static bool reserve_literals(void)
{
    for (size_t bytes = LITERAL_BYTES; bytes >= LITERAL_BYTES_MIN; bytes /= 2) {
        if (literal_init(bytes)) return true;
    }
    return false;
}

static size_t most_processes(void) { return release_has_many_processes() ? 1048576 : 262144; }

static bool set_up(const MoteConfig *config, unsigned schedulers)
{
    if (config->memory) memory_limit_set(config->memory);
    epoch_init();
    hash_init();
    finder_set(config->finder, config->folders);
    release_set(config->release);
    return interp_init() && reserve_literals() &&
           atom_init(config->atoms ? config->atoms : ATOMS_DEFAULT) &&
           export_init(builtin_code.call_missing) && fun_init() && node_init() && module_init() &&
           process_init(most_processes(), builtin_code.process_start, builtin_code.process_end) &&
           registry_init() && timer_init() && owned_init() &&
           (run_queue_init(schedulers), natives_init());
}

/* [[Argument, ...]]: what mote_boot:start/1 is called with. */
static Term boot_arguments(Heap *heap, const MoteConfig *config)
{
    Term list = TERM_NIL;
    for (size_t i = config->argument_count; i-- > 0;) {
        const char *text = config->arguments[i];
        Term binary = binary_from(heap, text, strlen(text));
        Term *cell = heap_reserve(heap, 2);
        if (is_none(binary) || !cell) return TERM_NONE;
        list = cons_put(cell, binary, list);
    }
    Term *cell = heap_reserve(heap, 2);
    return cell ? cons_put(cell, list, TERM_NIL) : TERM_NONE;
}

/* The end of the first process, whatever its reason, is the end of all. */
static Term boot_pid;

static bool stop_with_boot(Process *p)
{
    if (p->pid == boot_pid) scheduler_stop(fail("init, the first process, has ended"));
    return true;
}

static bool start_boot_process(const MoteConfig *config)
{
    Heap heap = {.min_size = 64};
    if (!heap_init(&heap, 64)) return false;
    SpawnOptions options;
    spawn_options_init(&options);
    Term arguments = boot_arguments(&heap, config);
    Export *start = export_intern(atom_intern_z("mote_boot"), atom_intern_z("start"), 1);
    boot_pid = TERM_NONE;
    if (start && !is_none(arguments))
        boot_pid = process_spawn(NULL, start, arguments, &options, NULL);
    heap_done(&heap);
    return !is_none(boot_pid);
}

int mote_run(const MoteConfig *config)
{
    unsigned schedulers = config->schedulers ? config->schedulers : port_cores();
    if (!set_up(config, schedulers)) return fail("not enough memory to start");
    const char *why;
    if (!finder_preload("mote", &why)) return fail(why);
    process_exit_hook_add(stop_with_boot);
    epoch_enter(0);
    bool started = start_boot_process(config);
    epoch_leave(0);
    if (!started) return fail("not enough memory for the first process");
    if (!scheduler_start(schedulers)) return fail("a scheduler could not be started");
    return scheduler_status();
}
