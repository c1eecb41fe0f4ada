/* SPDX-License-Identifier: Apache-2.0 */
/* disasm.c - lowered code as text. */

#include "code/disasm.h"
#include "term/atom.h"

const char *insn_name(unsigned token)
{
    static const char *const names[INSN_COUNT] = {
#define INSN(name, operands, meaning) #name,
#include "code/insns.def"
#undef INSN
    };
    return names[token];
}

static void print_register(Sink *sink, int32_t r)
{
    if (r & R_IS_Y) {
        sink_format(sink, "y%d", r & 0x7F);
    } else if (r >= X_SCRATCH && r < X_SCRATCH + X_SCRATCH_COUNT) {
        sink_format(sink, "s%d", r - X_SCRATCH);
    } else {
        sink_format(sink, "x%d", r);
    }
}

static void print_slot(Sink *sink, uint32_t slot)
{
    print_register(sink, slot < X_SCRATCH + X_SCRATCH_COUNT ? (int32_t)slot
                                                            : (int32_t)slot - X_SCRATCH_COUNT);
}

static void print_term(Sink *sink, const Module *module, uint32_t index)
{
    if (index < module->pool_words) {
        term_print(sink, pool_term(module->base, index), 20);
    } else {
        sink_format(sink, "pool[%u]", index);
    }
}

static void print_source(Sink *sink, const Module *module, uint32_t s)
{
    switch (source_kind(s)) {
    case SOURCE_X: print_slot(sink, source_index(s)); break;
    case SOURCE_Y: sink_format(sink, "y%u", source_index(s)); break;
    case SOURCE_INT: sink_format(sink, "%d", source_int(s)); break;
    default: print_term(sink, module, source_index(s)); break;
    }
}

static void print_export(Sink *sink, const Module *module, uint32_t index)
{
    const Export *e = (const Export *)pool_term(module->base, index);
    sink_format(sink, "%T:%T/%u", e->module, e->function, e->arity);
}

static void print_fun(Sink *sink, const Module *module, uint32_t index)
{
    const FunEntry *e = (const FunEntry *)pool_term(module->base, index);
    sink_format(sink, "fun %u", e->index);
}

static void print_operand(Sink *sink, const Module *module, uint32_t offset, const InsnOperand *o)
{
    int32_t v = o->value;
    uint32_t u = (uint32_t)v;
    bool in_pool = u < module->pool_words;
    switch (o->letter) {
    case 'x':
    case 'r': print_register(sink, v); break;
    case 'y': sink_format(sink, "y%d", v); break;
    case 'f': sink_format(sink, "f%d", v); break;
    case 'l':
    case 'j':
    case 'L':
        if (v) sink_format(sink, "L%u", offset + u);
        else sink_text(sink, "-");
        break;
    case 'a': sink_format(sink, "L%u", u); break;
    case 's': print_source(sink, module, u); break;
    case 'c': print_term(sink, module, u); break;
    case 'e': in_pool ? print_export(sink, module, u) : sink_format(sink, "pool[%u]", u); break;
    case 'k': in_pool ? print_fun(sink, module, u) : sink_format(sink, "pool[%u]", u); break;
    case 'E': sink_format(sink, "frame %u", u & ENTRY_FRAME_MAX); break;
    default: sink_format(sink, "%d", v); break;
    }
}

static void print_list(Sink *sink, const Module *module, const uint32_t *code,
                       const InsnLayout *layout)
{
    const uint16_t *halves = (const uint16_t *)(const void *)code + layout->list_half;
    sink_text(sink, " {");
    for (unsigned i = 0; i < layout->list_count; i++) {
        if (i) sink_text(sink, ", ");
        print_source(sink, module, halves[i]);
    }
    sink_text(sink, "}");
}

static void print_segment(Sink *sink, const Module *module, const uint32_t *row)
{
    static const char *const names[] = {"integer", "float", "binary", "append", "private_append",
                                        "string",  "utf8",  "utf16",  "utf32"};
    unsigned type = row[0] & 0xFF;
    sink_text(sink, type < sizeof names / sizeof *names ? names[type] : "?");
    if (type == CREATE_STRING) {
        sink_format(sink, " %u at %u", row[0] >> 8, row[1]);
        return;
    }
    sink_text(sink, " ");
    print_source(sink, module, row[1] & 0xFFFF);
    sink_text(sink, ":");
    if (row[1] >> 16 == CREATE_SIZE_ALL) sink_text(sink, "all");
    else print_source(sink, module, row[1] >> 16);
    sink_format(sink, "*%u/%u", row[0] >> 16, (row[0] >> 8) & 0xFF);
}

static void print_table(Sink *sink, const Module *module, uint32_t offset, const InsnLayout *layout)
{
    const uint32_t *code = module->base + offset, *rows = code + layout->fixed_words;
    unsigned token = code[0] & 0xFF;
    sink_text(sink, " {");
    for (unsigned i = 0, shown = 0; i < layout->list_count; i++) {
        if (token == INSN_select_hash && !rows[i]) continue;
        if (shown++) sink_text(sink, ", ");
        if (token == INSN_bin_create) {
            print_segment(sink, module, rows + 2 * i);
        } else if (token == INSN_select_dense) {
            const int16_t *labels = (const int16_t *)(const void *)rows;
            sink_format(sink, "L%u", offset + (uint32_t)labels[i]);
        } else {
            if (token == INSN_select_arity) sink_format(sink, "%u", rows[i] & 0xFFFF);
            else if (token == INSN_select_int) sink_format(sink, "%d", (int16_t)rows[i]);
            else print_term(sink, module, rows[i] & 0xFFFF);
            sink_format(sink, " L%u", offset + (uint32_t)((int32_t)rows[i] >> 16));
        }
    }
    sink_text(sink, "}");
}

void insn_print(Sink *sink, const Module *module, uint32_t offset, const InsnLayout *layout)
{
    const uint32_t *code = module->base + offset;
    sink_text(sink, insn_name(code[0] & 0xFF));
    for (unsigned i = 0; i < layout->count; i++) {
        sink_text(sink, " ");
        print_operand(sink, module, offset, &layout->operands[i]);
    }
    if (layout->list == 'S') print_list(sink, module, code, layout);
    if (layout->list == 'T') print_table(sink, module, offset, layout);
}
