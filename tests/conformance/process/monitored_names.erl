%% SPDX-License-Identifier: Apache-2.0
%% monitored_names.erl - monitors of names that nobody has: what DOWN says, with tags and aliases.
-module(monitored_names).
-export([start/0]).

down(Type, What, Options) ->
    M = monitor(Type, What, Options),
    receive
        {Tag, M, Kind, Who, Why} -> io:format("~p ~p ~p ~p~n", [Tag, Kind, Who, Why])
    after 1000 -> io:format("none~n")
    end.

start() ->
    [down(Type, Who, Options)
     || Type <- [process, port], Who <- [nobody, {nobody, node()}],
        Options <- [[], [{tag, hello}], [{alias, reply_demonitor}, {tag, {a, 1}}]]].
