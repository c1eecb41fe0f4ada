%% SPDX-License-Identifier: Apache-2.0
%% erl_lint_api.erl - erl_lint: errors and warnings of small modules, and of expressions.
-module(erl_lint_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [module(Name, Lines) || {Name, Lines} <- modules()],
    ?SHOW(erl_lint:is_guard_test({call, 1, {atom, 1, is_atom}, [{var, 1, 'X'}]})),
    ?SHOW(erl_lint:is_guard_test({call, 1, {atom, 1, foo}, [{var, 1, 'X'}]})),
    ?SHOW(erl_lint:is_guard_expr({op, 1, '+', {var, 1, 'X'}, {integer, 1, 1}})),
    ?SHOW(erl_lint:is_pattern_expr({tuple, 1, [{integer, 1, 1}]})),
    ?SHOW(erl_lint:used_vars([{match, 1, {var, 1, 'A'}, {var, 1, 'B'}}], [{'B', bound}])).

modules() ->
    [{clean, ["f(X) -> X."]},
     {unbound, ["f() -> X."]},
     {unused_variable, ["f(X, _Y) -> Z = 1."]},
     {unused_function, ["f() -> ok.", "g() -> ok."]},
     {undefined_function, ["f() -> g(1)."]},
     {redefined_function, ["f() -> 1.", "f() -> 2."]},
     {head_mismatch, ["f(1) -> 1; g(2) -> 2."]},
     {illegal_guard, ["f() when foo() -> 1."]},
     {unsafe_variable, ["f(X) -> case X of 1 -> Y = 1; 2 -> ok end, Y."]},
     {exported_variable, ["f(X) -> case X of 1 -> Y = 1; 2 -> Y = 2 end, Y."]},
     {shadowed, ["f(X) -> fun(X) -> X end."]},
     {undefined_record, ["f() -> #nope{a = 1}."]},
     {undefined_field, ["-record(r, {a}).", "f() -> #r{b = 1}."]},
     {redefined_record, ["-record(r, {a}).", "-record(r, {b}).", "f() -> #r{}."]},
     {undefined_type, ["-spec f() -> nope().", "f() -> ok."]},
     {spec_without_function, ["-spec g() -> ok.", "f() -> ok."]},
     {illegal_pattern, ["f(X + Y) -> ok."]},
     {bad_bit_type, ["f() -> <<1:2/float-integer>>."]},
     {illegal_record_info, ["f() -> record_info(size, X)."]},
     {obsolete_guard, ["f(X) when list(X) -> X."]},
     {duplicate_key, ["f() -> #{a => 1, a => 2}."]},
     {unused_term, ["f() -> {a, b}, 1 + 2, ok."]},
     {format, ["f() -> io:format(\"~w ~w\", [1])."]},
     {behaviour, ["-behaviour(gen_server).", "f() -> ok."]},
     {underscore_used, ["f(_X) -> _X."]}].

module(Name, Lines) ->
    Text = ["-module(m).", "-export([f/0, f/1, f/2])." | Lines],
    show(atom_to_list(Name), fun() -> lint(parse(Text, 1)) end).

parse([], N) -> [{eof, N}];
parse([Line | Rest], N) -> [form(Line, N) | parse(Rest, N + 1)].

form(Line, N) ->
    {ok, Tokens, _} = erl_scan:string(Line, N),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

lint(Forms) ->
    case erl_lint:module(Forms, "m.erl", [warn_unused_vars, warn_export_vars, warn_shadow_vars]) of
        {ok, Warnings} -> {ok, messages(Warnings)};
        {error, Errors, Warnings} -> {error, messages(Errors), messages(Warnings)}
    end.

messages(List) ->
    lists:append([[{Line, lists:flatten(erl_lint:format_error(Message))}
                   || {Line, erl_lint, Message} <- Messages, not export_missing(Message)]
                  || {_File, Messages} <- List]).

%% Every program exports all arities of f.
export_missing({undefined_function, {f, _}}) -> true;
export_missing(_) -> false.
