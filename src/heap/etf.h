/* SPDX-License-Identifier: Apache-2.0 */
/* etf.h - the external term format, both ways. */
#ifndef HEAP_ETF_H
#define HEAP_ETF_H

/* Decoding is defensive (design D15): any bytes, no recursion, no allocation beyond what the bytes
   can stand for. Funs and atoms: with `safe` no new atom or export is made. Both directions can be
   done in steps with a budget so that long terms do not stall a scheduler (design D27). */

#include "base/worklist.h"
#include "heap/heap.h"

typedef enum EtfStatus { ETF_DONE, ETF_MORE, ETF_BAD, ETF_NO_MEMORY } EtfStatus;

typedef struct EtfInput {
    const uint8_t *bytes; /* must stay valid while decoding */
    size_t size;
    bool with_version; /* starts with 131 */
    bool safe;
} EtfInput;
/* Decodes at once into `heap` (heap_reserve; one reservation of the exact size after a checking
   pass). `*used` (may be NULL): bytes read. TERM_NONE: damaged (*status ETF_BAD) or no memory. */
Term etf_decode(Heap *heap, const EtfInput *input, size_t *used, EtfStatus *status);
/* Words the term takes, after a full check; SIZE_MAX if damaged. */
size_t etf_decoded_size(const EtfInput *input);
/* Decodes into memory of the literal range for modules: the caller supplies `*top` with room. */
Term etf_decode_literal(const EtfInput *input, Term **top, EtfStatus *status);

/* Decoding in steps, in memory of its own until it is done. The input's bytes must stay until it
   is freed. NULL: damaged, or no memory (*status). */
typedef struct EtfDecoder EtfDecoder;
EtfDecoder *etf_decoder_make(const EtfInput *input, EtfStatus *status);
/* Takes about *budget terms from it: ETF_DONE, ETF_MORE, ETF_BAD, ETF_NO_MEMORY. */
EtfStatus etf_decoder_step(EtfDecoder *decoder, size_t *budget);
/* After ETF_DONE: the term, whose memory is handed to `heap`; bytes read in *used. */
Term etf_decoder_take(EtfDecoder *decoder, Heap *heap, size_t *used);
void etf_decoder_free(EtfDecoder *decoder);

typedef struct EtfOptions {
    uint8_t minor_version; /* 0: floats as text; 1: atoms latin1 where they fit; 2: all UTF-8 */
    uint8_t compressed;    /* 0..9: for the caller, who deflates */
    bool deterministic;    /* large maps in the order of their keys (an encoder with a heap) */
} EtfOptions;
/* Bytes of the encoding with version byte; SIZE_MAX: out of memory for the worklist. */
size_t etf_encoded_size(Term t, const EtfOptions *options);
/* Writes exactly that many bytes. False: out of memory. */
bool etf_encode(Term t, const EtfOptions *options, uint8_t *out);

/* Encoding in steps. All that is left to do stands in `work` as terms, in frames of
   ETF_FRAME_WORDS, so that the caller can keep it, with `large_count`, while the heap is collected,
   and put it back, or its upper frames first. */
enum { ETF_FRAME_WORDS = 3 };
typedef struct EtfEncoder {
    uint8_t *at, *end; /* where the next bytes go, and the end of the room */
    uint8_t *start;    /* of the bytes at hand; `before` bytes came first and are out of reach */
    size_t before;
    /* Makes `at` and `end` leave room for so many bytes. NULL: there is room for all. */
    bool (*make_room)(struct EtfEncoder *e, size_t bytes);
    void *context; /* for make_room */
    EtfOptions options;
    Heap *heap;    /* for what `deterministic` puts in order; NULL: it does not */
    size_t budget; /* terms until the step ends */
    bool counts;   /* the bytes are only counted, see etf_encoded_size */
    bool failed;
    Worklist work;
    struct EtfLargeMap *large; /* cursors of the large maps in `work`, innermost last */
    size_t large_count, large_room;
} EtfEncoder;
/* Nothing is left to do; the caller sets where bytes go. */
void etf_encoder_init(EtfEncoder *e, const EtfOptions *options);
/* The version byte and the term are to be written. False: out of memory. */
bool etf_encoder_start(EtfEncoder *e, Term t);
/* Writes about e->budget terms. ETF_DONE, ETF_MORE, ETF_NO_MEMORY (also where make_room failed). */
EtfStatus etf_encoder_step(EtfEncoder *e);
/* Frees memory. */
void etf_encoder_done(EtfEncoder *e);

#endif
