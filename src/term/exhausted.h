/* SPDX-License-Identifier: Apache-2.0 */
/* exhausted.h - the end of a walk over a term for which there is no memory at all. */
#ifndef TERM_EXHAUSTED_H
#define TERM_EXHAUSTED_H

/* Comparing and hashing walk terms with a worklist that starts on the C stack and grows from
   memory. They have no result that says "out of memory"; a wrong one would end in tables that all
   processes share; and walking a tree that nobody may change needs memory in proportion to its
   depth. So they insist (base/worklist.h). This is called when even the reserve is used up: a term
   nested more than ten thousand deep (hundreds on 32 bit) while there is no memory. It reports and
   halts. */
_Noreturn void term_exhausted(void);

#endif
