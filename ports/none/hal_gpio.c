/* SPDX-License-Identifier: Apache-2.0 */
/* hal_gpio.c - a machine without pins. */

#include "mote/hal/gpio.h"

HalResult hal_gpio_set_mode(unsigned pin, HalPinMode mode)
{
    (void)pin, (void)mode;
    return HAL_UNSUPPORTED;
}

HalResult hal_gpio_write(unsigned pin, bool high)
{
    (void)pin, (void)high;
    return HAL_UNSUPPORTED;
}

HalResult hal_gpio_read(unsigned pin, bool *high)
{
    (void)pin, (void)high;
    return HAL_UNSUPPORTED;
}
