/* SPDX-License-Identifier: Apache-2.0 */
/* port.c - Mote on a bare board, one core: time, console, halt. */

#include "mote/port.h"
#include "board.h"

static volatile bool woken;

uint64_t port_now(void) { return board_now(); }

void port_sleep(unsigned core, uint64_t deadline)
{
    (void)core;
    while (!woken && board_now() < deadline) board_wait();
    woken = false;
}

void port_wake(unsigned core)
{
    (void)core;
    woken = true;
}

void port_write(int stream, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;
    (void)stream; /* there is one console */
    while (size-- > 0) {
        if (*next == '\n') board_put('\r');
        board_put(*next++);
    }
}

/* Only as unpredictable as the time of the call: a board with a source of noise has its own
   random.c. */
void port_random(void *bytes, size_t size)
{
    static uint64_t state = 0x9E3779B97F4A7C15u;
    uint8_t *next = bytes;
    while (size-- > 0) {
        state = (state ^ board_now()) * 6364136223846793005u + 1442695040888963407u;
        *next++ = (uint8_t)(state >> 56);
    }
}

_Noreturn void port_halt(int status) { board_halt(status); }
