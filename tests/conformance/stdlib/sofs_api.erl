%% SPDX-License-Identifier: Apache-2.0
%% sofs_api.erl - Sets of sets: relations, families, functions and their algebra.
-module(sofs_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    S = sofs:set([c, a, b, a]),
    T = sofs:set([b, d]),
    R = sofs:relation([{1, a}, {2, b}, {2, c}, {3, a}]),
    sets(S, T),
    relations(R),
    families(R),
    external(R),
    bad(S, R).

out(Value) ->
    case catch sofs:to_external(Value) of
        {'EXIT', _} -> Value;
        External -> External
    end.

sets(S, T) ->
    ?SHOW(out(S)),
    ?SHOW(sofs:type(S)),
    ?SHOW(out(sofs:union(S, T))),
    ?SHOW(out(sofs:intersection(S, T))),
    ?SHOW(out(sofs:difference(S, T))),
    ?SHOW(out(sofs:symdiff(S, T))),
    ?SHOW([out(P) || P <- tuple_to_list(sofs:symmetric_partition(S, T))]),
    ?SHOW(out(sofs:product(S, T))),
    ?SHOW(out(sofs:product({S, T, T}))),
    ?SHOW(sofs:is_subset(T, S)),
    ?SHOW(sofs:is_disjoint(S, T)),
    ?SHOW(sofs:no_elements(S)),
    ?SHOW(sofs:is_empty_set(sofs:empty_set())),
    ?SHOW(out(sofs:from_term([[1, 2], [2, 1], [3]]))),
    ?SHOW(out(sofs:from_term([{a, [1]}, {b, []}], [{atom, [atom]}]))),
    ?SHOW(out(sofs:specification(fun(X) -> X =/= a end, S))),
    ?SHOW(out(sofs:projection({external, fun(X) -> {X, X} end}, S))).

relations(R) ->
    ?SHOW(out(sofs:domain(R))),
    ?SHOW(out(sofs:range(R))),
    ?SHOW(out(sofs:field(sofs:relation([{a, b}, {b, c}])))),
    ?SHOW(out(sofs:converse(R))),
    ?SHOW(out(sofs:image(R, sofs:set([2])))),
    ?SHOW(out(sofs:inverse_image(R, sofs:set([a])))),
    ?SHOW(out(sofs:restriction(R, sofs:set([1, 2])))),
    ?SHOW(out(sofs:drestriction(R, sofs:set([1])))),
    ?SHOW(out(sofs:relative_product(R, sofs:relation([{a, x}, {c, y}])))),
    ?SHOW(out(sofs:composite(sofs:a_function([{1, a}]), sofs:a_function([{a, x}])))),
    ?SHOW(out(sofs:inverse(sofs:a_function([{1, a}, {2, b}])))),
    ?SHOW(out(sofs:join(R, 2, sofs:relation([{a, x}]), 1))),
    ?SHOW(sofs:is_a_function(R)),
    ?SHOW(out(sofs:strict_relation(sofs:relation([{a, a}, {a, b}])))),
    ?SHOW(out(sofs:weak_relation(sofs:relation([{a, b}])))),
    ?SHOW(out(sofs:constant_function(sofs:set([a, b]), sofs:from_term(0)))),
    ?SHOW(out(sofs:partition(1, R))).

families(R) ->
    F = sofs:relation_to_family(R),
    ?SHOW(out(F)),
    ?SHOW(sofs:type(F)),
    ?SHOW(out(sofs:family_to_relation(F))),
    ?SHOW(out(sofs:family_union(sofs:family([{a, [[1], [2]]}, {b, [[3]]}])))),
    ?SHOW(out(sofs:family_intersection(F, sofs:family([{2, [c, d]}])))),
    ?SHOW(out(sofs:union_of_family(F))),
    ?SHOW(out(sofs:intersection_of_family(F))),
    ?SHOW(out(sofs:family_projection(fun sofs:union/1, sofs:family([{x, [[1], [2]]}])))),
    ?SHOW(out(sofs:partition_family(2, R))).

external(R) ->
    ?SHOW([out(E) || E <- sofs:to_sets(R)]),
    ?SHOW(sofs:is_type([{a, [b]}])),
    ?SHOW(sofs:is_set(R)),
    ?SHOW(sofs:is_sofs_set(foo)),
    ?SHOW(sofs:is_equal(R, sofs:converse(sofs:converse(R)))),
    ?SHOW(out(sofs:extension(sofs:relation([{1, a}]), sofs:set([2]), sofs:from_term(z)))).

bad(S, R) ->
    ?SHOW(sofs:set(a)),
    ?SHOW(sofs:relation([a])),
    ?SHOW(sofs:union(S, R)),
    ?SHOW(sofs:inverse(R)),
    ?SHOW(sofs:from_term([a | b])),
    ?SHOW(sofs:a_function([{1, a}, {1, b}])).
