/* SPDX-License-Identifier: Apache-2.0 */
/* map_reader.h - reading hash tries from below the layer that builds them. */
#ifndef TERM_MAP_READER_H
#define TERM_MAP_READER_H

#include "term/term.h"

/* Compare, hash and print walk large maps through this table, which heap/map_reader.c fills with
   functions of heap/map.h. Two maps with the same keys are walked in the same order, except for
   keys whose hash values are equal. */

/* Room for a MapCursor. */
typedef struct MapWalk {
    uintptr_t words[26];
} MapWalk;

typedef struct MapReader {
    size_t (*size)(Term map);
    Term (*get)(Term map, Term key);
    void (*start)(MapWalk *walk, Term map);
    bool (*next)(MapWalk *walk, Term *key, Term *value);
} MapReader;
extern const MapReader map_reader;

#endif
