/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_etf.c - the external term format: what is decoded can be walked, and encoded again. */

#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "fuzz.h"
#include "heap/etf.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/hash.h"
#include "term/node.h"
#include "term/print.h"

static const uint32_t missing[2];

void fuzz_start(void)
{
    FUZZ_CHECK(atom_init(1 << 20) && export_init(missing + 1) && fun_init() && node_init());
    hash_init();
    memory_limit_set((size_t)256 << 20);
}

static void drop(Sink *sink, const char *text, size_t size) { (void)sink, (void)text, (void)size; }

/* The term again, by way of its encoding. */
static void round_trip(Heap *heap, Term t)
{
    EtfOptions options = {.minor_version = 1};
    size_t size = etf_encoded_size(t, &options);
    if (size > 1 << 24) return; /* a large map that shares much */
    uint8_t *bytes = malloc(size);
    etf_encode(t, &options, bytes);
    EtfInput input = {.bytes = bytes, .size = size, .with_version = true};
    EtfStatus status;
    size_t used;
    Term again = etf_decode(heap, &input, &used, &status);
    if (status != ETF_NO_MEMORY) {
        FUZZ_CHECK(status == ETF_DONE && used == size);
        FUZZ_CHECK(term_equal_exact(t, again));
        FUZZ_CHECK(term_hash(t) == term_hash(again));
    }
    free(bytes);
}

bool fuzz_one(const uint8_t *bytes, size_t size)
{
    static Sink sink = {drop};
    Heap heap = {.min_size = 233};
    EtfInput input = {.bytes = bytes, .size = size, .with_version = true, .safe = size % 4 == 0};
    EtfStatus status;
    size_t used = 0;
    if (!heap_init(&heap, 233)) return false;
    Term t = etf_decode(&heap, &input, &used, &status);
    FUZZ_CHECK(is_none(t) == (status != ETF_DONE));
    if (status == ETF_DONE) {
        FUZZ_CHECK(used <= size);
        FUZZ_CHECK(term_compare(t, t) == 0);
        term_phash2(t);
        term_phash(t, 0);
        term_print(&sink, t, 1000);
        round_trip(&heap, t);
    }
    heap_done(&heap);
    return status == ETF_DONE;
}
