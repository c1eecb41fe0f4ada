%% SPDX-License-Identifier: Apache-2.0
%% bench_server.erl - The server that the kernel gencall asks.
-module(bench_server).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).

init([]) -> {ok, none}.

handle_call({echo, Value}, _From, State) -> {reply, Value, State};
handle_call(stop, _From, State) -> {stop, normal, ok, State}.

handle_cast(_Message, State) -> {noreply, State}.
