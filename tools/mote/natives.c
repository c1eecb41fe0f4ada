/* SPDX-License-Identifier: Apache-2.0 */
/* natives.c - mote natives: the functions that are written in C. */

/* Listed are those that a conformance program calls with good and with bad arguments: the tests
   write tested.def. --untested lists the others. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "mote/native.h"

static int compare_rows(const void *a, const void *b)
{
    const Native *x = *(const Native *const *)a, *y = *(const Native *const *)b;
    int order = atom_compare(make_atom(x->module), make_atom(y->module));
    if (!order) order = strcmp(x->name, y->name);
    return order ? order : (int)x->arity - (int)y->arity;
}

/* The natives that tests cover. */
static const char *const tested[] = {
#define TESTED(text) text,
#include "tested.def"
#undef TESTED
    NULL,
};

static bool contains(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name)) names++;
    return *names;
}

static void print_row(const Native *row, bool untested)
{
    static const char *const classes[] = {"constant", "charged", "yields"};
    char name[200];
    size_t size;
    const char *module = atom_text(make_atom(row->module), &size);
    snprintf(name, sizeof name, "%.*s:%s/%u", (int)size, module, row->name, row->arity);
    if (contains(tested, name) != untested)
        printf("%s %s\n", name, classes[NATIVE_CLASS(row)]);
}

int command_natives(int argc, char **argv)
{
    size_t count = 0;
    bool untested = argc == 2 && !strcmp(argv[1], "--untested");
    if (argc > 1 && !untested) return command_usage("natives", "unexpected ", argv[argc - 1]);
    for (const NativeModule *const *m = native_modules; *m; m++) count += (*m)->count;
    const Native **rows = malloc(count * sizeof *rows);
    if (!rows) return EXIT_FAILED;
    count = 0;
    for (const NativeModule *const *m = native_modules; *m; m++) {
        for (size_t i = 0; i < (*m)->count; i++) rows[count++] = &(*m)->natives[i];
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) print_row(rows[i], untested);
    free(rows);
    return EXIT_OK;
}
