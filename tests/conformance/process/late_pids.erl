%% SPDX-License-Identifier: Apache-2.0
%% late_pids.erl - Pids as text and external terms when very many processes have come and gone.
-module(late_pids).
-export([start/0]).

start() ->
    [run_one() || _ <- lists:seq(1, 500000)],
    Pids = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 500)],
    Same = [P =:= binary_to_term(term_to_binary(P)) andalso P =:= list_to_pid(pid_to_list(P))
            || P <- Pids],
    io:format("~w~n", [lists:usort(Same)]),
    [P ! stop || P <- Pids],
    ok.

run_one() ->
    {_, Monitor} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Monitor, process, _, normal} -> ok end.
