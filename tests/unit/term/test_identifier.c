/* SPDX-License-Identifier: Apache-2.0 */
/* test_identifier.c - pids, ports and references taken apart. */

#include "term/identifier.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "term/atom.h"

static int start(void **state)
{
    (void)state;
    return atom_init(1000) && node_init() ? 0 : -1;
}

static void assert_words(Term t, const Node *node, uint32_t count, const uint32_t *words)
{
    Identifier id = identifier_of(t);
    assert_ptr_equal(node, id.node);
    assert_int_equal(count, id.count);
    for (uint32_t i = 0; i < REF_MAX_WORDS; i++)
        assert_int_equal(i < count ? words[i] : 0, id.words[i]);
}

static void test_local(void **state)
{
    (void)state;
    assert_words(make_local_pid(5), node_self(), 2, (uint32_t[]){5, 0});
    assert_words(make_local_pid(((uintptr_t)9 << PID_ID_BITS) + 5), node_self(), 2,
                 (uint32_t[]){5, 9});
    assert_words(make_local_pid(((uintptr_t)1 << 28) - 1), node_self(), 2,
                 (uint32_t[]){32767, 8191});
    assert_words(make_local_port(5), node_self(), 2, (uint32_t[]){5, 0});
    Ref ref = {.header = make_header(KIND_REF, REF_SIZE), .number = {1, 2, 3}, .owner = TERM_NIL};
    assert_words(make_boxed(&ref.header), node_self(), 3, (uint32_t[]){1, 2, 3});
    ResourceRef magic = {.header = make_header(KIND_RESOURCE, RESOURCE_REF_SIZE),
                         .number = {4, 5, 6}};
    assert_words(make_boxed(&magic.header), node_self(), 3, (uint32_t[]){4, 5, 6});
    assert_true(is_ref(make_boxed(&magic.header)));
}

static External external(Node *node, Word tag)
{
    return (External){
        .header = make_header(KIND_EXTERNAL, EXTERNAL_SIZE), .node = node, .tag = make_small(tag)};
}

static void test_external(void **state)
{
    (void)state;
    Node *node = node_intern(A(ok), 4);
    External pid = external(node, EXTERNAL_PID), port = external(node, EXTERNAL_PORT);
    External ref = external(node, EXTERNAL_REF);
    uint32_t words[] = {11, 12, 13, 14, 15, 5};
    memcpy(pid.data, words, 8);
    memcpy(port.data, words, 8);
    memcpy(ref.data, words, sizeof words);
    assert_words(make_boxed(&pid.header), node, 2, words);
    assert_words(make_boxed(&port.header), node, 2, words);
    assert_words(make_boxed(&ref.header), node, 5, words);
    assert_true(is_pid(make_boxed(&pid.header)) && !is_ref(make_boxed(&pid.header)));
    assert_true(is_port(make_boxed(&port.header)) && is_ref(make_boxed(&ref.header)));
}

static void test_nodes(void **state)
{
    (void)state;
    Term a = atom_intern_z("a@b"), b = atom_intern_z("b@b");
    Node *sorted[] = {node_intern(a, 1), node_intern(a, 2), node_intern(b, 0), node_intern(b, 9)};
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++)
            assert_int_equal(i < j ? -1 : i > j, node_compare(sorted[i], sorted[j]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_local),
        cmocka_unit_test(test_external),
        cmocka_unit_test(test_nodes),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
