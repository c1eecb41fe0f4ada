%% SPDX-License-Identifier: Apache-2.0
%% A receive without clauses whose time is `infinity` in a register: messages do not end it.
-module(sleeps_for_ever).
-export([start/0, sleep/1]).

-include("../show.hrl").

start() ->
    Self = self(),
    Pids = [spawn_link(fun() -> sleep(infinity), Self ! {woke_up, N} end) || N <- lists:seq(1, 10)],
    [begin Pid ! {message, Round, lists:seq(1, Round)}, work(Round) end
     || Round <- lists:seq(1, 20), Pid <- Pids],
    ?SHOW(receive Any -> Any after 20 -> nothing end),
    ?SHOW([is_process_alive(Pid) || Pid <- Pids]),
    ?SHOW([element(2, process_info(Pid, message_queue_len)) || Pid <- Pids]),
    spawn(fun() -> catch sleep(wrong), Self ! {wrong, catch sleep(-1)} end),
    ?SHOW(receive {wrong, {'EXIT', {Reason, _}}} -> Reason end).

sleep(Time) ->
    receive after Time -> ok end.

work(N) ->
    erlang:yield(),
    lists:sum(lists:seq(1, N * 10)).
