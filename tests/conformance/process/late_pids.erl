%% SPDX-License-Identifier: Apache-2.0
%% late_pids.erl - Pids as text, external terms and in order, after very many processes.
-module(late_pids).
-export([start/0]).

start() ->
    run(500000),
    Pids = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 500)],
    Same = [P =:= binary_to_term(term_to_binary(P)) andalso P =:= list_to_pid(pid_to_list(P))
            || P <- Pids],
    io:format("~w~n", [lists:usort(Same)]),
    [P ! stop || P <- Pids],
    io:format("~w~n", [rising(2000, self(), [])]),
    ok.

%% Whether each new process has a larger pid, with others that end in another order.
rising(0, _, Alive) ->
    [P ! stop || P <- Alive],
    true;
rising(N, Last, Alive) ->
    Pid = spawn(fun() -> receive stop -> ok end end),
    {Kept, Ended} = lists:partition(fun(_) -> rand:uniform(5) > 1 end, [Pid | Alive]),
    [P ! stop || P <- Ended],
    Pid > Last andalso rising(N - 1, Pid, Kept).

run(0) -> ok;
run(N) ->
    {_, Monitor} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Monitor, process, _, normal} -> run(N - 1) end.
