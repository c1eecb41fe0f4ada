/* SPDX-License-Identifier: Apache-2.0 */
/* coverage.c - a byte for each row of the tables of natives. */

#include "vm/coverage.h"
#include <stdatomic.h>
#include "mote/native.h"

enum { COVERAGE_ROWS = 1024, COVERAGE_GOOD = 1, COVERAGE_BAD = 2 };
static _Atomic(uint8_t) marks[COVERAGE_ROWS];

/* Number of the row in the order of the tables; `native` NULL: of all rows. */
static size_t row_number(const Native *native)
{
    size_t before = 0;
    for (const NativeModule *const *m = native_modules; *m; m++) {
        if (native >= (*m)->natives && native < (*m)->natives + (*m)->count)
            return before + (size_t)(native - (*m)->natives);
        before += (*m)->count;
    }
    return before;
}

void coverage_note(const Native *native, bool good)
{
    size_t row = row_number(native);
    if (row < COVERAGE_ROWS) atomic_fetch_or(&marks[row], good ? COVERAGE_GOOD : COVERAGE_BAD);
}

void coverage_each(void (*visit)(const Native *native, bool good, bool bad, void *context),
                   void *context)
{
    size_t row = 0;
    for (const NativeModule *const *m = native_modules; *m; m++) {
        for (size_t i = 0; i < (*m)->count && row < COVERAGE_ROWS; i++, row++) {
            uint8_t mark = atomic_load(&marks[row]);
            if (mark) visit(&(*m)->natives[i], mark & COVERAGE_GOOD, mark & COVERAGE_BAD, context);
        }
    }
}
