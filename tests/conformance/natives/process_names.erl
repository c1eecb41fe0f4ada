%% SPDX-License-Identifier: Apache-2.0
%% process_names.erl - Names, group leaders, life, flags and the dictionary by apply.
-module(process_names).
-export([start/0, sleep/0]).
-include("masked.hrl").

%% In a process of its own, of which nothing else knows.
start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    names(),
    leaders(),
    life(),
    flags(),
    dictionary().

names() ->
    Other = spawn(?MODULE, sleep, []),
    Dead = dead(),
    calls(erlang, whereis, [[nobody], [1], ["a"], [{a, node()}]]),
    calls(erlang, register, [[1, self()], [undefined, self()], ["a", self()], [a, a], [a, 1],
                             [a, Dead], [one, self()], [two, self()], [one, self()],
                             [one, Other], [two, Other], [three, Other]]),
    calls(erlang, whereis, [[one], [two], [three]]),
    value("registered", [N || N <- registered(), lists:member(N, [one, two, three])] -- [two]),
    calls(erlang, unregister, [[1], [nobody], [one], [one], [two], ["two"]]),
    exit(Other, kill),
    gone(Other),
    calls(erlang, whereis, [[two]]),
    calls(erlang, send, [[nobody, x], [1, x], [{nobody, node()}, x], [{1, node()}, x], [{a, 1}, x],
                         [{a, b, c}, x], [make_ref(), x], [Dead, x], [self(), hello]]),
    calls(erlang, '!', [[nobody, x], [self(), again], ["self", x]]),
    calls(erlang, send, [[nobody, x, []], [self(), third, []], [self(), x, [a]], [self(), x, a],
                         [self(), fourth, [nosuspend, noconnect]], [self(), x, [nosuspend | a]],
                         [{nobody, node()}, x, [noconnect]], [{a, b, c}, x, []]]),
    value("messages", element(2, process_info(self(), messages))),
    flush(),
    calls(erlang, send_nosuspend, [[self(), x], [nobody, x], [self(), y, []], [self(), y, [a]]]),
    value("messages", element(2, process_info(self(), messages))),
    flush().

leaders() ->
    Old = group_leader(),
    Other = spawn(?MODULE, sleep, []),
    calls(erlang, group_leader, [[a, self()], [self(), a], [self(), dead()], [self(), Other]]),
    value("leader of another", element(2, process_info(Other, group_leader)) =:= self()),
    calls(erts_internal, group_leader, [[a, self()], [self(), a], [Old, self()]]),
    value("old leader", group_leader() =:= Old),
    exit(Other, kill).

life() ->
    Other = spawn(?MODULE, sleep, []),
    calls(erlang, is_process_alive, [[self()], [Other], [dead()], [a], [make_ref()]]),
    exit(Other, kill),
    calls(erlang, is_process_alive, [[Other]]),
    value("processes", {is_list(processes()), lists:member(self(), processes()),
                        lists:member(Other, processes())}),
    calls(erlang, yield, [[]]),
    calls(erlang, bump_reductions, [[0], [1], [1 bsl 70], [-1], [-(1 bsl 70)], [a]]),
    calls(erlang, hibernate, [[1, b, []], [a, 1, []], [a, b, c], [a, b, [1 | 2]]]),
    calls(erlang, self, [[]]).

flags() ->
    calls(erlang, process_flag,
          [[trap_exit, true], [trap_exit, false], [trap_exit, 1], [priority, high], [priority, max],
           [priority, low], [priority, normal], [priority, x], [error_handler, foo],
           [error_handler, error_handler], [error_handler, 1], [message_queue_data, off_heap],
           [message_queue_data, on_heap], [message_queue_data, x], [save_calls, 10], [save_calls, 0],
           [save_calls, -1], [save_calls, a], [sensitive, true], [sensitive, false], [sensitive, a],
           [fullsweep_after, 10], [fullsweep_after, 65535], [fullsweep_after, -1],
           [min_heap_size, -1], [min_heap_size, a], [min_bin_vheap_size, -1], [max_heap_size, a],
           [max_heap_size, -1], [max_heap_size, #{kill => false}], [max_heap_size, #{size => a}],
           [max_heap_size, #{size => 0, kill => x}], [max_heap_size, #{size => 1000000, kill => false}],
           [max_heap_size, 2000000], [max_heap_size, #{size => 0, kill => true}],
           [max_heap_size, 0], [monitor_nodes, a], [foo, 1], [1, 1], [{monitor_nodes, []}, a]]),
    [calls(erlang, process_flag, [[{monitor_nodes, Options}, true], [{monitor_nodes, Options}, false]])
     || Options <- [#{}, [], #{connection_id => true}, #{node_type => hidden, list => true},
                    #{nodedown_reason => true, node_type => visible}, #{node_type => all},
                    #{list => false}, #{node_type => foo}, #{connection_id => 1}, #{foo => true},
                    [connection_id], x]],
    calls(erlang, process_flag, [[self(), save_calls, 0], [self(), trap_exit, true], [a, save_calls, 0],
                                 [self(), save_calls, -1], [dead(), save_calls, 0]]).

dictionary() ->
    erase(),
    calls(erlang, put, [[a, 1], [a, 2], ["key", {a, b}], [{1, 2}, [x]], [1.0, one]]),
    calls(erlang, get, [[a], [b], ["key"], [1], [1.0]]),
    value("get/0", lists:sort(get())),
    value("get_keys/0", lists:sort(get_keys())),
    put(b, 2),
    value("get_keys/1", [lists:sort(get_keys(V)) || V <- [2, [x], nothing]]),
    calls(erlang, erase, [[a], [a], [{1, 2}]]),
    value("erase/0", lists:sort(erase())),
    value("get/0", get()),
    [put({key, N}, N) || N <- lists:seq(1, 1000)],
    value("many", {length(get()), length(get_keys()), get({key, 700}), lists:sum([V || {_, V} <- erase()])}),
    calls(erlang, apply, [[erlang, get, []], [erlang, erase, []]]).

sleep() -> receive stop -> ok end.

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, Pid, _} -> Pid end.

gone(Pid) ->
    Ref = monitor(process, Pid),
    receive {'DOWN', Ref, process, Pid, _} -> ok end.

flush() -> receive _ -> flush() after 0 -> ok end.
