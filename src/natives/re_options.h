/* SPDX-License-Identifier: Apache-2.0 */
/* re_options.h - the options of re:compile/2 and re:run/3. */
#ifndef NATIVES_RE_OPTIONS_H
#define NATIVES_RE_OPTIONS_H

#include "mote/native.h"
#include "mote/os/regex.h"

typedef struct ReOptions {
    uint32_t compile;  /* REGEX_* */
    uint32_t run;
    uint32_t newlines; /* bits of `compile` that were given: newline and \R; for both */
    bool compiles;     /* an option that only compiling takes */
    bool runs;         /* one that only running takes */
    bool global, report_errors;
    bool exports;      /* the compiled pattern is for any node */
    size_t offset;
    uint32_t limit, depth;
    bool limited;    /* `limit` or `depth` was given */
    Term capture;    /* all, all_but_first, first, none, all_names or a list; TERM_NONE: all */
    Term type;       /* index, list or binary; TERM_NONE: index */
} ReOptions;

/* False: not a list of options. */
bool re_options_read(Process *p, Term list, ReOptions *options);

#endif
