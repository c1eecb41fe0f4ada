%% SPDX-License-Identifier: Apache-2.0
%% binary_parts.erl - binary: parts, bytes, integers, copies, conversion of lists.
-module(binary_parts).
-export([start/0]).
-include("../show.hrl").

start() ->
    B = <<1, 2, 3, 4, 5>>,
    ?SHOW(binary:at(B, 0)),
    ?SHOW(binary:first(B)),
    ?SHOW(binary:last(B)),
    ?SHOW(binary:part(B, 1, 3)),
    ?SHOW(binary:part(B, {5, -2})),
    ?SHOW(binary:part(B, {0, 0})),
    ?SHOW(binary:bin_to_list(B)),
    ?SHOW(binary:bin_to_list(B, 2, 2)),
    ?SHOW(binary:bin_to_list(B, {4, -3})),
    ?SHOW(binary:list_to_bin([1, <<2>>, [3, [<<4>> | <<5>>]]])),
    ?SHOW(binary:copy(<<"ab">>)),
    ?SHOW(binary:copy(<<"ab">>, 3)),
    ?SHOW(binary:copy(<<"ab">>, 0)),
    ?SHOW(byte_size(binary:copy(<<"0123456789">>, 20000))),
    ?SHOW(binary:decode_unsigned(<<1, 0, 0>>)),
    ?SHOW(binary:decode_unsigned(<<1, 0, 0>>, little)),
    ?SHOW(binary:decode_unsigned(<<>>)),
    ?SHOW(binary:decode_unsigned(<<255:128>>, big)),
    ?SHOW(binary:encode_unsigned(0)),
    ?SHOW(binary:encode_unsigned(65536)),
    ?SHOW(binary:encode_unsigned(65536, little)),
    ?SHOW(binary:encode_unsigned(1 bsl 100)),
    ?SHOW(binary:encode_hex(<<0, 171, 255>>)),
    ?SHOW(binary:decode_hex(<<"00aBFf">>)),
    ?SHOW(binary_part(B, 1, 2)),
    ?SHOW(lists:all(fun both_ways/1, [0, 1, 255, 256, 1 bsl 31, 1 bsl 64 - 1, 1 bsl 333])),
    bad(B).

both_ways(N) ->
    binary:decode_unsigned(binary:encode_unsigned(N)) =:= N
        andalso binary:decode_unsigned(binary:encode_unsigned(N, little), little) =:= N.

bad(B) ->
    ?SHOW(binary:at(B, 5)),
    ?SHOW(binary:at(B, -1)),
    ?SHOW(binary:at(a, 0)),
    ?SHOW(binary:first(<<>>)),
    ?SHOW(binary:last(<<>>)),
    ?SHOW(binary:first(x)),
    ?SHOW(binary:part(B, 3, 3)),
    ?SHOW(binary:part(B, {1, -2})),
    ?SHOW(binary:part(B, x)),
    ?SHOW(binary:bin_to_list(B, 5, 1)),
    ?SHOW(binary:bin_to_list(x)),
    ?SHOW(binary:list_to_bin([256])),
    ?SHOW(binary:list_to_bin(a)),
    ?SHOW(binary:copy(B, -1)),
    ?SHOW(binary:copy(a, 2)),
    ?SHOW(binary:copy(<<1:1>>)),
    ?SHOW(binary:referenced_byte_size(a)),
    ?SHOW(binary:decode_unsigned(<<1>>, middle)),
    ?SHOW(binary:decode_unsigned(1)),
    ?SHOW(binary:encode_unsigned(-1)),
    ?SHOW(binary:encode_unsigned(1, middle)),
    ?SHOW(binary:encode_hex(a)),
    ?SHOW(binary:decode_hex(<<"0">>)),
    ?SHOW(binary:decode_hex(<<"0g">>)).
