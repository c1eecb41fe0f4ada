%% SPDX-License-Identifier: Apache-2.0
%% counted_bytes.erl - Natives that look at the bytes of a whole binary.
-module(counted_bytes).
-export([start/0]).
-include("masked.hrl").

start() ->
    calls(unicode, bin_is_7bit, [[<<>>], [<<"abc">>], [unaligned(<<"abcdefghijklmn">>)], [a], [<<1:4>>],
                                 [<<128>>], [<<"abcdefghijklmn", 128>>], [[]]]),
    Ascii = binary:copy(<<"abcdefgh">>, 100000),
    value("long", [unicode:bin_is_7bit(B) || B <- [Ascii, unaligned(Ascii), <<Ascii/binary, 128>>]]),
    B = <<1, 2, 3, 4, 5>>,
    calls(binary, referenced_byte_size, [[B], [a], [<<1:4>>], [binary:copy(binary:part(B, 0, 2))]]).

unaligned(Binary) ->
    <<_:3, Rest/binary>> = <<0:3, Binary/binary>>,
    Rest.
