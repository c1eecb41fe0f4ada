%% SPDX-License-Identifier: Apache-2.0
%% console_encoding.erl - Console's encoding at start
%% OTP: Latin-1 with `-noshell` in OTP 25
%% Mote: UTF-8
%% why: a console of today
%% erl prints:
%%   {encoding,latin1}
%% mote prints:
%%   {encoding,unicode}
-module(console_encoding).
-export([start/0]).

start() -> io:format("~p~n", [lists:keyfind(encoding, 1, io:getopts())]).
