%% SPDX-License-Identifier: Apache-2.0
%% canary.erl - What a board must be able to do. Prints the same on erl.
-module(canary).
-export([start/0]).

start() ->
    io:format("hello from ~p~n", [?MODULE]),
    io:format("~p~n", [{1 bsl 100, -7 div 2, 7.0 / 2, math:sqrt(2), 0.1 + 0.2}]),
    io:format("~p~n", [maps:get(50, maps:from_list([{I, I * I} || I <- lists:seq(1, 100)]))]),
    io:format("~w~n", [[N || <<N:4>> <= <<16#1234:16>>]]),
    io:format("~p~n", [lists:sort(fun erlang:'>='/2, [3, 1.5, abc, {}, "x", <<"b">>])]),
    io:format("~p~n", [try hd(empty()) catch Class:Reason -> {Class, Reason} end]),
    io:format("ring: ~p~n", [ring(100, 1000)]),
    io:format("linked: ~p~n", [linked()]),
    io:format("timer: ~p~n", [timer()]),
    io:format("two endless loops do not stop this: ~p~n", [endless()]),
    io:format("garbage: ~p~n", [garbage(2000)]).

empty() -> [].

%% A token goes round `Rounds` times.
ring(Processes, Rounds) ->
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> pass(Next) end) end, self(), lists:seq(1, Processes)),
    ring_rounds(Last, Rounds).

ring_rounds(First, 0) -> First ! stop, receive stop -> done end;
ring_rounds(First, N) -> First ! N, receive N -> ring_rounds(First, N - 1) end.

pass(Next) -> receive stop -> Next ! stop; Token -> Next ! Token, pass(Next) end.

linked() ->
    process_flag(trap_exit, true),
    Pid = spawn_link(fun() -> exit(on_purpose) end),
    receive {'EXIT', Pid, Reason} -> Reason end.

timer() ->
    Start = erlang:monotonic_time(millisecond),
    receive after 20 -> ok end,
    erlang:monotonic_time(millisecond) - Start >= 20.

endless() ->
    Loops = [spawn(fun Loop() -> Loop() end) || _ <- [1, 2]],
    Sum = lists:sum(lists:seq(1, 10000)),
    [exit(Loop, kill) || Loop <- Loops],
    Sum.

garbage(0) -> done;
garbage(N) -> _ = [integer_to_binary(I) || I <- lists:seq(1, 100)], garbage(N - 1).
