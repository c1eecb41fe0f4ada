%% SPDX-License-Identifier: Apache-2.0
%% math_calls.erl - every native of math by apply, with arguments it takes and ones it refuses.
-module(math_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    [calls(math, F, [[A] || A <- [a, "1", [], 1 bsl 2000, {1}]]) || F <- ones()],
    [rounded(F, [X]) || F <- ones(), X <- [0.5, 1, 0, -0.75, 3, 1.0e10, 1 bsl 64, -(1 bsl 70), 700]],
    [calls(math, F, [[A, B] || {A, B} <- [{a, 1}, {1, a}, {1 bsl 2000, 1}, {1, 1 bsl 2000}, {a, 1 bsl 2000},
                                          {1 bsl 2000, a}, {[], []}]]) || F <- twos()],
    [rounded(F, [X, Y]) || F <- twos(), X <- [2, -2.5, 0, 1.0e200, 1 bsl 65], Y <- [3, 0, -1, 0.5, 1.0e100, -(1 bsl 66)]],
    calls(math, pi, [[]]),
    lists:foreach(fun(X) -> calls(math, floor, [[X]]), calls(math, ceil, [[X]]), calls(math, sqrt, [[X]]) end,
                  [0.5, -0.5, 2, 1.0e30, 1 bsl 80, -1.5, 16.0]).

ones() ->
    [sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, exp, log, log2, log10,
     sqrt, erf, erfc, floor, ceil].

twos() -> [pow, atan2, fmod].

%% Libraries differ in the last bits.
rounded(F, Arguments) ->
    Text = try float_to_list(apply(math, F, Arguments), [{scientific, 11}])
           catch Class:Reason -> io_lib:format("~w ~w", [Class, Reason])
           end,
    io:format("~w(~0p) = ~s~n", [F, Arguments, Text]).
