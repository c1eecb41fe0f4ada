%% SPDX-License-Identifier: Apache-2.0
%% lists_funs.erl - Higher-order functions of lists: order of calls, early exit, exceptions inside.
-module(lists_funs).
-export([start/0]).
-include("../show.hrl").

start() ->
    L = lists:seq(1, 6),
    Even = fun(X) -> X rem 2 =:= 0 end,
    ?SHOW(lists:map(fun(X) -> X * X end, L)),
    ?SHOW(lists:flatmap(fun(X) -> lists:duplicate(X, X) end, [1, 2, 3])),
    ?SHOW(lists:filter(Even, L)),
    ?SHOW(lists:filtermap(fun(X) -> X > 4 andalso {true, -X} end, L)),
    ?SHOW(lists:filtermap(fun(X) -> X > 4 end, L)),
    ?SHOW(lists:partition(Even, L)),
    ?SHOW(lists:foldl(fun(X, A) -> [X | A] end, [], L)),
    ?SHOW(lists:foldr(fun(X, A) -> [X | A] end, [], L)),
    ?SHOW(lists:mapfoldl(fun(X, A) -> {X + A, A + 1} end, 10, L)),
    ?SHOW(lists:mapfoldr(fun(X, A) -> {X + A, A + 1} end, 10, L)),
    ?SHOW(lists:all(Even, L)),
    ?SHOW(lists:all(Even, [])),
    ?SHOW(lists:any(Even, L)),
    ?SHOW(lists:any(Even, [])),
    ?SHOW(lists:search(fun(X) -> X > 3 end, L)),
    ?SHOW(lists:search(fun(X) -> X > 9 end, L)),
    ?SHOW(lists:takewhile(fun(X) -> X < 4 end, L)),
    ?SHOW(lists:dropwhile(fun(X) -> X < 4 end, L)),
    ?SHOW(lists:splitwith(fun(X) -> X < 4 end, L)),
    ?SHOW(lists:foreach(fun(X) -> self() ! {seen, X} end, L)),
    ?SHOW(flush()),
    ?SHOW(lists:map(fun erlang:abs/1, [-1, 2])),
    ?SHOW(lists:all(fun(X) -> self() ! {seen, X}, X < 3 end, L)),
    ?SHOW(flush()),
    exceptions(L),
    bad(),
    big().

flush() ->
    receive
        {seen, X} -> [X | flush()]
    after 0 -> []
    end.

exceptions(L) ->
    ?SHOW(lists:map(fun(3) -> throw(three); (X) -> X end, L)),
    ?SHOW(lists:foldl(fun(X, A) -> A div (3 - X) end, 100, L)),
    ?SHOW(lists:foreach(fun(X) when X < 3 -> ok end, L)),
    ?SHOW(lists:foldr(fun(X, _) -> exit({at, X}) end, 0, L)),
    ?SHOW(catch lists:map(fun(_) -> throw({tag, [x]}) end, L)).

bad() ->
    ?SHOW(lists:filter(fun(X) -> X end, [true, maybe_not])),
    ?SHOW(lists:all(fun(_) -> yes end, [1])),
    ?SHOW(lists:takewhile(fun(_) -> 1 end, [1])),
    ?SHOW(lists:filtermap(fun(_) -> 1 end, [1])),
    ?SHOW(lists:foldl(fun(X, A) -> X + A end, 0, [1, a])),
    ?SHOW(lists:flatmap(fun(X) -> X end, [[1], a])),
    ?SHOW(lists:mapfoldl(fun(X, _) -> X end, 0, [1])),
    ?SHOW(lists:foldl(fun(A, _) -> A end, 0, not_list)),
    ?SHOW(lists:zipwith(fun(A, B) -> {A, B} end, [1, 2], [1])).

%% Body recursion a hundred thousand deep.
big() ->
    L = lists:seq(1, 100000),
    ?SHOW(lists:sum(lists:map(fun(X) -> X + 1 end, L))),
    ?SHOW(lists:foldr(fun(X, A) -> X - A end, 0, L)),
    ?SHOW(length(lists:flatmap(fun(X) -> [X, X] end, L))),
    ?SHOW(length(lists:filter(fun(X) -> X band 7 =:= 0 end, L))).
