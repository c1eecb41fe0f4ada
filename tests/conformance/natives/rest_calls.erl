%% SPDX-License-Identifier: Apache-2.0
%% rest_calls.erl - Natives that OTP's own modules call: tags of dynamic tracing, requests between
%% processes, tables that are searched by patterns, code that is deleted.
-module(rest_calls).
-export([start/0, idle/0]).
-include("calls.hrl").

start() ->
    tags(),
    code(),
    internal(),
    tables(),
    calls(net_kernel, dflag_unicode_io, [[self()], [a], [1]]),
    calls(erlang, term_to_iovec, [[a, []], [a, [x]], [a, b]]),
    calls(erlang, get_keys, [[no_such_value]]),
    calls(erts_internal, erase_persistent_terms, [[]]).

tags() ->
    calls(erlang, dt_put_tag, [[undefined], [<<"tag">>], [a], [1]]),
    calls(erlang, dt_get_tag, [[]]),
    calls(erlang, dt_get_tag_data, [[]]),
    calls(erlang, dt_spread_tag, [[true], [false], [a]]),
    calls(erlang, dt_restore_tag, [[true], [a]]),
    calls(erlang, dt_prepend_vm_tag_data, [[<<"x">>], ["x"], [a]]),
    calls(erlang, dt_append_vm_tag_data, [[<<"x">>], ["x"], [a]]).

code() ->
    calls(erlang, check_old_code, [[lists], [no_such_module], [1]]),
    calls(erlang, delete_module, [[no_such_module], [1]]).

idle() -> receive stop -> ok end.

internal() ->
    Pid = spawn(?MODULE, idle, []),
    calls(erts_internal, term_type, [[1], [a], ["x"], [[]], [1.0], [1 bsl 70], [{}], [#{}], [self()]]),
    io:format("~p~n", [apply(erts_internal, no_aux_work_threads, []) > 0]),
    calls(erts_internal, is_process_alive, [[1, 2], [a, b]]),
    calls(erts_internal, request_system_task, [[Pid, a, b]]),
    exit(Pid, kill).

tables() ->
    T = ets:new(rest, [ordered_set, public, named_table]),
    ets:insert(T, [{N, N * N} || N <- lists:seq(1, 10)]),
    calls(ets, select, [[T, [{{'$1', '$2'}, [], ['$1']}]], [T, a]]),
    calls(ets, select_count, [[T, [{{'$1', 4}, [], [true]}]], [T, a]]),
    calls(ets, internal_select_delete, [[T, [{{'$1', 4}, [], [true]}]], [T, a]]),
    {[_], Next} = ets:select(T, [{{'$1', '$2'}, [], ['$1']}], 1),
    io:format("~p~n", [element(1, ets:select(Next))]),
    calls(ets, select, [[T, [{{'$1', '$2'}, [], ['$1']}], 0], [a]]).
