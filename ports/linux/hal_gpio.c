/* SPDX-License-Identifier: Apache-2.0 */
/* hal_gpio.c - pins of a virtual board that is drawn in the terminal. */

#define _GNU_SOURCE
#include "mote/hal/gpio.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "board.h"

enum { PINS = 64, LINE_BYTES = 4096, PAUSE_NS = 16000000, DIM = 2 };

typedef struct Pin {
    bool used, high;
    HalPinMode mode;
} Pin;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Pin pins[PINS];
static _Atomic(bool) is_active; /* a pin is in use */
static _Atomic(bool) is_terminal;
static bool has_symbols;
static bool is_shown;   /* the line stands where the cursor is */
static bool in_line;    /* the program's output has not ended its line */
static bool is_changed; /* since it was drawn */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void put(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(1, bytes, size);
        if (n <= 0) return;
        bytes += n;
        size -= (size_t)n;
    }
}

/* ---- Drawing; all with the mutex held ---- */

static bool is_utf8(void)
{
    const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
    }
    return false;
}

/* "2 ●": the number and a lamp, in a colour of its own while it is lit. */
static int draw_pin(char *text, size_t room, unsigned number)
{
    static const int colours[] = {91, 92, 93, 94, 95, 96};
    const Pin *pin = &pins[number];
    if (!pin->used) return 0;
    const char *lamp = pin->high ? (has_symbols ? "●" : "*") : (has_symbols ? "○" : "o");
    int colour = pin->high ? colours[number % (sizeof colours / sizeof *colours)] : DIM;
    if (pin->mode == HAL_PIN_INPUT) return snprintf(text, room, "  %u in", number);
    return snprintf(text, room, "  %u \033[%dm%s\033[0m", number, colour, lamp);
}

static void show(void)
{
    char line[LINE_BYTES] = "\r\033[K\033[2mgpio\033[0m";
    size_t used = strlen(line);
    for (unsigned i = 0; i < PINS && used < sizeof line - 64; i++)
        used += (size_t)draw_pin(line + used, sizeof line - used, i);
    put(line, used);
    is_shown = true;
}

static void hide(void)
{
    if (is_shown) put("\r\033[K", 4);
    is_shown = false;
}

/* Shows changes, those that are fast together. */
static void *draw_frames(void *argument)
{
    (void)argument;
    struct timespec pause = {0, PAUSE_NS};
    for (;;) {
        pthread_mutex_lock(&mutex);
        while (!is_changed) pthread_cond_wait(&changed, &mutex);
        is_changed = false;
        if (is_terminal && !in_line) show();
        pthread_mutex_unlock(&mutex);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void draw(void)
{
    is_changed = true;
    pthread_cond_signal(&changed);
}

static void activate(void)
{
    pthread_t thread;
    if (is_active) return;
    const char *term = getenv("TERM");
    has_symbols = is_utf8();
    is_terminal = isatty(1) && term && strcmp(term, "dumb") != 0 &&
                  pthread_create(&thread, NULL, draw_frames, NULL) == 0;
    atexit(board_leave);
    is_active = true;
}

static void report(unsigned number)
{
    char line[32];
    int size =
        snprintf(line, sizeof line, "gpio %u %s\n", number, pins[number].high ? "high" : "low");
    put(line, (size_t)size);
}

bool board_before_output(void)
{
    if (!is_active || !is_terminal) return false;
    pthread_mutex_lock(&mutex);
    hide();
    return true;
}

void board_after_output(const void *bytes, size_t size)
{
    if (size > 0) in_line = ((const char *)bytes)[size - 1] != '\n';
    if (!in_line) show();
    pthread_mutex_unlock(&mutex);
}

void board_leave(void)
{
    if (!is_active || !is_terminal) return;
    pthread_mutex_lock(&mutex);
    if (!in_line) {
        show();
        put("\n", 1);
    }
    is_terminal = false;
    pthread_mutex_unlock(&mutex);
}

/* ---- Pins ---- */

HalResult hal_gpio_set_mode(unsigned pin, HalPinMode mode)
{
    if (pin >= PINS) return HAL_NO_DEVICE;
    pthread_mutex_lock(&mutex);
    activate();
    pins[pin] = (Pin){true, pins[pin].high, mode};
    if (is_terminal) draw();
    pthread_mutex_unlock(&mutex);
    return HAL_OK;
}

HalResult hal_gpio_write(unsigned pin, bool high)
{
    if (pin >= PINS) return HAL_NO_DEVICE;
    pthread_mutex_lock(&mutex);
    activate();
    bool changes = pins[pin].high != high || !pins[pin].used;
    pins[pin].used = true;
    pins[pin].high = high;
    if (changes && is_terminal) draw();
    else if (changes && pins[pin].mode != HAL_PIN_INPUT) report(pin);
    pthread_mutex_unlock(&mutex);
    return HAL_OK;
}

HalResult hal_gpio_read(unsigned pin, bool *high)
{
    if (pin >= PINS) return HAL_NO_DEVICE;
    pthread_mutex_lock(&mutex);
    *high = pins[pin].high && pins[pin].mode != HAL_PIN_INPUT;
    pthread_mutex_unlock(&mutex);
    return HAL_OK;
}
