%% SPDX-License-Identifier: Apache-2.0
%% failing.erl - A program that fails ends with status 1, its output with it.
-module(failing).
-export([start/0]).

start() ->
    io:format("before~n"),
    io:format("~p~n", [hd(list())]).

list() -> binary_to_list(<<>>).
