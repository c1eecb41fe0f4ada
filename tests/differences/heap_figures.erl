%% SPDX-License-Identifier: Apache-2.0
%% heap_figures.erl - Figures of `process_info/2` such as `heap_size`
%% OTP: those of its heaps
%% Mote: others
%% why: they measure the VM
%% erl prints:
%%   {total_heap_size,233}
%% mote prints:
%%   {total_heap_size,??}
-module(heap_figures).
-export([start/0]).

start() ->
    Pid = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [process_info(Pid, total_heap_size)]).
