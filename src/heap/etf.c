/* SPDX-License-Identifier: Apache-2.0 */
/* etf.c - decoding the external term format: whole terms, compressed ones, literals. */
#include "heap/etf.h"
#include "base/memory.h"
#include "heap/copy.h"
#include "heap/etf_decode.h"
#include "heap/etf_format.h"
#include "mote/os/zlib.h"

/* Deflate turns one byte into at most so many. */
enum { MAX_RATIO = 1032 };

/* The bytes of a term without version and compression. */
typedef struct Payload {
    const uint8_t *bytes;
    size_t size;
    uint8_t *inflated; /* what to free, or NULL */
} Payload;

static EtfStatus inflate_payload(Payload *payload)
{
    if (payload->size < 5) return ETF_BAD;
    size_t want = load_big32(payload->bytes + 1);
    size_t packed = payload->size - 5;
    if (want == 0 || want / MAX_RATIO > packed) return ETF_BAD;
    uint8_t *bytes = memory_alloc(want);
    if (bytes == NULL) return ETF_NO_MEMORY;
    if (!os_inflate(payload->bytes + 5, packed, bytes, want)) {
        memory_free(bytes, want);
        return ETF_BAD;
    }
    *payload = (Payload){bytes, want, bytes};
    return ETF_DONE;
}

static EtfStatus open_payload(const EtfInput *input, Payload *payload)
{
    size_t start = input->with_version ? 1 : 0;
    if (input->size <= start) return ETF_BAD;
    if (input->with_version && input->bytes[0] != ETF_VERSION) return ETF_BAD;
    *payload = (Payload){input->bytes + start, input->size - start, NULL};
    if (input->with_version && payload->bytes[0] == COMPRESSED) return inflate_payload(payload);
    return ETF_DONE;
}

static void close_payload(Payload *payload)
{
    if (payload->inflated != NULL) memory_free(payload->inflated, payload->size);
}

static EtfScan scan_of(const EtfInput *input, const Payload *payload, bool literal)
{
    return (EtfScan){.at = payload->bytes,
                     .end = payload->bytes + payload->size,
                     .safe = input->safe,
                     .literal = literal};
}

/* True if nothing was reserved since the words that end at `end`. */
static bool is_newest(const Heap *heap, const Term *end)
{
    const Fragment *f = heap->fragments;
    return heap->top == end || (f != NULL && f->words + f->used == end);
}

/* Builds into one reservation of `heap`; large binaries and maps make more. */
static Term build_in_heap(Heap *heap, const Payload *payload, const EtfScan *scan,
                          EtfStatus *status)
{
    Term *reserved = scan->words == 0 ? NULL : heap_reserve(heap, scan->words);
    if (scan->words > 0 && reserved == NULL) {
        *status = ETF_NO_MEMORY;
        return TERM_NONE;
    }
    EtfBuild build = {
        .at = payload->bytes, .top = reserved, .heap = heap, .literal = scan->literal};
    Term t = etf_build(&build);
    *status = build.status;
    /* A refused term leaves nothing; big integers may need less than was counted. */
    if (reserved != NULL && is_newest(heap, reserved + scan->words))
        heap_trim(heap, reserved, t == TERM_NONE ? reserved : build.top);
    return t;
}

static Term decode_payload(Heap *heap, const EtfInput *input, Payload *payload, EtfStatus *status)
{
    EtfScan scan = scan_of(input, payload, false);
    if (!etf_scan(&scan)) {
        *status = ETF_BAD;
        return TERM_NONE;
    }
    Term t = build_in_heap(heap, payload, &scan, status);
    payload->size = payload->inflated != NULL ? payload->size : (size_t)(scan.at - payload->bytes);
    return t;
}

Term etf_decode(Heap *heap, const EtfInput *input, size_t *used, EtfStatus *status)
{
    Payload payload;
    *status = open_payload(input, &payload);
    if (*status != ETF_DONE) return TERM_NONE;
    Term t = decode_payload(heap, input, &payload, status);
    if (used != NULL) {
        *used = payload.inflated != NULL ? input->size
                                         : payload.size + (size_t)(payload.bytes - input->bytes);
    }
    close_payload(&payload);
    return t;
}

/* The sizes of tries are known only when they are built: terms with large maps are built in a heap
   of their own first. */
static Term build_aside(Heap *aside, const Payload *payload, const EtfScan *scan, EtfStatus *status)
{
    memset(aside, 0, sizeof *aside);
    if (!heap_init(aside, scan->words + STACK_RESERVE)) {
        *status = ETF_NO_MEMORY;
        return TERM_NONE;
    }
    Term t = build_in_heap(aside, payload, scan, status);
    if (t == TERM_NONE) heap_done(aside);
    return t;
}

static size_t size_aside(const Payload *payload, const EtfScan *scan)
{
    Heap aside;
    EtfStatus status;
    Term t = build_aside(&aside, payload, scan, &status);
    if (t == TERM_NONE) return SIZE_MAX;
    size_t words = term_size_with_literals(t);
    heap_done(&aside);
    return words;
}

size_t etf_decoded_size(const EtfInput *input)
{
    Payload payload;
    if (open_payload(input, &payload) != ETF_DONE) return SIZE_MAX;
    EtfScan scan = scan_of(input, &payload, true);
    size_t words = SIZE_MAX;
    if (etf_scan(&scan)) words = scan.has_large_map ? size_aside(&payload, &scan) : scan.words;
    close_payload(&payload);
    return words;
}

static Term copy_aside(const Payload *payload, const EtfScan *scan, Term **top, EtfStatus *status)
{
    Heap aside;
    Term t = build_aside(&aside, payload, scan, status);
    if (t == TERM_NONE) return TERM_NONE;
    CopyTarget target = {.top = *top, .with_literals = true};
    t = term_copy(t, &target);
    *top = target.top;
    heap_done(&aside);
    return t;
}

static Term literal_of_payload(const EtfInput *input, const Payload *payload, Term **top,
                               EtfStatus *status)
{
    EtfScan scan = scan_of(input, payload, true);
    *status = ETF_BAD;
    if (!etf_scan(&scan)) return TERM_NONE;
    if (scan.has_large_map) return copy_aside(payload, &scan, top, status);
    EtfBuild build = {.at = payload->bytes, .top = *top, .literal = true};
    Term t = etf_build(&build);
    *status = build.status;
    if (t != TERM_NONE) *top = build.top;
    return t;
}

Term etf_decode_literal(const EtfInput *input, Term **top, EtfStatus *status)
{
    Payload payload;
    *status = open_payload(input, &payload);
    if (*status != ETF_DONE) return TERM_NONE;
    Term t = literal_of_payload(input, &payload, top, status);
    close_payload(&payload);
    return t;
}

/* ---- In steps ---- */

/* The term is built in fragments of a heap that is never collected. */
struct EtfDecoder {
    Payload payload;
    size_t size, head; /* of the input: all, and what comes before the payload */
    bool scanned;
    EtfScan scan;
    EtfBuild build;
    Heap aside;
};

EtfDecoder *etf_decoder_make(const EtfInput *input, EtfStatus *status)
{
    EtfDecoder *d = memory_alloc(sizeof *d);
    *status = d == NULL ? ETF_NO_MEMORY : open_payload(input, &d->payload);
    if (*status == ETF_DONE) {
        d->size = input->size;
        d->head = input->with_version ? 1 : 0;
        d->scanned = false;
        d->scan = scan_of(input, &d->payload, false);
        etf_scan_start(&d->scan);
        memset(&d->aside, 0, sizeof d->aside);
        if (heap_init(&d->aside, 0)) {
            d->aside.top = d->aside.stack; /* All comes from fragments. */
            return d;
        }
        close_payload(&d->payload);
        *status = ETF_NO_MEMORY;
    }
    if (d != NULL) memory_free(d, sizeof *d);
    return NULL;
}

static EtfStatus start_build(EtfDecoder *d)
{
    Term *top = d->scan.words == 0 ? NULL : heap_reserve(&d->aside, d->scan.words);
    if (d->scan.words > 0 && top == NULL) return ETF_NO_MEMORY;
    d->build = (EtfBuild){.at = d->payload.bytes, .top = top, .heap = &d->aside};
    etf_build_start(&d->build);
    d->scanned = true;
    return ETF_DONE;
}

EtfStatus etf_decoder_step(EtfDecoder *d, size_t *budget)
{
    if (!d->scanned) {
        EtfStatus status = etf_scan_step(&d->scan, budget);
        if (status == ETF_DONE) status = start_build(d);
        if (status != ETF_DONE) return status;
    }
    d->build.budget = *budget;
    EtfStatus status = etf_build_step(&d->build);
    *budget = d->build.budget;
    return status;
}

Term etf_decoder_take(EtfDecoder *d, Heap *heap, size_t *used)
{
    Heap *aside = &d->aside;
    size_t read = (size_t)(d->scan.at - d->payload.bytes);
    *used = d->payload.inflated != NULL ? d->size : d->head + read;
    heap_adopt(heap, aside->fragments, aside->off_heap, aside->fragment_words);
    aside->fragments = NULL;
    aside->off_heap = NULL;
    return d->build.root;
}

void etf_decoder_free(EtfDecoder *d)
{
    if (d->scanned) etf_build_end(&d->build);
    heap_done(&d->aside);
    close_payload(&d->payload);
    memory_free(d, sizeof *d);
}
