%% SPDX-License-Identifier: Apache-2.0
%% aliases.erl - Explicit, with monitors, one reply only; stale aliases drop messages.
-module(aliases).
-export([start/0]).
-include("../show.hrl").

start() ->
    explicit(),
    default(),
    reply(),
    with_monitor(),
    from_others(),
    bad().

%% A message sent before the mark, if any.
next() ->
    self() ! mark,
    receive mark -> nothing; Message -> receive mark -> Message end end.

explicit() ->
    A = alias(),
    ?SHOW(is_reference(A)),
    A ! one,
    ?SHOW(next()),
    A ! two,
    ?SHOW(next()),
    ?SHOW(unalias(A)),
    ?SHOW(unalias(A)),
    ?SHOW(A ! three =:= three),
    ?SHOW(next()),
    B = alias([explicit_unalias]),
    ?SHOW(erlang:send(B, four)),
    ?SHOW(next()),
    ?SHOW(unalias(B)).

default() ->
    ?SHOW(make_ref() ! into_the_void),
    ?SHOW(unalias(make_ref())),
    ?SHOW(next()).

reply() ->
    A = alias([reply]),
    A ! first,
    A ! second,
    ?SHOW(next()),
    ?SHOW(next()),
    ?SHOW(unalias(A)).

with_monitor() ->
    Server = spawn(fun server/0),
    M1 = monitor(process, Server, [{alias, explicit_unalias}]),
    ?SHOW(ask(Server, M1, hello)),
    ?SHOW(demonitor(M1)),
    ?SHOW(ask(Server, M1, still_open)),
    ?SHOW(unalias(M1)),
    ?SHOW(ask(Server, M1, closed)),
    M2 = monitor(process, Server, [{alias, demonitor}]),
    ?SHOW(ask(Server, M2, hello)),
    ?SHOW(demonitor(M2)),
    ?SHOW(ask(Server, M2, closed)),
    M3 = monitor(process, Server, [{alias, reply_demonitor}]),
    ?SHOW(ask(Server, M3, hello)),
    ?SHOW(ask(Server, M3, closed)),
    ?SHOW(demonitor(M3, [info])),
    M4 = monitor(process, Server, [{alias, reply_demonitor}]),
    M5 = monitor(process, Server, [{alias, explicit_unalias}]),
    exit(Server, gone),
    ?SHOW(receive {'DOWN', M4, process, Server, Why4} -> Why4 end),
    ?SHOW(receive {'DOWN', M5, process, Server, Why5} -> Why5 end),
    ?SHOW(begin M4 ! late, next() end),
    ?SHOW(begin M5 ! open_until_unalias, next() end),
    {P6, M6} = spawn_opt(fun() -> receive {From, X} -> From ! {got, X} end end,
                         [{monitor, [{alias, reply_demonitor}]}]),
    P6 ! {M6, question},
    ?SHOW(receive {got, What} -> What end).

%% The server answers to the alias, then to the pid: the second shows the first was dropped.
ask(Server, Alias, Text) ->
    Server ! {Alias, self(), Text},
    receive
        {answer, Text} -> receive {fence, Text} -> {answered, Text} end;
        {fence, Text} -> dropped
    end.

server() ->
    receive
        {Alias, Pid, Text} -> Alias ! {answer, Text}, Pid ! {fence, Text}, server()
    end.

%% Other processes may send to an alias, but not remove it.
from_others() ->
    A = alias(),
    Self = self(),
    spawn(fun() -> A ! hi, Self ! {removed, unalias(A)} end),
    ?SHOW(receive hi -> hi end),
    ?SHOW(receive {removed, R} -> R end),
    spawn(fun() -> A ! hi_again, Self ! fence end),
    ?SHOW(receive fence -> receive hi_again -> got after 0 -> lost end end),
    ?SHOW(unalias(A)).

bad() ->
    ?SHOW(alias([nope])),
    ?SHOW(alias(x)),
    ?SHOW(unalias(x)),
    ?SHOW(monitor(process, self(), [{alias, nope}])),
    ?SHOW(monitor(process, self(), [alias])).
