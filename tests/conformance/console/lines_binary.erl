%% SPDX-License-Identifier: Apache-2.0
%% lines_binary.erl - io:get_line/2 as binaries.
-module(lines_binary).
-export([start/0]).
-include("../show.hrl").

start() ->
    io:setopts([binary, {encoding, unicode}]),
    ?SHOW(io:get_line("> ")),
    ?SHOW(io:get_line('')),
    ?SHOW(io:get_line('')),
    ?SHOW(io:get_line('')),
    ?SHOW(io:get_chars('', 4)),
    ?SHOW(io:get_line('')),
    ?SHOW(file:read_line(standard_io)),
    count(0, 0).

count(Lines, Bytes) ->
    case io:get_line('') of
        eof -> io:format("~p lines, ~p bytes~n", [Lines, Bytes]);
        Line -> count(Lines + 1, Bytes + byte_size(Line))
    end.
