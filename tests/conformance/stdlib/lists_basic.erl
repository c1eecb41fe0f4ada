%% SPDX-License-Identifier: Apache-2.0
%% lists_basic.erl - Building, taking apart, searching lists; keyed lists; bad arguments.
-module(lists_basic).
-export([start/0]).
-include("../show.hrl").

start() ->
    build(),
    parts(),
    search(),
    keyed(),
    bad().

build() ->
    ?SHOW(lists:seq(1, 5)),
    ?SHOW(lists:seq(5, 1, -2)),
    ?SHOW(lists:seq(1, 0)),
    ?SHOW(lists:duplicate(3, {x})),
    ?SHOW(lists:duplicate(0, x)),
    ?SHOW(lists:append([[1], [2, 3], [], [4 | tail]])),
    ?SHOW(lists:append("ab", "cd")),
    ?SHOW(lists:concat([a, 1, 2.5, "text", 'B c'])),
    ?SHOW(lists:enumerate([a, b])),
    ?SHOW(lists:enumerate(10, [a, b])),
    ?SHOW(lists:flatten([[1, [2]], [], [[[3]]], "ab"])),
    ?SHOW(lists:flatten([1, [2]], [3])),
    ?SHOW(lists:flatlength([[1, [2]], [], [[[3]]]])),
    ?SHOW(lists:join(sep, [a, b, c])),
    ?SHOW(lists:join(sep, [])),
    ?SHOW(lists:reverse([1, 2, 3])),
    ?SHOW(lists:reverse([1, 2, 3], tail)),
    ?SHOW(lists:zip([1, 2], [a, b])),
    ?SHOW(lists:zip3([1], [a], [x])),
    ?SHOW(lists:unzip([{1, a}, {2, b}])),
    ?SHOW(lists:unzip3([{1, a, x}, {2, b, y}])),
    ?SHOW(lists:zipwith(fun(A, B) -> A * B end, [1, 2], [3, 4])),
    ?SHOW(lists:zipwith3(fun(A, B, C) -> A * B + C end, [1, 2], [3, 4], [5, 6])).

parts() ->
    L = [a, b, c, d, e],
    ?SHOW(lists:nth(2, L)),
    ?SHOW(lists:nthtail(3, L)),
    ?SHOW(lists:nthtail(5, L)),
    ?SHOW(lists:last(L)),
    ?SHOW(lists:droplast(L)),
    ?SHOW(lists:split(2, L)),
    ?SHOW(lists:sublist(L, 2)),
    ?SHOW(lists:sublist(L, 9)),
    ?SHOW(lists:sublist(L, 3, 9)),
    ?SHOW(lists:sublist(L, 6, 1)),
    ?SHOW(lists:subtract([1, 2, 3, 2, 1], [2, 1])),
    ?SHOW(lists:delete(b, [b, a, b])),
    ?SHOW(lists:delete(z, L)).

search() ->
    ?SHOW(lists:member(1, [1.0, 2])),
    ?SHOW(lists:member(2, [1.0, 2])),
    ?SHOW(lists:prefix("ab", "abc")),
    ?SHOW(lists:prefix([], [])),
    ?SHOW(lists:suffix("bc", "abc")),
    ?SHOW(lists:suffix("abcd", "bcd")),
    ?SHOW(lists:max([1, 2.0, a, 2])),
    ?SHOW(lists:min([1, 1.0, 2])),
    ?SHOW(lists:sum([1, 2, 3.5])),
    ?SHOW(lists:sum([])).

keyed() ->
    L = [{1, a}, {2, b}, {1.0, c}, other, {2, d}],
    ?SHOW(lists:keyfind(2, 1, L)),
    ?SHOW(lists:keyfind(1.0, 1, L)),
    ?SHOW(lists:keyfind(9, 1, L)),
    ?SHOW(lists:keymember(d, 2, L)),
    ?SHOW(lists:keysearch(c, 2, L)),
    ?SHOW(lists:keydelete(2, 1, L)),
    ?SHOW(lists:keyreplace(2, 1, L, {new})),
    ?SHOW(lists:keystore(7, 1, L, {7, z})),
    ?SHOW(lists:keystore(2, 1, L, {7, z})),
    ?SHOW(lists:keytake(2, 1, L)),
    ?SHOW(lists:keytake(3, 1, L)),
    ?SHOW(lists:keymap(fun atom_to_list/1, 2, [{1, a}, {2, b}])).

bad() ->
    ?SHOW(lists:nth(0, [a])),
    ?SHOW(lists:nth(2, [a])),
    ?SHOW(lists:nthtail(2, [a])),
    ?SHOW(lists:seq(5, 1)),
    ?SHOW(lists:seq(1, 5, 0)),
    ?SHOW(lists:duplicate(-1, x)),
    ?SHOW(lists:reverse([1 | 2])),
    ?SHOW(lists:reverse(a)),
    ?SHOW(lists:reverse(a, [])),
    ?SHOW(lists:member(a, b)),
    ?SHOW(lists:member(a, [c | b])),
    ?SHOW(lists:member(a, [a | b])),
    ?SHOW(lists:keyfind(a, 0, [])),
    ?SHOW(lists:keyfind(a, 1, [b | c])),
    ?SHOW(lists:keymember(a, x, [])),
    ?SHOW(lists:keysearch(a, 1, b)),
    ?SHOW(lists:append([a], b)),
    ?SHOW(lists:append(b, [])),
    ?SHOW(lists:subtract(a, [])),
    ?SHOW(lists:subtract([], a)),
    ?SHOW(lists:last([])),
    ?SHOW(lists:max([])),
    ?SHOW(lists:split(3, [a])),
    ?SHOW(lists:zip([1], [])),
    ?SHOW(lists:sum([a])),
    ?SHOW(lists:concat([{}])),
    ?SHOW(lists:flatten(a)).
