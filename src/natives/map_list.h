/* SPDX-License-Identifier: Apache-2.0 */
/* map_list.h - lists of what is in a map, in steps. */
#ifndef NATIVES_MAP_LIST_H
#define NATIVES_MAP_LIST_H

#include "natives/work.h"

typedef enum MapListKind { LIST_KEYS, LIST_VALUES, LIST_PAIRS } MapListKind;

/* For the end of a native: the keys, values or {Key, Value} of `map` from `place` on (0: all),
   before `tail`. Takes the native's state. The place must be one of the map's. */
Term map_list(Process *p, MapListKind kind, Term map, Word place, Term tail);

#endif
