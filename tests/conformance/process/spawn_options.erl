%% SPDX-License-Identifier: Apache-2.0
%% spawn_options.erl - spawn_opt with every option; spawn in all forms; heap limits that kill.
-module(spawn_options).
-export([start/0]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, false),
    forms(),
    options(),
    limits(),
    requests(),
    bad().

answer(Value) -> spawn_options_parent ! {answer, Value}.

wait() -> receive {answer, Value} -> Value after 5000 -> nothing end.

forms() ->
    register(spawn_options_parent, self()),
    Self = self(),
    ?SHOW(begin spawn(fun() -> Self ! {answer, fun_form} end), wait() end),
    ?SHOW(begin spawn(erlang, send, [Self, {answer, mfa}]), wait() end),
    ?SHOW(begin spawn(node(), fun() -> answer(node_form) end), wait() end),
    ?SHOW(begin spawn(node(), erlang, send, [Self, {answer, node_mfa}]), wait() end),
    ?SHOW(begin spawn_link(fun() -> answer(link) end), wait() end),
    ?SHOW(begin spawn_link(node(), fun() -> answer(link_node) end), wait() end),
    ?SHOW(begin spawn(fun erlang:self/0), no_answer end).

options() ->
    Items = [priority, min_heap_size, fullsweep_after, message_queue_data],
    Ask = fun() -> answer([info(Item) || Item <- Items]) end,
    ?SHOW(begin spawn_opt(fun() -> answer(info(priority)) end, [{priority, high}]), wait() end),
    ?SHOW(begin spawn_opt(fun() -> answer(info(priority)) end, [{priority, low}, link]),
                wait() end),
    ?SHOW(begin spawn_opt(fun() -> {_, N} = info(min_heap_size), answer(N >= 5000) end,
                          [{min_heap_size, 5000}]), wait() end),
    ?SHOW(begin spawn_opt(fun() -> answer(info(message_queue_data)) end,
                          [{message_queue_data, off_heap}]), wait() end),
    ?SHOW(begin spawn_opt(fun() -> {_, Gc} = process_info(self(), garbage_collection),
                                   answer(lists:keyfind(fullsweep_after, 1, Gc)) end,
                          [{fullsweep_after, 3}]), wait() end),
    ?SHOW(begin spawn_opt(fun() -> answer(ok) end, [{min_bin_vheap_size, 1000}]), wait() end),
    ?SHOW(begin {P, R} = spawn_opt(Ask, [monitor, link]), is_pid(P) and is_reference(R) end),
    ?SHOW(length(wait())),
    ?SHOW(receive {'DOWN', _, process, _, Why} -> Why end).

info(fullsweep_after) -> {fullsweep_after, asked};
info(min_heap_size) ->
    {garbage_collection, Gc} = process_info(self(), garbage_collection),
    lists:keyfind(min_heap_size, 1, Gc);
info(Item) -> process_info(self(), Item).

%% Growing over the limit kills, as does a trapped limit reached from inside.
limits() ->
    Max = #{size => 20000, kill => true, error_logger => false},
    {_, R1} = spawn_opt(fun() -> lists:seq(1, 1000000) end, [monitor, {max_heap_size, Max}]),
    ?SHOW(receive {'DOWN', R1, _, _, Why1} -> Why1 end),
    {_, R2} = spawn_opt(fun() -> exit(length(lists:seq(1, 10))) end,
                        [monitor, {max_heap_size, Max}]),
    ?SHOW(receive {'DOWN', R2, _, _, Why2} -> Why2 end),
    {_, R3} = spawn_opt(fun() -> exit(length(lists:seq(1, 100000))) end,
                        [monitor, {max_heap_size, Max#{kill => false}}]),
    ?SHOW(receive {'DOWN', R3, _, _, Why3} -> Why3 end),
    {_, R4} = spawn_monitor(fun() ->
                                process_flag(trap_exit, true),
                                process_flag(max_heap_size, Max),
                                exit(lists:seq(1, 1000000))
                            end),
    ?SHOW(receive {'DOWN', R4, _, _, Why4} -> Why4 end).

requests() ->
    Self = self(),
    Id1 = spawn_request(fun() -> Self ! {answer, requested} end),
    ?SHOW(receive {spawn_reply, Id1, Ok1, Pid1} -> {Ok1, is_pid(Pid1)} end),
    ?SHOW(wait()),
    Id2 = spawn_request(erlang, exit, [over], [{reply_tag, started}, monitor]),
    ?SHOW(receive {started, Id2, ok, Pid2} -> is_pid(Pid2) end),
    ?SHOW(receive {'DOWN', Id2, process, _, Why2} -> Why2 end),
    _ = spawn_request(fun() -> Self ! {answer, silent} end, [{reply, no}]),
    ?SHOW(wait()),
    _ = spawn_request(node(), fun() -> Self ! {answer, error_only} end, [{reply, error_only}]),
    ?SHOW(wait()),
    ?SHOW(receive Any -> Any after 0 -> no_reply end),
    Id5 = spawn_request(fun() -> ok end, [link, {priority, high}]),
    ?SHOW(receive {spawn_reply, Id5, Ok5, _} -> Ok5 end),
    ?SHOW(spawn_request_abandon(Id5)),
    Id6 = spawn_request(fun() -> ok end, [no_such_option]),
    ?SHOW(receive {spawn_reply, Id6, error, Why6} -> Why6 end),
    ?SHOW(spawn_request(a)),
    ?SHOW(spawn_request(fun() -> ok end, [a | b])),
    ?SHOW(spawn_request_abandon(a)).

bad() ->
    ?SHOW(spawn(a)),
    ?SHOW(spawn(a, b, c)),
    ?SHOW(spawn(1, b, [])),
    ?SHOW(spawn_opt(fun() -> ok end, [nope])),
    ?SHOW(spawn_opt(fun() -> ok end, nope)),
    ?SHOW(spawn_opt(fun() -> ok end, [{priority, huge}])),
    ?SHOW(spawn_opt(fun() -> ok end, [{max_heap_size, -1}])),
    ?SHOW(spawn_opt(fun() -> ok end, [{min_heap_size, a}])),
    ?SHOW(spawn_opt(m, f, a, [])),
    ?SHOW(is_pid(spawn(fun(_) -> ok end))).
