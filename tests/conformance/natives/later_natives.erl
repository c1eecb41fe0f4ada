%% SPDX-License-Identifier: Apache-2.0
%% later_natives.erl - Natives are there from the release on that they came with.
-module(later_natives).
-export([start/0]).
-include("masked.hrl").

start() ->
    [value(io_lib:format("~w", [MFA]), is_there(MFA)) || MFA <- natives()].

is_there({Module, Function, Arity}) ->
    _ = code:ensure_loaded(Module),
    erlang:function_exported(Module, Function, Arity).

natives() ->
    [{code, coverage_support, 0}, {erlang, exit_signal, 2}, {erlang, exit_signal, 3}, {erlang, exit, 3}, {erlang, link, 2},
     {erlang, is_integer, 3}, {erlang, is_record, 1}, {erlang, hibernate, 0}, {erlang, display_string, 2},
     {ets, first_lookup, 1}, {ets, last_lookup, 1}, {ets, next_lookup, 2}, {ets, prev_lookup, 2},
     {ets, lookup_element, 4}, {ets, update_element, 4}, {persistent_term, put_new, 2}, {re, import, 1},
     {erts_internal, processes_next, 1}, {prim_tty, isatty, 1},
     {records, create, 4}, {records, update, 4}, {records, get, 2}, {records, get_definition, 2},
     {records, get_field_names, 1}, {records, get_module, 1}, {records, get_name, 1}, {records, is_exported, 1}].
