%% SPDX-License-Identifier: Apache-2.0
%% unicode_calls.erl - Natives of module unicode: character data, right and wrong.
-module(unicode_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Data = well_formed() ++ cut() ++ wrong(),
    [calls(unicode, F, [[D, E] || D <- Data, E <- [unicode, latin1]])
     || F <- [characters_to_list, characters_to_binary]],
    [calls(unicode, F, [["ab", E] || E <- [utf8, foo, a, {utf16, little}, {utf16, x}, "unicode"]])
     || F <- [characters_to_list, characters_to_binary]],
    calls(unicode, characters_to_list, [[<<"a", 0, "b", 0>>, {utf16, little}], [<<0, 1>>, utf32]]),
    long().

well_formed() ->
    [[], "", <<>>, "abc", <<"abc">>, [<<"abc">>], [228, 8364, 16#10ffff], <<"\x{e4}\x{20ac}\x{10ffff}"/utf8>>,
     [1, [2, <<"\x{e4}"/utf8>>] | <<"x">>], [[], [[]], <<>>], unaligned(<<"\x{e4}bc"/utf8>>),
     [unaligned(<<"\x{e4}bc"/utf8>>), 1], nested(100, "a")].

%% Sequences of UTF-8 that go over the ends of binaries.
cut() ->
    [[<<195>>, <<165>>], [<<195>>, 1], [[<<195>>], [<<165>>, 2]], [<<195>>], <<195>>, [1, [2, <<195>>] | <<>>],
     [[<<195>> | <<165>>]], [1 | <<226, 130>>], [<<226>>, [], <<130>>, <<172>>], [<<226>>, <<130>>, <<65>>, 7],
     [<<226>>, <<130>>, 172, 7], [1, 2, <<226, 130>>, <<>>], [<<226, 130>>, []], [[<<226, 130>>, <<65, 66>>], 7],
     [[<<97, 226, 130>>, [<<65, 66>>, 8]], 7], [<<195>> | <<5>>], [[<<195>>], [[], -1]],
     [[<<195>>], <<>>, [[], [[]], <<6>>]], [1, <<195>>, [[[]]], [1]], [1, <<195>>, [[[]]] | <<1>>],
     [[[[<<97, 195>>], <<>>], <<>>], 66, 67], [[[[<<97, 195>>], [2]], [3]], [4], 5],
     [[[[<<97, 195>>]], [3]], [4], 5], [[[<<97, 195>>, [<<65>> | <<66>>]], [[98]]], [4], 5],
     [<<240, 159>>, <<152>>, <<129, 255>>, 3], [<<240, 159>>, <<152>>, <<65, 255>>, 3],
     [<<240, 159>>, <<65>> | <<66>>], [<<240, 159>> | <<255, 65>>], [<<240, 159>>, <<65>>],
     [<<240, 159>>, <<65, 66>>], [<<226>>, <<192>>], [<<226>>, <<>>, <<192, 128>>], [[<<195>>], a], [<<195>>, a],
     [<<237>>, <<160, 128>>], [<<244>>, <<144>>]].

wrong() ->
    [<<1, 2, 255, 3>>, [[<<1, 2, 255, 3>>, 4], 5], [1, 16#110000, 3], [[1, 16#D800, 3], 4], [a], [1 | 2], a,
     [1, [2, [3, 255, 256, {a}]]], [<<1:4>>], <<1:4>>, [1, 2 | <<255>>], [-1], [1, 1 bsl 70],
     [[[97, 98, <<255>>, 3], 4], [5]], [1.0], [97, [98 | 16#110000]], [1, 16#110000, {a}], [<<255>>, a],
     [<<255>>], [<<255>>, []], [[<<255>>]], [[<<255>>], []], [[1, -1]], [[[-1]], []], [[-1 | <<>>]],
     [[-1 | <<3>>]], [[<<255>> | <<3>>] | <<4>>], <<240, 159, 65>>, <<237, 160, 128>>, <<237, 160>>, <<237>>,
     <<244, 144>>, <<244>>, <<192>>, <<193, 128>>, <<224, 128>>, <<224, 159>>, <<245>>, <<248>>, <<240, 128>>,
     <<240, 143>>, <<240, 144>>, <<128>>, <<129, 130>>, [<<"a", 128>>], [unaligned(<<195, 165, 255>>)],
     nested(100, [-1])].

%% More than a slice's work.
long() ->
    Codes = [I rem 55000 || I <- lists:seq(1, 100000)],
    Bytes = unicode:characters_to_binary(Codes),
    Ascii = binary:copy(<<"abcdefgh">>, 100000),
    Pieces = lists:duplicate(20000, [<<195>>, <<165>>, [97]]),
    Bad = [<<Bytes/binary, 255>>, <<Bytes/binary, 226, 130>>, [Bytes | <<255, 1, 2>>], [Ascii, Codes, -1],
           [<<Ascii/binary, 195>>, <<165>>], <<Ascii/binary, 195>>, [Ascii, 255 | Ascii]],
    Data = [Bytes, Codes, [Bytes, Codes], [Codes, Bytes | Bytes], Ascii, [Ascii, Ascii], unaligned(Ascii),
            unaligned(Bytes), [unaligned(Bytes), 1], Pieces, nested(50000, "ab") | Bad],
    [io:format("~w~n", [{erlang:phash2(unicode:characters_to_list(D, E)),
                         erlang:phash2(unicode:characters_to_binary(D, E))}]) || E <- [utf8, latin1], D <- Data].

nested(0, X) -> X;
nested(N, X) -> nested(N - 1, [X]).

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
