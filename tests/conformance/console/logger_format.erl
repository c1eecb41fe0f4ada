%% SPDX-License-Identifier: Apache-2.0
%% logger_format.erl - logger_formatter with the configuration of the default handler.
-module(logger_format).
-export([start/0]).
-include("../show.hrl").

-define(TIME, 1700000000123456).

start() ->
    os:putenv("TZ", "UTC"),
    Default = #{legacy_header => true, single_line => false},
    [put_event(Event, Config)
     || Event <- events(), Config <- [Default, #{single_line => false}]],
    ?SHOW(logger_formatter:check_config(Default)),
    ?SHOW(logger_formatter:check_config(#{single_line => maybe_not})),
    ?SHOW(logger_formatter:check_config(#{no_such_key => 1})).

put_event(Event, Config) ->
    Utc = Config#{time_offset => "Z"},
    io:put_chars(log_lines:tame(lists:flatten(logger_formatter:format(Event, Utc)))).

events() ->
    Callback = fun logger:format_otp_report/1,
    [event(error, {string, "a string"}, #{}),
     event(warning, {"a format ~p~n~p", [1, {two}]}, #{}),
     event(notice, {report, #{1 => one, 2 => "2"}}, #{report_cb => Callback}),
     event(info, {report, [{one, 1}, two]}, #{report_cb => Callback}),
     event(error, {"Error in process ~p with exit value:~n~p~n", [self(), {badarith, []}]},
           #{error_logger => #{tag => error, emulator => true}}),
     event(error, {string, "typed"},
           #{error_logger => #{tag => error_report, type => crash_report}}),
     event(info, {string, "typed"}, #{error_logger => #{tag => info_report, type => progress}}),
     event(debug, {string, "mfa"}, #{mfa => {m, f, 2}, line => 7, file => "m.erl", pid => self()})].

event(Level, Message, Metadata) ->
    #{level => Level, msg => Message, meta => Metadata#{time => ?TIME}}.
