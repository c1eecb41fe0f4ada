%% SPDX-License-Identifier: Apache-2.0
%% names.erl - Registered names: life cycle, sends to names, errors.
-module(names).
-export([start/0]).
-include("../show.hrl").

start() ->
    Pid = spawn(fun echo/0),
    ?SHOW(whereis(my_echo)),
    ?SHOW(register(my_echo, Pid)),
    ?SHOW(whereis(my_echo) =:= Pid),
    ?SHOW(process_info(Pid, registered_name)),
    ?SHOW(process_info(self(), registered_name)),
    ?SHOW(lists:member(my_echo, registered())),
    ?SHOW(begin my_echo ! {self(), hello}, receive {echoed, What} -> What end end),
    ?SHOW(begin {my_echo, node()} ! {self(), there}, receive {echoed, What} -> What end end),
    ?SHOW(register(my_echo, self())),
    ?SHOW(register(other_name, Pid)),
    ?SHOW(register(undefined, self())),
    ?SHOW(register("string", self())),
    ?SHOW(register(an_atom, an_atom)),
    ?SHOW(unregister(my_echo)),
    ?SHOW(unregister(my_echo)),
    ?SHOW(unregister(1)),
    ?SHOW(whereis(my_echo)),
    ?SHOW(my_echo ! x),
    ?SHOW({my_echo, node()} ! x),
    ?SHOW({my_echo, other@nowhere} ! x),
    ?SHOW({my_echo, "string"} ! x),
    ?SHOW(whereis(1)),
    ?SHOW(process_info(Pid, registered_name)),
    ?SHOW(register(my_echo, Pid)),
    dies(Pid),
    ?SHOW(whereis(my_echo)),
    ?SHOW(lists:member(my_echo, registered())),
    ?SHOW(register(dead_name, Pid)),
    ?SHOW(register(my_echo, self())),
    ?SHOW(self() =:= whereis(my_echo)),
    ?SHOW(unregister(my_echo)),
    ?SHOW(lists:sum([reuse(N) || N <- lists:seq(1, 200)])).

echo() ->
    receive
        {From, Text} -> From ! {echoed, Text}, echo();
        stop -> ok
    end.

dies(Pid) ->
    Ref = monitor(process, Pid),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, _} -> ok end.

%% The name is free again when the monitor fires.
reuse(N) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
                                   register(reused, self()),
                                   Self ! ready,
                                   receive go -> ok end
                               end),
    receive ready -> ok end,
    reused ! go,
    receive {'DOWN', Ref, process, Pid, normal} -> ok end,
    undefined = whereis(reused),
    N.
