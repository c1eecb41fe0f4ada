%% SPDX-License-Identifier: Apache-2.0
%% joined.erl - Shapes of code whose instructions are joined: results, and where they fail.
-module(joined).
-export([start/0]).

start() ->
    Long = lists:seq(1, 20000),
    io:format("~p~n", [[erlang:phash2(F(Long)) || F <- [fun copied/1, fun paired/1, fun swapped/1]]]),
    io:format("~p~n", [[total(tree(12)), sum([1, 2, 3]), sum(Long)]]),
    io:format("~p~n", [[first(T) || T <- [{a, 1}, {b, 1}, {a, 1, 2}, {}, a, [], {1.0, a}, {a}]]]),
    io:format("~p~n", [[both(T) || T <- [{a, 1}, {1, a}, {x, y}, {}, x, {a, 1, 2}]]]),
    io:format("~p~n", [[tagged(T) || T <- [{point, 1, 2}, {point, 1}, {other, 1, 2}, point, []]]]),
    io:format("~p~n", [[floats(X, Y) || {X, Y} <- [{1.5, 2.5}, {-0.0, 0.0}, {1.0e100, -3.0}]]]),
    io:format("~p~n", [turned(1, 2, 3)]),
    io:format("~p~n", [[counted(N) || N <- [0, -3, 5, 1 bsl 59, -(1 bsl 59), 1 bsl 70]]]),
    [io:format("~p~n", [failure(F)]) || F <- [
        fun() -> sum([1, a]) end,
        fun() -> copied([1 | tail]) end,
        fun() -> counted(a) end,
        fun() -> floats(1.0e200, 1.0e200) end,
        fun() -> floats(1.0e308, -1.0e308) end,
        fun() -> both({a, b}) + first({a, 2}) end,
        fun() -> total({x, 1}) end
    ]].

%% A list from a list, with a frame; in a tail a list and a tuple are returned.
copied([]) -> [];
copied([H | T]) -> [same(H) | copied(T)].

paired([H | T]) -> {H, paired(T)};
paired([]) -> nil.

swapped([A, B | T]) ->
    {L, R} = swapped(T),
    {[B | L], [A | R]};
swapped([]) -> {[], []}.

sum([]) -> 0;
sum([H | T]) -> H + sum(T).

tree(0) -> {nil, nil};
tree(N) -> {tree(N - 1), tree(N - 1)}.

total({nil, _}) -> 1;
total({L, R}) -> 1 + total(L) + total(R).

first({a, X}) -> X;
first({_, X}) -> {other, X};
first(X) -> {none, X}.

both({X, Y}) when X =:= a -> {a, Y};
both({X, a}) -> {X, a};
both({X, Y}) -> same([X | Y]);
both(_) -> none.

tagged({point, X, Y}) -> {X, Y};
tagged({other, _, Y}) -> Y;
tagged(_) -> none.

floats(X, Y) when is_float(X), is_float(Y) ->
    A = X * X + Y,
    B = X - Y * 2.0,
    C = A * B - X,
    {A, B, C, same(C + Y)}.

turned(A, B, C) ->
    X = same(B + 1),
    Y = same(A + 2),
    Z = same(C + X),
    same({X, Y, Z, same(A), B}).

counted(N) ->
    M = same(N + 1),
    [M - 1, N - 7 | same(M)].

same(X) -> element(1, {X}).

failure(F) ->
    try F() of Value -> {value, Value}
    catch Class:Reason:Trace ->
        {Class, Reason, [{M, N, A, Where} || {M, N, A, Where} <- Trace, M =:= ?MODULE]}
    end.
