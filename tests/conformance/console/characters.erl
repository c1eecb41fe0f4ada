%% SPDX-License-Identifier: Apache-2.0
%% characters.erl - io:get_chars/2,3 and file:read/2 on the console.
-module(characters).
-export([start/0]).
-include("../show.hrl").

start() ->
    io:setopts([{encoding, unicode}]),
    ?SHOW(io:get_chars("> ", 1)),
    ?SHOW(io:get_chars('', 3)),
    ?SHOW(io:get_chars('', 10)),
    ?SHOW(io:get_chars(user, "user> ", 2)),
    ?SHOW(io:get_line('')),
    ?SHOW(io:get_chars('', 0)),
    ?SHOW(file:read(standard_io, 4)),
    ?SHOW(io:request(user, {get_chars, unicode, "old> ", 2})),
    ?SHOW(io:request(user, {get_chars, latin1, "", 2})),
    ?SHOW(io:get_chars('', 1000)),
    ?SHOW(io:get_chars('', 1)).
