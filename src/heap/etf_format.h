/* SPDX-License-Identifier: Apache-2.0 */
/* etf_format.h - the tags of the external term format and its numbers; used by etf_*.c only. */
#ifndef HEAP_ETF_FORMAT_H
#define HEAP_ETF_FORMAT_H

#include "base/bytes.h"

/* Names and numbers as in chapter "External Term Format" of the ERTS User's Guide. */
enum {
    ETF_VERSION = 131,
    NATIVE_RECORD_EXT = 67, /* OTP 29 */
    NEW_FLOAT_EXT = 70,
    BIT_BINARY_EXT = 77,
    COMPRESSED = 80,
    NEW_PID_EXT = 88,
    NEW_PORT_EXT = 89,
    NEWER_REFERENCE_EXT = 90,
    SMALL_INTEGER_EXT = 97,
    INTEGER_EXT = 98,
    FLOAT_EXT = 99,
    ATOM_EXT = 100,
    REFERENCE_EXT = 101,
    PORT_EXT = 102,
    PID_EXT = 103,
    SMALL_TUPLE_EXT = 104,
    LARGE_TUPLE_EXT = 105,
    NIL_EXT = 106,
    STRING_EXT = 107,
    LIST_EXT = 108,
    BINARY_EXT = 109,
    SMALL_BIG_EXT = 110,
    LARGE_BIG_EXT = 111,
    NEW_FUN_EXT = 112,
    EXPORT_EXT = 113,
    NEW_REFERENCE_EXT = 114,
    SMALL_ATOM_EXT = 115,
    MAP_EXT = 116,
    ATOM_UTF8_EXT = 118,
    SMALL_ATOM_UTF8_EXT = 119,
    V4_PORT_EXT = 120
};

enum {
    FLOAT_TEXT_BYTES = 31,
    ATOM_MAX_CHARACTERS = 255,
    UNIQ_BYTES = 16,
    LOCAL_PORT_BITS = 28,
    LOCAL_REF_WORDS = 3,
    LOCAL_REF_BITS = 18 /* of the first word */
};

#endif
