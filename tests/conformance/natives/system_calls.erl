%% SPDX-License-Identifier: Apache-2.0
%% system_calls.erl - system_info, statistics, memory, system_flag, nodes and the like by apply.
-module(system_calls).
-export([start/0]).
-include("masked.hrl").

start() ->
    %% This writes at once, not in turn with others.
    erlang:display({a, "b", <<1>>, [1 | 2], #{a => 1}, 1.5, 'A b'}),
    infos(),
    figures(),
    flags(),
    nodes_and_others(),
    internal().

infos() ->
    [value(Item, erlang:system_info(Item)) ||
        Item <- [machine, wordsize, otp_release, version, process_limit, atom_limit, ets_limit, port_limit, creation, debug_compiled, lock_checking, lock_counting,
                 smp_support, threads, heap_type, message_queue_data, max_heap_size, fullsweep_after, os_type, dist_ctrl,
                 multi_scheduling_blockers, build_type, modified_timing_level, port_parallelism, scheduler_bind_type, time_correction,
                 compat_rel, driver_version, nif_version, dist, dist_buf_busy_limit, taints, trace_control_word, system_logger_is_not_one]
                -- [system_logger_is_not_one]],
    [told(io_lib:format("~0p", [Item]), erlang:system_info(Item)) ||
        Item <- [context_reductions, process_count, atom_count, ets_count, port_count, schedulers, schedulers_online, scheduler_id, logical_processors,
                 dirty_io_schedulers, thread_pool_size, system_version, system_architecture, os_version,
                 start_time, end_time, {wordsize, internal}, {wordsize, external}, garbage_collection, min_heap_size, min_bin_vheap_size,
                 outstanding_system_requests_limit, c_compiler_used, delayed_node_table_gc]],
    calls(erlang, system_info, [[foo], [1], ["machine"], [{wordsize, x}], [{foo, bar}], [{}], [{cpu_topology, x}], [self()]]),
    value("counts", begin
        P = erlang:system_info(process_count), Pids = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 10)],
        D = erlang:system_info(process_count) - P, [exit(Pid, kill) || Pid <- Pids], D
    end).

figures() ->
    [told(Item, erlang:statistics(Item)) ||
        Item <- [context_switches, exact_reductions, garbage_collection, io, reductions, run_queue, run_queue_lengths, runtime,
                 scheduler_wall_time, total_active_tasks, total_run_queue_lengths, wall_clock, active_tasks]],
    calls(erlang, statistics, [[foo], [1], ["io"]]),
    {_, _} = erlang:statistics(wall_clock),
    timer:sleep(30),
    {Total, Since} = erlang:statistics(wall_clock),
    value("wall_clock", {Total >= Since, Since >= 29, Since < 5000}),
    {R1, _} = erlang:statistics(exact_reductions),
    _ = lists:sum([N * N || N <- lists:seq(1, 50000)]),
    {R2, D2} = erlang:statistics(exact_reductions),
    value("reductions", {R2 - R1 > 10000, D2 > 10000}),
    value("memory", [K || {K, V} <- erlang:memory(), is_integer(V)]),
    [told(io_lib:format("~0p", [T]), erlang:memory(T)) ||
        T <- [total, processes, processes_used, system, atom, atom_used, binary, code, ets, [total, ets], []]],
    calls(erlang, memory, [[x], [1], [[x]], ["total"], [low]]),
    Before = erlang:memory(binary),
    Large = binary:copy(<<"0123456789">>, 200000),
    After = erlang:memory(binary),
    value("binary", {After - Before > 1500000, byte_size(Large)}),
    T = ets:new(t, []),
    E1 = erlang:memory(ets),
    ets:insert(T, [{N, lists:seq(1, 100)} || N <- lists:seq(1, 1000)]),
    value("ets", erlang:memory(ets) - E1 > 500000).

flags() ->
    calls(erlang, system_flag,
          [[foo, 1], [1, 1], [backtrace_depth, -1], [backtrace_depth, a], [fullsweep_after, -1], [fullsweep_after, a],
           [min_heap_size, -1], [min_heap_size, a], [min_bin_vheap_size, a], [multi_scheduling, x], [schedulers_online, 0],
           [schedulers_online, a], [system_logger, x], [system_logger, 1], [scheduler_wall_time, a], [trace_control_word, -1],
           [microstate_accounting, x], [outstanding_system_requests_limit, 0], [time_offset, x]]),
    value("fullsweep_after", [erlang:system_flag(fullsweep_after, 10), erlang:system_info(fullsweep_after),
                              element(2, process_info(spawn(fun() -> receive stop -> ok end end), fullsweep_after)),
                              erlang:system_flag(fullsweep_after, 65535)]),
    value("scheduler_wall_time", [erlang:system_flag(scheduler_wall_time, true),
                                  [is_integer(A) andalso is_integer(B) andalso A =< B || {_, A, B} <- erlang:statistics(scheduler_wall_time), _ <- [1]] =/= [],
                                  erlang:system_flag(scheduler_wall_time, false), erlang:statistics(scheduler_wall_time)]).

nodes_and_others() ->
    calls(erlang, node, [[], [self()], [make_ref()], [a], [1], ["x"]]),
    calls(erlang, nodes, [[], [this], [visible], [hidden], [connected], [[this, visible]], [[]], [x], [[x]], [1],
                          [this, #{}], [this, #{connection_id => true}], [this, #{node_type => true, connection_id => false}],
                          [this, #{x => true}], [this, x], [x, #{}], [visible, #{}]]),
    calls(erlang, monitor_node, [[node(), true], [node(), false], [a, true], [a, x], [1, true], [a, true, []], [a, true, [x]], [node(), true, []]]),
    calls(erlang, is_alive, [[]]),
    calls(erlang, pre_loaded, [[]]),
    calls(erlang, display_string, [[""], [[a]], [x], [[-1]], [[1 bsl 30]]]).

internal() ->
    calls(erts_internal, cmp_term, [[1, 1.0], [1.0, 1], [1, 1], [1, 2], [b, a], [[1.0], [1]]]),
    calls(erts_internal, term_type, [[T] || T <- [1, 1 bsl 70, 1.0, [], [1], {}, a, #{},
                                                  self(), make_ref(), fun lists:map/2, fun() -> ok end, <<1>>, binary:copy(<<1>>, 100), <<1:3>>]]),
    calls(erts_internal, is_system_process, [[self()], [a], [1]]),
    calls(erts_internal, system_check, [[schedulers], [x]]),
    calls(erts_internal, get_creation, [[]]),
    calls(erlang, check_old_code, [[lists], [nosuch], [1], ["lists"]]),
    value("threads", erts_internal:no_aux_work_threads() > 0),
    calls(erts_internal, garbage_collect, [[major], [minor], [x]]),
    calls(erts_internal, request_system_task, [[self(), normal, x], [self(), x, {garbage_collect, 1, major}], [a, normal, {garbage_collect, 1, major}],
                                               [self(), normal, {garbage_collect, 1, x}], [self(), self(), normal, x]]),
    R = make_ref(),
    erts_internal:is_process_alive(spawn(fun() -> receive stop -> ok end end), R),
    value("alive", receive {R, Alive} -> Alive after 1000 -> none end).
