%% SPDX-License-Identifier: Apache-2.0
%% since_29_calls.erl - Natives that came with OTP 28 and 29.
-module(since_29_calls).
-export([start/0]).
-include("masked.hrl").

start() ->
    calls(erlang, is_integer, [[A, B, C] || A <- [5, 0, 10, -1, 1 bsl 70, 5.0, a], {B, C} <- [{0, 10}, {10, 0}, {5, 5}, {0, 1 bsl 80}, {a, 1}, {1, 1.5}]]),
    value("guard", [in_range(N) || N <- [0, 1, 10, 11, 5.0, x]]),
    calls(persistent_term, put_new, [[key, V] || V <- [1, 1, 2, "x"]] ++ [[other, "x"], [other, "x"], [other, "y"]]),
    value("kept", [persistent_term:get(key), persistent_term:get(other)]),
    calls(erlang, monitor, [[process, self(), Options] || Options <- [[priority], [priority, x]]]),
    calls(erlang, alias, [[[priority]], [[priority, x]]]),
    exits(),
    silent_heir(),
    calls(erlang, exit, [[make_ref(), why]]),
    Places = [-1, a, 1 bsl 20, 1 bsl 24, 1 bsl 70],
    calls(erts_internal, processes_next, [[Place] || Place <- Places]),
    calls(erlang, processes_next, [[{Place, []}] || Place <- Places] ++ [[a], [{0, [x, y]}]]),
    value("processes", lists:sort(iterated(erlang:processes_iterator())) =:= lists:sort(processes())),
    hibernation().

%% The heir without data gets the table and no message.
silent_heir() ->
    Heir = self(),
    {_, Ref} = spawn_monitor(fun() -> ets:new(inherited, [named_table, {heir, Heir}]) end),
    receive {'DOWN', Ref, process, _, Why} -> value("owner", Why) end,
    receive Message -> value("message", Message) after 20 -> ok end,
    value("inherited", {ets:info(inherited, owner) =:= self(), ets:info(inherited, heir) =:= self()}),
    calls(ets, setopts, [[inherited, {heir, self()}], [inherited, {heir, none}], [inherited, {heir, x}]]).

%% An exit signal by an alias that is one, and by one that is none any more.
exits() ->
    Waits = fun() -> receive stop -> ok end end,
    Sleeper = fun() ->
        Me = self(),
        Pid = spawn(fun() -> Me ! {alias, alias()}, Waits() end),
        receive {alias, Alias} -> {Pid, monitor(process, Pid), Alias} end
    end,
    [begin
         {Pid, Ref, Alias} = Sleeper(),
         Target = case By of pid -> Pid; alias -> Alias end,
         calls(erlang, Function, [[Target, x]]),
         Function =:= exit andalso calls(erlang, exit, [[Target, x, [priority]], [Target, x, [y]], [Target, x, x]]),
         Function =:= exit_signal andalso calls(erlang, Function, [[Target, x, []], [Target, x, [y]]]),
         receive {'DOWN', Ref, process, Pid, Why} -> value("down", {Function, By, Why}) end
     end || Function <- [exit, exit_signal], By <- [pid, alias]],
    {Stays, Ended, _} = Sleeper(),
    Gone = alias(),
    unalias(Gone),
    calls(erlang, exit_signal, [[Gone, x], [x, y], [1, y, []]]),
    [begin
         {_, ByItself} = spawn_monitor(fun() -> erlang:Function(self(), normal), exit(stayed) end),
         receive {'DOWN', ByItself, process, _, Reason} -> value("to itself", {Function, Reason}) end
     end || Function <- [exit, exit_signal]],
    calls(erlang, link, [[Stays, [priority]], [Stays, [x]], [x, []], [self(), []], [Stays, []]]),
    unlink(Stays),
    Stays ! stop,
    receive {'DOWN', Ended, process, Stays, Normal} -> value("stayed", Normal) end.

iterated(Before) ->
    case erlang:processes_next(Before) of
        {Pid, Next} -> [Pid | iterated(Next)];
        none -> []
    end.

in_range(N) when is_integer(N, 1, 10) -> true;
in_range(_) -> false.

%% The stack stays; only a message ends it.
hibernation() ->
    Me = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        Kept = lists:seq(1, 1000),
        Answers = [begin
                       Result = erlang:hibernate(),
                       receive Message -> {Result, Message} end
                   end || _ <- [1, 2, 3]],
        Me ! {self(), Answers, lists:sum(Kept)}
    end),
    Pid ! first,
    timer:sleep(5),
    value("alive", process_info(Pid, status)),
    erlang:garbage_collect(Pid),
    [begin timer:sleep(2), Pid ! Message end || Message <- [second, third]],
    receive {Pid, Answers, Sum} -> value("answers", {Answers, Sum}) end,
    receive {'DOWN', Ref, process, Pid, Why} -> value("end", Why) end,
    {Idle, IdleRef} = spawn_monitor(fun() -> erlang:hibernate() end),
    timer:sleep(2),
    exit(Idle, enough),
    receive {'DOWN', IdleRef, process, Idle, Reason} -> value("killed", Reason) end,
    self() ! waiting,
    calls(erlang, hibernate, [[]]).
