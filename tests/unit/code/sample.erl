%% SPDX-License-Identifier: Apache-2.0
%% sample.erl - What the tests of code/ load: something of each kind of instruction.
-module(sample).
-export([fact/1, sum/1, pick/1, area/1, closure/1, guarded/1, wait/1, bits/1, maps/2, big/0]).

fact(0) -> 1;
fact(N) when N > 0 -> N * fact(N - 1).

sum(List) -> sum(List, 0).

sum([H | T], Sum) -> sum(T, Sum + H);
sum([], Sum) -> Sum.

pick(a) -> 1;
pick(b) -> 2;
pick(c) -> 3;
pick(d) -> 4;
pick(e) -> 5;
pick(f) -> 6;
pick(g) -> 7;
pick(N) when N =:= 1; N =:= 2; N =:= 3; N =:= 4 -> N band 3;
pick(_) -> none.

area({square, A}) -> A * A;
area({rectangle, A, B}) -> A * B;
area({circle, R}) -> 3.14 * R * R.

closure(X) -> fun(Y) -> {X, Y, "text", #{key => value}} end.

guarded(F) ->
    try F() of
        {ok, Value} -> Value
    catch
        throw:Thrown -> {thrown, Thrown};
        error:Why:Trace -> {Why, Trace}
    after
        erlang:put(guarded, done)
    end.

wait(Time) ->
    receive
        {From, Message} -> From ! Message
    after Time -> timeout
    end.

bits(<<Size:8, Body:Size/binary, Rest/bits>>) -> <<Rest/bits, Body/binary, 7:3, "text">>;
bits(Other) -> Other.

maps(#{key := Value} = Map, New) -> {Value, Map#{key := New, other => 1}};
maps(_, _) -> none.

big() -> 123456789012345678901234567890.
