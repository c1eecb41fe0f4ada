%% SPDX-License-Identifier: Apache-2.0
%% long_tails.erl - Patterns whose last segment is longer than any binary.
-module(long_tails).
-export([start/0]).

start() ->
    [print([fun f/1, fun g/1, fun h/1], Bits)
     || Bits <- [<<42, 0:16#1001>>, <<>>, <<1>>, <<7, 0:31>>]],
    ok.

print(Functions, Bits) ->
    io:format("~p~n", [[try F(Bits) catch error:Reason -> Reason end || F <- Functions]]).

f(<<B:8, _:16#1001>>) -> B.

g(<<B:8, _:16#80000000>>) -> B.

h(<<B:8, _:16#10000000000000000>>) -> B.
