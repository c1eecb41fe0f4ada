/* SPDX-License-Identifier: Apache-2.0 */
/* map_reader.c - the table through which term/ reads hash tries. */
#include "term/map_reader.h"
#include "heap/map.h"

_Static_assert(sizeof(MapCursor) <= sizeof(MapWalk), "a MapWalk holds a MapCursor");

static void start(MapWalk *walk, Term map)
{
    map_cursor_init((MapCursor *)walk, map);
}

static bool next(MapWalk *walk, Term *key, Term *value)
{
    return map_cursor_next((MapCursor *)walk, key, value);
}

const MapReader map_reader = {map_size, map_get, start, next};
