/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - a growing hash table of pointers that is read without a lock. */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

/* An entry is a pointer to the owner's memory; the owner supplies hash and comparison. Writers take
   the owner's lock. Readers take none, but must be members of an epoch (base/epoch.h): an array
   that was outgrown, and likewise an entry that was removed, must be freed by its epoch. A reader
   sees each entry that was put before it began and not removed until it ended.

   Open addressing with linear probing. A removed entry leaves a mark that probing passes over; the
   marks go when the table is built anew, so that it always has free places where probes end. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TableKind {
    uint32_t (*hash)(const void *entry);
    bool (*matches)(const void *entry, const void *key);
} TableKind;

typedef struct TableArray TableArray;

typedef struct Table {
    const TableKind *kind;
    _Atomic(TableArray *) array; /* NULL until the first entry */
    size_t count;                /* entries, for writers */
    size_t used;                 /* entries and marks */
} Table;

void table_init(Table *table, const TableKind *kind);
/* Frees the array, not the entries. No reader may be left. */
void table_done(Table *table);

/* The entry that matches `key`, whose hash is `hash`, or NULL. */
void *table_get(const Table *table, const void *key, uint32_t hash);
/* Adds `entry`; none that matches its key may be there. False: out of memory, nothing happened. */
bool table_put(Table *table, void *entry);
/* Takes out the entry that matches `key` and returns it, or NULL. Needs no memory. */
void *table_remove(Table *table, const void *key, uint32_t hash);

/* Goes through the entries: start with *position = 0; NULL at the end. Entries put or removed
   meanwhile may or may not be seen; with writers about, so may an entry twice. */
void *table_next(const Table *table, size_t *position);

#endif
