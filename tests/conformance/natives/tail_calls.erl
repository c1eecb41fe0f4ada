%% SPDX-License-Identifier: Apache-2.0
%% Who is in the trace when a native fails in a tail call: some natives are Erlang on OTP.
-module(tail_calls).
-export([start/0]).

start() ->
    Bad = id(<<255>>),
    trace(fun() -> spawn(id(1)) end),
    trace(fun() -> spawn_link(id(1)) end),
    trace(fun() -> binary_to_atom(Bad) end),
    trace(fun() -> binary_to_existing_atom(Bad) end),
    trace(fun() -> atom_to_binary(id(1)) end),
    trace(fun() -> erlang:memory(id(1)) end),
    trace(fun() -> binary_to_atom(Bad, utf8) end),
    trace(fun() -> spawn(id(1), 2, 3) end),
    trace(fun() -> framed(Bad) end),
    trace(fun() -> X = binary_to_atom(Bad), {X} end),
    trace(fun() -> X = spawn(id(1)), {X} end),
    Self = self(),
    trace(fun() -> spawn(fun() -> Self ! started end) end),
    receive started -> io:format("started~n") end.

framed(Bad) ->
    X = id(Bad),
    id(ok),
    binary_to_atom(X).

trace(Fun) ->
    try Fun() of
        _ -> io:format("value~n")
    catch
        Class:Reason:Trace ->
            io:format("~w:~w~n  ~w~n", [Class, Reason, [Entry || Entry <- [place(E) || E <- Trace],
                                                                 element(1, Entry) =/= other]])
    end.

place({Module, Function, Arguments, _}) when Module =:= erlang; Module =:= ?MODULE ->
    {Module, Function, Arguments};
place(_) -> {other}.

id(X) -> X.
