/* SPDX-License-Identifier: Apache-2.0 */
/* sample.h - a .beam file for the tests of code/, and copies of it to damage. */
#ifndef TESTS_UNIT_CODE_SAMPLE_H
#define TESTS_UNIT_CODE_SAMPLE_H

#include "base/epoch.h"
#include "code/beam.h"
#include "code/module.h"
#include "terms.h"
#include "sample.inc"

static inline void sample_start(void)
{
    epoch_init();
    epoch_enter(0);
    terms_start();
    if (!literal_init((size_t)1 << 24) || !module_init()) abort();
}

static inline Module *sample_prepare(LoadError *error)
{
    return module_prepare(sample_beam, sizeof sample_beam, NULL, error);
}

/* The first instruction `op` of the file: where its operands start, from the file's start. */
static inline size_t sample_operands(unsigned op)
{
    BeamFile file;
    BeamError error;
    BeamReader reader;
    BeamInsn insn;
    size_t found = 0;
    if (!beam_open(&file, sample_beam, sizeof sample_beam, NULL, &error)) abort();
    beam_reader_init(&reader, &file, 2, 3);
    while (!found && beam_next(&reader, &insn, &error)) {
        if (insn.op == op) found = (size_t)(file.code.bytes - sample_beam) + insn.offset + 1;
    }
    beam_reader_done(&reader);
    beam_close(&file);
    return found;
}

#endif
