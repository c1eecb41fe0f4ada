/* SPDX-License-Identifier: Apache-2.0 */
/* re_options.c - the options of re:compile/2 and re:run/3. */
#include "natives/re_options.h"
#include "natives/support.h"
#include "term/release.h"

enum { LIMIT_DEFAULT = 10000000, LIMIT_MAX = 0x7FFFFFFF };

static bool set(uint32_t *options, uint32_t option)
{
    *options |= option;
    return true;
}

static bool read_compile_atom(Term option, ReOptions *o)
{
    o->compiles = true;
    switch (option) {
    case A(unicode): return set(&o->compile, REGEX_UTF);
    case A(caseless): return set(&o->compile, REGEX_CASELESS);
    case A(multiline): return set(&o->compile, REGEX_MULTILINE);
    case A(dotall): return set(&o->compile, REGEX_DOTALL);
    case A(extended): return set(&o->compile, REGEX_EXTENDED);
    case A(ungreedy): return set(&o->compile, REGEX_UNGREEDY);
    case A(dollar_endonly): return set(&o->compile, REGEX_DOLLAR_ENDONLY);
    case A(firstline): return set(&o->compile, REGEX_FIRSTLINE);
    case A(no_auto_capture): return set(&o->compile, REGEX_NO_AUTO_CAPTURE);
    case A(dupnames): return set(&o->compile, REGEX_DUPNAMES);
    case A(no_start_optimize): return set(&o->compile, REGEX_NO_START_OPTIMIZE);
    case A(ucp): return set(&o->compile, REGEX_UCP);
    case A(never_utf): return set(&o->compile, REGEX_NEVER_UTF);
    case A(export): return o->exports = release_has_pcre2();
    default: return false;
    }
}

static bool read_run_atom(Term option, ReOptions *o)
{
    switch (option) {
    case A(global): o->global = true; break;
    case A(report_errors): o->report_errors = true; break;
    case A(notempty): o->run |= REGEX_NOTEMPTY; break;
    case A(notempty_atstart): o->run |= REGEX_NOTEMPTY_ATSTART; break;
    case A(notbol): o->run |= REGEX_NOTBOL; break;
    case A(noteol): o->run |= REGEX_NOTEOL; break;
    default: return false;
    }
    return o->runs = true;
}

static bool read_atom(Term option, ReOptions *o)
{
    switch (option) {
    case A(anchored):
        o->compile |= REGEX_ANCHORED;
        o->run |= REGEX_ANCHORED;
        return true;
    case A(bsr_anycrlf):
        o->compile |= REGEX_BSR_ANYCRLF;
        return set(&o->newlines, REGEX_BSR_ANYCRLF);
    case A(bsr_unicode):
        o->compile &= ~(uint32_t)REGEX_BSR_ANYCRLF;
        return set(&o->newlines, REGEX_BSR_ANYCRLF);
    default: return read_run_atom(option, o) || read_compile_atom(option, o);
    }
}

static bool read_newline(Term value, ReOptions *o)
{
    uint32_t newline;
    switch (value) {
    case A(lf): newline = REGEX_NEWLINE_LF; break;
    case A(cr): newline = REGEX_NEWLINE_CR; break;
    case A(crlf): newline = REGEX_NEWLINE_CRLF; break;
    case A(anycrlf): newline = REGEX_NEWLINE_ANYCRLF; break;
    case A(any): newline = REGEX_NEWLINE_ANY; break;
    default: return false;
    }
    o->compile = (o->compile & ~(uint32_t)REGEX_NEWLINE_MASK) | newline << REGEX_NEWLINE_SHIFT;
    return set(&o->newlines, REGEX_NEWLINE_MASK);
}

static bool read_limit(Term value, uint32_t *limit)
{
    if (!is_natural(value) || small_value(value) > LIMIT_MAX) return false;
    *limit = (uint32_t)small_value(value);
    return true;
}

static bool read_pair(Term key, Term value, ReOptions *o)
{
    if (key == A(newline)) return read_newline(value, o);
    o->runs = true;
    switch (key) {
    case A(offset):
        if (!is_natural(value)) return false;
        o->offset = (size_t)small_value(value);
        return true;
    case A(capture):
        o->capture = value;
        o->type = TERM_NONE;
        return true;
    case A(match_limit): return o->limited = read_limit(value, &o->limit);
    case A(match_limit_recursion): return o->limited = read_limit(value, &o->depth);
    default: return false;
    }
}

static bool read_option(Term option, ReOptions *o)
{
    if (is_atom(option)) return read_atom(option, o);
    if (!is_tuple(option)) return false;
    const Term *elements = tuple_elements(option);
    if (tuple_arity(option) == 2) return read_pair(elements[0], elements[1], o);
    if (tuple_arity(option) != 3 || !read_pair(elements[0], elements[1], o)) return false;
    o->type = elements[2];
    return elements[0] == A(capture);
}

bool re_options_read(Process *p, Term list, ReOptions *options)
{
    *options = (ReOptions){.compile = release_has_pcre2() ? 0 : REGEX_LATIN1,
                           .limit = LIMIT_DEFAULT,
                           .depth = LIMIT_DEFAULT,
                           .capture = TERM_NONE,
                           .type = TERM_NONE};
    for (; is_cons(list); list = cons_tail(list)) {
        native_charge(p, 1);
        if (!read_option(cons_head(list), options)) return false;
    }
    return is_nil(list);
}
