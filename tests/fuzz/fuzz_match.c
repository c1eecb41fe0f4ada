/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_match.c - match specifications: any term is compiled and run, or refused with a text; what
   it gives does not refer to the row. */

#include <string.h>
#include "base/memory.h"
#include "fuzz.h"
#include "heap/etf.h"
#include "match/compile.h"
#include "match/key.h"
#include "match/run.h"
#include "term/atom.h"
#include "term/compare.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/hash.h"
#include "term/node.h"

static const uint32_t missing[2];

void fuzz_start(void)
{
    FUZZ_CHECK(atom_init(1 << 20) && export_init(missing + 1) && fun_init() && node_init());
    hash_init();
    memory_limit_set((size_t)256 << 20);
}

/* How many errors there were. */
typedef struct Errors {
    MatchReport report; /* first */
    size_t count;
} Errors;

static void count_error(MatchReport *report, const char *text, size_t size)
{
    FUZZ_CHECK(size > 0 && memchr(text, 0, size) == NULL);
    ((Errors *)report)->count++;
}

/* The row in a block of its own, which is gone when the result is looked at. */
static void run_row(const MatchProgram *program, Heap *heap, Term row)
{
    MatchRun run;
    TermBox box;
    if (!term_box(row, &box, true)) return;
    if (match_run_init(&run, program, heap, TERM_NIL)) {
        run.row = box.fragment ? box.fragment->words : NULL;
        run.row_words = box.fragment ? box.fragment->room : 0;
        run.row_has_off_heap = box.off_heap != NULL;
        Term result = match_run(&run, box.term);
        match_run_done(&run);
        off_heap_release(box.off_heap);
        box.off_heap = NULL;
        if (box.fragment) memset(box.fragment->words, 0xAB, box.fragment->room * WORD_BYTES);
        if (!is_none(result)) FUZZ_CHECK(term_compare_exact(result, result) == 0);
        if (!is_none(result)) term_hash(result);
    }
    off_heap_release(box.off_heap);
    if (box.fragment) fragment_free_all(box.fragment);
}

static void look_at_keys(Term clause, Term row)
{
    Term key;
    MatchKey how = match_key(clause, 0, &key);
    if (how == MATCH_KEY_PART) match_key_order(key, row);
    match_keeps_key(clause, 0);
}

static void run_program(MatchProgram *program, Heap *heap, Term spec)
{
    for (Term l = spec; is_cons(l); l = cons_tail(l)) {
        Term clause = cons_head(l);
        look_at_keys(clause, spec);
        run_row(program, heap, tuple_elements(clause)[0]);
        run_row(program, heap, clause);
    }
    resource_release(&program->resource);
}

bool fuzz_one(const uint8_t *bytes, size_t size)
{
    Heap heap = {.min_size = 233};
    EtfInput input = {.bytes = bytes, .size = size, .with_version = true};
    EtfStatus status;
    size_t used;
    bool accepted = false;
    if (!heap_init(&heap, 233)) return false;
    Term spec = etf_decode(&heap, &input, &used, &status);
    if (!is_none(spec)) {
        Errors errors = {{count_error}, 0};
        MatchOutcome outcome;
        MatchProgram *program = match_compile(spec, &errors.report, &outcome);
        FUZZ_CHECK((program != NULL) == (outcome == MATCH_GOOD));
        FUZZ_CHECK(outcome != MATCH_BAD || errors.count > 0);
        accepted = program != NULL;
        if (program) run_program(program, &heap, spec);
    }
    heap_done(&heap);
    return accepted;
}
