/* SPDX-License-Identifier: Apache-2.0 */
/* coverage.c - the list of natives that a run has called, for the tests. */

#include "vm/coverage.h"
#include <stdio.h>
#include <stdlib.h>
#include "command.h"
#include "mote/native.h"

static void write_row(const Native *native, bool good, bool bad, void *out)
{
    size_t size;
    const char *module = atom_text(make_atom(native->module), &size);
    fprintf(out, "%.*s:%s/%u %s\n", (int)size, module, native->name, native->arity,
            good && bad ? "both" : good ? "good" : "bad");
}

void coverage_write(void)
{
    const char *path = getenv("MOTE_NATIVES_LOG");
    FILE *out = path ? fopen(path, "a") : NULL;
    if (!out) return;
    coverage_each(write_row, out);
    fclose(out);
}
