%% SPDX-License-Identifier: Apache-2.0
%% checksum_calls.erl - MD5, CRC-32, Adler-32 and hash values.
-module(checksum_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Bytes = << <<(I rem 251)>> || I <- lists:seq(1, 1000)>>,
    Data = [[], <<>>, [1, 2, 3], <<"abc">>, Bytes, unaligned(Bytes), [Bytes, [Bytes | <<"x">>], 1, 2], a, [a],
            [1 | 2], [256], <<1:4>>, [[1, [2]], -1]],
    [calls(erlang, F, [[X] || X <- Data]) || F <- [md5, crc32, adler32]],
    [calls(erlang, F, [[S, X] || S <- [0, 1, 123456789, 16#ffffffff, 16#100000000, -1, a],
                                 X <- [[], <<"abc">>, Bytes, a]]) || F <- [crc32, adler32]],
    [calls(erlang, F, [[1, 2, 3], [0, 0, 0], [123456, 654321, 1000], [1, 2, -1], [a, 1, 2], [1, a, 2],
                       [1 bsl 32, 2, 3], [1, 2, a], [65521, 1, 65521]]) || F <- [crc32_combine, adler32_combine]],
    calls(erlang, md5_final, [[X] || X <- [a, <<>>, <<1, 2, 3>>, []]]),
    calls(erlang, md5_update, [[X, "a"] || X <- [a, <<>>, <<1, 2, 3>>]]),
    Context = lists:foldl(fun(X, C) -> erlang:md5_update(C, X) end, erlang:md5_init(), ["a", Bytes, [Bytes, $b]]),
    calls(erlang, md5, [[["a", Bytes, [Bytes, $b]]]]),
    io:format("~w~n", [erlang:md5_final(Context)]),
    calls(erlang, phash2, [[X] || X <- terms()]),
    [calls(erlang, F, [[X, R] || X <- terms(), R <- [1, 2, 1000, 1 bsl 32]]) || F <- [phash, phash2]],
    [calls(erlang, F, [[X, R] || X <- [a, [1, 2]], R <- [0, -1, a, 1 bsl 33, 1.0]]) || F <- [phash, phash2]],
    long(binary:copy(Bytes, 300)).

terms() ->
    [a, '', 1, -1, 0, 1 bsl 60, -(1 bsl 70), 1.5, -0.0, [], [1, 2], "abc", {}, {1, a}, <<>>, <<"abc">>, <<1:3>>,
     unaligned(<<"hello world">>), #{}, #{a => 1, b => [2]}, [[{a, "b", <<"c">>}]], fun lists:map/2,
     list_to_binary(lists:seq(1, 100)), lists:seq(1, 300), [1, 2 | 3], '\x{e5}', list_to_atom([1024, 1025]),
     {1.0e300, 2.5e-10}, list_to_pid("<0.12.0>"), 16#ffffffff, 16#80000000, -16#80000000, 255, 256,
     list_to_tuple(lists:seq(1, 300))].

%% More than a slice's work.
long(Big) ->
    Data = [Big, unaligned(Big), [Big, 1, [Big]], lists:duplicate(200000, 7)],
    [io:format("~w ~w ~w~n", [erlang:md5(X), erlang:crc32(X), erlang:adler32(X)]) || X <- Data],
    io:format("~w~n", [[erlang:phash2(X) || X <- Data]]).

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
