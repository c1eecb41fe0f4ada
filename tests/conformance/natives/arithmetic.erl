%% SPDX-License-Identifier: Apache-2.0
%% arithmetic.erl - operators compiled to instructions: mixed operands, large integers, limits.
-module(arithmetic).
-export([start/0]).
-include("calls.hrl").

start() ->
    binary_operators(),
    unary_operators(),
    in_guards(),
    edges_of_small(),
    large(),
    limits().

binary_operators() ->
    [operate(Label, Fun, [A, B]) || {Label, Fun} <- operators(), A <- operands(), B <- operands()].

operators() ->
    [{"+", fun(A, B) -> A + B end}, {"-", fun(A, B) -> A - B end}, {"*", fun(A, B) -> A * B end},
     {"/", fun(A, B) -> A / B end}, {"div", fun(A, B) -> A div B end}, {"rem", fun(A, B) -> A rem B end},
     {"band", fun(A, B) -> A band B end}, {"bor", fun(A, B) -> A bor B end},
     {"bxor", fun(A, B) -> A bxor B end}].

operands() ->
    [0, 1, -1, 10, -7, (1 bsl 59) - 1, -(1 bsl 59), 1 bsl 60, 1 bsl 61, -(1 bsl 61), (1 bsl 64) - 1,
     -(1 bsl 64), 1 bsl 130, -(1 bsl 200) + 5, 1.5, 0.0, -0.0, 1.0e300, a].

unary_operators() ->
    [operate(Label, Fun, [A]) || {Label, Fun} <- [{"-", fun(A) -> -A end}, {"+", fun(A) -> +A end},
                                                  {"bnot", fun(A) -> bnot A end},
                                                  {"abs", fun(A) -> abs(A) end},
                                                  {"trunc", fun(A) -> trunc(A) end},
                                                  {"round", fun(A) -> round(A) end},
                                                  {"float", fun(A) -> float(A) end}],
                                 A <- operands()].

%% With a constant on one side, and failing in a guard.
in_guards() ->
    [operate("guard", fun guarded/1, [A]) || A <- operands()],
    [operate("constant", fun(X) -> {X + 1, X - 1, X * 3, X div 2, X rem 5, X band 255, X bsl 3, X bsr 2} end, [A])
     || A <- operands()].

guarded(A) when A + 1 > 100 -> large;
guarded(A) when A * A =:= 49 -> seven;
guarded(A) when A div 2 =:= 5, A rem 3 =:= 1 -> ten;
guarded(A) when -A > 1 bsl 60 -> very_negative;
guarded(A) when A / 0 > 1 -> never;
guarded(A) when abs(A) =:= 1; hd(A) -> one;
guarded(_) -> other.

%% Around the ends of small integers of both word sizes.
edges_of_small() ->
    Edges = [S * (1 bsl P) + D || P <- [27, 28, 29, 30, 59, 60, 61, 62, 63], S <- [1, -1], D <- [-1, 0, 1]],
    Sums = [{A + B, A - B, A * B, A div (B + 7), A rem (B + 7), A band B, A bor B, A bxor B, -A, bnot A}
            || A <- Edges, B <- [1, -1, 2, 1 bsl 29, 1 bsl 61]],
    io:format("~p~n", [erlang:phash2(Sums)]),
    [io:format("~p ~p ~p ~p~n", [E, E + E, E * E, E bsl 3]) || E <- Edges].

factorial(0) -> 1;
factorial(N) -> N * factorial(N - 1).

fibonacci(0, A, _) -> A;
fibonacci(N, A, B) -> fibonacci(N - 1, B, A + B).

power(_, 0) -> 1;
power(X, N) when N band 1 =:= 0 -> H = power(X, N div 2), H * H;
power(X, N) -> X * power(X, N - 1).

root(N) -> root(N, N).
root(N, X) ->
    case (X + N div X) div 2 of
        Y when Y < X -> root(N, Y);
        _ -> X
    end.

large() ->
    F = factorial(300),
    io:format("~p~n~p~n", [F, factorial(295) * 296 * 297 * 298 * 299 * 300 =:= F]),
    io:format("~p~n", [fibonacci(1000, 0, 1)]),
    P = power(7, 5000), Q = power(-3, 3001),
    io:format("~p~n", [[erlang:phash2(X) || X <- [P, Q, P * Q, P div Q, P rem Q, Q rem 1000003, P band Q,
                                                  P bor Q, P bxor Q, P bsr 777, Q bsr 777, Q bsl 99]]]),
    io:format("~p~n", [(P div Q) * Q + P rem Q =:= P]),
    io:format("~p~n", [root(power(10, 401))]),
    io:format("~p~n", [P * 1.0e-300 > 1.0]).

limits() ->
    Label = fun(F) -> try F() of X -> {ok, X > 0} catch C:R -> {C, R} end end,
    [io:format("~p~n", [Label(fun() -> Base bsl Shift > 0 end)])
     || {Base, Shift} <- [{1, 33554367}, {1, 33554368}, {-1, 33554367}, {1, 1 bsl 64}, {-5, -(1 bsl 64)}]],
    [operate("bsl", fun(A, B) -> A bsl B end, [A, B]) || A <- [0, 1, -1, 12345, a, 1.0], B <- [0, 1, 64, -1, -100, a, -(1 bsl 65)]],
    [operate("bsr", fun(A, B) -> A bsr B end, [A, B]) || A <- [0, 1, -1, 12345, 1 bsl 99, -(1 bsl 99), a], B <- [0, 1, 64, 200, -1, -100, a, 1 bsl 65]],
    [call(erlang, F, [1, S]) || {F, S} <- [{'bsl', 1 bsl 40}, {'bsr', -(1 bsl 40)}, {'bsl', 1 bsl 70}]],
    operate("1/0", fun(A, B) -> A / B end, [1 bsl 1024, 2]),
    operate("float", fun(A, B) -> A * B end, [1.0e200, 1.0e200]),
    operate("float", fun(A, B) -> A + B end, [1.7e308, 1.7e308]).
