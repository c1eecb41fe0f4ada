%% SPDX-License-Identifier: Apache-2.0
%% tracing.erl - Tracing
%% OTP: also of ports, with tracer modules, `call_time`, `call_memory`, specifications for messages, events of `garbage_collection`
%% Mote: `badarg`; the events are not told
%% why: not there yet
%% erl prints:
%%   1
%%   1
%% mote prints:
%%   {'EXIT',{badarg,*
%%   {'EXIT',{badarg,*
-module(tracing).
-export([start/0]).

start() ->
    io:format("~0p~n", [catch erlang:trace_pattern({lists, seq, 2}, true, [call_time])]),
    io:format("~0p~n", [catch erlang:trace_pattern(send, [{[self(), '_'], [], []}], [])]).
