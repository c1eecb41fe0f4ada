/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - mote check: loads, lowers and verifies .beam files; counts instructions. */

#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "code/disasm.h"
#include "command.h"
#include "file.h"
#include "prepare.h"

typedef struct Pair {
    uint32_t count;
    uint8_t first, second;
} Pair;

static struct {
    unsigned files, failed;
    bool terminal, pairs;
    uint64_t generic_bytes, lowered_bytes, pool_words, points, block_bytes, wide;
    uint64_t tokens[INSN_COUNT];
    Pair pair[256 * 256];
    int before;
} total;

static void report(const char *path, const char *text)
{
    if (total.terminal) fprintf(stderr, "\r\033[K");
    printf("%s: %s\n", path, text);
    total.failed++;
}

static void progress(const char *path)
{
    if (total.terminal && total.files % 16 == 0)
        fprintf(stderr, "\r\033[K%u %s", total.files, path);
}

static void mark(const Module *module, uint8_t *targets, int64_t offset)
{
    if (offset >= 0 && offset < module->code_words) targets[offset] = 1;
}

/* Marks what the instruction's labels lead to. */
static bool mark_targets(const Module *module, uint32_t offset, const InsnLayout *layout,
                         void *targets)
{
    unsigned token = module->base[offset] & 0xFF;
    const uint32_t *rows = module->base + offset + layout->fixed_words;
    for (unsigned i = 0; i < layout->count; i++) {
        const InsnOperand *o = &layout->operands[i];
        if (strchr("ljL", o->letter)) mark(module, targets, (int64_t)offset + o->value);
        if (o->letter == 'a') mark(module, targets, o->value);
    }
    if (layout->list != 'T' || token == INSN_bin_create) return true;
    for (unsigned i = 0; i < layout->list_count; i++) {
        int32_t distance = (int32_t)rows[i / 2] << (i % 2 ? 0 : 16) >> 16;
        if (token != INSN_select_dense) distance = (int32_t)rows[i] >> 16;
        mark(module, targets, (int64_t)offset + distance);
    }
    return true;
}

/* A pair stands in one basic block: no label is between its parts, and no return address. */
static bool count_insn(const Module *module, uint32_t offset, const InsnLayout *layout,
                       void *context)
{
    const uint8_t *targets = context;
    int token = module->base[offset] & 0xFF;
    bool starts = token == INSN_func_info || (targets && targets[offset]);
    total.tokens[token]++;
    if (total.before >= 0 && !starts) total.pair[total.before * 256 + token].count++;
    bool returns_here = layout->count && layout->operands[layout->count - 1].letter == 'E';
    total.before = returns_here || token == INSN_func_info ? -1 : token;
    return true;
}

/* Bytes of the instructions in the file's Code chunk. */
static uint64_t code_bytes(const File *file)
{
    for (size_t at = 12; at + 8 < file->size;) {
        const uint8_t *p = file->bytes + at;
        uint32_t size = (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7];
        if (!memcmp(p, "Code", 4)) return size;
        at += 8 + ((size + 3) & ~3u);
    }
    return 0;
}

static void note_module(const char *path, const File *file, const Module *module)
{
    char text[200];
    uint32_t offset;
    const char *what;
    if (!module_verify(module, &offset, &what)) {
        snprintf(text, sizeof text, "lowered code, word %u: %s is wrong", offset, what);
        report(path, text);
        return;
    }
    total.before = -1;
    uint8_t *targets = total.pairs ? calloc(module->code_words + 1, 1) : NULL;
    if (targets) module_each_insn(module, mark_targets, targets, &offset);
    module_each_insn(module, count_insn, targets, &offset);
    free(targets);
    total.generic_bytes += code_bytes(file);
    total.lowered_bytes += module->code_words * 4ull;
    total.pool_words += module->pool_words;
    total.points += module->point_count;
    total.block_bytes += module->block_bytes;
}

static void check_file(const char *path)
{
    File file;
    LoadError error;
    total.files++;
    progress(path);
    if (!file_read(path, &file)) {
        report(path, "cannot be read");
        return;
    }
    Module *module = prepare_module(&file, &error);
    if (module) {
        note_module(path, &file, module);
        module_discard(module);
    } else {
        report(path, error.text);
    }
    file_release(&file);
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    size_t size = strlen(path);
    (void)status, (void)walk;
    if (kind == FTW_F && size > 5 && !strcmp(path + size - 5, ".beam")) check_file(path);
    return 0;
}

static int by_count(const void *a, const void *b)
{
    const Pair *p = a, *q = b;
    return p->count < q->count ? 1 : p->count > q->count ? -1 : 0;
}

static void print_pairs(void)
{
    for (unsigned i = 0; i < 256 * 256; i++) {
        total.pair[i].first = (uint8_t)(i / 256);
        total.pair[i].second = (uint8_t)i;
    }
    qsort(total.pair, 256 * 256, sizeof *total.pair, by_count);
    printf("\nPairs:\n");
    for (unsigned i = 0; i < 250 && total.pair[i].count; i++)
        printf("%10u  %s + %s\n", total.pair[i].count, insn_name(total.pair[i].first),
               insn_name(total.pair[i].second));
}

static void print_counts(void)
{
    uint64_t all = 0;
    unsigned order[INSN_COUNT], never = 0;
    for (unsigned i = 0; i < INSN_COUNT; i++) {
        order[i] = i;
        all += total.tokens[i];
    }
    for (unsigned i = 0; i < INSN_COUNT; i++) {
        for (unsigned k = i + 1; k < INSN_COUNT; k++) {
            if (total.tokens[order[k]] <= total.tokens[order[i]]) continue;
            unsigned token = order[i];
            order[i] = order[k];
            order[k] = token;
        }
        uint64_t count = total.tokens[order[i]];
        if (count)
            printf("%10llu %5.2f %%  %s\n", (unsigned long long)count,
                   100.0 * (double)count / (double)all, insn_name(order[i]));
        never += !count;
    }
    printf("\nNever:");
    for (unsigned i = 0; i < INSN_COUNT; i++) {
        if (!total.tokens[i]) printf(" %s", insn_name(i));
    }
    printf("\n%llu instructions; %u kinds never\n", (unsigned long long)all, never);
}

static int finish(void)
{
    if (total.terminal) fprintf(stderr, "\r\033[K");
    if (total.files - total.failed > 0) {
        if (total.files > 1) print_counts();
        if (total.pairs) print_pairs();
        printf("Code: %llu bytes generic, %llu lowered, ratio %.3f; pool %llu words, %llu points; "
               "%llu bytes in all\n",
               (unsigned long long)total.generic_bytes, (unsigned long long)total.lowered_bytes,
               (double)total.lowered_bytes /
                   (double)(total.generic_bytes ? total.generic_bytes : 1),
               (unsigned long long)total.pool_words, (unsigned long long)total.points,
               (unsigned long long)total.block_bytes);
    }
    printf("%u modules, %u refused\n", total.files, total.failed);
    return total.failed || !total.files ? EXIT_FAILED : EXIT_OK;
}

int command_check(int argc, char **argv)
{
    int first = 1;
    if (first < argc && !strcmp(argv[first], "--pairs")) {
        total.pairs = true;
        first++;
    }
    if (first == argc) return command_usage("check", "which files?", "");
    if (argv[first][0] == '-') return command_usage("check", "unknown option ", argv[first]);
    if (!prepare_init()) {
        fprintf(stderr, "mote check: out of memory\n");
        return EXIT_FAILED;
    }
    total.terminal = isatty(2);
    for (int i = first; i < argc; i++) {
        struct stat status;
        if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode)) {
            nftw(argv[i], visit, 32, FTW_PHYS);
        } else {
            check_file(argv[i]);
        }
    }
    return finish();
}
