%% SPDX-License-Identifier: Apache-2.0
%% output_forms.erl - Every way to write to the console.
-module(output_forms).
-export([start/0, text/1]).
-include("../show.hrl").

start() ->
    ?SHOW(io:put_chars("a list\n")),
    ?SHOW(io:put_chars(<<"a binary\n">>)),
    ?SHOW(io:put_chars(["deep ", [<<"data">>, $\s, ["and"]], <<" more\n">>])),
    ?SHOW(io:put_chars("")),
    ?SHOW(io:put_chars(user, "to user\n")),
    ?SHOW(io:put_chars(standard_io, "to standard_io\n")),
    ?SHOW(io:put_chars(group_leader(), "to the group leader\n")),
    ?SHOW(io:nl()),
    ?SHOW(io:nl(user)),
    ?SHOW(io:write({a, "b", 1.5})),
    ?SHOW(io:write(user, [1, 2])),
    ?SHOW(io:format("~p ~w ~s~n", [{x}, "y", "z"])),
    ?SHOW(io:format("no arguments~n")),
    ?SHOW(io:format(user, "~b~n", [17])),
    ?SHOW(io:format(<<"a binary format ~p~n">>, [1])),
    ?SHOW(io:format('an atom ~p~n', [2])),
    ?SHOW(io:fwrite("fwrite ~p~n", [3])),
    ?SHOW(file:write(standard_io, "written as to a file\n")),
    requests().

%% Forms that only the protocol has.
requests() ->
    ?SHOW(request({put_chars, unicode, "plain\n"})),
    ?SHOW(request({put_chars, latin1, <<"bytes\n">>})),
    ?SHOW(request({put_chars, unicode, ?MODULE, text, ["called"]})),
    ?SHOW(request({put_chars, latin1, ?MODULE, text, [<<"called for bytes">>]})),
    ?SHOW(request({put_chars, "from an old node\n"})),
    ?SHOW(request({put_chars, ?MODULE, text, ["old call"]})),
    ?SHOW(request({requests, [{put_chars, unicode, "one "}, {put_chars, unicode, "two\n"}]})),
    ?SHOW(request({requests, []})).

text(Text) -> [Text, $\n].

request(Request) ->
    Ref = make_ref(),
    user ! {io_request, self(), Ref, Request},
    receive {io_reply, Ref, Reply} -> Reply after 5000 -> none end.
