/* SPDX-License-Identifier: Apache-2.0 */
/* scan.h - going through the objects of a table that a match specification may be about. */
#ifndef ETS_SCAN_H
#define ETS_SCAN_H

/* Where the specification tells the keys, only those are looked up; where it tells how keys of an
   ordered table begin, only that range is gone through. A scan stops between objects and goes on
   later, while the table changes: an ordered table by the last key; a hash table, which has to be
   fixed meanwhile, by the bucket, and inside of a bucket by the next object, which the fixation of
   the process holds. */

#include "ets/table.h"
#include "match/program.h"

enum { SCAN_KEYS_MAX = 32 };

typedef struct EtsScan {
    EtsTable *table;
    /* False: stop; the object is to be visited again. It may drop or replace the object. */
    bool (*visit)(struct EtsScan *scan, EtsObject *object);
    size_t budget; /* one for each object and bucket; more by `visit` */
    int side;      /* of an ordered table: 1 upwards, 0 downwards */
    bool changes;  /* `visit` may change the table */
    bool is_full;  /* set by `visit`: no more objects; of a hash table, none of the next bucket */

    /* Where it stands. */
    size_t at;       /* bucket, or number of a key */
    EtsObject *next; /* in the bucket; NULL: all of it */
    Term last;       /* key of an ordered table, TERM_NONE: at the start; may be an object's */

    /* Which objects. */
    enum { SCAN_ALL, SCAN_KEYS, SCAN_RANGE } kind;
    size_t key_count;
    Term keys[SCAN_KEYS_MAX]; /* [0]: the pattern of a range */
} EtsScan;

/* Finds out which objects a program is about. To be called each time before ets_scan. */
void ets_scan_init(EtsScan *scan, EtsTable *table, const MatchProgram *program);
/* With the table open, for writing where `changes`. True: that was the last one. */
bool ets_scan(EtsScan *scan);

#endif
