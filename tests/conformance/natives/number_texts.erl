%% SPDX-License-Identifier: Apache-2.0
%% number_texts.erl - integers and floats to lists and binaries and back.
-module(number_texts).
-export([start/0]).
-include("calls.hrl").

start() ->
    integers(),
    integer_texts(),
    string_prefixes(),
    floats(),
    float_texts(),
    long(),
    while_others_run().

integers() ->
    [calls(erlang, F, [[I] || I <- ints() ++ [a, 1.0]]) || F <- [integer_to_list, integer_to_binary]],
    [calls(erlang, F, [[I, B] || I <- ints() ++ [a], B <- [2, 7, 16, 36, 1, 37, 0, -10, a, 1 bsl 70]])
     || F <- [integer_to_list, integer_to_binary]].

ints() -> [0, 1, -1, 42, -1000, (1 bsl 59), -(1 bsl 61), (1 bsl 64) - 1, -(1 bsl 200), 1 bsl 3000].

integer_texts() ->
    Texts = ["", "-", "+", "+1", "-0", "0012", "1 ", " 1", "1_0", "--1", "ff", "FF", "zz", "12345678901234567890",
             "-340282366920938463463374607431768211456", lists:duplicate(300, $7), "0x10", "1.0"],
    calls(erlang, list_to_integer, [[T] || T <- Texts ++ [a, [$1 | b], [$1, 300], [$1, a], [$1, "2"], {}]]),
    calls(erlang, list_to_integer, [[T, B] || T <- Texts, B <- [2, 10, 16, 36]]),
    calls(erlang, list_to_integer, [["12", B] || B <- [1, 37, 0, a, 2.0]]),
    calls(erlang, binary_to_integer, [[list_to_binary(T)] || T <- Texts] ++ [[a], [<<"1", 0:1>>], ["12"]]),
    calls(erlang, binary_to_integer, [[list_to_binary(T), B] || T <- Texts, B <- [2, 10, 16, 36]]),
    calls(erlang, binary_to_integer, [[<<"12">>, B] || B <- [1, 37, 0, a]]),
    <<_:3, Unaligned/bitstring>> = <<5:3, "1234567">>,
    calls(erlang, binary_to_integer, [[Unaligned]]).

string_prefixes() ->
    calls(string, list_to_integer, [[T] || T <- ["12abc", "", "abc", "+5x", "-5x", "--5", "+", [$1, a], [$1 | b], "12",
                                                lists:duplicate(300, $3) ++ "rest", a, {}, <<"1">>]]),
    calls(string, list_to_float, [[T] || T <- ["1.5abc", "", "abc", "+5.0x", "-5.0x", "1", "1.", "1.0e", "1.0e+", "1.0e5", "1.0e5e",
                                              "1.0E-5 ", "1.0e400", "1.5.5", ".5", "1.0e-400", "1,5", "-0.0z", [$1, $., $5, a],
                                              [$1, $., $5 | b], "0." ++ lists:duplicate(300, $3) ++ "x", a, {}]]),
    calls(string, to_integer, [["77 x"], [<<"77 x">>], ["x"]]),
    calls(string, to_float, [["7.5 x"], [<<"7.5 x">>], ["x"]]).

floats() ->
    Floats = [0.0, -0.0, 1.0, -1.5, 0.1, 123456789.125, 1.0e22, 1.0e-5, 5.0e-324, 1.7976931348623157e308],
    [calls(erlang, F, [[X] || X <- Floats ++ [1, a]]) || F <- [float_to_list, float_to_binary]],
    [calls(erlang, F, [[X, O] || X <- Floats ++ [1, a], O <- options()]) || F <- [float_to_list, float_to_binary]],
    calls(erlang, float_to_list, [[X, [{decimals, D}]] || X <- [0.5, 1.5, 2.5, -0.25, 99.995, 1.0e15], D <- [0, 1, 2, 3, 20]]),
    calls(erlang, float_to_list, [[1.5, O] || O <- [[{decimals, 253}], [{decimals, 254}], [{decimals, -1}], [{scientific, 249}],
                                                    [{scientific, 250}], [{scientific, -1}], [{decimals, a}], [foo], foo,
                                                    [short | x], [{decimals, 1 bsl 70}], [{decimals, 2, 3}]]]),
    calls(erlang, float_to_list, [[X, [{decimals, D}]] || X <- [1.0e250, -1.0e250, 1.0e300], D <- [2, 3, 4, 30]]).

options() ->
    [[], [short], [compact], [{decimals, 4}], [{decimals, 4}, compact], [compact, {decimals, 10}],
     [{scientific, 3}], [{scientific, 0}], [{scientific, 25}], [{decimals, 2}, short], [short, {scientific, 2}]].

float_texts() ->
    Texts = ["1.0", "-1.0", "+1.0", "1", "", "1.", ".5", "1.0e5", "1.0E-5", "1.0e+5", "1.0e400", "1.0e-400", "1.0 ", "1,5",
             "123456789012345678901234567890.5", "1.7976931348623159e308", "1.0e", "1e5", "inf",
             "0." ++ lists:duplicate(400, $1), lists:duplicate(400, $1) ++ ".0"],
    calls(erlang, list_to_float, [[T] || T <- Texts ++ [a, [$1, $., $0 | b], [$1, $., $0, a], [$1, $., $0, 300]]]),
    calls(erlang, binary_to_float, [[list_to_binary(T)] || T <- Texts] ++ [[a], [<<"1.0", 0:1>>], ["1.0"]]),
    <<_:3, Unaligned/bitstring>> = <<5:3, "12.5e3">>,
    calls(erlang, binary_to_float, [[Unaligned]]).

%% Texts that take several slices.
long() ->
    Bits = [3000, 20000, 100000, 340000],
    [round_trip((1 bsl B) - (1 bsl (B div 3)) + 12345, Base) || B <- Bits, Base <- [10, 16, 3]],
    [round_trip(-(1 bsl B), Base) || B <- Bits, Base <- [10, 2, 36]],
    Zeros = lists:duplicate(50000, $0),
    io:format("~p~n", [list_to_integer(Zeros ++ "17")]),
    io:format("~p~n", [(catch list_to_integer("1" ++ Zeros ++ "x")) =:= 1]),
    {Big, Rest} = string:list_to_integer("1" ++ Zeros ++ "end"),
    io:format("~p ~p~n", [erlang:crc32(integer_to_binary(Big)), Rest]),
    calls(erlang, list_to_integer, [["1" ++ Zeros ++ [a]], ["1" ++ Zeros ++ "-"], [Zeros ++ b]]),
    calls(erlang, binary_to_integer, [[list_to_binary(["1", Zeros, "!"])]]).

round_trip(N, Base) ->
    List = integer_to_list(N, Base),
    Binary = integer_to_binary(N, Base),
    io:format("~p ~p ~p ~p ~p~n", [Base, length(List), erlang:crc32(List), list_to_binary(List) =:= Binary,
                                   {list_to_integer(List, Base) =:= N, binary_to_integer(Binary, Base) =:= N}]).

%% A process that counts is not stopped by one that converts.
while_others_run() ->
    Main = self(),
    N = 1 bsl 200000,
    Converter = spawn_link(fun() ->
        Text = integer_to_list(N),
        Main ! {self(), erlang:crc32(Text), list_to_integer(Text) =:= N}
    end),
    Counter = spawn_link(fun() -> count(0) end),
    receive {Converter, Sum, Same} -> io:format("~p ~p~n", [Sum, Same]) end,
    Counter ! {stop, self()},
    receive {count, C} -> io:format("~p~n", [C > 0]) end.

count(N) ->
    receive {stop, From} -> From ! {count, N}
    after 0 -> count(N + 1)
    end.
