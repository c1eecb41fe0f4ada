%% SPDX-License-Identifier: Apache-2.0
%% queue_api.erl - The three interfaces of queue: original, extended, Okasaki.
-module(queue_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    Q = queue:from_list([1, 2, 3, 4, 5]),
    original(Q),
    extended(Q),
    okasaki(Q),
    bad(),
    big().

original(Q) ->
    ?SHOW(Q),
    ?SHOW(queue:new()),
    ?SHOW(queue:is_queue(Q)),
    ?SHOW(queue:is_queue([])),
    ?SHOW(queue:is_empty(Q)),
    ?SHOW(queue:len(Q)),
    ?SHOW(queue:in(6, Q)),
    ?SHOW(queue:in_r(0, Q)),
    ?SHOW(queue:out(Q)),
    ?SHOW(queue:out_r(Q)),
    ?SHOW(queue:out(queue:new())),
    ?SHOW(queue:to_list(queue:in(6, Q))),
    ?SHOW(queue:to_list(queue:reverse(Q))),
    ?SHOW(queue:split(2, Q)),
    ?SHOW(queue:to_list(queue:join(Q, Q))),
    ?SHOW(queue:to_list(queue:filter(fun(X) -> X > 2 end, Q))),
    ?SHOW(queue:to_list(queue:filter(fun(X) -> [X, X] end, Q))),
    ?SHOW(queue:to_list(queue:filtermap(fun(X) -> X < 3 andalso {true, -X} end, Q))),
    ?SHOW(queue:fold(fun(X, A) -> X - A end, 0, Q)),
    ?SHOW(queue:any(fun(X) -> X > 4 end, Q)),
    ?SHOW(queue:all(fun(X) -> X > 4 end, Q)),
    ?SHOW(queue:member(3, Q)),
    ?SHOW(queue:to_list(queue:delete(3, Q))),
    ?SHOW(queue:to_list(queue:delete_r(9, Q))),
    ?SHOW(queue:to_list(queue:delete_with(fun(X) -> X > 3 end, Q))),
    ?SHOW(queue:to_list(queue:delete_with_r(fun(X) -> X > 3 end, Q))).

extended(Q) ->
    ?SHOW(queue:get(Q)),
    ?SHOW(queue:get_r(Q)),
    ?SHOW(queue:drop(Q)),
    ?SHOW(queue:drop_r(Q)),
    ?SHOW(queue:peek(Q)),
    ?SHOW(queue:peek_r(Q)),
    ?SHOW(queue:peek(queue:new())).

okasaki(Q) ->
    ?SHOW(queue:to_list(queue:cons(0, Q))),
    ?SHOW(queue:head(Q)),
    ?SHOW(queue:tail(Q)),
    ?SHOW(queue:to_list(queue:snoc(Q, 6))),
    ?SHOW(queue:daeh(Q)),
    ?SHOW(queue:last(Q)),
    ?SHOW(queue:liat(Q)),
    ?SHOW(queue:init(Q)).

bad() ->
    ?SHOW(queue:get(queue:new())),
    ?SHOW(queue:head(queue:new())),
    ?SHOW(queue:drop(queue:new())),
    ?SHOW(queue:in(1, not_queue)),
    ?SHOW(queue:len([a])),
    ?SHOW(queue:split(9, queue:from_list([1]))),
    ?SHOW(queue:from_list(a)).

big() ->
    Q = lists:foldl(fun queue:in/2, queue:new(), lists:seq(1, 10000)),
    ?SHOW(queue:len(Q)),
    ?SHOW(rotate(Q, 25000, 0)).

rotate(_, 0, Sum) -> Sum;
rotate(Q, N, Sum) ->
    {{value, X}, Rest} = queue:out(Q),
    rotate(queue:in(X, Rest), N - 1, Sum + X band N).
