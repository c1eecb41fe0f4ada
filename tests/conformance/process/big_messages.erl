%% SPDX-License-Identifier: Apache-2.0
%% big_messages.erl - Large terms between processes: lists, binaries, funs, literals, exit reasons.
-module(big_messages).
-export([start/0]).
-include("../show.hrl").

start() ->
    Echo = spawn_link(fun echo/0),
    ?SHOW(lists:sum(through(Echo, lists:seq(1, 100000)))),
    ?SHOW(erlang:phash2(through(Echo, binary:copy(<<"megabyte">>, 131072)))),
    ?SHOW(byte_size(through(Echo, binary:part(binary:copy(<<"x">>, 1000000), 10, 70)))),
    ?SHOW(bit_size(through(Echo, <<1:1000003>>))),
    ?SHOW(map_size(through(Echo, maps:from_keys(lists:seq(1, 5000), {a, "b"})))),
    ?SHOW(depth(through(Echo, nest(100000)), 0)),
    ?SHOW((through(Echo, adder(1 bsl 90)))(1)),
    ?SHOW((through(Echo, fun lists:reverse/1))([1, 2])),
    ?SHOW(through(Echo, literal()) =:= literal()),
    ?SHOW(through(Echo, {1.5, -0.0, 1 bsl 200, -(1 bsl 64), 'atom', [], {}, <<>>, #{}})),
    ?SHOW(through(Echo, Echo) =:= Echo),
    ?SHOW(shared(through(Echo, share(16)))),
    ?SHOW(many_binaries(Echo)),
    ?SHOW(big_reason()),
    ?SHOW(flood(20000)),
    Echo ! stop.

echo() ->
    receive
        {From, Ref, Term} -> From ! {Ref, Term}, echo();
        stop -> ok
    end.

through(Echo, Term) ->
    Ref = make_ref(),
    Echo ! {self(), Ref, Term},
    receive {Ref, Back} -> Back end.

nest(0) -> leaf;
nest(N) -> {N, nest(N - 1)}.

depth(leaf, N) -> N;
depth({_, Rest}, N) -> depth(Rest, N + 1).

adder(N) -> fun(X) -> X + N end.

literal() -> {this, [is, "a literal", #{in => <<"the module">>}], 3.5}.

%% A term with much sharing, which a message may unfold.
share(0) -> [leaf];
share(N) -> T = share(N - 1), [T | T].

shared([leaf]) -> 1;
shared([A | B]) -> shared(A) + shared(B).

many_binaries(Echo) ->
    Big = list_to_binary(lists:seq(0, 255)),
    Parts = [binary:part(Big, N, 100) || N <- lists:seq(0, 150)],
    Back = through(Echo, Parts),
    erlang:garbage_collect(),
    {length(Back), erlang:phash2(Back) =:= erlang:phash2(Parts)}.

big_reason() ->
    {_, Ref} = spawn_monitor(fun() -> exit({big, lists:seq(1, 50000)}) end),
    receive {'DOWN', Ref, _, _, {big, L}} -> length(L) end.

%% A receiver that starts to read only when everything has been sent.
flood(N) ->
    Self = self(),
    Pid = spawn(fun() -> receive start -> Self ! {sum, drain(0, N)} end end),
    [Pid ! {X, <<X:64>>, [X]} || X <- lists:seq(1, N)],
    Pid ! start,
    receive {sum, Sum} -> Sum end.

drain(Sum, 0) -> Sum;
drain(Sum, N) -> receive {X, <<X:64>>, [X]} -> drain(Sum + X, N - 1) end.
