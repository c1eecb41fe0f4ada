/* SPDX-License-Identifier: Apache-2.0 */
/* re_capture.h - what re:run/3 gives of a match. */
#ifndef NATIVES_RE_CAPTURE_H
#define NATIVES_RE_CAPTURE_H

#include "natives/re_options.h"
#include "natives/re_search.h"

/* Which parts of a match are wanted, and as what. */
typedef enum CaptureKind {
    CAPTURE_NONE,
    CAPTURE_ALL,
    CAPTURE_FIRST,
    CAPTURE_REST, /* all but the first */
    CAPTURE_NAMES,
    CAPTURE_LIST
} CaptureKind;
typedef struct Capture {
    CaptureKind kind;
    Term type; /* index, list or binary */
    Term list; /* of LIST: numbers and names */
    size_t count; /* most parts that there can be */
} Capture;

/* False: the options ask for what cannot be. */
bool capture_read(const ReOptions *options, const ReCode *code, Capture *capture);

/* Words that the parts take at most, if they are no lists. */
size_t capture_words(const Capture *capture);

/* match, or {match, Parts}. TERM_NONE: raised, or to be called again with `state` and more
   memory. */
Term capture_result(Process *p, const Capture *capture, const ReSearch *search, Term subject,
                    Term state);

/* {namelist, Names} */
Term capture_names(Process *p, const ReCode *code);

#endif
