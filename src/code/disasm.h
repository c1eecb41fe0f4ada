/* SPDX-License-Identifier: Apache-2.0 */
/* disasm.h - lowered code as text, and its verification. */
#ifndef CODE_DISASM_H
#define CODE_DISASM_H

#include "code/insn.h"
#include "code/module.h"
#include "term/print.h"

const char *insn_name(unsigned token);

/* Prints the instruction at word `offset`, decoded as `layout`: "is_nil_x x0 L120". */
void insn_print(Sink *sink, const Module *module, uint32_t offset, const InsnLayout *layout);

/* Calls `visit` for each instruction in order, until it returns false. False then, or where the
   code does not decode: *offset tells where. */
typedef bool InsnVisit(const Module *module, uint32_t offset, const InsnLayout *layout,
                       void *context);
bool module_each_insn(const Module *module, InsnVisit *visit, void *context, uint32_t *offset);

/* True if all of the code decodes, labels lead to instructions, indexes are inside the pool and
   entry words right. Otherwise *offset tells where, *what it is. */
bool module_verify(const Module *module, uint32_t *offset, const char **what);

#endif
