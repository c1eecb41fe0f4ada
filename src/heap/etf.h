/* SPDX-License-Identifier: Apache-2.0 */
/* etf.h - the external term format, both ways. */
#ifndef HEAP_ETF_H
#define HEAP_ETF_H

/* Decoding is defensive (design D15): any bytes, no recursion, no allocation beyond what the bytes
   can stand for. Funs and atoms: with `safe` no new atom or export is made. Both directions can be
   done in steps with a budget so that long terms do not stall a scheduler (design D27). */

#include "heap/heap.h"

typedef struct EtfDecoder EtfDecoder;
typedef enum EtfStatus { ETF_DONE, ETF_MORE, ETF_BAD, ETF_NO_MEMORY } EtfStatus;

typedef struct EtfInput {
    const uint8_t *bytes; /* must stay valid while decoding */
    size_t size;
    bool with_version;    /* starts with 131 */
    bool safe;
} EtfInput;
/* Decodes at once into `heap` (heap_reserve; one reservation of the exact size after a checking
   pass). `*used` (may be NULL): bytes read. TERM_NONE: damaged (*status ETF_BAD) or no memory. */
Term etf_decode(Heap *heap, const EtfInput *input, size_t *used, EtfStatus *status);
/* Words the term takes, after a full check; SIZE_MAX if damaged. */
size_t etf_decoded_size(const EtfInput *input);
/* Decodes into memory of the literal range for modules: the caller supplies `*top` with room. */
Term etf_decode_literal(const EtfInput *input, Term **top, EtfStatus *status);

typedef struct EtfOptions {
    uint8_t minor_version; /* 0: floats as text; 1: atoms latin1 where they fit; 2: all UTF-8 */
    uint8_t compressed;    /* 0..9; needs the port's deflate, else stored plain */
    bool deterministic;
} EtfOptions;
/* Bytes of the encoding with version byte; SIZE_MAX: out of memory for the worklist. */
size_t etf_encoded_size(Term t, const EtfOptions *options);
/* Writes exactly that many bytes. */
void etf_encode(Term t, const EtfOptions *options, uint8_t *out);

#endif
