%% SPDX-License-Identifier: Apache-2.0
%% links.erl - link, unlink, links to the dead, double links, flushing after unlink.
-module(links).
-export([start/0]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    to_the_dead(),
    unlinking(),
    symmetric(),
    doubled(),
    bad(),
    tree().

to_the_dead() ->
    Dead = dead(),
    ?SHOW(link(Dead)),
    ?SHOW(receive {'EXIT', Dead, Why} -> Why after 1000 -> nothing end),
    process_flag(trap_exit, false),
    ?SHOW(reason(fun() -> link(Dead), receive after 1000 -> ok end end)),
    ?SHOW(link(Dead)),
    process_flag(trap_exit, true).

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, _, _, _} -> Pid end.

reason(Fun) ->
    {_, Ref} = spawn_monitor(Fun),
    receive
        {'DOWN', Ref, _, _, {Reason, [_ | _]}} -> {Reason, stack};
        {'DOWN', Ref, _, _, Reason} -> Reason
    end.

wait_down(Pid) ->
    Ref = monitor(process, Pid),
    receive {'DOWN', Ref, _, _, _} -> ok end.

unlinking() ->
    A = spawn_link(fun() -> receive stop -> exit(stopped) end end),
    ?SHOW(unlink(A)),
    A ! stop,
    wait_down(A),
    ?SHOW(receive {'EXIT', A, _} = _E -> exit_message after 0 -> nothing end),
    %% After unlink has returned nothing arrives; what came before is there to be flushed.
    B = spawn_link(fun() -> exit(early) end),
    wait_down(B),
    unlink(B),
    ?SHOW(receive {'EXIT', B, R} -> {flushed, R} after 0 -> true end),
    ?SHOW(unlink(B)),
    ?SHOW(unlink(self())).

symmetric() ->
    A = spawn(fun() -> receive {link, P} -> link(P), P ! linked end, receive stop -> ok end end),
    A ! {link, self()},
    receive linked -> ok end,
    ?SHOW(lists:member(A, links(self()))),
    ?SHOW(links(A) =:= [self()]),
    unlink(A),
    ?SHOW(links(A)),
    ?SHOW(lists:member(A, links(self()))),
    A ! stop,
    wait_down(A).

links(Pid) ->
    {links, Links} = process_info(Pid, links),
    [P || P <- Links, is_pid(P)].

doubled() ->
    A = spawn_link(fun() -> receive stop -> exit(once) end end),
    link(A),
    link(A),
    A ! stop,
    ?SHOW(receive {'EXIT', A, once} -> first after 1000 -> none end),
    ?SHOW(receive {'EXIT', A, once} -> second after 50 -> none end).

bad() ->
    ?SHOW(link(a)),
    ?SHOW(unlink(a)),
    ?SHOW(link(self())),
    ?SHOW(spawn_link(notfun)),
    ?SHOW(spawn_link(1, f, [])),
    ?SHOW(spawn_link(m, f, [a | b])).

%% One crash takes down a tree of a hundred processes, all seen by monitors.
tree() ->
    Self = self(),
    Root = spawn(fun() -> grow(3, Self), receive never -> ok end end),
    Pids = [receive {node, Pid} -> Pid end || _ <- lists:seq(1, 1 + 4 + 16 + 64)],
    Refs = [monitor(process, Pid) || Pid <- Pids],
    Leaf = lists:last(Pids),
    exit(Leaf, felled),
    Reasons = [receive {'DOWN', Ref, _, _, Why} -> Why end || Ref <- Refs],
    ?SHOW({length(Reasons), lists:usort(Reasons)}),
    ?SHOW(is_process_alive(Root)).

grow(0, Report) -> Report ! {node, self()};
grow(Depth, Report) ->
    Report ! {node, self()},
    [spawn_link(fun() -> grow(Depth - 1, Report), receive never -> ok end end)
     || _ <- lists:seq(1, 4)].
