%% SPDX-License-Identifier: Apache-2.0
%% end_of_input.erl - No input at all.
-module(end_of_input).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:get_line("> ")),
    ?SHOW(io:get_line("> ")),
    ?SHOW(io:get_chars("> ", 5)),
    ?SHOW(io:read("> ")),
    ?SHOW(io:fread("> ", "~d")),
    ?SHOW(io:scan_erl_exprs('')).
