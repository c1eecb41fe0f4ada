%% SPDX-License-Identifier: Apache-2.0
%% gb_trees_api.erl - gb_trees: lookups, insertion, deletion, iterators, balance; bad keys.
-module(gb_trees_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    T = gb_trees:from_orddict([{a, 1}, {b, 2}, {c, 3}, {d, 4}]),
    ?SHOW(T),
    ?SHOW(gb_trees:empty()),
    ?SHOW(gb_trees:is_empty(gb_trees:empty())),
    ?SHOW(gb_trees:size(T)),
    ?SHOW(gb_trees:get(c, T)),
    ?SHOW(gb_trees:get(z, T)),
    ?SHOW(gb_trees:lookup(a, T)),
    ?SHOW(gb_trees:lookup(z, T)),
    ?SHOW(gb_trees:is_defined(b, T)),
    ?SHOW(gb_trees:insert(e, 5, T)),
    ?SHOW(gb_trees:insert(a, 5, T)),
    ?SHOW(gb_trees:enter(a, 5, T)),
    ?SHOW(gb_trees:enter(f, 6, T)),
    ?SHOW(gb_trees:update(b, new, T)),
    ?SHOW(gb_trees:update(z, new, T)),
    ?SHOW(gb_trees:delete(b, T)),
    ?SHOW(gb_trees:delete(z, T)),
    ?SHOW(gb_trees:delete_any(z, T)),
    ?SHOW(gb_trees:take(c, T)),
    ?SHOW(gb_trees:take(z, T)),
    ?SHOW(gb_trees:take_any(z, T)),
    ?SHOW(gb_trees:smallest(T)),
    ?SHOW(gb_trees:largest(T)),
    ?SHOW(gb_trees:smallest(gb_trees:empty())),
    ?SHOW(gb_trees:take_smallest(T)),
    ?SHOW(gb_trees:take_largest(T)),
    ?SHOW(gb_trees:keys(T)),
    ?SHOW(gb_trees:values(T)),
    ?SHOW(gb_trees:to_list(T)),
    ?SHOW(gb_trees:map(fun(K, V) -> {K, V} end, T)),
    ?SHOW(walk(gb_trees:next(gb_trees:iterator(T)))),
    ?SHOW(walk(gb_trees:next(gb_trees:iterator_from(bb, T)))),
    ?SHOW(gb_trees:next(gb_trees:iterator(gb_trees:empty()))),
    ?SHOW(gb_trees:lookup(1.0, gb_trees:from_orddict([{1, one}]))),
    big().

walk(none) -> [];
walk({K, V, Iterator}) -> [{K, V} | walk(gb_trees:next(Iterator))].

big() ->
    Keys = [N * 7919 rem 1009 || N <- lists:seq(1, 1000)],
    T = lists:foldl(fun(K, A) -> gb_trees:enter(K, -K, A) end, gb_trees:empty(), Keys),
    ?SHOW(gb_trees:size(T)),
    ?SHOW(gb_trees:keys(T) =:= lists:usort(Keys)),
    ?SHOW(depth(T) < 20),
    ?SHOW(erlang:phash2(T)),
    Deleted = lists:foldl(fun gb_trees:delete/2, T, lists:sublist(Keys, 990)),
    ?SHOW(gb_trees:to_list(Deleted)),
    ?SHOW(gb_trees:balance(Deleted)),
    ?SHOW(depth(gb_trees:balance(T))).

depth({_, Tree}) -> depth(Tree);
depth(nil) -> 0;
depth({_, _, Smaller, Larger}) -> 1 + max(depth(Smaller), depth(Larger)).
