%% SPDX-License-Identifier: Apache-2.0
%% stopping.erl - init:stop/1 ends the program with a status.
-module(stopping).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(init:get_plain_arguments()),
    ?SHOW(init:get_argument(no_such_flag)),
    ?SHOW(init:get_argument(noshell)),
    ?SHOW(init:stop(not_a_status)),
    io:format("stopping~n"),
    init:stop(3),
    receive after infinity -> ok end.
