/* SPDX-License-Identifier: Apache-2.0 */
/* gpio.c - module gpio: digital pins. */

#include "mote/hal/gpio.h"
#include "mote/native.h"

static Term reply(Process *p, HalResult result)
{
    static const Term reasons[] = {
        [HAL_UNSUPPORTED] = A(enotsup), [HAL_NO_DEVICE] = A(enodev), [HAL_FAILED] = A(eio)};
    return result == HAL_OK ? A(ok) : make_tuple(p, 2, A(error), reasons[result]);
}

/* False: t is not the number of a pin. */
static bool pin_of(Term t, unsigned *pin)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > UINT16_MAX) return false;
    *pin = (unsigned)small_value(t);
    return true;
}

static bool mode_of(Term t, HalPinMode *mode)
{
    if (t == A(input)) *mode = HAL_PIN_INPUT;
    else if (t == A(output)) *mode = HAL_PIN_OUTPUT;
    else if (t == A(output_od)) *mode = HAL_PIN_OPEN_DRAIN;
    else return false;
    return true;
}

static bool level_of(Term t, bool *high)
{
    *high = t == A(high) || t == make_small(1);
    return *high || t == A(low) || t == make_small(0);
}

/* gpio:set_pin_mode(Pin, input | output | output_od) -> ok | {error, Reason} */
static Term gpio_set_pin_mode_2(Process *p, Term *args)
{
    unsigned pin;
    HalPinMode mode;
    if (!pin_of(args[0], &pin) || !mode_of(args[1], &mode)) return badarg(p);
    return reply(p, hal_gpio_set_mode(pin, mode));
}

/* gpio:digital_write(Pin, high | low | 1 | 0) -> ok | {error, Reason} */
static Term gpio_digital_write_2(Process *p, Term *args)
{
    unsigned pin;
    bool high;
    if (!pin_of(args[0], &pin) || !level_of(args[1], &high)) return badarg(p);
    return reply(p, hal_gpio_write(pin, high));
}

/* gpio:digital_read(Pin) -> high | low | {error, Reason} */
static Term gpio_digital_read_1(Process *p, Term *args)
{
    unsigned pin;
    bool high = false;
    if (!pin_of(args[0], &pin)) return badarg(p);
    HalResult result = hal_gpio_read(pin, &high);
    if (result != HAL_OK) return reply(p, result);
    return high ? A(high) : A(low);
}

static const Native gpio_natives[] = {
    NATIVE(gpio, set_pin_mode, 2, CONSTANT),
    NATIVE(gpio, digital_write, 2, CONSTANT),
    NATIVE(gpio, digital_read, 1, CONSTANT),
};
NATIVE_TABLE(gpio);
