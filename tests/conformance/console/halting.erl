%% SPDX-License-Identifier: Apache-2.0
%% halting.erl - All that was written is out before the VM halts; the status is the program's.
-module(halting).
-export([start/0]).

start() ->
    io:format("~s", [[["line ", integer_to_list(N), $\n] || N <- lists:seq(1, 20000)]]),
    [io:format("~p~n", [N]) || N <- lists:seq(1, 200)],
    io:put_chars("no line end"),
    spawn(fun() -> halt(7) end),
    receive after infinity -> ok end.
