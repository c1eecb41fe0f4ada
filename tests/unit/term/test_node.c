/* SPDX-License-Identifier: Apache-2.0 */
/* test_node.c - nodes by name and creation. */

#include "term/node.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/memory.h"
#include "term/atom.h"

static void test_nodes(void **state)
{
    (void)state;
    assert_true(atom_init(1000) && node_init());
    Node *self = node_self();
    assert_true(self->name == A(nonode_at_nohost) && self->creation == 0);
    Term name = atom_intern_z("a@b");
    Node *node = node_intern(name, 7);
    assert_true(node->name == name && node->creation == 7);
    assert_ptr_equal(node, node_intern(name, 7));
    assert_ptr_not_equal(node, node_intern(name, 8));
    assert_ptr_equal(self, node_intern(A(nonode_at_nohost), 0));
    node_self_set(node);
    assert_ptr_equal(node, node_self());
    for (uint32_t i = 0; i < 100; i++) assert_int_equal(i, node_intern(A(ok), i)->creation);
    memory_fail_after(1);
    assert_null(node_intern(A(error), 1));
    memory_fail_after(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nodes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
