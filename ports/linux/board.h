/* SPDX-License-Identifier: Apache-2.0 */
/* board.h - the virtual board: a line of the terminal that shows the pins. */
#ifndef PORT_LINUX_BOARD_H
#define PORT_LINUX_BOARD_H

/* The board's line is the terminal's last and is drawn anew in place. Who writes to the terminal
   says so before and after: the line goes out of the way and comes back below what was written.
   Where standard output is no terminal, each change of a pin is a line of text instead. */

#include <stdbool.h>
#include <stddef.h>

/* True: the line is gone, and nobody else writes until board_after_output. */
bool board_before_output(void);
void board_after_output(const void *bytes, size_t size);
/* The program ends: what the terminal shows next starts on a line of its own. */
void board_leave(void);

#endif
