/* SPDX-License-Identifier: Apache-2.0 */
/* identifier.c - what pids, ports and references are made of. */
#include "term/identifier.h"
#include "term/atom.h"

static Identifier of_number(uintptr_t number, unsigned low_bits)
{
    Identifier id = {.node = node_self(), .count = 2};
    uint64_t wide = number;
    id.words[0] = (uint32_t)(wide & (((uint64_t)1 << low_bits) - 1));
    id.words[1] = (uint32_t)(wide >> low_bits);
    return id;
}

static Identifier of_external(const External *external)
{
    Identifier id = {.node = external->node, .count = 2};
    if (small_value(external->tag) == EXTERNAL_REF) id.count = external->data[5];
    for (uint32_t i = 0; i < id.count && i < REF_MAX_WORDS; i++) id.words[i] = external->data[i];
    return id;
}

Identifier identifier_of(Term t)
{
    if (is_local_pid(t)) return of_number(pid_number(t), PID_ID_BITS);
    if (is_local_port(t)) return of_number(pid_number(t), 32);
    const Term *p = boxed_ptr(t);
    Kind kind = header_kind(p[0]);
    if (kind == KIND_EXTERNAL) return of_external((const External *)p);
    const uint32_t *number =
        kind == KIND_REF ? ((const Ref *)p)->number : ((const ResourceRef *)p)->number;
    return (Identifier){node_self(), {number[0], number[1], number[2]}, 3};
}

int node_compare(const Node *a, const Node *b)
{
    if (a == b) return 0;
    if (a->name != b->name) return atom_compare(a->name, b->name);
    return a->creation < b->creation ? -1 : a->creation > b->creation;
}
