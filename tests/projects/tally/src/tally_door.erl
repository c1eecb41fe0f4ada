%% SPDX-License-Identifier: Apache-2.0
%% tally_door.erl - A door that opens by a code and closes after a while.
-module(tally_door).
-behaviour(gen_statem).
-export([start_link/1, push/1, init/1, callback_mode/0, closed/3, open/3, terminate/3]).

start_link(State) -> gen_statem:start_link({local, ?MODULE}, ?MODULE, State, []).
push(Button) -> gen_statem:call(?MODULE, {push, Button}).

init(State) ->
    process_flag(trap_exit, true),
    {ok, State, []}.

callback_mode() -> [state_functions, state_enter].

closed(enter, Old, _) ->
    io:format("door: ~p to closed~n", [Old]),
    {keep_state, []};
closed({call, From}, {push, Button}, [2, 1]) ->
    tally_server:count(opened),
    {next_state, open, [], [{reply, From, {opens, Button}}, {state_timeout, 20, close}]};
closed({call, From}, {push, Button}, Buttons) -> {keep_state, [Button | Buttons], [{reply, From, length(Buttons)}]}.

open(enter, Old, _) ->
    io:format("door: ~p to open~n", [Old]),
    keep_state_and_data;
open(state_timeout, close, _) -> {next_state, closed, []};
open({call, _}, {push, _}, _) -> {keep_state_and_data, postpone}.

terminate(Reason, State, _) -> io:format("door ends ~p: ~p~n", [State, Reason]).
