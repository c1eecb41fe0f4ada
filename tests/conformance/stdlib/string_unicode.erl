%% SPDX-License-Identifier: Apache-2.0
%% string_unicode.erl - string on lists and binaries of grapheme clusters.
-module(string_unicode).
-export([start/0]).
-include("../show.hrl").

start() ->
    lengths(),
    slices(),
    cases(),
    trimming(),
    searching(),
    splitting(),
    numbers(),
    bad().

%% e + acute accent, a family of three joined by zero width joiners, and a flag.
combined() -> "ne\x{301}e".
family() -> [16#1F468, 16#200D, 16#1F469, 16#200D, 16#1F467].
flag() -> [16#1F1E9, 16#1F1EA].

lengths() ->
    ?SHOW(string:length("abc")),
    ?SHOW(string:length(combined())),
    ?SHOW(string:length(family())),
    ?SHOW(string:length(flag() ++ flag())),
    ?SHOW(string:length("a\r\nb")),
    ?SHOW(string:length(<<"\x{e5}\x{4e2d}"/utf8>>)),
    ?SHOW(string:to_graphemes(combined())),
    ?SHOW(string:to_graphemes(["a", <<"b\r\n">>, family()])),
    ?SHOW(string:is_empty([[], <<>>])),
    ?SHOW(string:is_empty([[], <<"x">>])),
    ?SHOW(string:next_codepoint(<<"\x{e5}b"/utf8>>)),
    ?SHOW(string:next_grapheme("e\x{301}x")),
    ?SHOW(string:reverse(combined())),
    ?SHOW(string:reverse(<<"abc">>)).

slices() ->
    ?SHOW(string:slice("abcdef", 2)),
    ?SHOW(string:slice("abcdef", 2, 3)),
    ?SHOW(string:slice(<<"abcdef">>, 4, 9)),
    ?SHOW(string:slice(combined(), 1, 1)),
    ?SHOW(string:pad("ab", 5)),
    ?SHOW(lists:flatten(string:pad("ab", 5, leading, $*))),
    ?SHOW(lists:flatten(string:pad("ab", 5, both, $-))),
    ?SHOW(lists:flatten(string:pad("abcdef", 3))),
    ?SHOW(string:nth_lexeme("abc.de.fgh", 2, ".")),
    ?SHOW(string:concat("ab", "cd")).

cases() ->
    ?SHOW(string:uppercase("stra\x{df}e \x{e5}")),
    ?SHOW(string:lowercase("\x{c5}B\x{130}")),
    ?SHOW(string:titlecase("\x{1c6}abc ABC")),
    ?SHOW(string:casefold("Stra\x{df}E")),
    ?SHOW(string:uppercase(<<"mixed Case 1">>)),
    ?SHOW(string:equal("abc", <<"abc">>)),
    ?SHOW(string:equal("ABC", "abc", true)),
    ?SHOW(string:equal("\x{e5}", "a\x{30a}")),
    ?SHOW(string:equal("\x{e5}", "a\x{30a}", false, nfc)),
    ?SHOW(string:equal("\x{c5}", "a\x{30a}", true, nfd)).

trimming() ->
    ?SHOW(string:trim("  ab c \n")),
    ?SHOW(string:trim("  ab c ", leading)),
    ?SHOW(string:trim(<<"  ab c ">>, trailing)),
    ?SHOW(string:trim("--a-b--", both, "-")),
    ?SHOW(string:chomp("line\r\n\n")),
    ?SHOW(string:chomp(<<"line">>)),
    ?SHOW(string:take("abc123", "abc")),
    ?SHOW(string:take("abc123", lists:seq($0, $9), true)),
    ?SHOW(string:take("abc123", lists:seq($0, $9), false, trailing)),
    ?SHOW(string:take("abc123", "abc", true, trailing)).

searching() ->
    ?SHOW(string:find("a,b,c", ",")),
    ?SHOW(string:find("a,b,c", ",", trailing)),
    ?SHOW(string:find(<<"a,b,c">>, "x")),
    ?SHOW(string:find(combined(), "e")),
    ?SHOW(string:prefix("prefix", "pre")),
    ?SHOW(string:prefix(<<"prefix">>, "fix")),
    ?SHOW(string:replace("a-b-c", "-", "+")),
    ?SHOW(string:replace("a-b-c", "-", "+", all)),
    ?SHOW(string:replace(<<"a-b-c">>, <<"-">>, "+", trailing)).

splitting() ->
    ?SHOW(string:split("a--b--c", "--")),
    ?SHOW(string:split("a--b--c", "--", trailing)),
    ?SHOW(string:split(<<"a,b,,c">>, ",", all)),
    ?SHOW(string:split("abc", "x", all)),
    ?SHOW(string:lexemes("a b\tc  d", " \t")),
    ?SHOW(string:lexemes(<<"a\r\nb">>, ["\r\n"])).

numbers() ->
    ?SHOW(string:to_integer("12ab")),
    ?SHOW(string:to_integer("-7")),
    ?SHOW(string:to_integer("x")),
    ?SHOW(string:to_integer(<<"99 red">>)),
    ?SHOW(string:to_float("1.5e3x")),
    ?SHOW(string:to_float("15")),
    ?SHOW(string:to_float(<<"-0.25">>)).

bad() ->
    ?SHOW(string:length(atom)),
    ?SHOW(string:length([a])),
    ?SHOW(string:length(<<16#ff>>)),
    ?SHOW(string:slice("abc", -1)),
    ?SHOW(string:trim({})),
    ?SHOW(string:to_integer(12)),
    ?SHOW(string:uppercase([foo])).
