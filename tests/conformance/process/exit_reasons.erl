%% SPDX-License-Identifier: Apache-2.0
%% exit_reasons.erl - How exit reasons travel over links and monitors, trapped or not.
-module(exit_reasons).
-export([start/0]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, false),
    monitored(),
    linked_not_trapping(),
    linked_trapping(),
    signals(),
    to_self(),
    trapping_victims().

%% The reason a process ends with, as its monitor sees it.
reason(Fun) ->
    {_, Ref} = spawn_monitor(Fun),
    receive {'DOWN', Ref, process, _, Reason} -> plain(Reason) end.

plain({Reason, [{M, F, _, _} | _]}) when is_atom(M), is_atom(F) -> {Reason, stack};
plain(Reason) -> Reason.

monitored() ->
    ?SHOW(reason(fun() -> ok end)),
    ?SHOW(reason(fun() -> exit(normal) end)),
    ?SHOW(reason(fun() -> exit({custom, [1, "two"]}) end)),
    ?SHOW(reason(fun() -> exit(kill) end)),
    ?SHOW(reason(fun() -> error(oops) end)),
    ?SHOW(reason(fun() -> throw(ball) end)),
    ?SHOW(reason(fun() -> {_} = id(2) end)),
    ?SHOW(reason(fun() -> hd(id([])) end)),
    ?SHOW(reason(fun() -> lists:no_such_function(1) end)),
    ?SHOW(reason(fun() -> catch exit(hidden), exit(shown) end)).

id(X) -> X.

%% A process linked to one that ends: it dies too, except with normal.
linked_not_trapping() ->
    ?SHOW([{Why, follows(Why)} || Why <- [normal, shutdown, kill, {a, b}]]).

follows(Why) ->
    reason(fun() ->
               Child = spawn_link(fun() -> receive go -> exit(Why) end end),
               Child ! go,
               Ref = monitor(process, Child),
               receive {'DOWN', Ref, _, _, _} -> ok end,
               exit(survived)
           end).

linked_trapping() ->
    ?SHOW([{Why, trapped(Why)} || Why <- [normal, shutdown, kill, {a, b}]]).

trapped(Why) ->
    reason(fun() ->
               process_flag(trap_exit, true),
               Child = spawn_link(fun() -> exit(Why) end),
               receive {'EXIT', Child, Reason} -> exit({got, Reason}) end
           end).

%% exit/2 to another process.
signals() ->
    ?SHOW([{Why, killed_with(Why, false)} || Why <- [shutdown, kill, killed, {x}]]),
    ?SHOW([{Why, killed_with(Why, true)} || Why <- [normal, shutdown, kill, {x}]]),
    ?SHOW(exit(dead(), gone)),
    ?SHOW(exit(not_a_pid, x)),
    ?SHOW(reason(fun() ->
                     P = self(),
                     Child = spawn(fun() -> receive after infinity -> ok end end),
                     exit(Child, normal),
                     Ref = monitor(process, Child),
                     spawn(fun() -> exit(Child, really), P ! sent end),
                     receive {'DOWN', Ref, _, _, Why} -> exit({at_last, Why}) end
                 end)).

killed_with(Why, Trap) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
                                   process_flag(trap_exit, Trap),
                                   Self ! ready,
                                   receive {'EXIT', Self, R} -> exit({trapped, R}) end
                               end),
    receive ready -> ok end,
    exit(Pid, Why),
    receive {'DOWN', Ref, _, _, Reason} -> Reason end.

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, _, _, _} -> Pid end.

to_self() ->
    ?SHOW(reason(fun() -> exit(self(), normal), receive x -> ok after 0 -> exit(alive) end end)),
    ?SHOW(reason(fun() -> exit(self(), bye), receive x -> ok after 100 -> exit(alive) end end)),
    ?SHOW(reason(fun() -> exit(self(), kill), receive x -> ok after 100 -> exit(alive) end end)),
    ?SHOW(reason(fun() ->
                     process_flag(trap_exit, true),
                     exit(self(), normal),
                     receive {'EXIT', P, R} when P =:= self() -> exit({self, R}) end
                 end)).

%% A chain of links, of which the last traps exits.
trapping_victims() ->
    process_flag(trap_exit, true),
    First = chain(10),
    First ! fall,
    ?SHOW(receive {'EXIT', First, Why} -> Why end),
    process_flag(trap_exit, false).

chain(0) -> spawn_link(fun() -> receive fall -> exit(chain_broken) end end);
chain(N) -> spawn_link(fun() -> Next = chain(N - 1), receive fall -> Next ! fall end,
                                receive never -> ok end end).
