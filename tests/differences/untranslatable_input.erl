%% SPDX-License-Identifier: Apache-2.0
%% untranslatable_input.erl - Input that is no text in the asked encoding
%% OTP: all input read so far is lost
%% Mote: that line is
%% why: nobody wants to lose more
%% erl prints:
%%   {error,collect_line}
%%   eof
%% mote prints:
%%   {error,collect_line}
%%   "next\n"
-module(untranslatable_input).
-export([start/0]).

start() ->
    io:setopts([{encoding, unicode}]),
    io:format("~p~n", [io:request(user, {get_line, latin1, ""})]),
    io:format("~p~n", [io:get_line("")]).
