%% SPDX-License-Identifier: Apache-2.0
%% idle.erl - Makes idle processes and servers when told to, for who looks at the VM from outside.
%% Each line read is a command; "ready" answers it and nothing is done until the next.
-module(idle).
-export([start/0, init/1, handle_call/3, handle_cast/2]).

start() -> loop([]).

loop(Kept) ->
    io:put_chars("ready\n"),
    case io:get_line("") of
        "processes " ++ Count -> loop([many(fun sleeper/0, number(Count)) | Kept]);
        "servers " ++ Count -> loop([many(fun server/0, number(Count)) | Kept]);
        _ -> length(Kept)
    end.

number(Text) -> list_to_integer(string:trim(Text)).

many(_, 0) -> ok;
many(Make, Count) -> Make(), many(Make, Count - 1).

sleeper() -> spawn(fun() -> receive stop -> ok end end).
server() -> {ok, _} = gen_server:start(?MODULE, [], []).

init([]) -> {ok, idle}.
handle_call(_, _, State) -> {reply, ok, State}.
handle_cast(_, State) -> {noreply, State}.
