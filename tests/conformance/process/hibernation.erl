%% SPDX-License-Identifier: Apache-2.0
%% hibernation.erl - erlang:hibernate with and without waiting messages; what survives it.
-module(hibernation).
-export([start/0, woken/1, again/1, crash/0]).
-include("../show.hrl").

start() ->
    ?SHOW(run(fun() -> erlang:hibernate(?MODULE, woken, [[a, {b}]]) end, [hello])),
    ?SHOW(run(fun() -> self() ! early, erlang:hibernate(?MODULE, woken, [x]) end, [])),
    ?SHOW(run(fun() -> put(kept, "dictionary"), erlang:hibernate(?MODULE, woken, [y]) end, [go])),
    ?SHOW(run(fun() -> erlang:hibernate(?MODULE, again, [3]) end, [one, two, three])),
    ?SHOW(run(fun() ->
                  try erlang:hibernate(?MODULE, crash, []) catch error:E -> exit({caught, E}) end
              end, [go])),
    ?SHOW(run(fun() -> erlang:hibernate(no_module, no_function, []) end, [go])),
    ?SHOW(run(fun() -> link(spawn(fun() -> ok end)), erlang:hibernate(?MODULE, woken, [z]) end,
              [go])),
    ?SHOW(current()),
    ?SHOW(killed()),
    ?SHOW(erlang:hibernate(a, b, c)),
    ?SHOW(erlang:hibernate(1, b, [])),
    ?SHOW(erlang:hibernate(?MODULE, b, [x | y])).

%% Sends the messages one after the other; the reason the process ends with is its result.
run(Fun, Messages) ->
    {Pid, Ref} = spawn_monitor(Fun),
    [begin settle(Pid), Pid ! Message end || Message <- Messages],
    receive {'DOWN', Ref, _, _, Reason} -> plain(Reason) end.

plain({Reason, [{_, _, _, _} | _]}) -> {Reason, stack};
plain(Reason) -> Reason.

settle(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> ok;
        undefined -> ok;
        _ -> erlang:yield(), settle(Pid)
    end.

woken(Argument) ->
    receive Message -> exit({woken, Argument, Message, get(kept)}) end.

again(0) -> exit(all_seen);
again(N) ->
    receive _ -> ok end,
    case N of
        1 -> again(0);
        _ -> erlang:hibernate(?MODULE, again, [N - 1])
    end.

crash() -> error(after_waking).

current() ->
    Pid = spawn(fun() -> erlang:hibernate(?MODULE, woken, [x]) end),
    settle(Pid),
    Info = process_info(Pid, [status, current_function, message_queue_len]),
    exit(Pid, kill),
    Info.

killed() ->
    {Pid, Ref} = spawn_monitor(fun() -> erlang:hibernate(?MODULE, woken, [x]) end),
    settle(Pid),
    exit(Pid, {from, outside}),
    receive {'DOWN', Ref, _, _, Reason} -> Reason end.
