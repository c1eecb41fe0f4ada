/* SPDX-License-Identifier: Apache-2.0 */
/* result.h - how an operation on hardware ended. */
#ifndef MOTE_HAL_RESULT_H
#define MOTE_HAL_RESULT_H

typedef enum HalResult {
    HAL_OK,
    HAL_UNSUPPORTED, /* this machine cannot do it: {error, enotsup} */
    HAL_NO_DEVICE,   /* there is no such pin, bus, ...: {error, enodev} */
    HAL_FAILED       /* it did not answer: {error, eio} */
} HalResult;

#endif
