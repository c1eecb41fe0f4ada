/* SPDX-License-Identifier: Apache-2.0 */
/* terms.h - terms for unit tests: tables set up, terms out of their external form. */
#ifndef TESTS_UNIT_TERMS_H
#define TESTS_UNIT_TERMS_H

#include <stdio.h>
#include <stdlib.h>
#include "heap/etf.h"
#include "heap/heap.h"
#include "term/atom.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/hash.h"
#include "term/node.h"

static Heap terms_heap;
static const uint32_t terms_missing_code[2];

/* Sets up the tables of names and `terms_heap`. */
static inline void terms_start(void)
{
    bool done =
        atom_init(100000) && export_init(terms_missing_code + 1) && fun_init() && node_init();
    hash_init();
    if (done && heap_init(&terms_heap, 1000)) return;
    fputs("terms_start: out of memory\n", stderr);
    abort();
}

/* The same, as a group's setup. */
static inline int terms_setup(void **state)
{
    (void)state;
    terms_start();
    return 0;
}

/* The term that `size` bytes of external format stand for, on terms_heap. */
static inline Term term_of(const char *bytes, size_t size)
{
    EtfInput input = {.bytes = (const uint8_t *)bytes, .size = size, .with_version = true};
    EtfStatus status;
    Term t = etf_decode(&terms_heap, &input, NULL, &status);
    if (!is_none(t)) return t;
    fprintf(stderr, "term_of: status %d of %zu bytes:", (int)status, size);
    for (size_t i = 0; i < size; i++) fprintf(stderr, " %u", (unsigned char)bytes[i]);
    fputs("\n", stderr);
    abort();
}

static inline Term atom_of(const char *text) { return atom_intern_z(text); }

#endif
