%% SPDX-License-Identifier: Apache-2.0
%% lines.erl - io:get_line/2 as lists: prompts, line ends, characters, the end of input.
-module(lines).
-export([start/0]).
-include("../show.hrl").

start() ->
    io:setopts([{encoding, unicode}]),
    ?SHOW(io:get_line("a prompt> ")),
    ?SHOW(io:get_line('an_atom> ')),
    ?SHOW(io:get_line('')),
    ?SHOW(io:get_line("")),
    ?SHOW(io:get_line(<<"a binary> ">>)),
    ?SHOW(io:get_line({format, "~p of ~p> ", [6, 9]})),
    ?SHOW(io:get_line([16#3bb, "> "])),
    ?SHOW(io:get_line(user, "to user> ")),
    ?SHOW(io:get_line({no, prompt})),
    ?SHOW(io:get_line(17)),
    ?SHOW(io:request(user, {get_line, unicode, "unicode> "})),
    ?SHOW(io:request(user, {get_line, unicode, "old> "})),
    ?SHOW(io:request(user, {get_line, latin1, "latin1> "})),
    ?SHOW(io:get_line("last> ")),
    ?SHOW(io:get_line("end> ")),
    ?SHOW(io:get_line("end> ")),
    ?SHOW(io:get_chars("end> ", 1)),
    ?SHOW(io:read("end> ")),
    ?SHOW(io:put_chars("still there\n")).
