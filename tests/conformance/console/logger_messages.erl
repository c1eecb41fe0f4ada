%% SPDX-License-Identifier: Apache-2.0
%% logger_messages.erl - Strings, formats, reports, funs and metadata in events.
-module(logger_messages).
-export([start/0, callback/1, callback/2]).
-include("../show.hrl").
-include_lib("kernel/include/logger.hrl").

start() ->
    log_lines:install(),
    logger:error("a string"),
    logger:error(<<"a binary">>),
    logger:error(["deep ", <<"data">>]),
    logger:error("~p and ~ts", [{a, tuple}, "text"]),
    logger:error(#{1 => a, 2 => "text", 3 => [1, 2]}),
    logger:error([{a, 1}, {b, "text"}, loose]),
    logger:error("~p", []),
    logger:error(fun(Who) -> {"from a fun for ~p", [Who]} end, me),
    logger:error(fun(_) -> "a string from a fun" end, x),
    logger:error(fun(_) -> #{from => a_fun} end, x),
    logger:error(fun(_) -> ignore end, x),
    logger:error(fun(_) -> exit(on_purpose) end, x),
    logger:error(#{a => 1}, #{report_cb => fun ?MODULE:callback/1}),
    logger:error(#{a => 1}, #{report_cb => fun ?MODULE:callback/2}),
    ?LOG_WARNING("by a macro ~p", [1]),
    ?LOG(notice, #{by => a_macro}),
    metadata(),
    templates().

callback(Report) -> {"called back for ~p", [Report]}.
callback(Report, #{depth := Depth, single_line := Single}) ->
    io_lib:format("called back for ~p ~p ~p", [Report, Depth, Single]).

metadata() ->
    ?SHOW(logger:set_process_metadata(#{who => me, what => this})),
    ?SHOW(logger:get_process_metadata()),
    ?SHOW(logger:update_process_metadata(#{what => that})),
    ?SHOW(logger:get_process_metadata()),
    ?SHOW(logger:set_primary_config(metadata, #{node_wide => yes})),
    format(#{single_line => false,
             template => [who, " ", what, " ", node_wide, " ", mine, " ", msg, "\n"]}),
    logger:error("with metadata", #{mine => 1}),
    ?SHOW(logger:unset_process_metadata()),
    ?SHOW(logger:get_process_metadata()),
    logger:error("without", #{mine => 2}).

templates() ->
    format(#{single_line => false,
             template => ["[", level, "] ", {who, ["who=", who, " "], ["nobody "]}, msg, "\n"]}),
    logger:error("text"),
    logger:error("text", #{who => [16#3bb]}),
    format(#{single_line => false, template => [mfa, ":", line, " ", msg, "\n"]}),
    ?LOG_ERROR("where"),
    format(#{single_line => false, template => [msg, "\n"]}),
    logger:error("over~nmany~nlines ~p", [lists:seq(1, 60)]),
    format(#{single_line => false, chars_limit => 20, template => [msg, "\n"]}),
    logger:error("~p", [lists:seq(1, 60)]),
    format(#{single_line => false, depth => 5, template => [msg, "\n"]}),
    logger:error("~p", [lists:seq(1, 60)]),
    format(#{single_line => false, max_size => 30, template => [msg, "\n"]}),
    logger:error("a text that is longer than thirty characters"),
    format(#{legacy_header => false, single_line => false,
             template => [level, " ", {deep, [[deep, key]], ["none"]}, " ", msg, "\n"]}),
    logger:error("x", #{deep => #{key => 17}}).

format(Config) ->
    ok = logger:set_handler_config(log_lines, formatter, {logger_formatter, Config}).
