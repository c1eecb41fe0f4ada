%% SPDX-License-Identifier: Apache-2.0
%% old_requests.erl - Requests without an encoding, several in one, and what is none.
-module(old_requests).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:request(user, {put_chars, "old text\n"})),
    ?SHOW(io:request(user, {put_chars, lists, reverse, ["\ntxet"]})),
    ?SHOW(io:request(user, {get_line, "line> "})),
    ?SHOW(io:request(user, {get_chars, "characters> ", 3})),
    ?SHOW(io:request(user, {get_until, "until> ", io_lib, fread, ["~d"]})),
    ?SHOW(io:requests(user, [{put_chars, unicode, "first\n"}, {bad, request},
                             {put_chars, unicode, "never\n"}])),
    ?SHOW(io:requests([{put_chars, unicode, "text\n"}, {get_line, unicode, "> "},
                       {put_chars, unicode, "after\n"}])),
    ?SHOW(io:requests([{put_chars, unicode, "text\n"}, {get_line, unicode, "> "}])),
    ?SHOW(io:request(user, {setopts, not_a_list})),
    ?SHOW(io:request(user, {get_until, unicode, '', ?MODULE, no_such_function, []})).
