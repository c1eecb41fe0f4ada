/* SPDX-License-Identifier: Apache-2.0 */
/* re.c - natives of module re; the rest of it is OTP's. */
#include "base/utf8.h"
#include "heap/binary.h"
#include "natives/iolist.h"
#include "natives/re_capture.h"
#include "natives/support.h"
#include "term/release.h"

/* ---- Arguments ---- */

static Term bad_option(Process *p)
{
    return raise_cause(p, A(badarg), A(erl_stdlib_errors), A(badopt));
}

static Term trap_to(Process *p, Term name, const Term *args, unsigned arity)
{
    Export *function = export_intern(A(re), name, arity);
    return function ? native_trap(p, function, args, arity) : native_memory(p);
}

/* A binary whose bytes start at one. TERM_NONE: raised. */
static Term aligned(Process *p, Term binary)
{
    BitSpan span = bitstring_span(binary);
    uint8_t *data;
    if (span.bit_offset == 0) return binary;
    Term copy = binary_make(&p->heap, span.bit_size / 8, &data);
    if (is_none(copy)) return native_memory(p);
    bits_copy(data, 0, span.data, span.bit_offset, span.bit_size);
    work_charge(p, span.bit_size / 8, COPIES_PER_REDUCTION);
    return copy;
}

/* The bytes of an iolist as a binary; TERM_NONE: raised, or to be called again. */
static Term flatten(Process *p, Term state, Term iolist)
{
    Term binary = iolist_collect(p, state, iolist, false);
    return is_none(binary) ? TERM_NONE : aligned(p, binary);
}

/* The code for a source; NULL: raised, or *error says why. */
static ReCode *find_code(Process *p, const RegexSource *source, RegexError *error)
{
    *error = (RegexError){1, 0};
    if (source->size > INT32_MAX) {
        native_memory(p);
        return NULL;
    }
    work_charge(p, source->size, BYTES_PER_REDUCTION);
    ReCode *code = re_code_find(source, error);
    if (!code && error->number == 0) raise_error(p, A(enotsup));
    return code;
}

/* {Text, Position} */
static Term describe_error(Process *p, const RegexSource *source, RegexError *error)
{
    char own[128];
    const char *text = own;
    if (!release_has_pcre2() || !os_regex_error_text(error->number, own, sizeof own))
        text = re_error_text(source, error);
    Term list = make_string(p, text, strlen(text));
    return is_none(list) ? TERM_NONE
                         : make_tuple(p, 2, list, make_small((Word)error->offset));
}

static Term make_pattern(Process *p, const ReCode *code)
{
    Term binary = or_memory(p, re_code_binary(&p->heap, code));
    if (is_none(binary)) return TERM_NONE;
    return make_tuple(p, 5, A(re_pattern), make_small((Word)code->regex.captures),
                      make_small(code->options & REGEX_UTF ? 1 : 0),
                      make_small(code->regex.crlf), binary);
}

static Term make_exported(Process *p, Term source, Term options, bool unicode)
{
    Term mark = or_memory(p, re_exported_mark(&p->heap, unicode));
    Term code = or_memory(p, binary_from(&p->heap, NULL, 0));
    if (is_none(mark) || is_none(code)) return TERM_NONE;
    return make_tuple(p, 5, A(re_exported_pattern), mark, source, options, code);
}

/* ---- version/0, compile/1,2, import/1, inspect/2 ---- */

static Term re_version_0(Process *p, Term *args)
{
    char text[64];
    (void)args;
    if (!os_regex_version(text, sizeof text)) return raise_error(p, A(enotsup));
    return or_memory(p, binary_from(&p->heap, text, strlen(text)));
}

static Term compile(Process *p, Term *args, Term list)
{
    ReOptions options;
    RegexError error;
    Term state = work_state(p);
    if (!re_options_read(p, list, &options) || options.runs) return bad_option(p);
    if ((options.compile & REGEX_UTF) && !is_bitstring(args[0])) {
        Term both[2] = {args[0], list};
        return trap_to(p, A(ucompile), both, 2);
    }
    Term binary = flatten(p, state, args[0]);
    if (is_none(binary)) return TERM_NONE;
    BitSpan span = bitstring_span(binary);
    RegexSource source = {span.data, span.bit_size / 8, options.compile};
    ReCode *code = find_code(p, &source, &error);
    if (!code && error.number == 0) return TERM_NONE;
    if (!code && error.number == REGEX_NO_MEMORY) return native_memory(p);
    Term result = !code             ? describe_error(p, &source, &error)
                  : options.exports ? make_exported(p, binary, list, code->regex.utf)
                                    : make_pattern(p, code);
    return is_none(result) ? TERM_NONE : make_tuple(p, 2, code ? A(ok) : A(error), result);
}

static Term re_compile_1(Process *p, Term *args) { return compile(p, args, TERM_NIL); }
static Term re_compile_2(Process *p, Term *args) { return compile(p, args, args[1]); }

static Term re_import_1(Process *p, Term *args)
{
    ReOptions options;
    RegexError error;
    if (!is_tuple_of(args[0], 5)) return badarg(p);
    const Term *elements = tuple_elements(args[0]);
    if (elements[0] != A(re_exported_pattern) || !re_is_exported_mark(elements[1]) ||
        !is_binary(elements[2]))
        return badarg(p);
    if (!re_options_read(p, elements[3], &options) || options.runs) return bad_option(p);
    Term binary = aligned(p, elements[2]);
    if (is_none(binary)) return TERM_NONE;
    BitSpan span = bitstring_span(binary);
    RegexSource source = {span.data, span.bit_size / 8, options.compile};
    ReCode *code = find_code(p, &source, &error);
    if (code) return make_pattern(p, code);
    if (error.number == 0) return TERM_NONE;
    return error.number == REGEX_NO_MEMORY ? native_memory(p) : badarg(p);
}

/* The source in {re_pattern, Captures, Unicode, Crlf, Binary}. */
static bool read_pattern(Term t, RegexSource *source)
{
    if (!is_tuple_of(t, 5)) return false;
    const Term *elements = tuple_elements(t);
    return elements[0] == A(re_pattern) && is_small(elements[1]) && is_small(elements[2]) &&
           is_small(elements[3]) && re_code_source(elements[4], source);
}

static Term re_inspect_2(Process *p, Term *args)
{
    RegexSource source;
    RegexError error;
    if (!read_pattern(args[0], &source) || args[1] != A(namelist)) return badarg(p);
    ReCode *code = find_code(p, &source, &error);
    if (code) return capture_names(p, code);
    return error.number ? badarg(p) : TERM_NONE;
}

/* ---- run/2,3, internal_run/4 ---- */

/* The states of a run that yielded, told apart by their size:
       {Walk, Output}                              making a binary of the source
       {Source, {Walk, Output}, nil}               ... of the subject
       {Source, Subject, Checked, Position, Help}  matching, or waiting for help */
enum { AT_SOURCE, AT_SUBJECT, AT_CHECKED, AT_POSITION, AT_HELP, AT_COUNT };

typedef struct Run {
    Term *args;
    Term option_list;
    bool first;    /* UTF-8 is to be checked whole */
    ReOptions options;
    Term state[AT_COUNT];
} Run;

/* TERM_NIL: go on. */
static Term trap(Process *p, const Run *run, bool unicode, bool compiled)
{
    const ReOptions *o = &run->options;
    bool lists = o->type == A(list) && !o->global;
    Term args[3] = {run->args[0], run->args[1], run->option_list};
    if (!unicode) return TERM_NIL;
    if (is_binary(args[0]) && !lists && (compiled || is_binary(args[1]))) return TERM_NIL;
    return trap_to(p, A(urun), args, 3);
}

/* To the loop in Erlang: it wants to know whether `args[1]` was compiled before. */
static Term trap_global(Process *p, const Run *run, const ReCode *code, bool compiled)
{
    Term args[3] = {run->args[0], run->args[1], run->option_list};
    if (compiled) {
        args[2] = make_tuple(p, 2, args[2], A(false));
    } else {
        args[1] = make_pattern(p, code);
        args[2] = make_tuple(p, 3, args[2], A(true), run->args[1]);
    }
    return is_none(args[1]) || is_none(args[2]) ? TERM_NONE : trap_to(p, A(grun), args, 3);
}

/* The source as a binary in run->state, or the compiled pattern. False: raised, or to be called
   again. */
static bool take_source(Process *p, Run *run, Term state, bool compiled)
{
    Term source = run->args[1];
    if (is_tuple(state) && tuple_arity(state) != 2) source = tuple_elements(state)[AT_SOURCE];
    else if (!compiled) source = flatten(p, state, source);
    run->state[AT_SOURCE] = source;
    return !is_none(source);
}

/* Likewise the subject; the rest of run->state is at its start. */
static bool take_subject(Process *p, Run *run, Term state)
{
    Term inner = is_tuple_of(state, 3) ? tuple_elements(state)[1] : TERM_NIL;
    Term subject = flatten(p, inner, run->args[0]);
    run->state[AT_SUBJECT] = subject;
    run->state[AT_CHECKED] = make_small(0);
    run->state[AT_POSITION] = make_small((Word)run->options.offset);
    run->state[AT_HELP] = TERM_NIL;
    if (!is_none(subject)) return true;
    if (p->action == ACTION_YIELD) {
        Term outer[3] = {run->state[AT_SOURCE], p->roots[ROOT_NATIVE_STATE], TERM_NIL};
        work_yield(p, outer, 3);
    }
    return false;
}

/* Looks at UTF-8 in steps. False: raised, or to be called again. */
static bool check_text(Process *p, Run *run, const ReSearch *search)
{
    size_t at = (size_t)small_value(run->state[AT_CHECKED]), count;
    size_t budget = work_budget(p, BYTES_PER_REDUCTION), window = search->size - at;
    bool all = window <= budget;
    if (!all) window = budget;
    size_t valid = utf8_valid_prefix(search->subject + at, window, &count);
    work_charge(p, valid, BYTES_PER_REDUCTION);
    at += valid;
    run->state[AT_CHECKED] = make_small((Word)at);
    if (at == search->size) return true;
    if (all || valid + 4 <= window) badarg(p);
    else work_yield(p, run->state, AT_COUNT);
    return false;
}

static Term finish(Process *p, Run *run, const ReSearch *search, ReStep step)
{
    Capture capture;
    if (step == RE_RAISED) return TERM_NONE;
    if (!capture_read(&run->options, search->code, &capture)) return badarg(p);
    switch (step) {
    case RE_FOUND:
        return capture_result(p, &capture, search, run->state[AT_SUBJECT], TERM_NIL);
    case RE_OVER_LIMIT:
    case RE_OVER_DEPTH:
        if (!run->options.report_errors) return A(nomatch);
        return make_tuple(p, 2, A(error),
                          step == RE_OVER_LIMIT ? A(match_limit) : A(match_limit_recursion));
    case RE_BAD_TEXT: return badarg(p);
    default: return A(nomatch);
    }
}

static ReStep search_step(Process *p, Run *run, ReSearch *search)
{
    Term help = run->state[AT_HELP];
    if (!is_nil(help)) return re_search_helped(search, help);
    ReStep step = re_search_step(search, p);
    run->state[AT_POSITION] = make_small((Word)search->at);
    if (step != RE_HELP) return step;
    run->state[AT_HELP] = re_search_help(p, search, run->state[AT_SUBJECT]);
    return is_none(run->state[AT_HELP]) ? RE_RAISED : RE_PAUSE;
}

static Term search(Process *p, Run *run, const ReCode *code)
{
    BitSpan span = bitstring_span(run->state[AT_SUBJECT]);
    const ReOptions *o = &run->options;
    ReSearch search = {.code = code,
                       .subject = span.data,
                       .size = span.bit_size / 8,
                       .at = (size_t)small_value(run->state[AT_POSITION]),
                       .options = o->run,
                       .limit = o->limit,
                       .depth = o->depth + 1}; /* PCRE2 counts the first as well. */
    if (search.at > search.size) return badarg(p);
    if (code->regex.utf) {
        bool cut = search.at < search.size && (search.subject[search.at] & 0xC0) == 0x80;
        if (run->first && !check_text(p, run, &search)) return TERM_NONE;
        if (cut) return badarg(p);
        if (run->first) search.options |= REGEX_CHECKED;
    }
    if (search.at != o->offset) search.options &= ~(uint32_t)REGEX_NOTEMPTY_ATSTART;
    if (!re_search_start(&search)) return native_memory(p);
    ReStep step = search_step(p, run, &search);
    Term result = TERM_NONE;
    if (step == RE_PAUSE) {
        work_yield(p, run->state, AT_COUNT);
        if (!is_nil(run->state[AT_HELP])) native_wait(p, p->roots[ROOT_NATIVE_STATE]);
    } else {
        result = finish(p, run, &search, step);
    }
    re_search_end(&search);
    return result;
}

/* The source of the pattern, with the newlines of this run. */
static bool read_source(const Run *run, bool compiled, RegexSource *source)
{
    const ReOptions *o = &run->options;
    if (!compiled) {
        BitSpan span = bitstring_span(run->state[AT_SOURCE]);
        *source = (RegexSource){span.data, span.bit_size / 8, o->compile};
        return true;
    }
    if (o->compiles || !read_pattern(run->state[AT_SOURCE], source)) return false;
    uint32_t given = (source->options & ~o->newlines) | (o->compile & o->newlines);
    if (release_has_pcre2() && given != source->options) return false;
    source->options = given;
    return true;
}

/* What a source that does not compile makes of the run. */
static Term refuse(Process *p, const Run *run, const RegexSource *source, RegexError *error)
{
    if (error->number == 0) return TERM_NONE;
    if (error->number == REGEX_NO_MEMORY) return native_memory(p);
    if (!run->options.report_errors) return badarg(p);
    Term compiling = make_atom_text(p, "compile"), what = describe_error(p, source, error);
    if (is_none(compiling) || is_none(what)) return TERM_NONE;
    Term pair = make_tuple(p, 2, compiling, what);
    return is_none(pair) ? TERM_NONE : make_tuple(p, 2, A(error), pair);
}

static Term run_pattern(Process *p, Run *run)
{
    RegexSource source;
    RegexError error;
    Term state = work_state(p);
    bool compiled = is_tuple(run->args[1]);
    if (!re_options_read(p, run->option_list, &run->options) || run->options.exports)
        return bad_option(p);
    if (compiled && !read_pattern(run->args[1], &source)) return badarg(p);
    bool unicode = compiled ? source.options & REGEX_UTF : run->options.compile & REGEX_UTF;
    if (is_nil(state) && !is_nil(trap(p, run, unicode, compiled))) return TERM_NONE;
    if (!take_source(p, run, state, compiled)) return TERM_NONE;
    if (!read_source(run, compiled, &source)) return badarg(p);
    ReCode *code = find_code(p, &source, &error);
    if (!code) return refuse(p, run, &source, &error);
    if (run->options.global) return trap_global(p, run, code, compiled);
    if (is_tuple_of(state, AT_COUNT)) memcpy(run->state, tuple_elements(state), sizeof run->state);
    else if (!take_subject(p, run, state)) return TERM_NONE;
    return search(p, run, code);
}

static Term re_run_2(Process *p, Term *args)
{
    Run run = {.args = args, .option_list = TERM_NIL, .first = true};
    return run_pattern(p, &run);
}

static Term re_run_3(Process *p, Term *args)
{
    Run run = {.args = args, .option_list = args[2], .first = true};
    return run_pattern(p, &run);
}

/* A step of the loop in Erlang; not the first: the subject's UTF-8 was checked. It is not taken
   for granted: PCRE2 then looks at what it gets. */
static Term re_internal_run_4(Process *p, Term *args)
{
    Run run = {.args = args, .option_list = args[2], .first = args[3] == A(true)};
    if (!is_boolean(args[3])) return badarg(p);
    return run_pattern(p, &run);
}

static const Native re_natives[] = {
    NATIVE(re, compile, 1, YIELDS),
    NATIVE(re, compile, 2, YIELDS),
    NATIVE(re, import, 1, CHARGED | SINCE_OTP(28)),
    NATIVE(re, inspect, 2, CONSTANT),
    NATIVE(re, internal_run, 4, YIELDS),
    NATIVE(re, run, 2, YIELDS),
    NATIVE(re, run, 3, YIELDS),
    NATIVE(re, version, 0, CONSTANT),
};
NATIVE_TABLE_START(re, re_code_init);
