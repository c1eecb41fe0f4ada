%% SPDX-License-Identifier: Apache-2.0
%% apply_last.erl - natives that blame their caller, called by an apply in tail position.
-module(apply_last).
-export([start/0, by/2, by_fun/2, id/1]).
-include("../show.hrl").

id(X) -> X.
by(F, A) -> erlang:apply(erlang, F, id(A)).
by_fun(F, A) -> erlang:apply(F, id(A)).
fixed(M, F) -> M:F(1, 2).

trace(Fun) ->
    try Fun() catch C:R:S -> {C, R, [{M, F, A, lists:keymember(error_info, 1, I)} || {M, F, A, I} <- lists:sublist(S, 2)]} end.

start() ->
    [?SHOW(trace(fun() -> by(F, [foo]) end)) || F <- [error, exit, throw, hd]],
    ?SHOW(trace(fun() -> by(error, [foo, [a]]) end)),
    ?SHOW(trace(fun() -> by(error, [foo, [a], []]) end)),
    ?SHOW(trace(fun() -> by(exit, [pid, 1, 2]) end)),
    ?SHOW(trace(fun() -> by_fun(fun erlang:error/1, [foo]) end)),
    ?SHOW(trace(fun() -> by_fun(fun erlang:throw/1, [foo]) end)),
    ?SHOW(trace(fun() -> fixed({}, f) end)),
    ?SHOW(trace(fun() -> fixed(f, {}) end)),
    ?SHOW(trace(fun() -> by({}, [1]) end)).
