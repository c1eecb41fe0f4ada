%% SPDX-License-Identifier: Apache-2.0
%% asked_while_receiving.erl - The stack of a process that receives on another scheduler.
-module(asked_while_receiving).
-export([start/0, worker/2, deep/3]).
-include("../show.hrl").

start() ->
    Ponger = spawn_link(fun pong/0),
    Worker = spawn_link(?MODULE, worker, [Ponger, 0]),
    Seen = ask(Worker, 30000, []),
    Known = [{?MODULE, worker, 2}, {?MODULE, deep, 3}, {?MODULE, ping, 1}, {?MODULE, ping, 2}],
    ?SHOW(Seen -- Known).

pong() -> receive {From, Ref} -> From ! Ref, pong() end.

worker(Ponger, N) ->
    deep(Ponger, N, {a, N}),
    ping(Ponger),
    worker(Ponger, N + 1).

deep(Ponger, N, T) ->
    A = ping(Ponger, N),
    B = ping(Ponger, N),
    C = {A, B, T, N},
    ping(Ponger, C).

ping(Ponger, X) ->
    Y = ping(Ponger),
    {Y, X}.

ping(Ponger) ->
    Ref = make_ref(),
    Ponger ! {self(), Ref},
    receive Ref -> ok end.

ask(_, 0, Seen) -> lists:usort(Seen);
ask(Pid, N, Seen) ->
    {current_stacktrace, Trace} = process_info(Pid, current_stacktrace),
    ask(Pid, N - 1, lists:usort([{M, F, A} || {M, F, A, _} <- Trace] ++ Seen)).
