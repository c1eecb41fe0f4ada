%% SPDX-License-Identifier: Apache-2.0
%% error_logger_calls.erl - The old interface: error_logger.
-module(error_logger_calls).
-export([start/0]).
-include("../show.hrl").

start() ->
    log_lines:install(),
    ?SHOW(error_logger:error_msg("text~n")),
    ?SHOW(error_logger:error_msg("~p ~p", [1, 2])),
    ?SHOW(error_logger:format("~p", [3])),
    ?SHOW(error_logger:warning_msg("~p", [4])),
    ?SHOW(error_logger:info_msg("~p", [5])),
    ?SHOW(error_logger:error_report([{a, 1}, {b, 2}])),
    ?SHOW(error_logger:error_report(my_type, [{a, 1}])),
    ?SHOW(error_logger:warning_report("text")),
    ?SHOW(error_logger:info_report(#{a => 1})),
    ?SHOW(error_logger:info_report(std_info, [{c, "text"}])),
    ?SHOW(error_logger:warning_map()),
    ?SHOW(error_logger:get_format_depth()),
    ?SHOW(error_logger:tty(false)).
