/* SPDX-License-Identifier: Apache-2.0 */
/* start.c - a Cortex-M from reset to main. */

#include <stdint.h>
#include <string.h>
#include "../../board.h"

/* Set by sections.ld. */
extern char stack_end[], data_start[], data_end[], data_image[], bss_start[], bss_end[];

int main(void);
void reset(void);
void fault(void);
void tick(void);

/* Interrupts that a board does not handle. */
__attribute__((weak)) void tick(void) {}

_Noreturn void fault_report(const uint32_t *frame);
void fault_report(const uint32_t *frame)
{
    static const char digits[] = "0123456789abcdef", text[] = "\r\nfault at ";
    for (const char *c = text; *c; c++) board_put((uint8_t)*c);
    for (int shift = 28; shift >= 0; shift -= 4) board_put((uint8_t)digits[frame[6] >> shift & 15]);
    board_put('\r');
    board_put('\n');
    board_halt(127);
}

__attribute__((naked)) void fault(void) { __asm__("mrs r0, msp\n b fault_report"); }

void reset(void)
{
    memcpy(data_start, data_image, (size_t)(data_end - data_start));
    memset(bss_start, 0, (size_t)(bss_end - bss_start));
    board_start();
    board_halt(main());
}

/* The 16 vectors of the core; no board here has used one of the chip's yet. */
__attribute__((section(".vectors"), used)) static const struct {
    const void *stack;
    void (*handlers[15])(void);
} vectors = {stack_end,
             {reset, fault, fault, fault, fault, fault, fault, NULL, NULL, NULL, fault, fault, NULL,
              fault, tick}};
