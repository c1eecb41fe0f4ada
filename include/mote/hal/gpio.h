/* SPDX-License-Identifier: Apache-2.0 */
/* gpio.h - digital pins, numbered as on the board. */
#ifndef MOTE_HAL_GPIO_H
#define MOTE_HAL_GPIO_H

#include <stdbool.h>
#include "mote/hal/result.h"

/* Called from any core; none of these blocks. A pin that was never set up is an input. */

typedef enum HalPinMode {
    HAL_PIN_INPUT,
    HAL_PIN_OUTPUT,
    HAL_PIN_OPEN_DRAIN /* an output that only pulls down */
} HalPinMode;

HalResult hal_gpio_set_mode(unsigned pin, HalPinMode mode);

/* Sets the level that the pin has while it is an output. */
HalResult hal_gpio_write(unsigned pin, bool high);

/* The level at the pin, whoever drives it. */
HalResult hal_gpio_read(unsigned pin, bool *high);

#endif
