%% SPDX-License-Identifier: Apache-2.0
%% process_items.erl - process_info of the process itself, of another one, of none.
-module(process_items).
-export([start/0, wait/1]).
-include("masked.hrl").

start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    own(),
    others(),
    refused().

own() ->
    erase(),
    put(a, 1),
    self() ! one,
    self() ! {two, "three"},
    [call(erlang, process_info, [self(), Item]) ||
        Item <- [registered_name, message_queue_len, messages, links, monitors, monitored_by, dictionary, trap_exit,
                 error_handler, priority, suspending, message_queue_data, max_heap_size, fullsweep_after,
                 sequential_trace_token, trace, last_calls, magic_ref, status, catchlevel, initial_call,
                 [], [status, registered_name, priority], [links, links]]],
    [told(Item, process_info(self(), Item)) ||
        Item <- [heap_size, total_heap_size, stack_size, memory, reductions, min_heap_size, min_bin_vheap_size,
                 group_leader, parent, garbage_collection, backtrace]],
    {garbage_collection_info, Infos} = process_info(self(), garbage_collection_info),
    value("garbage_collection_info", lists:sort([K || {K, V} <- Infos, is_integer(V)])),
    value("current", [process_info(self(), current_function), trimmed(process_info(self(), current_location)),
                      [trimmed(E) || E <- element(2, process_info(self(), current_stacktrace))]]),
    value("process_info/1", [K || {K, _} <- process_info(self())]),
    register(a_name, self()),
    value("process_info/1", [element(1, hd(process_info(self()))), process_info(self(), registered_name)]),
    unregister(a_name),
    receive one -> ok end,
    receive {two, _} -> ok end.

trimmed({current_location, E}) -> {current_location, trimmed(E)};
trimmed({M, F, A, Location}) -> {M, F, A, [K || {K, _} <- Location]}.

others() ->
    Self = self(),
    Pid = spawn_link(?MODULE, wait, [Self]),
    receive {ready, Pid} -> ok end,
    Ref = monitor(process, Pid),
    [Pid ! {message, N} || N <- [1, 2, 3]],
    [call(erlang, process_info, [Pid, Item]) ||
        Item <- [registered_name, message_queue_len, messages, links, monitors, monitored_by, dictionary, trap_exit,
                 error_handler, priority, status, initial_call, current_function, message_queue_data,
                 [status, messages, registered_name]]],
    value("location", trimmed(process_info(Pid, current_location))),
    value("stack", [trimmed(E) || E <- element(2, process_info(Pid, current_stacktrace))]),
    value("leader", element(2, process_info(Pid, group_leader)) =:= group_leader()),
    value("parent", element(2, process_info(Pid, parent)) =:= Self),
    [told(Item, process_info(Pid, Item)) || Item <- [heap_size, total_heap_size, stack_size, memory, reductions]],
    value("process_info/1", [K || {K, _} <- process_info(Pid)]),
    demonitor(Ref),
    unlink(Pid),
    %% Suspended and resumed.
    calls(erlang, suspend_process, [[Pid], [Pid, [unless_suspending]], [Pid, [x]], [Pid, x], [self()], [a]]),
    value("status", process_info(Pid, status)),
    Pid ! {self(), answer},
    value("answer", receive {answer, Pid} -> answer after 50 -> none end),
    calls(erlang, resume_process, [[Pid], [Pid], [Pid], [self()], [a]]),
    value("answer", receive {answer, Pid} -> answer after 1000 -> none end),
    %% Hibernating.
    Asleep = spawn(fun() -> erlang:hibernate(?MODULE, wait, [Self]) end),
    timer:sleep(20),
    value("asleep", process_info(Asleep, [status, current_function, initial_call])),
    exit(Asleep, kill),
    %% Gone.
    exit(Pid, kill),
    [call(erlang, process_info, [Pid, Item]) || Item <- [status, links, [status], messages]],
    call(erlang, process_info, [Pid]),
    %% Many ask each other.
    Many = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 100)],
    timer:sleep(50),
    value("many", lists:usort([process_info(P, status) || P <- Many, _ <- [1, 2, 3]])),
    [P ! stop || P <- Many],
    ok.

refused() ->
    calls(erlang, process_info, [[a], [1], [make_ref()], [self(), x], [self(), 1], [self(), [links, x]],
                                 [self(), [links | a]], [a, links], [a, []], [self(), {dictionary}]]),
    calls(erlang, garbage_collect, [[], [self()], [a], [self(), [{type, minor}]], [self(), [{type, major}]],
                                    [self(), [{type, x}]], [self(), x], [self(), [x]]]),
    call(erlang, garbage_collect, [self(), [{async, my_id}]]),
    value("async", receive M -> M after 1000 -> none end),
    Pid = spawn(fun() -> receive stop -> ok end end),
    calls(erlang, garbage_collect, [[Pid], [Pid, [{type, minor}]]]),
    call(erlang, garbage_collect, [Pid, [{async, 2}]]),
    value("async", receive M2 -> M2 after 1000 -> none end),
    exit(Pid, kill),
    calls(erlang, garbage_collect, [[Pid]]).

wait(Parent) ->
    put(state, [1, {2}]),
    process_flag(trap_exit, true),
    Parent ! {ready, self()},
    receive {From, answer} -> From ! {answer, self()} end,
    receive stop -> ok end.
