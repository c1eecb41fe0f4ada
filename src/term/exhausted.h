/* SPDX-License-Identifier: Apache-2.0 */
/* exhausted.h - what happens when the worklist of a walk over a term cannot grow. */
#ifndef TERM_EXHAUSTED_H
#define TERM_EXHAUSTED_H

/* Comparing, hashing and printing walk terms with a worklist that starts on the C stack and grows
   from memory. They have no result that says "out of memory", and walking a tree that nobody may
   change needs memory in proportion to its depth, so a wrong answer is the only alternative to not
   answering. They free what they hold and call this pointer, which must not return. The default
   reports and halts; the scheduler sets one that ends the running process. */
extern __attribute__((noreturn)) void (*term_exhausted)(void);

#endif
