/* SPDX-License-Identifier: Apache-2.0 */
/* board.h - what a board tells the code that all boards without an operating system share. */
#ifndef PORTS_BARE_BOARD_H
#define PORTS_BARE_BOARD_H

/* A board is a folder ports/bare/board/NAME with board.c, which defines these, and board.ld,
   which says where memory is (arch/ARCH/sections.ld lays it out). ports/bare/arch/ARCH has the
   code from reset to main. */

#include <stdbool.h>
#include <stdint.h>

/* Called once before main, with interrupts on: the console and the clock. */
void board_start(void);

/* Sends one byte to the console; waits while it cannot. */
void board_put(uint8_t byte);

/* Nanoseconds since board_start. */
uint64_t board_now(void);

/* Sleeps until an interrupt, at most a millisecond or so. */
void board_wait(void);

_Noreturn void board_halt(int status);

#endif
