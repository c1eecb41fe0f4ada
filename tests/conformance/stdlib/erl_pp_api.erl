%% SPDX-License-Identifier: Apache-2.0
%% erl_pp_api.erl - erl_pp prints parsed code back: forms, expressions, guards, long lines.
-module(erl_pp_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [io:format("~s", [flat(erl_pp:form(form(Text)))]) || Text <- forms()],
    [io:format("~s~n", [flat(erl_pp:exprs(exprs(Text)))]) || Text <- expressions()],
    ?SHOW(flat(erl_pp:expr({op, 1, '+', {integer, 1, 1}, {var, 1, 'X'}}))),
    ?SHOW(flat(erl_pp:expr({tuple, 1, [{atom, 1, 'A b'}]}, 4, [{encoding, latin1}]))),
    ?SHOW(flat(erl_pp:guard([[{atom, 1, true}, {var, 1, 'X'}], [{var, 1, 'Y'}]]))),
    ?SHOW(flat(erl_pp:expr({bad, form}))),
    ?SHOW(flat(erl_pp:attribute({attribute, 1, foo, [a, {b, "c"}]}))).

flat(Chars) -> lists:flatten(Chars).

tokens(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    Tokens.

form(Text) ->
    {ok, Form} = erl_parse:parse_form(tokens(Text)),
    Form.

exprs(Text) ->
    {ok, Exprs} = erl_parse:parse_exprs(tokens(Text)),
    Exprs.

forms() ->
    ["-module(m)", "-export([f/1, g/2])",
     "-record(r, {a = 1 :: integer(), b, c :: [x] | undefined})",
     "-spec f(X, Y) -> {ok, [Z]} | error when X :: atom(), Y :: fun((integer()) -> Z), Z :: 1..10",
     "-type t(A) :: #{key := A, other => binary()} | {A, <<_:8>>}",
     "f(X) when X > 0, is_integer(X); X =:= a -> ok; f({A, B}) -> g(A, B)",
     "long(A, B) -> a_function_with_a_long_name(A, [another_function_with_a_long_name(B), "
     "yet_another_function(A, B, \"a string\")], {some_tuple, with_elements, of_some_length})"].

expressions() ->
    ["A = {b, [c | D], \"text\", <<1:4, X/binary, \"s\"/utf8>>}", "(1 + 2) * 3 - -4 rem (5 - 6)",
     "case X of {a, Y} when Y > 1 -> b; _ -> receive m -> n after 5 -> o end end",
     "if A > 1 -> x; true -> y end", "[X || {X, Y} <- L, X > Y, Z <- M]",
     "<< <<B>> || <<B>> <= Bin >>",
     "try a() of b -> c catch throw:E -> E; error:R:S when R -> S after d() end",
     "fun (0) -> a; (N) -> N end", "fun F(X) -> F(X) end", "fun m:f/1, fun l/2",
     "not (A andalso B)",
     "M#{a => 1, b := #{}}", "R#r{a = #s.x, _ = 1}, R#r.b", "begin A = 1, A end, catch throw(x)",
     "P ! {self(), msg}, f(), (g())(1), X:Y()", "1.5, $a, $\\n, 'q a', 16#ff",
     "(A orelse B) andalso C, A or B and C", "- (- 1), bnot (A band B), A bsl (B bsr 1)"].
