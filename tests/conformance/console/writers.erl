%% SPDX-License-Identifier: Apache-2.0
%% writers.erl - Many processes write at once: lines stay whole, each process's own stay in order.
-module(writers).
-export([start/0]).
-include("../show.hrl").

start() ->
    Counter = spawn_link(fun() -> take_turns(0) end),
    Writers = [spawn_monitor(fun() -> write(Counter, N, 50) end) || N <- lists:seq(1, 20)],
    [receive {'DOWN', Ref, process, Pid, Why} -> Why end || {Pid, Ref} <- Writers],
    unlink(Counter),
    Counter ! {stop, self()},
    ?SHOW(receive {turns, N} -> N end),
    burst(2000).

%% Whose turn it is does not show: each gets the number of the line it is to write.
write(_, _, 0) -> ok;
write(Counter, Id, Left) ->
    Counter ! {turn, self()},
    receive
        {write, Number} ->
            io:format("line ~4..0w of many~n", [Number]),
            Counter ! {done, self()},
            write(Counter, Id, Left - 1)
    end.

take_turns(N) ->
    receive
        {turn, Pid} ->
            Pid ! {write, N},
            receive {done, Pid} -> take_turns(N + 1) end;
        {stop, From} ->
            From ! {turns, N}
    end.

%% Requests that nobody waits for.
burst(Count) ->
    Refs = [begin
                Ref = make_ref(),
                user ! {io_request, self(), Ref, {put_chars, unicode, [integer_to_list(N), $\s]}},
                Ref
            end || N <- lists:seq(1, Count)],
    Replies = [receive {io_reply, Ref, Reply} -> Reply end || Ref <- Refs],
    io:nl(),
    ?SHOW(lists:usort(Replies)).
