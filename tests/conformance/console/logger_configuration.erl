%% SPDX-License-Identifier: Apache-2.0
%% logger_configuration.erl - Asking and changing logger's configuration.
-module(logger_configuration).
-export([start/0, log/2, adding_handler/1, changing_config/3, removing_handler/1, filter_config/1]).
-include("../show.hrl").

start() ->
    ?SHOW(lists:member(default, logger:get_handler_ids())),
    ?SHOW(logger:remove_handler(default)),
    ?SHOW(logger:get_handler_ids()),
    ?SHOW(logger:get_handler_config(default)),
    ?SHOW(logger:set_primary_config(level, debug)),
    ?SHOW(sorted(logger:get_primary_config())),
    ?SHOW(logger:update_primary_config(#{metadata => #{a => 1}})),
    ?SHOW(sorted(logger:get_primary_config())),
    ?SHOW(logger:set_primary_config(#{level => info})),
    ?SHOW(sorted(logger:get_primary_config())),
    ?SHOW(logger:set_primary_config(no_such_key, 1)),
    ?SHOW(logger:add_handler(mine, ?MODULE, #{config => first})),
    {ok, Config} = logger:get_handler_config(mine),
    ?SHOW(sorted(Config)),
    ?SHOW(logger:update_handler_config(mine, config, second)),
    ?SHOW(logger:update_handler_config(mine, #{level => error})),
    ?SHOW(logger:set_handler_config(mine, id, other)),
    ?SHOW(logger:set_handler_config(mine, #{config => third})),
    ?SHOW(logger:update_formatter_config(mine, single_line, false)),
    {ok, Changed} = logger:get_handler_config(mine),
    ?SHOW(sorted(Changed)),
    ?SHOW(logger:error("an event")),
    ?SHOW(logger:remove_handler(mine)),
    ?SHOW(logger:error("nobody hears it")),
    ?SHOW(logger:add_handler(refused, ?MODULE, #{config => refuse})),
    ?SHOW(logger:get_handler_ids()).

sorted(Map) -> lists:sort(maps:to_list(Map)).

log(#{level := Level, msg := Message}, #{config := Config}) ->
    io:format(user, "log ~p ~p ~p~n", [Level, Message, Config]).

adding_handler(#{config := refuse}) -> {error, refused};
adding_handler(Config) ->
    io:format(user, "adding ~p~n", [maps:get(config, Config)]),
    {ok, Config#{added => true}}.

changing_config(How, Old, New) ->
    From = maps:get(config, Old, none),
    io:format(user, "~p from ~p to ~p~n", [How, From, maps:get(config, New, none)]),
    {ok, New}.

removing_handler(#{id := Id}) -> io:format(user, "removing ~p~n", [Id]).

filter_config(Config) -> maps:remove(added, Config).
