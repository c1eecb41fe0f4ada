%% SPDX-License-Identifier: Apache-2.0
%% unicode_api.erl - unicode: conversions both ways in all encodings, normal forms, broken input.
-module(unicode_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    to_binary(),
    to_list(),
    normal_forms(),
    marks(),
    bad().

to_binary() ->
    ?SHOW(unicode:characters_to_binary("abc")),
    ?SHOW(unicode:characters_to_binary([16#e5, 16#4e2d, 16#1f600])),
    ?SHOW(unicode:characters_to_binary([<<"a">>, [$b, [<<195, 165>>]] | <<"c">>])),
    ?SHOW(unicode:characters_to_binary([16#e5], unicode, latin1)),
    ?SHOW(unicode:characters_to_binary([16#4e2d], unicode, latin1)),
    ?SHOW(unicode:characters_to_binary(<<16#e5>>, latin1)),
    ?SHOW(unicode:characters_to_binary(<<16#e5>>, latin1, {utf16, little})),
    ?SHOW(unicode:characters_to_binary([16#1f600], unicode, utf16)),
    ?SHOW(unicode:characters_to_binary([16#1f600], unicode, {utf32, big})),
    ?SHOW(unicode:characters_to_binary(<<16#d8, 16#3d, 16#de, 0>>, utf16, utf8)),
    ?SHOW(unicode:characters_to_binary(<<$a, 195>>)),
    ?SHOW(unicode:characters_to_binary(<<$a, 255, $b>>)),
    ?SHOW(unicode:characters_to_binary([$a, 16#d800, $b])),
    ?SHOW(unicode:characters_to_binary([<<"ok">>, <<195>>, <<165>>])),
    ?SHOW(unicode:characters_to_nfc_binary("e\x{301}")).

to_list() ->
    ?SHOW(unicode:characters_to_list(<<195, 165, "x">>)),
    ?SHOW(unicode:characters_to_list(<<229, "x">>, latin1)),
    ?SHOW(unicode:characters_to_list([<<"a">>, 16#4e2d, [<<195, 165>>]])),
    ?SHOW(unicode:characters_to_list(<<0, $a, 16#4e, 16#2d>>, utf16)),
    ?SHOW(unicode:characters_to_list(<<$a, 0, 0, 0>>, {utf32, little})),
    ?SHOW(unicode:characters_to_list(<<$a, 228, 184>>)),
    ?SHOW(unicode:characters_to_list(<<$a, 192, 128>>)),
    ?SHOW(unicode:characters_to_list(<<237, 160, 128>>)),
    ?SHOW(unicode:characters_to_list([16#110000])),
    Text = lists:seq(32, 16#2000, 17),
    ?SHOW(unicode:characters_to_list(unicode:characters_to_binary(Text)) =:= Text).

normal_forms() ->
    ?SHOW(unicode:characters_to_nfc_list("a\x{30a}o\x{308}")),
    ?SHOW(unicode:characters_to_nfd_list([16#e5, 16#f6])),
    ?SHOW(unicode:characters_to_nfkc_list([16#fb01, 16#2460])),
    ?SHOW(unicode:characters_to_nfkd_list([16#fb01, 16#e5])),
    ?SHOW(unicode:characters_to_nfd_binary([16#ac00, 16#d7a3])),
    ?SHOW(unicode:characters_to_nfc_list([16#1100, 16#1161, 16#11a8])),
    ?SHOW(unicode:characters_to_nfc_list(<<195, 165, 255>>)).

marks() ->
    ?SHOW([unicode:bom_to_encoding(B) || B <- [<<239, 187, 191, "x">>, <<254, 255>>, <<"none">>]]),
    ?SHOW(unicode:bom_to_encoding(<<255, 254, 0, 0>>)),
    ?SHOW(unicode:encoding_to_bom(utf8)),
    ?SHOW(unicode:encoding_to_bom({utf16, little})),
    ?SHOW(unicode:encoding_to_bom(latin1)).

bad() ->
    ?SHOW(unicode:characters_to_binary(a)),
    ?SHOW(unicode:characters_to_binary([a])),
    ?SHOW(unicode:characters_to_binary("a", utf7)),
    ?SHOW(unicode:characters_to_binary("a", utf8, utf7)),
    ?SHOW(unicode:characters_to_binary(<<1:3>>)),
    ?SHOW(unicode:characters_to_list({})),
    ?SHOW(unicode:characters_to_list("a", none)),
    ?SHOW(unicode:characters_to_list([$a | $b])).
