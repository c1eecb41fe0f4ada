%% SPDX-License-Identifier: Apache-2.0
%% io_lib_format_controls.erl - Every control sequence, with width, precision, padding.
-module(io_lib_format_controls).
-export([start/0]).
-include("../show.hrl").

start() ->
    simple(),
    strings(),
    integers(),
    floats(),
    writing(),
    io(),
    bad().

f(Format, Args) -> lists:flatten(io_lib:format(Format, Args)).

simple() ->
    ?SHOW(f("plain", [])),
    ?SHOW(f("~~|~n|~3n|", [])),
    ?SHOW(f("~c~c", [$a, $b])),
    ?SHOW(f("|~5c|~-5c|~5.2c|", [$a, $b, $c])),
    ?SHOW(f("~tc", [16#4e2d])),
    ?SHOW(f("~i~w", [skipped, shown])),
    ?SHOW(f("~*c", [3, $x])),
    ?SHOW(f("~*.*c|", [6, 2, $x])),
    ?SHOW(f(<<"binary ~w">>, [x])),
    ?SHOW(f(atom_format, [])).

strings() ->
    ?SHOW(f("~s", ["abc"])),
    ?SHOW(f("~s", [<<"abc">>])),
    ?SHOW(f("~s", [abc])),
    ?SHOW(f("~s", [["a", <<"b">>, $c | <<"d">>]])),
    ?SHOW(f("|~6s|~-6s|~6.3s|~.2s|", ["abc", "abc", "abcdef", "abcdef"])),
    ?SHOW(f("|~3s|", ["abcdef"])),
    ?SHOW(f("|~-8.3..s|", ["abcdef"])),
    ?SHOW(f("|~8..*s|", ["ab"])),
    ?SHOW(f("~ts", [[16#e5, 16#4e2d]])),
    ?SHOW(f("~ts", [<<195, 165>>])),
    ?SHOW(f("~s", [<<195, 165>>])),
    ?SHOW(f("|~5ts|", [[16#4e2d]])),
    ?SHOW(f("|~5ts|", ["e\x{301}"])).

integers() ->
    ?SHOW(f("~b ~B ~b", [10, -10, 1 bsl 70])),
    ?SHOW(f("~.16b ~.16B ~.2B ~.36b", [255, 255, 5, 123456])),
    ?SHOW(f("|~6b|~-6b|~6..0b|", [42, 42, 42])),
    ?SHOW(f("|~8.16.0b|", [-255])),
    ?SHOW(f("~.16# ~.8# ~.2+ ~.16+", [255, 8, 5, -255])),
    ?SHOW(f("~.10x ~.16X", [5, "pre-", -31, "0x"])),
    ?SHOW(f("|~10.16#|~-10.16#|", [255, 255])),
    ?SHOW(f("|~3b|", [123456])).

floats() ->
    ?SHOW(f("~f ~f", [1.5, -0.001])),
    ?SHOW(f("~.2f|~10.3f|~-10.1f|~10..0f|", [3.14159, 2.5, 2.25, 1.0])),
    ?SHOW(f("~.0f", [2.5])),
    ?SHOW(f("~e ~.3e ~12.2e|", [1.5, 12345.678, 0.00012])),
    ?SHOW(f("~g ~g ~g ~.3g", [1.5, 1.0e20, 0.05, 123.456])),
    ?SHOW(f("~f", [1.0e22])),
    ?SHOW(f("~.20f", [0.1])),
    ?SHOW(f("~f ~.1f", [3, 7])).

writing() ->
    Term = {a, "text", [1, 2], <<"bin">>, #{1 => 2}, 1.5, 'Q a'},
    ?SHOW(f("~w", [Term])),
    ?SHOW(f("~p", [Term])),
    ?SHOW(f("~0p", [Term])),
    ?SHOW(f("~W", [lists:seq(1, 20), 6])),
    ?SHOW(f("~P", [{a, [b, [c, [d, [e]]]], f, g, h, i}, 7])),
    ?SHOW(f("|~12w|~-12w|~3w|", [abc, abc, abcdef])),
    ?SHOW(f("~w ~tw", [[229, 20013], 'a\x{e5}\x{4e2d}'])),
    ?SHOW(f("~tp ~p", ["\x{4e2d}", "\x{4e2d}"])),
    ?SHOW(f("~lp ~p", ["ab", "ab"])),
    ?SHOW(f("~w ~w ~w ~w", ["", [], '', <<>>])),
    ?SHOW(f("~p ~p ~p ~p", ["", [], '', <<>>])).

%% Straight to the console, line by line.
io() ->
    ?SHOW(io:format("a ~p~n", [b])),
    ?SHOW(io:format("no arguments~n")),
    ?SHOW(io:format(standard_io, "to a device ~w~n", [x])),
    ?SHOW(io:fwrite("fwrite ~w~n", [y])),
    ?SHOW(io:put_chars(["put ", <<"chars">>, $\n])),
    ?SHOW(io:write({w, "x"})),
    ?SHOW(io:nl()).

bad() ->
    ?SHOW(f("~w", [])),
    ?SHOW(f("~w", [1, 2])),
    ?SHOW(f("~q", [1])),
    ?SHOW(f("~", [1])),
    ?SHOW(f("~s", [1])),
    ?SHOW(f("~s", [[16#4e2d]])),
    ?SHOW(f("~s", [[a]])),
    ?SHOW(f("~b", [1.5])),
    ?SHOW(f("~.40b", [1])),
    ?SHOW(f("~c", [x])),
    ?SHOW(f("~f", [a])),
    ?SHOW(f("~.x", [a])),
    ?SHOW(f("~*c", [a, $x])),
    ?SHOW(f(1, [])),
    ?SHOW(f("~w", x)).
