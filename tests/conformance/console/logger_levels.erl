%% SPDX-License-Identifier: Apache-2.0
%% logger_levels.erl - Which events reach a handler: levels, filters, modules.
-module(logger_levels).
-export([start/0]).
-include("../show.hrl").
-include_lib("kernel/include/logger.hrl").

start() ->
    ?SHOW(log_lines:install()),
    each(),
    ?SHOW(logger:set_primary_config(level, warning)),
    each(),
    ?SHOW(logger:set_primary_config(level, none)),
    each(),
    ?SHOW(logger:set_primary_config(level, all)),
    ?SHOW(logger:set_handler_config(log_lines, level, error)),
    each(),
    ?SHOW(logger:set_handler_config(log_lines, level, all)),
    modules(),
    filters(),
    ?SHOW(logger:set_primary_config(level, loud)),
    ?SHOW(logger:set_handler_config(no_such_handler, level, all)),
    ?SHOW(logger:add_handler(log_lines, log_lines, #{})),
    ?SHOW(logger:add_handler(other, no_such_module, #{})),
    ?SHOW(logger:remove_handler(log_lines)),
    ?SHOW(logger:remove_handler(log_lines)),
    each().

each() ->
    [logger:log(Level, "as ~p", [Level])
     || Level <- [debug, info, notice, warning, error, critical, alert, emergency]].

modules() ->
    ?SHOW(logger:set_module_level(?MODULE, error)),
    ?SHOW(logger:get_module_level(?MODULE)),
    ?LOG_INFO("not by this module"),
    ?LOG_ERROR("errors by this module"),
    ?SHOW(logger:allow(info, ?MODULE)),
    ?SHOW(logger:allow(info, lists)),
    ?SHOW(logger:unset_module_level(?MODULE)),
    ?LOG_INFO("by this module again"),
    ?SHOW(logger:compare_levels(info, error)).

filters() ->
    Stop = fun(#{level := Level}, Level) -> stop; (_, _) -> ignore end,
    ?SHOW(logger:add_primary_filter(no_notice, {Stop, notice})),
    ?SHOW(logger:add_handler_filter(log_lines, no_alert, {Stop, alert})),
    each(),
    ?SHOW(logger:add_primary_filter(no_notice, {Stop, debug})),
    ?SHOW(logger:remove_primary_filter(no_notice)),
    ?SHOW(logger:remove_handler_filter(log_lines, no_alert)),
    ?SHOW(logger:remove_primary_filter(no_notice)),
    Change = fun(Event, Text) -> Event#{msg := {string, Text}} end,
    ?SHOW(logger:add_primary_filter(change, {Change, "changed"})),
    logger:error("original"),
    ?SHOW(logger:remove_primary_filter(change)).
