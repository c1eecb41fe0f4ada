%% SPDX-License-Identifier: Apache-2.0
%% process_information.erl - process_info items whose values are known, and process_flag's results.
-module(process_information).
-export([start/0, idle/1]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, false),
    own(),
    others(),
    lists_of_items(),
    flags(),
    bad().

own() ->
    ?SHOW(process_info(self(), trap_exit)),
    ?SHOW(process_info(self(), status)),
    ?SHOW(process_info(self(), message_queue_len)),
    self() ! {queued, 1},
    self() ! "two",
    ?SHOW(process_info(self(), messages)),
    ?SHOW(process_info(self(), message_queue_len)),
    receive {queued, _} -> receive "two" -> ok end end,
    ?SHOW(process_info(self(), current_function)),
    ?SHOW(process_info(self(), error_handler)),
    ?SHOW(process_info(self(), priority)),
    ?SHOW(process_info(self(), suspending)),
    ?SHOW(process_info(self(), catchlevel) =/= undefined),
    [?SHOW({Item, sane(process_info(self(), Item))})
     || Item <- [heap_size, total_heap_size, stack_size, memory, reductions]],
    ?SHOW(length(process_info(self())) > 10),
    ?SHOW(is_process_alive(self())),
    ?SHOW(lists:member(self(), processes())).

sane({_, Value}) -> is_integer(Value) andalso Value >= 0.

others() ->
    Self = self(),
    Pid = spawn_link(?MODULE, idle, [Self]),
    receive idle -> ok end,
    settle(Pid),
    ?SHOW(process_info(Pid, status)),
    ?SHOW(process_info(Pid, initial_call)),
    ?SHOW(process_info(Pid, current_function)),
    ?SHOW(process_info(Pid, links) =:= {links, [Self]}),
    ?SHOW(process_info(Pid, dictionary)),
    ?SHOW(process_info(Pid, group_leader) =:= {group_leader, group_leader()}),
    ?SHOW(process_info(Pid, parent) =:= {parent, Self}),
    Pid ! not_wanted,
    ?SHOW(process_info(Pid, messages)),
    ?SHOW(process_info(Pid, message_queue_len)),
    ?SHOW(process_info(Pid, monitors)),
    Ref = monitor(process, Pid),
    ?SHOW(process_info(Pid, monitored_by) =:= {monitored_by, [Self]}),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, _} -> ok end,
    ?SHOW(process_info(Pid, status)),
    ?SHOW(process_info(Pid, [status, links])),
    ?SHOW(process_info(Pid)),
    ?SHOW(is_process_alive(Pid)).

idle(Parent) ->
    put(my, value),
    Parent ! idle,
    receive stop -> ok end.

settle(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> ok;
        _ -> erlang:yield(), settle(Pid)
    end.

lists_of_items() ->
    ?SHOW(process_info(self(), [trap_exit, message_queue_len, priority])),
    ?SHOW(process_info(self(), [])),
    ?SHOW(process_info(self(), [registered_name, trap_exit])),
    ?SHOW(process_info(self(), [trap_exit, trap_exit])).

flags() ->
    ?SHOW(process_flag(trap_exit, true)),
    ?SHOW(process_flag(trap_exit, false)),
    ?SHOW(process_flag(priority, high)),
    ?SHOW(process_flag(priority, normal)),
    ?SHOW(process_flag(message_queue_data, off_heap)),
    ?SHOW(process_flag(message_queue_data, on_heap)),
    ?SHOW(process_flag(fullsweep_after, 10) >= 0),
    ?SHOW(process_flag(fullsweep_after, 20)),
    ?SHOW(process_flag(min_heap_size, 500) > 0),
    ?SHOW(process_flag(min_heap_size, 233) >= 500),
    ?SHOW(process_flag(error_handler, error_handler)),
    ?SHOW(process_flag(sensitive, true)),
    ?SHOW(process_flag(sensitive, false)),
    ?SHOW(process_flag(save_calls, 0)),
    ?SHOW(process_flag(self(), save_calls, 0)).

bad() ->
    ?SHOW(process_info(a)),
    ?SHOW(process_info(self(), nope)),
    ?SHOW(process_info(self(), [status, nope])),
    ?SHOW(process_info(1, status)),
    ?SHOW(process_flag(trap_exit, 1)),
    ?SHOW(process_flag(priority, huge)),
    ?SHOW(process_flag(nope, true)),
    ?SHOW(process_flag(min_heap_size, -1)),
    ?SHOW(process_flag(max_heap_size, a)),
    ?SHOW(is_process_alive(a)).
