/* SPDX-License-Identifier: Apache-2.0 */
/* verify.c - walks lowered code and checks what execution relies on. */

#include "base/memory.h"
#include "code/disasm.h"

bool module_each_insn(const Module *module, InsnVisit *visit, void *context, uint32_t *offset)
{
    uint32_t next = 0, function = 0;
    InsnLayout layout;
    while ((*offset = next) < module->code_words) {
        if (!insn_decode(module->base + next, module->code_words - next, &layout)) return false;
        if (!visit(module, next, &layout, context)) return false;
        bool starts = (module->base[next] & 0xFF) == INSN_func_info;
        next += layout.words;
        if (!starts) continue;
        /* The function's entry word. */
        if (function == module->function_count || module->functions[function++].offset != ++next)
            return false;
    }
    return function == module->function_count;
}

typedef struct Verify {
    uint32_t *starts; /* a bit for each word that starts an instruction */
    const char *what;
} Verify;

static bool is_start(const Verify *v, const Module *module, int64_t offset)
{
    if (offset < 1 || offset >= module->code_words) return false;
    return v->starts[offset / 32] >> (offset % 32) & 1;
}

static bool mark(const Module *module, uint32_t offset, const InsnLayout *layout, void *context)
{
    Verify *v = context;
    (void)module, (void)layout;
    v->starts[offset / 32] |= 1u << (offset % 32);
    return true;
}

static bool check(Verify *v, bool sound, const char *what)
{
    if (!sound && !v->what) v->what = what;
    return sound;
}

static bool check_source(Verify *v, const Module *module, uint32_t s)
{
    uint32_t index = source_index(s);
    switch (source_kind(s)) {
    case SOURCE_X: return check(v, index < X_SLOTS, "an x register");
    case SOURCE_Y: return check(v, index <= ENTRY_FRAME_MAX, "a y register");
    case SOURCE_POOL: return check(v, index && index < module->pool_words, "a pool index");
    default: return true;
    }
}

static bool check_operand(Verify *v, const Module *module, uint32_t offset, const InsnOperand *o)
{
    uint32_t value = (uint32_t)o->value;
    switch (o->letter) {
    case 'x': return check(v, value < X_SCRATCH + X_SCRATCH_COUNT, "an x register");
    case 'f': return check(v, value < FLOAT_REGISTERS, "a float register");
    case 's': return check_source(v, module, value);
    case 'c':
    case 'e':
    case 'k': return check(v, value && value < module->pool_words, "a pool index");
    case 'l':
    case 'j':
    case 'L': return check(v, !value || is_start(v, module, (int64_t)offset + o->value), "a label");
    case 'a': return check(v, is_start(v, module, value), "a label");
    case 'E': return check(v, value >> ENTRY_FRAME_BITS == offset + o->word + 1, "an entry word");
    default: return true;
    }
}

static bool check_list(Verify *v, const Module *module, uint32_t offset, const InsnLayout *layout)
{
    const uint16_t *halves =
        (const uint16_t *)(const void *)(module->base + offset) + layout->list_half;
    for (unsigned i = 0; i < layout->list_count; i++) {
        if (!check_source(v, module, halves[i])) return false;
    }
    return true;
}

static bool check_segment(Verify *v, const Module *module, const uint32_t *row)
{
    unsigned type = row[0] & 0xFF;
    if (type == CREATE_STRING) {
        bool inside =
            row[1] <= module->string_bytes && row[0] >> 8 <= module->string_bytes - row[1];
        return check(v, inside, "a string");
    }
    return check(v, type <= CREATE_UTF32, "a kind of segment") &&
           check_source(v, module, row[1] & 0xFFFF) &&
           (row[1] >> 16 == CREATE_SIZE_ALL || check_source(v, module, row[1] >> 16));
}

static bool check_table(Verify *v, const Module *module, uint32_t offset, const InsnLayout *layout)
{
    const uint32_t *code = module->base + offset, *rows = code + layout->fixed_words;
    const int16_t *labels = (const int16_t *)(const void *)rows;
    unsigned token = code[0] & 0xFF;
    for (unsigned i = 0; i < layout->list_count; i++) {
        if (token == INSN_bin_create) {
            if (!check_segment(v, module, rows + 2 * i)) return false;
            continue;
        }
        int32_t distance = token == INSN_select_dense ? labels[i] : (int32_t)rows[i] >> 16;
        if (token == INSN_select_hash && !rows[i]) continue;
        bool by_value = token == INSN_select_linear || token == INSN_select_hash;
        uint32_t index = by_value ? rows[i] & 0xFFFF : 1;
        if (!check(v, is_start(v, module, (int64_t)offset + distance), "a label") ||
            !check(v, index && index < module->pool_words, "a pool index"))
            return false;
    }
    return true;
}

static bool check_insn(const Module *module, uint32_t offset, const InsnLayout *layout,
                       void *context)
{
    Verify *v = context;
    unsigned token = module->base[offset] & 0xFF;
    for (unsigned i = 0; i < layout->count; i++) {
        if (!check_operand(v, module, offset, &layout->operands[i])) return false;
    }
    if (token == INSN_func_info) {
        const Function *f = module_function_at(module, module->base + offset);
        uint32_t entry = module->base[offset + 1];
        return check(v, entry == entry_word(f->offset, f->arity) && f->offset == offset + 2,
                     "an entry word");
    }
    return layout->list == 'S'   ? check_list(v, module, offset, layout)
           : layout->list == 'T' ? check_table(v, module, offset, layout)
                                 : true;
}

bool module_verify(const Module *module, uint32_t *offset, const char **what)
{
    size_t bytes = (module->code_words / 32 + 1) * sizeof(uint32_t);
    Verify v = {memory_alloc(bytes), NULL};
    *offset = 0;
    *what = "out of memory";
    if (!v.starts) return false;
    memset(v.starts, 0, bytes);
    bool sound = module_each_insn(module, mark, &v, offset) &&
                 module_each_insn(module, check_insn, &v, offset);
    memory_free(v.starts, bytes);
    *what = v.what ? v.what : "no instruction";
    return sound;
}
