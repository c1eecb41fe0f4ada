%% SPDX-License-Identifier: Apache-2.0
%% large_maps.erl - Large maps
%% OTP: order of OTP's hash, the same in each run
%% Mote: another in each run
%% why: OTP leaves it open
%% erl prints:
%%   true
%% mote prints:
%%   false
-module(large_maps).
-export([start/0]).

start() ->
    Keys = maps:keys(maps:from_keys(lists:seq(1, 100), [])),
    io:format("~p~n", [lists:prefix([33, 12, 73, 44, 23], Keys)]).
