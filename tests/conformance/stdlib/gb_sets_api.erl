%% SPDX-License-Identifier: Apache-2.0
%% gb_sets_api.erl - What only gb_sets has: smallest, largest, iterators, balance, deletion.
-module(gb_sets_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    S = gb_sets:from_ordset([1, 3, 5, 7]),
    ?SHOW(S),
    ?SHOW(gb_sets:new()),
    ?SHOW(gb_sets:singleton(x)),
    ?SHOW(gb_sets:add(4, S)),
    ?SHOW(gb_sets:insert(6, S)),
    ?SHOW(gb_sets:insert(5, S)),
    ?SHOW(gb_sets:delete(3, S)),
    ?SHOW(gb_sets:delete(4, S)),
    ?SHOW(gb_sets:delete_any(4, S)),
    ?SHOW(gb_sets:smallest(S)),
    ?SHOW(gb_sets:largest(S)),
    ?SHOW(gb_sets:smallest(gb_sets:empty())),
    ?SHOW(gb_sets:largest(gb_sets:empty())),
    ?SHOW(gb_sets:take_smallest(S)),
    ?SHOW(gb_sets:take_largest(S)),
    ?SHOW(gb_sets:is_member(7.0, S)),
    ?SHOW(walk(gb_sets:next(gb_sets:iterator(S)))),
    ?SHOW(walk(gb_sets:next(gb_sets:iterator_from(4, S)))),
    ?SHOW(walk(gb_sets:next(gb_sets:iterator_from(8, S)))),
    ?SHOW(gb_sets:difference(S, gb_sets:from_list([5, 6]))),
    ?SHOW(gb_sets:union(S, gb_sets:from_list([2, 9]))),
    ?SHOW(gb_sets:fold(fun(E, A) -> E + A end, 0, S)),
    big().

walk(none) -> [];
walk({E, Iterator}) -> [E | walk(gb_sets:next(Iterator))].

big() ->
    L = [N * 7919 rem 1009 || N <- lists:seq(1, 900)],
    S = lists:foldl(fun gb_sets:add/2, gb_sets:empty(), L),
    ?SHOW(gb_sets:size(S)),
    ?SHOW(erlang:phash2(S)),
    ?SHOW(gb_sets:to_list(S) =:= lists:sort(L)),
    Small = lists:foldl(fun gb_sets:del_element/2, S, lists:sublist(L, 895)),
    ?SHOW(Small),
    ?SHOW(gb_sets:balance(Small)),
    ?SHOW(gb_sets:size(gb_sets:intersection(S, gb_sets:from_list(lists:seq(1, 100))))),
    ?SHOW(drain(S, 0) =:= lists:sum(L)).

drain(Set, Sum) ->
    case gb_sets:is_empty(Set) of
        true -> Sum;
        false -> {E, Rest} = gb_sets:take_smallest(Set), drain(Rest, Sum + E)
    end.
