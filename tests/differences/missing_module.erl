%% SPDX-License-Identifier: Apache-2.0
%% missing_module.erl - A module that was not found
%% OTP: `undef`
%% Mote: one beside a `.erl` program is compiled and loaded
%% why: a program needs no build
%% erl prints:
%%   {'EXIT',{undef,[{beside,hello,*
%% mote prints:
%%   "hello"
-module(missing_module).
-export([start/0]).

start() -> io:format("~0p~n", [catch beside:hello()]).
