/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_node.c - this node and others. There are no others yet: nothing connects. */

#include "heap/map.h"
#include "natives/support.h"
#include "term/node.h"

static Term erlang_node_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return node_self()->name;
}

static Term erlang_nodes_0(Process *p, Term *args)
{
    (void)p;
    (void)args;
    return TERM_NIL;
}

/* A kind of nodes, or a list of kinds; *this: this node is among them. */
static bool read_kind(Term kind, bool *this)
{
    if (atom_is(kind, "this") || atom_is(kind, "known")) *this = true;
    else if (!atom_is(kind, "visible") && !atom_is(kind, "hidden") && !atom_is(kind, "connected"))
        return false;
    return true;
}

static bool read_kinds(Term kinds, bool *this)
{
    *this = false;
    if (is_atom(kinds)) return read_kind(kinds, this);
    for (; is_cons(kinds); kinds = cons_tail(kinds)) {
        if (!read_kind(cons_head(kinds), this)) return false;
    }
    return is_nil(kinds);
}

static Term erlang_nodes_1(Process *p, Term *args)
{
    bool this;
    if (!read_kinds(args[0], &this)) return badarg(p);
    return this ? make_list(p, &node_self()->name, 1, TERM_NIL) : TERM_NIL;
}

/* The infos that a map of options asks for, in the map they are told in. False: no options. */
static bool read_infos(Process *p, Term options, Term *info)
{
    MapCursor cursor;
    Term key, value, pairs[4];
    size_t count = 0;
    if (!is_map(options) || map_size(options) > 2) return false;
    map_cursor_init(&cursor, options);
    while (map_cursor_next(&cursor, &key, &value)) {
        bool is_id = atom_is(key, "connection_id");
        if ((!is_id && !atom_is(key, "node_type")) || !is_boolean(value)) return false;
        if (value == A(false)) continue;
        pairs[2 * count] = key;
        pairs[2 * count + 1] = is_id ? A(undefined) : atom_intern_z("this");
        count++;
    }
    *info = map_from_pairs(&p->heap, pairs, count, NULL);
    return true;
}

/* [{Node, Info}] */
static Term erlang_nodes_2(Process *p, Term *args)
{
    bool this;
    Term info;
    if (!read_kinds(args[0], &this) || !read_infos(p, args[1], &info)) return badarg(p);
    if (!this) return TERM_NIL;
    if (is_none(info)) return native_memory(p);
    Term pair = make_tuple(p, 2, node_self()->name, info);
    return is_none(pair) ? TERM_NONE : make_list(p, &pair, 1, TERM_NIL);
}

static Term monitor_node(Process *p, Term *args)
{
    if (!is_atom(args[0])) return badarg(p);
    if (args[0] != node_self()->name) return raise_error(p, A(notalive));
    return is_boolean(args[1]) ? A(true) : badarg(p);
}

static Term erlang_monitor_node_2(Process *p, Term *args) { return monitor_node(p, args); }

static Term erlang_monitor_node_3(Process *p, Term *args)
{
    Term l = args[2];
    for (; is_cons(l); l = cons_tail(l)) {
        if (!atom_is(cons_head(l), "allow_passive_connect")) return badarg_cause(p, A(badopt));
    }
    return is_nil(l) ? monitor_node(p, args) : badarg_cause(p, A(badopt));
}

/* erts_internal:get_creation() -> undefined while the node is not alive */
static Term erts_internal_get_creation_0(Process *p, Term *args)
{
    (void)args;
    uint32_t creation = node_self()->creation;
    return creation ? make_unsigned(p, creation) : A(undefined);
}

static const Native erlang_node_natives[] = {
    NATIVE(erlang, node, 0, CONSTANT),
    NATIVE(erlang, nodes, 0, CONSTANT),
    NATIVE(erlang, nodes, 1, CONSTANT),
    NATIVE(erlang, nodes, 2, CONSTANT),
    NATIVE(erlang, monitor_node, 2, CONSTANT),
    NATIVE(erlang, monitor_node, 3, CONSTANT),
    NATIVE(erts_internal, get_creation, 0, CONSTANT),
};
NATIVE_TABLE(erlang_node);
