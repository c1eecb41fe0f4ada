%% SPDX-License-Identifier: Apache-2.0
%% erl_parse_api.erl - erl_parse: forms, expressions, terms; abstract both ways; messages of errors.
-module(erl_parse_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [show(Text, fun() -> form(Text) end) || Text <- forms()],
    [show(Text, fun() -> exprs(Text) end) || Text <- expressions()],
    [show(Text, fun() -> term(Text) end) || Text <- terms()],
    [show(Text, fun() -> message(Text) end) || Text <- wrong()],
    abstract().

forms() ->
    ["-module(m).", "-export([f/1]).", "-record(r, {a = 1, b :: integer()}).",
     "f(X) when X > 0, is_integer(X); X =:= a -> ok; f(_) -> no.", "-spec f(X :: a) -> b | [c()].",
     "-type t(A) :: {A, #{a := b, c => d}, fun((...) -> x), <<_:8, _:_*4>>, 1..5, #r{}}.",
     "-callback c(term()) -> ok.", "-custom([1, {a, \"b\"}]).", "-opaque o() :: none()."].

expressions() ->
    ["1 + 2 * 3 - 4 div 5", "A = B = c", "not a andalso b orelse c xor d", "[X || X <- L, X > 1]",
     "<< <<X>> || <<X:4>> <= B >>", "case X of 1 when true -> a; _ -> b end",
     "if X -> 1; true -> 2 end", "receive {a, B} -> B after 10 -> c end",
     "try f() of x -> y catch error:E:S -> {E, S}; _ -> z after w end", "fun f/1, fun m:f/A",
     "fun (X) -> X; (Y) -> Y end", "fun F(0) -> 1; F(N) -> F(N - 1) end", "M#{a => 1, b := 2}",
     "#r{a = 1, _ = 2}, R#r.a, #r.b, R#r{c = 3}",
     "<<A:8/little-signed-unit:2, \"s\"/utf8, B/binary>>",
     "begin a, b end, catch c", "- - 1, + a, bnot b", "a ! b ! c", "[a, b | c] ++ [] -- d",
     "X:Y(Z), (f())(), m:f()", "\"a\" \"b\"", "$x, 1.5, 'A'", "[{X, Y} || X <- A, Y <- B]"].

terms() ->
    ["{a, \"b\", [1, -2, +3], <<\"c\">>, #{k => 1.5}}", "[a | b]", "fun m:f/1", "{f(x)}", "X"].

wrong() ->
    ["f(", "a b", "1 +", "f() -> .", "case x of end", "[a, ", "#{a, b}", "-module(.", "a := b",
     "fun f", "when", "f() -> a end."].

tokens(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text, 1),
    Tokens ++ [{dot, 1} || lists:last([x | Tokens]) =:= x orelse
                              element(1, lists:last(Tokens)) =/= dot].

form(Text) -> ok(erl_parse:parse_form(tokens(Text))).
exprs(Text) -> ok(erl_parse:parse_exprs(tokens(Text))).
term(Text) -> ok(erl_parse:parse_term(tokens(Text))).

ok({ok, Result}) -> Result;
ok({error, {Line, erl_parse, Message}}) -> {Line, lists:flatten(erl_parse:format_error(Message))}.

message(Text) -> {form(Text), exprs(Text)}.

abstract() ->
    Terms = [1, -1, 1.5, a, "str", [], [a | b], {1, {2}}, <<"bin">>, <<1:3>>, [1, a],
             fun lists:map/2],
    [show(io_lib:write(Term), fun() -> erl_parse:abstract(Term) end) || Term <- Terms],
    ?SHOW([erl_parse:normalise(erl_parse:abstract(Term)) =:= Term || Term <- Terms]),
    ?SHOW(erl_parse:abstract("\x{4e2d}", [{encoding, latin1}, {line, 7}])),
    ?SHOW(erl_parse:abstract(self())),
    ?SHOW(erl_parse:normalise({call, 1, {atom, 1, f}, []})),
    ?SHOW(erl_parse:map_anno(fun(_) -> 9 end, erl_parse:abstract({a, [b]}))),
    ?SHOW(erl_parse:fold_anno(fun(A, N) -> A + N end, 0, erl_parse:abstract([a, b, c], 2))),
    ?SHOW(erl_parse:tokens({op, 1, '+', {integer, 1, 1}, {var, 1, 'X'}})).
