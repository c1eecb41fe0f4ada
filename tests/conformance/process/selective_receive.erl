%% SPDX-License-Identifier: Apache-2.0
%% selective_receive.erl - Order of selection and of messages; timeouts, nesting, errors.
-module(selective_receive).
-export([start/0]).
-include("../show.hrl").

start() ->
    ordering(),
    selecting(),
    timeouts(),
    call_pattern(),
    pairs(),
    bad().

ordering() ->
    [self() ! {n, N} || N <- lists:seq(1, 5)],
    ?SHOW([receive {n, N} -> N end || _ <- lists:seq(1, 5)]),
    [self() ! X || X <- [a, 1, b, 2, c]],
    ?SHOW([receive X when is_integer(X) -> X end || _ <- [1, 2]]),
    ?SHOW([receive X -> X end || _ <- [1, 2, 3]]).

selecting() ->
    [self() ! {K, V} || {K, V} <- [{x, 1}, {y, 2}, {x, 3}, {z, 4}]],
    ?SHOW(receive {z, V} -> V end),
    ?SHOW(receive {y, V} -> V; {x, V} -> V end),
    ?SHOW(receive {y, V} -> receive {x, W} -> {V, W} end end),
    ?SHOW(receive Any -> Any after 0 -> empty end),
    Wanted = make_ref(),
    self() ! {make_ref(), no},
    self() ! {Wanted, yes},
    ?SHOW(receive {Wanted, Answer} -> Answer end),
    ?SHOW(receive {_, Answer} -> Answer end),
    [self() ! N || N <- lists:seq(1, 2000)],
    ?SHOW([receive N -> N end || N <- [2000, 1, 1000]]),
    ?SHOW(lists:sum(flush())).

flush() -> receive X -> [X | flush()] after 0 -> [] end.

timeouts() ->
    ?SHOW(receive never -> x after 0 -> zero end),
    ?SHOW(receive never -> x after 5 -> five end),
    self() ! here,
    ?SHOW(receive here -> got after 0 -> late end),
    self() ! other,
    ?SHOW(receive never -> x after 10 -> still_waiting end),
    ?SHOW(flush()),
    Self = self(),
    spawn(fun() -> Self ! awake end),
    ?SHOW(receive awake -> yes after infinity -> no end),
    ?SHOW(receive after 1 -> slept end).

%% A call's answer is found behind a long queue.
call_pattern() ->
    [self() ! {junk, N} || N <- lists:seq(1, 5000)],
    Server = spawn(fun server/0),
    ?SHOW(lists:sum([call(Server, N) || N <- lists:seq(1, 200)])),
    ?SHOW(length(flush())).

call(Server, N) ->
    Ref = make_ref(),
    Server ! {self(), Ref, N},
    receive {Ref, Answer} -> Answer end.

server() ->
    receive {From, Ref, N} -> From ! {Ref, N * 2}, server() end.

%% Messages of one sender keep their order, whatever others send.
pairs() ->
    Self = self(),
    Senders = [spawn(fun() -> [Self ! {Id, N} || N <- lists:seq(1, 300)] end)
               || Id <- lists:seq(1, 8)],
    Received = [receive {Id, N} -> {Id, N} end || _ <- lists:seq(1, 8 * 300)],
    ?SHOW(length(Senders)),
    ?SHOW(lists:all(fun(Id) -> [N || {I, N} <- Received, I =:= Id] =:= lists:seq(1, 300) end,
                    lists:seq(1, 8))).

bad() ->
    ?SHOW(receive x -> y after -1 -> z end),
    ?SHOW(receive x -> y after a -> z end),
    ?SHOW(receive x -> y after 1.0 -> z end),
    ?SHOW(receive x -> y after 1 bsl 40 -> z end),
    self() ! x,
    ?SHOW(receive x -> y after a -> z end),
    ?SHOW(flush()),
    ?SHOW(no_such_name ! hello),
    ?SHOW({no_such_name, node()} ! hello),
    ?SHOW(1 ! hello),
    ?SHOW(self() ! hello),
    ?SHOW(erlang:send(self(), again)),
    ?SHOW(erlang:send(self(), once, [noconnect, nosuspend])),
    ?SHOW(erlang:send(self(), x, [bad])),
    ?SHOW(flush()).
