/* SPDX-License-Identifier: Apache-2.0 */
/* print_leaf.c - terms without parts as text. */
#include "term/print_leaf.h"
#include "base/decimal.h"
#include "base/limbs.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "term/atom.h"
#include "term/export.h"
#include "term/fun.h"
#include "term/identifier.h"

/* ---- Atoms ---- */

static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

static bool is_name_character(uint32_t c)
{
    if (is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_') return true;
    return c >= 0xC0 && c <= 0xDE && c != 0xD7;
}

/* The next code point of an atom's text, which is valid UTF-8. */
static uint32_t next_code(const char **text, const char *end)
{
    uint32_t code = 0;
    *text += utf8_decode((const uint8_t *)*text, (size_t)(end - *text), &code);
    return code;
}

static bool needs_quotes(const char *text, const char *end)
{
    if (text == end || !is_lower(next_code(&text, end))) return true;
    while (text < end) {
        if (!is_name_character(next_code(&text, end))) return true;
    }
    return false;
}

static void write_quoted(Sink *sink, const char *text, const char *end)
{
    static const char escapes[] = "btnvfr"; /* of the codes 8 to 13 */
    while (text < end) {
        const char *start = text;
        uint32_t c = next_code(&text, end);
        if (c == '\'' || c == '\\') {
            sink_format(sink, "\\%c", (int)c);
        } else if (c >= 8 && c <= 13) {
            sink_format(sink, "\\%c", escapes[c - 8]);
        } else if (c < ' ' || (c >= 128 && c < 160)) {
            sink_format(sink, "\\%u%u%u", c >> 6, c >> 3 & 7, c & 7);
        } else {
            sink->write(sink, start, (size_t)(text - start));
        }
    }
}

void atom_print(Sink *sink, Term atom)
{
    size_t size;
    const char *text = atom_text(atom, &size);
    if (!needs_quotes(text, text + size)) {
        sink->write(sink, text, size);
        return;
    }
    sink_text(sink, "'");
    write_quoted(sink, text, text + size);
    sink_text(sink, "'");
}

/* ---- Pids, ports, references, funs ---- */

/* 0 for this node; otherwise the number that OTP shows is one of no meaning elsewhere. */
static unsigned node_number(const Node *node)
{
    return node == node_self() ? 0 : (unsigned)atom_index(node->name);
}

void pid_print(Sink *sink, Term pid)
{
    Identifier id = identifier_of(pid);
    sink_format(sink, "<%u.%lu.%lu>", node_number(id.node), (unsigned long)id.words[0],
                (unsigned long)id.words[1]);
}

void port_print(Sink *sink, Term port)
{
    Identifier id = identifier_of(port);
    sink_format(sink, "#Port<%u.", node_number(id.node));
    sink_u64(sink, (uint64_t)id.words[1] << 32 | id.words[0]);
    sink_text(sink, ">");
}

void ref_print(Sink *sink, Term ref)
{
    Identifier id = identifier_of(ref);
    sink_format(sink, "#Ref<%u", node_number(id.node));
    for (uint32_t i = id.count; i > 0; i--)
        sink_format(sink, ".%lu", (unsigned long)id.words[i - 1]);
    sink_text(sink, ">");
}

void fun_print(Sink *sink, Term fun)
{
    if (is_export_fun(fun)) {
        const Export *e = export_of(fun);
        sink_text(sink, "fun ");
        atom_print(sink, e->module);
        sink_text(sink, ":");
        atom_print(sink, e->function);
        sink_format(sink, "/%lu", (unsigned long)e->arity);
        return;
    }
    const FunEntry *e = fun_ptr(fun)->entry;
    size_t size;
    const char *module = atom_text(e->module, &size);
    sink_text(sink, "#Fun<");
    sink->write(sink, module, size);
    sink_format(sink, ".%lu.%lu>", (unsigned long)e->index, (unsigned long)e->old_uniq);
}

/* ---- Numbers ---- */

static void write_big(Sink *sink, Term big)
{
    size_t count = big_size(big);
    size_t room = limbs_text_size(count * WORD_BITS, 10);
    size_t bytes = count * WORD_BYTES + room;
    Limb *limbs = memory_alloc(bytes);
    if (limbs == NULL) {
        sink_text(sink, "<big integer>");
        return;
    }
    memcpy(limbs, big_limbs(big), count * WORD_BYTES);
    char *digits = (char *)(limbs + count);
    if (big_is_negative(big)) sink_text(sink, "-");
    sink->write(sink, digits, limbs_to_text(digits, limbs, count, 10));
    memory_free(limbs, bytes);
}

static void write_float(Sink *sink, double d)
{
    char text[32];
    sink->write(sink, text, decimal_scientific(d, 6, text));
}

static void write_small(Sink *sink, Word value)
{
    if (value < 0) sink_text(sink, "-");
    sink_u64(sink, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static void print_boxed_leaf(Sink *sink, Term t)
{
    switch (boxed_kind(t)) {
    case KIND_FUN:
    case KIND_EXPORT: fun_print(sink, t); break;
    case KIND_FLOAT: write_float(sink, float_value(t)); break;
    case KIND_BIG_POS:
    case KIND_BIG_NEG: write_big(sink, t); break;
    case KIND_MATCH: sink_text(sink, "<match context>"); break;
    default:
        if (is_pid(t)) pid_print(sink, t);
        else if (is_port(t)) port_print(sink, t);
        else ref_print(sink, t);
        break;
    }
}

void print_leaf(Sink *sink, Term t)
{
    if (is_small(t)) write_small(sink, small_value(t));
    else if (is_boxed(t)) print_boxed_leaf(sink, t);
    else if (is_atom(t)) atom_print(sink, t);
    else if (is_nil(t)) sink_text(sink, "[]");
    else if (is_local_pid(t)) pid_print(sink, t);
    else if (is_local_port(t)) port_print(sink, t);
    else sink_text(sink, "<not a term>");
}
