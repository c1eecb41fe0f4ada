/* SPDX-License-Identifier: Apache-2.0 */
/* number_text.h - numbers in lists and binaries: what natives of several modules use. */
#ifndef NATIVES_NUMBER_TEXT_H
#define NATIVES_NUMBER_TEXT_H

#include "natives/work.h"

/* Each is the rest of a native of class YIELDS, which calls it again with the same arguments. */

/* `integer` as a list of characters, or as a binary. */
Term number_to_text(Process *p, Term integer, unsigned base, bool as_list);

/* What a text of an integer was read from. */
typedef enum TextKind {
    TEXT_LIST,   /* all of a list */
    TEXT_PREFIX, /* the start of a list; the rest goes to the result: {Integer, Rest} */
    TEXT_BINARY  /* all of a binary */
} TextKind;
/* TERM_NONE: yielded, or raised. TEXT_PREFIX raises nothing: {error, Reason}. */
Term number_from_text(Process *p, Term text, unsigned base, TextKind kind);

/* `size` characters as a list or as a binary; collects first where there is no room. */
Term text_result(Process *p, const char *text, size_t size, bool as_list);

#endif
