%% SPDX-License-Identifier: Apache-2.0
%% output_errors.erl - What is no text, and devices that are not there.
-module(output_errors).
-export([start/0, throw_text/0, crash/0, no_text/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:put_chars(atom)),
    ?SHOW(io:put_chars([a])),
    ?SHOW(io:put_chars([-1])),
    ?SHOW(io:put_chars(["ok", 16#110000])),
    ?SHOW(request({put_chars, unicode, [a]})),
    ?SHOW(request({put_chars, latin1, [1000]})),
    ?SHOW(io:format("~p ~p~n", [1])),
    ?SHOW(io:format("~q~n", [1])),
    ?SHOW(io:format("~s~n", [[a]])),
    ?SHOW(io:format(no_such_device, "x", [])),
    ?SHOW(io:put_chars(no_such_device, "x")),
    ?SHOW(io:format(dead(), "x", [])),
    ?SHOW(io:request(user, {no, such, request})),
    ?SHOW(io:request(user, anything)),
    ?SHOW(io:request(no_such_device, getopts)),
    ?SHOW(request({put_chars, unicode, ?MODULE, throw_text, []})),
    ?SHOW(request({put_chars, unicode, ?MODULE, crash, []})),
    ?SHOW(request({put_chars, unicode, ?MODULE, no_text, []})),
    ?SHOW(request({put_chars, unicode, no_such_module, f, []})),
    ?SHOW(io:put_chars("still there\n")).

throw_text() -> throw("thrown text\n").
crash() -> error(crash).
no_text() -> {no, text}.

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, Pid, _} -> Pid end.

request(Request) ->
    Ref = make_ref(),
    user ! {io_request, self(), Ref, Request},
    receive {io_reply, Ref, Reply} -> Reply after 5000 -> none end.
