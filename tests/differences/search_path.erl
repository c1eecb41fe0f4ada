%% SPDX-License-Identifier: Apache-2.0
%% search_path.erl - `code:get_path/0`
%% OTP: starts with `.`
%% Mote: starts with the folder of the program's `.beam` file
%% why: that is where it is loaded from
%% erl prints:
%%   "."
%% mote prints:
%%   "/*"
-module(search_path).
-export([start/0]).

start() -> io:format("~p~n", [hd(code:get_path())]).
