%% SPDX-License-Identifier: Apache-2.0
%% snifs.erl - The functions in C that system_info(snifs) lists are those that is_builtin/3 knows.
-module(snifs).
-export([start/0]).
-include("../show.hrl").

start() ->
    Listed = erlang:system_info(snifs),
    ?SHOW(length(Listed) > 400),
    ?SHOW([F || {M, N, A} = F <- Listed, not erlang:is_builtin(M, N, A)]),
    Exported = [{erlang, F, A} || {F, A} <- erlang:module_info(exports)],
    Instructions = [{erlang, apply, 2}, {erlang, apply, 3}, {erlang, yield, 0}],
    ?SHOW([F || {M, N, A} = F <- (Exported -- Listed) -- Instructions, erlang:is_builtin(M, N, A)]),
    ?SHOW([F || F <- [{erlang, self, 0}, {ets, insert, 2}, {lists, reverse, 2}], not lists:member(F, Listed)]).
