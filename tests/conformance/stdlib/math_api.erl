%% SPDX-License-Identifier: Apache-2.0
%% math_api.erl - math: values of every function, exact where IEEE says so, and their errors.
-module(math_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    exact(),
    rounded(),
    bad().

exact() ->
    ?SHOW(math:sqrt(16)),
    ?SHOW(math:sqrt(2)),
    ?SHOW(math:floor(-2.5)),
    ?SHOW(math:ceil(-2.5)),
    ?SHOW(math:floor(7)),
    ?SHOW(math:fmod(7.5, 2)),
    ?SHOW(math:fmod(-7.5, 2)),
    ?SHOW(math:pow(2, 10)),
    ?SHOW(math:pow(2, -1)),
    ?SHOW(math:pow(0, 0)),
    ?SHOW(math:exp(0)),
    ?SHOW(math:log(1)),
    ?SHOW(math:log2(1024)),
    ?SHOW(math:log10(1000)),
    ?SHOW(math:pi()),
    ?SHOW(math:sin(0)),
    ?SHOW(math:atan2(0, 1)).

%% Rounded to twelve places: libraries differ in the last bit.
rounded() ->
    [?SHOW({F, near(math:F(X))}) || F <- [sin, cos, tan, asin, acos, atan, sinh, cosh, tanh,
                                          asinh, atanh, exp, erf, erfc],
                                    X <- [0.25, -0.75]],
    [?SHOW({F, near(math:F(X))}) || F <- [log, log2, log10, acosh, sqrt], X <- [1.5, 1.0e10]],
    ?SHOW(near(math:atan2(-1, -1))),
    ?SHOW(near(math:pow(1.5, 2.5))),
    ?SHOW(near(math:sqrt(1 bsl 200) / 1.0e30)).

near(X) -> float_to_list(X, [{decimals, 12}]).

bad() ->
    ?SHOW(math:sqrt(-1)),
    ?SHOW(math:log(0)),
    ?SHOW(math:log(-1.0)),
    ?SHOW(math:log2(0)),
    ?SHOW(math:log10(-1)),
    ?SHOW(math:acos(2)),
    ?SHOW(math:asin(-1.5)),
    ?SHOW(math:acosh(0.5)),
    ?SHOW(math:atanh(1)),
    ?SHOW(math:exp(1000)),
    ?SHOW(math:pow(10, 400)),
    ?SHOW(math:pow(-1, 0.5)),
    ?SHOW(math:pow(0, -1)),
    ?SHOW(math:fmod(1, 0)),
    ?SHOW(math:sqrt(a)),
    ?SHOW(math:sin("1")),
    ?SHOW(math:floor(x)),
    ?SHOW(math:ceil(1 bsl 2000)),
    ?SHOW(math:atan2(1, a)).
