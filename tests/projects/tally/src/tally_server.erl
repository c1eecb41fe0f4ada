%% SPDX-License-Identifier: Apache-2.0
%% tally_server.erl - Counts what it is told in a table of its own.
-module(tally_server).
-behaviour(gen_server).
-export([start_link/0, count/1, all/0, init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
count(Key) -> gen_server:cast(?MODULE, {count, Key}).
all() -> gen_server:call(?MODULE, all).

init([]) ->
    process_flag(trap_exit, true),
    {ok, ets:new(tally, [ordered_set, protected, named_table])}.

handle_call(all, From, Table) ->
    gen_server:reply(From, ets:tab2list(Table)),
    {noreply, Table}.

handle_cast({count, Key}, Table) ->
    ets:update_counter(Table, Key, 1, {Key, 0}),
    {noreply, Table}.

handle_info(Other, Table) ->
    io:format("tally: ~p~n", [Other]),
    {noreply, Table}.

terminate(Reason, Table) -> io:format("tally ends: ~p, ~p kept~n", [Reason, ets:info(Table, size)]).
