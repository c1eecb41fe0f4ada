%% SPDX-License-Identifier: Apache-2.0
%% iolist_calls.erl - Iolists to binaries, their sizes; binaries to lists.
-module(iolist_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Bytes = << <<(I rem 251)>> || I <- lists:seq(1, 1000)>>,
    Good = [[], [1, 2, 3], <<>>, <<"abc">>, [<<"abc">>], [1, <<2>>, [3, [4 | <<5>>], <<6, 7>>] | <<8>>],
            unaligned(<<"hello">>), [unaligned(<<"hello">>), 1], nested(1000, [1]), [[[], [], [[]]], <<>>],
            [255, 0], lists:duplicate(300, 65), [Bytes, [Bytes, unaligned(Bytes)] | Bytes]],
    Bad = [a, [a], [1 | 2], [256], [-1], [1 bsl 70], [<<1:4>>], <<1:4>>, 1, {}, [1, [2, [3 | a]]],
           nested(1000, [a]), [Bytes, a], 1.0, [1.0], #{}],
    Functions = [iolist_to_binary, list_to_binary, iolist_size, list_to_bitstring],
    [calls(erlang, F, [[X] || X <- Good ++ Bad]) || F <- Functions],
    calls(binary, list_to_bin, [[X] || X <- Good ++ Bad]),
    calls(erlang, iolist_to_iovec, [[X] || X <- Bad ++ [[], <<>>, [1, 2, 3], [<<"abc">> | <<"def">>]]]),
    calls(erlang, list_to_bitstring, [[[<<1:4>>, <<2:4>>, 255 | <<3:3>>]], [[1, <<1:1>>, Bytes, <<1:7>>]],
                                      [[unaligned(<<1:7>>), 1]]]),
    lists_of_bytes(Bytes),
    calls(erlang, split_binary, [[X, N] || X <- [<<>>, <<1, 2, 3>>, unaligned(<<1, 2, 3>>), <<1, 2, 3:4>>, a],
                                           N <- [0, 1, 2, 3, 4, -1, a, 1 bsl 70, 1.0]]),
    long(binary:copy(Bytes, 200)).

lists_of_bytes(Bytes) ->
    calls(erlang, binary_to_list, [[<<>>], [<<1>>], [Bytes], [unaligned(Bytes)], [<<1:4>>], [a], ["a"]]),
    calls(erlang, binary_to_list, [[X, S, E] || X <- [Bytes, <<1, 2, 3:4>>, <<>>, a],
                                                {S, E} <- [{1, 1}, {1, 2}, {2, 1}, {1, 3}, {0, 1}, {1000, 1000},
                                                           {1000, 1001}, {a, 1}, {1, a}, {-1, 1}, {1, 0},
                                                           {1, 1 bsl 70}]]),
    calls(erlang, bitstring_to_list, [[<<>>], [<<1:4>>], [<<1, 2, 3:3>>], [unaligned(Bytes)], [a],
                                      [<<(unaligned(Bytes))/bitstring, 1:1>>]]).

%% More than a slice's work.
long(Big) ->
    Deep = nested(100000, [Big]),
    Pieces = lists:duplicate(50000, [<<"ab">>, $c, "def" | <<"g">>]),
    Data = [Big, Deep, Pieces, unaligned(Big)],
    [io:format("~w ~w ~w~n", [iolist_size(X), erlang:md5(X), erlang:md5(iolist_to_binary(X))]) || X <- Data],
    io:format("~w~n", [iolist_size(Data)]),
    io:format("~w~n", [erlang:md5(erlang:iolist_to_iovec(Data))]),
    io:format("~w~n", [list_to_bitstring([<<1:1>>, Data]) =:= <<1:1, (iolist_to_binary(Data))/bitstring>>]),
    io:format("~w~n", [list_to_binary(binary_to_list(Big)) =:= Big]).

nested(0, X) -> X;
nested(N, X) -> nested(N - 1, [X]).

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
