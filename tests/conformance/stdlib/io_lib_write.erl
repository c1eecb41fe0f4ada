%% SPDX-License-Identifier: Apache-2.0
%% io_lib_write.erl - Single terms, quoting of atoms and strings, tests of characters.
-module(io_lib_write).
-export([start/0]).
-include("../show.hrl").

start() ->
    atoms(),
    strings(),
    terms(),
    tests(),
    helpers().

w(Term) -> lists:flatten(io_lib:write(Term)).

atoms() ->
    Atoms = [a, 'A', 'a b', '', '\'', '\\', 'a\nb', a@b_1, 'end', 'when', true, '1a', '_a',
             'a.b', '\x{e5}', '\x{c5}', '\x{4e2d}', '\e\d', '$', fun_, 'fun', '[]', 'maybe'],
    [?SHOW(lists:flatten(io_lib:write_atom(Atom))) || Atom <- Atoms],
    ?SHOW(io_lib:write_atom_as_latin1('\x{4e2d}')).

strings() ->
    ?SHOW(lists:flatten(io_lib:write_string("a\"b\\c\n\t\x{1}\x{7f}\x{e5}"))),
    ?SHOW(lists:flatten(io_lib:write_string("it's", $'))),
    ?SHOW(io_lib:write_string_as_latin1("\x{4e2d}a")),
    ?SHOW(io_lib:write_latin1_string("abc")),
    ?SHOW([io_lib:write_char(C) || C <- [$a, $\n, $\s, $', $\\, 0, 16#e5, 127]]),
    ?SHOW(io_lib:write_char_as_latin1(16#4e2d)),
    ?SHOW(io_lib:write_latin1_char($a)).

terms() ->
    ?SHOW(w(12)),
    ?SHOW(w(-1 bsl 65)),
    ?SHOW([w(F) || F <- [0.1, 1.0, -0.0, 1.0e22, 1.0e-7, 123456789.123, 5.0e-324,
                         1.7976931348623157e308, 100000.0, 1.0e21, 0.001]]),
    ?SHOW(w([1, [2 | 3], {4, {}}, []])),
    ?SHOW(w("abc")),
    ?SHOW(w(<<"abc">>)),
    ?SHOW(w(<<1:1>>)),
    ?SHOW(w(<<255, 3:2>>)),
    ?SHOW(w(#{1 => #{}})),
    ?SHOW(w(fun lists:map/2)),
    ?SHOW(lists:flatten(io_lib:write([a, b, c, d], 3))),
    ?SHOW(lists:flatten(io_lib:write({a, {b, c}}, [{depth, 2}]))),
    ?SHOW(lists:flatten(io_lib:write('\x{4e2d}', [{encoding, latin1}]))),
    ?SHOW(lists:flatten(io_lib:print({a, "b"}))),
    ?SHOW(lists:flatten(io_lib:print([1, 2, 3], 5, 4, -1))).

tests() ->
    ?SHOW([io_lib:printable_list(L) || L <- ["abc", "a\n", [0], [], [16#e5], [16#4e2d], a, [a]]]),
    ?SHOW([io_lib:printable_latin1_list(L) || L <- ["abc", [16#e5], [16#4e2d], [127]]]),
    ?SHOW([io_lib:printable_unicode_list(L) || L <- ["abc", [16#4e2d], [16#d800], [16#fffe]]]),
    ?SHOW([io_lib:char_list(L) || L <- ["abc", [16#4e2d], [16#110000], [-1]]]),
    ?SHOW([io_lib:latin1_char_list(L) || L <- ["abc", [256]]]),
    ?SHOW([io_lib:deep_char_list(L) || L <- [["a", ["b"]], [["a"], 1.0], ["a" | "b"], [<<>>]]]),
    ?SHOW([io_lib:deep_latin1_char_list(L) || L <- [["a", ["b"]], [[16#4e2d]]]]),
    ?SHOW([io_lib:quote_atom(A, []) || A <- [a, 'A', 'a b']]).

helpers() ->
    ?SHOW(io_lib:nl()),
    ?SHOW(io_lib:indentation("abc\nde", 4)),
    ?SHOW(io_lib:format_prompt({format, "~w> ", [1]})),
    ?SHOW(io_lib:chars_length(["abc", <<"de">>, [$f]])),
    ?SHOW(io_lib:limit_term({a, [b, [c, [d]]]}, 4)),
    ?SHOW(lists:flatten(io_lib:format("~p ~p", [aaaa, "bbbbbbbbbbbbbbbb"], [{chars_limit, 10}]))),
    ?SHOW(io_lib:scan_format("~5.2.0f~tp", [1.0, x]) =/= []),
    ?SHOW(lists:flatten(io_lib:build_text(io_lib:scan_format("~w-~s", [a, "b"])))),
    ?SHOW(io_lib:unscan_format(io_lib:scan_format("~-5.2tp|~n", [x]))),
    ?SHOW(io_lib:write_atom(1)),
    ?SHOW(io_lib:write_string(a)),
    ?SHOW(io_lib:scan_format("~w", [])).
