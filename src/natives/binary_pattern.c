/* SPDX-License-Identifier: Apache-2.0 */
/* binary_pattern.c - making the patterns of binary_pattern.h. */
#include "natives/binary_pattern.h"
#include "base/memory.h"
#include "natives/two_way.h"
#include "term/span.h"

static void pattern_destroy(Resource *resource)
{
    Pattern *pattern = (Pattern *)resource;
    memory_free(pattern, pattern->bytes);
}
const ResourceType pattern_type = {"pattern", pattern_destroy};

static void set_needle(Pattern *pattern, const uint8_t *needle, size_t size)
{
    pattern->kind = size == 1 ? PATTERN_BYTE : PATTERN_BYTES;
    pattern->is_one = true;
    pattern->needle = needle;
    pattern->size = size;
    pattern->two_way = NULL;
}

void pattern_borrow(Pattern *pattern, const uint8_t *needle, size_t size)
{
    pattern->bytes = 0;
    set_needle(pattern, needle, size);
}

static Pattern *alloc(size_t extra)
{
    size_t bytes = sizeof(Pattern) + extra;
    Pattern *pattern = memory_alloc(bytes);
    if (!pattern) return NULL;
    memset(pattern, 0, sizeof *pattern);
    pattern->bytes = bytes;
    resource_init(&pattern->resource, &pattern_type);
    return pattern;
}

/* ---- One ---- */

static Pattern *make_one(Term binary)
{
    BitSpan span = bitstring_span(binary);
    size_t size = span.bit_size / 8;
    Pattern *pattern = alloc(sizeof(TwoWay) + size);
    if (!pattern) return NULL;
    TwoWay *two_way = (TwoWay *)(pattern + 1);
    uint8_t *needle = (uint8_t *)(two_way + 1);
    span_copy(span, needle, size);
    set_needle(pattern, needle, size);
    if (size == 1) return pattern;
    two_way_init(two_way, needle, size);
    pattern->two_way = two_way;
    return pattern;
}

/* ---- Several ---- */

static Pattern *make_set(Term list)
{
    Pattern *pattern = alloc(0);
    if (!pattern) return NULL;
    pattern->kind = PATTERN_SET;
    for (; is_cons(list); list = cons_tail(list))
        pattern->automaton.class_of[span_byte(bitstring_span(cons_head(list)), 0)] = 1;
    return pattern;
}

/* Class 0 is of the bytes that no pattern has. */
static void set_classes(Automaton *a, Term list)
{
    uint8_t used[256] = {0};
    unsigned count = 0;
    for (; is_cons(list); list = cons_tail(list)) {
        BitSpan span = bitstring_span(cons_head(list));
        for (size_t i = 0; i < span.bit_size / 8; i++) used[span_byte(span, i)] = 1;
    }
    for (unsigned i = 0; i < 256; i++) count += used[i];
    /* All 256 in use: no class stands for the others, and one byte may have number 0. */
    unsigned number = count < 256 ? 1 : 0;
    a->classes = count + number;
    for (unsigned i = 0; i < 256; i++) a->class_of[i] = used[i] ? (uint8_t)number++ : 0;
}

static void add_to_trie(Automaton *a, Term binary)
{
    BitSpan span = bitstring_span(binary);
    uint32_t node = 0;
    size_t size = span.bit_size / 8;
    for (size_t i = 0; i < size; i++) {
        uint32_t *next = &a->next[(size_t)node * a->classes + a->class_of[span_byte(span, i)]];
        if (*next == 0) {
            *next = a->nodes++;
            a->depth[*next] = a->depth[node] + 1;
        }
        node = *next;
    }
    a->match[node] = (uint32_t)size;
}

/* Completes the trie, nodes in order of depth: where it ends, go on as the longest proper suffix
   that is a node would. `queue` and `suffix` have room for all nodes. */
static void complete(Automaton *a, uint32_t *queue, uint32_t *suffix)
{
    size_t head = 0, tail = 0;
    queue[tail++] = 0;
    suffix[0] = 0;
    while (head < tail) {
        uint32_t node = queue[head++];
        uint32_t *next = a->next + (size_t)node * a->classes;
        const uint32_t *other = a->next + (size_t)suffix[node] * a->classes;
        if (!a->match[node]) a->match[node] = a->match[suffix[node]];
        for (uint32_t c = 0; c < a->classes; c++) {
            if (next[c]) {
                suffix[next[c]] = node ? other[c] : 0;
                queue[tail++] = next[c];
            } else if (node) {
                next[c] = other[c];
            }
        }
    }
}

static Pattern *make_many(Term list, size_t total)
{
    Automaton a = {0};
    size_t nodes = total + 1;
    set_classes(&a, list);
    if (nodes > UINT32_MAX || nodes > (SIZE_MAX >> 4) / (a.classes + 4)) return NULL;
    size_t words = nodes * (a.classes + 2), scratch = 2 * nodes * sizeof(uint32_t);
    Pattern *pattern = alloc(words * sizeof(uint32_t));
    uint32_t *queue = memory_alloc(scratch);
    if (pattern && queue) {
        a.next = (uint32_t *)(pattern + 1);
        memset(a.next, 0, words * sizeof(uint32_t));
        a.depth = a.next + nodes * a.classes;
        a.match = a.depth + nodes;
        a.nodes = 1;
        for (; is_cons(list); list = cons_tail(list)) add_to_trie(&a, cons_head(list));
        complete(&a, queue, queue + nodes);
        pattern->kind = PATTERN_MANY;
        pattern->automaton = a;
    } else if (pattern) {
        resource_release(&pattern->resource);
        pattern = NULL;
    }
    if (queue) memory_free(queue, scratch);
    return pattern;
}

/* ---- Any ---- */

static bool is_needle(Term t) { return is_binary(t) && bitstring_bits(t) > 0; }

Pattern *pattern_make(Term t, bool *bad)
{
    size_t total = 0, longest = 0, count = 0;
    *bad = false;
    if (is_needle(t)) return make_one(t);
    Term list = t;
    for (; is_cons(list); list = cons_tail(list), count++) {
        if (!is_needle(cons_head(list))) break;
        size_t size = bitstring_bits(cons_head(list)) / 8;
        total += size;
        if (size > longest) longest = size;
    }
    *bad = !is_nil(list) || count == 0;
    if (*bad) return NULL;
    if (count == 1) return make_one(cons_head(t));
    return longest == 1 ? make_set(t) : make_many(t, total);
}
