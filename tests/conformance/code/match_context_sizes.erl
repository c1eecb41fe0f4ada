%% SPDX-License-Identifier: Apache-2.0
%% match_context_sizes.erl - Sizes of binaries that are being matched: compilers since OTP 26 ask the match
%% context for them.
-module(match_context_sizes).
-export([start/0, rest/1, half/1, bits/2, guarded/1]).
-include("../show.hrl").

start() ->
    ?SHOW(rest(<<"abcdef">>)),
    ?SHOW(half(<<"abcdefgh">>)),
    ?SHOW(bits(<<1:5, 2:6, 3:7>>, [])),
    ?SHOW([guarded(B) || B <- [<<>>, <<1>>, <<1, 2>>, <<1, 2:4>>, <<1:3>>]]),
    ?SHOW(string:find(<<"a,b,c">>, ",b")),
    ?SHOW(string:replace(<<"a-b-c">>, <<"-">>, "+", trailing)),
    ?SHOW(binary:encode_hex(<<0, 171, 255>>)),
    ?SHOW(binary:decode_hex(<<"00aBFf">>)),
    ?SHOW(uri_string:parse("ftp://[2001:db8::7]/c=GB?objectClass?one")).

rest(<<_, Rest/binary>>) when byte_size(Rest) > 3 -> [byte_size(Rest) | rest(Rest)];
rest(<<Rest/binary>>) -> {Rest, byte_size(Rest)}.

half(Binary) ->
    case Binary of
        <<"ab", More/bitstring>> when byte_size(More) rem 2 =:= 0, bit_size(More) > 8 ->
            Half = byte_size(More) div 2,
            <<First:Half/binary, Second/binary>> = More,
            {First, Second};
        _ -> no
    end.

bits(<<Bit:1, Rest/bits>>, Acc) when bit_size(Rest) > 2 -> bits(Rest, [{Bit, bit_size(Rest)} | Acc]);
bits(<<Rest/bits>>, Acc) -> {bit_size(Rest), byte_size(Rest), Rest, Acc}.

guarded(<<Rest/bits>>) when bit_size(Rest) =:= 0 -> empty;
guarded(<<_:8, Rest/bits>>) when byte_size(Rest) =:= 0 -> byte;
guarded(<<_:8, Rest/bits>>) when bit_size(Rest) rem 8 =/= 0 -> {bits, bit_size(Rest), byte_size(Rest)};
guarded(<<Rest/bits>>) -> {other, byte_size(Rest), Rest}.
