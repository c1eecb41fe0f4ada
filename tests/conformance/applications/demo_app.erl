%% SPDX-License-Identifier: Apache-2.0
%% demo_app.erl - The callback of the application that the programs here start.
-module(demo_app).
-behaviour(application).
-export([start/2, start_phase/3, prep_stop/1, stop/1, config_change/3]).
-export([init/1]).

start(Type, Arguments) ->
    io:format("start ~w ~w ~w~n", [Type, Arguments, application:get_application()]),
    case application:get_env(start) of
        {ok, refuse} -> {error, refused};
        {ok, crash} -> error(crashed);
        {ok, other} -> nonsense;
        _ ->
            {ok, Pid} = supervisor:start_link({local, demo_sup}, ?MODULE, []),
            {ok, Pid, {state, Arguments}}
    end.

start_phase(Phase, Type, Arguments) ->
    io:format("phase ~w ~w ~w~n", [Phase, Type, Arguments]),
    ok.

prep_stop(State) ->
    io:format("prep_stop ~w~n", [State]),
    State.

stop(State) ->
    io:format("stop ~w~n", [State]),
    ok.

config_change(Changed, New, Removed) ->
    io:format("config_change ~w ~w ~w~n", [Changed, New, Removed]),
    ok.

init([]) -> {ok, {{one_for_one, 1, 5}, []}}.
