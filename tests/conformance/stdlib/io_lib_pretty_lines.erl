%% SPDX-License-Identifier: Apache-2.0
%% io_lib_pretty_lines.erl - Line breaking of ~p: nesting, columns, records, maps, strings, depth.
-module(io_lib_pretty_lines).
-export([start/0]).
-include("../show.hrl").

start() ->
    long_lists(),
    nested(),
    strings(),
    maps_and_records(),
    columns(),
    depth().

p(Term) -> io:format("~p~n", [Term]).

long_lists() ->
    p(lists:seq(1, 60)),
    p([{item, N, [a || _ <- lists:seq(1, N)]} || N <- lists:seq(1, 12)]),
    p(list_to_tuple(lists:seq(1000, 1040))),
    p([lists:duplicate(N, $a) || N <- lists:seq(1, 14)]),
    p(lists:seq(1, 50) ++ tail).

nested() ->
    p(nest(18)),
    p({deep, [{level, 1, [{level, 2, [{level, 3, [{level, 4, some_long_atom_name, another_one}]},
                                      {level, 3, "text of the third level, a bit longer"}]}]}]}),
    p([[[[[[[[[[[[very, [deeply, [nested]]]]]]]]]]]]]]),
    p({a_rather_long_tag_for_a_tuple, {another_rather_long_tag, {yet_another_tag, [1, 2, 3]}}, x}),
    p([{key, value}, {a_longer_key_than_that, {with, a, tuple}},
       {list, [one, two, three, four, five, six, seven, eight, nine, ten]}]).

nest(0) -> leaf;
nest(N) -> {node, N, nest(N - 1)}.

strings() ->
    p(lists:duplicate(150, $x)),
    p("line one\nline two\ttab \"quoted\" \\ \e \x{7f}"),
    p({message, "a string that is long enough to be broken over at least two lines of output"}),
    p(<<"a binary that is long enough to be broken over at least two lines of output, yes">>),
    p(list_to_binary(lists:seq(0, 60))),
    p(<<1, 2, 3:4>>),
    p([<<"a">>, <<"b">>, <<128, 1>>, "mixed", [$a, 1], [0]]),
    p([$a, $b | $c]).

maps_and_records() ->
    p(maps:from_list([{N, lists:duplicate(N, x)} || N <- lists:seq(1, 8)])),
    p(#{1 => #{2 => #{3 => "nested map values that take some room on the line"}}}),
    p(#{"key of some length that fills the line" => {value, "of some length that also fills it"}}),
    Names = fun(point, 2) -> [x, y];
               (segment, 3) -> [from, to, label];
               (_, _) -> no
            end,
    io:format("~s~n", [io_lib_pretty:print({point, 1, 2}, Names)]),
    io:format("~s~n", [io_lib_pretty:print(
        {segment, {point, 1, 2}, {point, 3, 4}, lists:duplicate(60, $l)}, Names)]),
    io:format("~s~n", [io_lib_pretty:print([{other, 1, 2}], Names)]).

columns() ->
    Term = [{alpha, [1, 2, 3]}, {beta, "text"}, {gamma, {a, b, c}}],
    [io:format("~*p~n", [Width, Term]) || Width <- [10, 20, 30, 40, 60]],
    io:format("prefix ~p~n", [lists:seq(1, 40)]),
    io:format("a long prefix that moves the column to the right ~p~n", [Term]),
    io:format("~30p|~n", [Term]),
    io:format("~40.10p~n", [Term]),
    io:format("~s~n", [io_lib_pretty:print(Term, 5, 25, -1)]),
    io:format("~s~n", [io_lib_pretty:print(Term, [{column, 3}, {line_length, 30}])]),
    io:format("~s~n", [io_lib_pretty:print([97, 98], [{strings, false}])]).

depth() ->
    [io:format("~P~n", [{a, {b, {c, [d, e, f, g]}}, "string", <<"binary">>}, Depth])
     || Depth <- lists:seq(0, 9)],
    io:format("~P~n", [maps:from_list([{N, N} || N <- lists:seq(1, 10)]), 6]),
    io:format("~P~n", [lists:seq(1, 100), 30]),
    ?SHOW(length(lists:flatten(io_lib:format("~p", [lists:seq(1, 3000)])))).
