/* SPDX-License-Identifier: Apache-2.0 */
/* dis.c - mote dis: generic and lowered code side by side. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "code/beam.h"
#include "code/disasm.h"
#include "command.h"
#include "mote/os/zlib.h"
#include "prepare.h"
#include "term/atom.h"

static void write_out(Sink *sink, const char *text, size_t size)
{
    (void)sink;
    fwrite(text, 1, size, stdout);
}

/* ---- Generic code ---- */

static void print_generic_operand(const BeamFile *file, const BeamOperand *o)
{
    long long value = (long long)o->value;
    switch (o->kind) {
    case OPERAND_NIL: printf("[]"); break;
    case OPERAND_ATOM:
        printf("'%.*s'", (int)file->atoms[o->value].size,
               (const char *)file->atoms[o->value].bytes);
        break;
    case OPERAND_X: printf("x%lld", value); break;
    case OPERAND_Y: printf("y%lld", value); break;
    case OPERAND_LABEL: printf("f%lld", value); break;
    case OPERAND_LITERAL: printf("literal %lld", value); break;
    case OPERAND_FLOAT: printf("fr%lld", value); break;
    case OPERAND_LIST: printf("list %lld:", value); break;
    case OPERAND_BIG: printf("a big integer of %zu bytes", o->big.size); break;
    default: printf("%lld", value); break;
    }
    if (o->type) printf(":t%u", o->type - 1);
}

static bool is_import(unsigned op, size_t operand)
{
    switch (op) {
    case GENERIC_call_ext:
    case GENERIC_call_ext_last:
    case GENERIC_call_ext_only:
    case GENERIC_bif1:
    case GENERIC_bif2:
    case GENERIC_bif3: return operand == 1;
    case GENERIC_bif0: return operand == 0;
    case GENERIC_gc_bif1:
    case GENERIC_gc_bif2:
    case GENERIC_gc_bif3: return operand == 2;
    default: return false;
    }
}

static void print_import(const BeamFile *file, const BeamOperand *o)
{
    BeamImport row;
    BeamError error;
    if (o->value >= file->import_count || !beam_import(file, (uint32_t)o->value, &row, &error))
        return;
    BeamBytes m = file->atoms[row.module], f = file->atoms[row.function];
    printf("%.*s:%.*s/%u", (int)m.size, (const char *)m.bytes, (int)f.size, (const char *)f.bytes,
           row.arity);
}

static const char *const generic_names[GENERIC_MAX] = {
#define GENERIC(number, name, operands) [number] = #name,
#include "code/generic.def"
#undef GENERIC
};

static void print_generic(const BeamFile *file, const BeamInsn *insn)
{
    printf("  . %s", generic_names[insn->op]);
    for (size_t i = 0; i < insn->count; i++) {
        printf(" ");
        if (is_import(insn->op, i)) print_import(file, &insn->operands[i]);
        else print_generic_operand(file, &insn->operands[i]);
    }
    printf("\n");
}

/* ---- Lowered code ---- */

typedef struct Lowered {
    const Module *module;
    uint32_t next, end; /* words of the function at hand */
} Lowered;

static const Point *point_at(const Module *module, uint32_t offset)
{
    return module_point(module, module->base + offset);
}

static bool print_lowered(const Lowered *l)
{
    Sink sink = {write_out};
    InsnLayout layout;
    for (uint32_t at = l->next; at < l->end; at += layout.words) {
        if (!insn_decode(l->module->base + at, l->module->code_words - at, &layout)) {
            printf("%6u  does not decode\n", at);
            return false;
        }
        const Point *point = point_at(l->module, at);
        char frame[16] = "-";
        if (point && point->frame != FRAME_NONE) snprintf(frame, sizeof frame, "%u", point->frame);
        printf("%6u %3s %5u  ", at, frame, point ? point->line : 0);
        insn_print(&sink, l->module, at, &layout);
        printf("\n");
    }
    return true;
}

/* ---- Function by function ---- */

/* `wanted`: NAME, NAME/ARITY, or NULL for all. */
static bool is_wanted(const Module *module, uint32_t function, const char *wanted)
{
    size_t size;
    char arity[8];
    const Function *f = &module->functions[function];
    const char *text = atom_text(f->name, &size);
    snprintf(arity, sizeof arity, "/%u", (unsigned)f->arity);
    return !wanted ||
           (!strncmp(wanted, text, size) && (!wanted[size] || !strcmp(wanted + size, arity)));
}

static bool has_wanted(const Module *module, const char *wanted)
{
    uint32_t i = 0;
    while (i < module->function_count && !is_wanted(module, i, wanted)) i++;
    return i < module->function_count;
}

static void print_function_name(const Module *module, uint32_t function)
{
    Sink sink = {write_out};
    const Function *f = &module->functions[function];
    sink_format(&sink, "\n%T:%T/%u%s\n", module->name, f->name, f->arity,
                f->is_exported ? "" : " (local)");
}

/* Words of function `i` behind its entry word; the last one ends before the `invalid` at the
   end. */
static Lowered lowered_function(const Module *module, uint32_t i)
{
    uint32_t end = module->code_words - 1;
    if (i + 1 < module->function_count) end = module->functions[i + 1].offset - 2;
    return (Lowered){module, module->functions[i].offset, end};
}

static bool print_functions(const BeamFile *file, const Module *module, const char *name)
{
    BeamReader reader;
    BeamInsn insn;
    BeamError error;
    uint32_t function = 0;
    bool wanted = false, sound = true;
    beam_reader_init(&reader, file, 1 + FLOAT_WORDS, 1 + FUN_SIZE);
    while (beam_next(&reader, &insn, &error)) {
        bool ends = insn.op == GENERIC_func_info || insn.op == GENERIC_int_code_end;
        if (ends && wanted) {
            Lowered l = lowered_function(module, function - 1);
            sound &= print_lowered(&l);
        }
        if (insn.op == GENERIC_func_info) {
            wanted = is_wanted(module, function, name);
            if (wanted) print_function_name(module, function);
            function++;
        }
        if (wanted && insn.op != GENERIC_int_code_end) print_generic(file, &insn);
    }
    beam_reader_done(&reader);
    return sound;
}

static int failed(const char *path, const char *why)
{
    fprintf(stderr, "mote dis: %s: %s\n", path, why);
    return EXIT_FAILED;
}

static int disassemble(const char *path, const File *file, const char *name)
{
    BeamFile beam;
    BeamError why;
    LoadError error;
    const char *what;
    uint32_t offset;
    Module *module = prepare_module(file, &error);
    if (!module) return failed(path, error.text);
    if (!has_wanted(module, name)) {
        module_discard(module);
        return failed(path, "it has no such function");
    }
    bool sound = beam_open(&beam, file->bytes, file->size, os_inflate, &why);
    if (sound) {
        sound = print_functions(&beam, module, name);
        beam_close(&beam);
    }
    if (!module_verify(module, &offset, &what)) {
        fprintf(stderr, "mote dis: word %u: %s is wrong\n", offset, what);
        sound = false;
    }
    module_discard(module);
    return sound ? EXIT_OK : EXIT_FAILED;
}

int command_dis(int argc, char **argv)
{
    File file;
    if (argc < 2) return command_usage("dis", "which file?", "");
    if (argv[1][0] == '-') return command_usage("dis", "unknown option ", argv[1]);
    if (argc > 3) return command_usage("dis", "unexpected ", argv[3]);
    if (!prepare_init()) return failed(argv[1], "out of memory");
    if (!file_read(argv[1], &file)) return failed(argv[1], strerror(errno));
    int status = disassemble(argv[1], &file, argv[2]);
    file_release(&file);
    return status;
}
