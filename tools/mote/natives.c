/* SPDX-License-Identifier: Apache-2.0 */
/* natives.c - mote natives: the functions that are written in C. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "mote/native.h"

static int compare_rows(const void *a, const void *b)
{
    const Native *x = *(const Native *const *)a, *y = *(const Native *const *)b;
    int order = strcmp(x->module, y->module);
    if (!order) order = strcmp(x->name, y->name);
    return order ? order : (int)x->arity - (int)y->arity;
}

int command_natives(int argc, char **argv)
{
    static const char *const classes[] = {"constant", "charged", "yields"};
    size_t count = 0;
    if (argc > 1) {
        fprintf(stderr, "mote natives: unexpected '%s'\n", argv[1]);
        return EXIT_USAGE;
    }
    for (const NativeModule *const *m = native_modules; *m; m++) count += (*m)->count;
    const Native **rows = malloc(count * sizeof *rows);
    if (!rows) return EXIT_FAILED;
    count = 0;
    for (const NativeModule *const *m = native_modules; *m; m++) {
        for (size_t i = 0; i < (*m)->count; i++) rows[count++] = &(*m)->natives[i];
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        printf("%s:%s/%u %s\n", rows[i]->module, rows[i]->name, rows[i]->arity, classes[rows[i]->class]);
    free(rows);
    return EXIT_OK;
}
