%% SPDX-License-Identifier: Apache-2.0
%% tally_app.erl - Takes the place of what rebar3 makes: the work is done when all has started.
-module(tally_app).
-behaviour(application).
-export([start/2, prep_stop/1, stop/1]).

start(Type, Arguments) ->
    io:format("~p ~p ~p~n", [Type, Arguments, application:get_application()]),
    tally_sup:start_link().

prep_stop(State) ->
    io:format("stops; ~p children~n", [proplists:get_value(active, supervisor:count_children(tally_sup))]),
    State.

stop(State) -> io:format("stopped ~p~n", [State]).
