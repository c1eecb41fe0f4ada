/* SPDX-License-Identifier: Apache-2.0 */
/* board.c - Arm's MPS2+ with the image AN521 (two Cortex-M33, of which the first is used). */

#include "../../board.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* UART 0, by its secure address: an APB UART of Arm's CMSDK. */
#define UART_DATA REGISTER(0x50200000)
#define UART_STATE REGISTER(0x50200004) /* bit 0: the transmitter is full */
#define UART_CONTROL REGISTER(0x50200008)
#define UART_DIVIDER REGISTER(0x50200010) /* at least 16, or nothing is sent */

/* The core's timer, at 20 MHz: an interrupt each millisecond. */
#define TIMER_CONTROL REGISTER(0xE000E010)
#define TIMER_RELOAD REGISTER(0xE000E014)
#define TIMER_VALUE REGISTER(0xE000E018) /* counts down */
enum { TIMER_HERTZ = 20000000, TICK_CYCLES = TIMER_HERTZ / 1000 };

static volatile uint32_t ticks;

void tick(void);
void tick(void) { ticks++; }

void board_start(void)
{
    UART_DIVIDER = 16;
    UART_CONTROL = 1;
    TIMER_RELOAD = TICK_CYCLES - 1;
    TIMER_VALUE = 0;
    TIMER_CONTROL = 7;
}

void board_put(uint8_t byte)
{
    while (UART_STATE & 1) continue;
    UART_DATA = byte;
}

/* Milliseconds wrap after 49 days: the upper half counts those. Called often enough by a
   scheduler. */
uint64_t board_now(void)
{
    static uint32_t last, wraps;
    uint32_t before, value;
    do {
        before = ticks;
        value = TIMER_VALUE;
    } while (before != ticks);
    if (before < last) wraps++;
    last = before;
    uint64_t cycles = ((uint64_t)wraps << 32 | before) * TICK_CYCLES + (TICK_CYCLES - 1 - value);
    return cycles * (1000000000 / TIMER_HERTZ);
}

void board_wait(void) { __asm__ volatile("wfi"); }

/* Semihosting: the emulator or the debugger ends with `status`. */
_Noreturn void board_halt(int status)
{
    const uint32_t block[2] = {0x20026, (uint32_t)status};
    register uint32_t operation __asm__("r0") = 0x20;
    register const uint32_t *argument __asm__("r1") = block;
    for (;;) __asm__ volatile("bkpt 0xAB" : "+r"(operation) : "r"(argument) : "memory");
}
