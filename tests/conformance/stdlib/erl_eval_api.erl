%% SPDX-License-Identifier: Apache-2.0
%% erl_eval_api.erl - erl_eval: evaluates expressions of every kind, with bindings and handlers.
-module(erl_eval_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [show(Text, fun() -> eval(Text) end) || Text <- simple()],
    [show(Text, fun() -> eval(Text) end) || Text <- control()],
    [show(Text, fun() -> eval(Text) end) || Text <- functions()],
    [show(Text, fun() -> eval(Text) end) || Text <- failing()],
    bindings(),
    handlers().

simple() ->
    ["1 + 2 * 3.", "X = {a, [b | c]}, {X, X}.",
     "{A, [B | _]} = {1, [2, 3]}, A + B.",
     "\"abc\" ++ [$d].", "<<X:4, Y:4>> = <<16#ab>>, {Y, X}.",
     "<<1:16/little, \"u\"/utf8, 2.5:32/float>>.",
     "#{1 := V} = #{1 => one, 2 => two}, V.",
     "(#{1 => 2})#{1 := 3}.",
     "[X * Y || X <- [1, 2], Y <- [3, 4]].",
     "<< <<(X + 1)>> || <<X>> <= <<1, 2, 3>> >>.", "[X || X <- [1, 2, 3, 4], X rem 2 =:= 0].",
     "true andalso false orelse maybe_so.", "not true.", "1.0 == 1, 1.0 =:= 1.", "-(-5) bsl 3."].

control() ->
    ["case 5 of X when X > 3 -> big; _ -> small end.", "if 1 > 2 -> a; true -> b end.",
     "try throw(x) catch throw:Y -> {caught, Y} end.", "try 1 of 1 -> one after put(k, v) end.",
     "catch exit(why).", "begin 1, 2, 3 end.",
     "self() ! hello, receive M -> {got, M} after 0 -> none end.",
     "receive x -> y after 1 -> late end.", "try error(bad) catch error:bad:S -> is_list(S) end."].

functions() ->
    ["F = fun(0) -> zero; (N) when N > 0 -> pos end, [F(0), F(5)].",
     "Fac = fun F(0) -> 1; F(N) -> N * F(N - 1) end, Fac(20).",
     "lists:map(fun(X) -> X * X end, [1, 2, 3]).", "(fun lists:sum/1)([1, 2, 3]).",
     "M = lists, F = reverse, M:F([1, 2]).",
     "Add = fun(X) -> fun(Y) -> X + Y end end, (Add(3))(4).",
     "length([a, b]).", "erlang:element(2, {a, b}).",
     "lists:foldl(fun(X, {A, B}) -> {A + X, B * X} end, {0, 1}, [1, 2, 3]).",
     "F = fun(A, B, C, D, E) -> A + B + C + D + E end, F(1, 2, 3, 4, 5)."].

failing() ->
    ["X.", "1 = 2.", "a + 1.", "case 1 of 2 -> x end.", "if false -> x end.",
     "(fun(1) -> x end)(2).",
     "undefined_function(1).", "no_such_module:f().", "error({my, reason}).", "throw(ball).",
     "hd([]).", "#{a := X} = #{}.", "(#{})#{a := 1}.", "[X || X <- a].", "(foo)(1).",
     "try 1 of 2 -> x catch _:_ -> y end.", "<<X:a>> = <<1>>."].

eval(Text) ->
    {value, Value, _} = erl_eval:exprs(parse(Text), erl_eval:new_bindings()),
    Value.

parse(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    Exprs.

bindings() ->
    B0 = erl_eval:add_binding('X', 10, erl_eval:new_bindings()),
    {value, Value, B1} = erl_eval:exprs(parse("Y = X + 1, Z = Y * 2."), B0),
    ?SHOW(Value),
    ?SHOW(lists:sort(erl_eval:bindings(B1))),
    ?SHOW(erl_eval:binding('Y', B1)),
    ?SHOW(erl_eval:binding('Q', B1)),
    ?SHOW(lists:sort(erl_eval:bindings(erl_eval:del_binding('Y', B1)))),
    ?SHOW(erl_eval:expr_list(parse("1, a, X."), B0)),
    ?SHOW(erl_eval:is_constant_expr(hd(parse("{1, [a]}.")))),
    ?SHOW(erl_eval:is_constant_expr(hd(parse("f().")))).

handlers() ->
    Local = {value, fun(Name, Args) -> {local, Name, Args} end},
    Other = {value, fun({M, F}, Args) -> {other, M, F, Args} end},
    ?SHOW(erl_eval:exprs(parse("my_function(1, a)."), [], Local)),
    ?SHOW(erl_eval:exprs(parse("m:f(1), my(X = 2)."), [], Local, Other)),
    ?SHOW(erl_eval:expr(hd(parse("m:f(x).")), [], none, Other)).
