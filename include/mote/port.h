/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - what a machine must provide for Mote to run on it. */
#ifndef MOTE_PORT_H
#define MOTE_PORT_H

/* A port is one folder below ports/ that defines these functions. Nothing under src/ knows which
   port it runs on. All times are nanoseconds. A "core" is one scheduler's thread of execution:
   a CPU core on a chip, a thread on an operating system; core 0 is the caller of the boot function.
   Unless said otherwise a function may be called from every core and not from interrupts. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Required ---- */

/* Monotonic time since an arbitrary start. Never goes back. */
uint64_t port_now(void);

/* Sleeps until `port_now() >= deadline` (UINT64_MAX: for ever) or until port_wake was called for
   the calling core since its last port_sleep returned; may return early. Waits for interrupts on
   a chip. */
void port_sleep(unsigned core, uint64_t deadline);

/* Ends the current or else the next port_sleep of `core`. Safe from interrupts. */
void port_wake(unsigned core);

/* Memory: as malloc, realloc and free of C. NULL when there is none left. */
void *port_alloc(size_t bytes);
void *port_realloc(void *block, size_t bytes);
void port_free(void *block);

/* Reserves `bytes` of address space for literals and module blocks, aligned to 64 KB, readable and
   writable (an operating system commits pages on first use). NULL: not to be had, ask for less. */
void *port_reserve(size_t bytes);

/* Writes to the console: stream 1 is output, 2 is errors. Blocks until all is written. */
void port_write(int stream, const void *bytes, size_t size);

/* Fills `bytes` with unpredictable bytes. */
void port_random(void *bytes, size_t size);

/* Ends the program with `status`. On a chip: resets or stops. */
_Noreturn void port_halt(int status);

/* ---- Locks: required where port_cores() > 1; no-ops suffice otherwise ---- */

typedef struct PortMutex {
    uintptr_t words[8];
} PortMutex;

void port_mutex_init(PortMutex *mutex);
void port_mutex_lock(PortMutex *mutex);
bool port_mutex_try_lock(PortMutex *mutex);
void port_mutex_unlock(PortMutex *mutex);
/* Lets another core, which is to do something short, go first. */
void port_yield(void);

/* ---- Optional: ports/none has defaults ---- */

/* How many cores there are; 1 by default. */
unsigned port_cores(void);

/* Starts `main(argument)` on `core` (1 .. port_cores()-1, or more where an OS multiplexes
   threads). */
bool port_core_start(unsigned core, void (*main)(void *argument), void *argument);

/* Waits until `core`'s main has returned. */
void port_core_join(unsigned core);

/* Wall clock: nanoseconds since 1970 UTC; 0 where unknown. */
int64_t port_clock(void);

/* Offset of local time from UTC in seconds at the UTC time `seconds` since 1970. */
int32_t port_zone(int64_t seconds);

#endif
