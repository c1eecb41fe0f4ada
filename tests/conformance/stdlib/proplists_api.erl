%% SPDX-License-Identifier: Apache-2.0
%% proplists_api.erl - proplists: lookups, expansion, normalising, splitting.
-module(proplists_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    L = [a, {b, 2}, {a, 1}, {c, 3, extra}, {b, 4}, "junk", {d, false}],
    ?SHOW(proplists:get_value(a, L)),
    ?SHOW(proplists:get_value(b, L)),
    ?SHOW(proplists:get_value(c, L)),
    ?SHOW(proplists:get_value(c, L, default)),
    ?SHOW(proplists:get_value(zz, L)),
    ?SHOW(proplists:get_bool(a, L)),
    ?SHOW(proplists:get_bool(d, L)),
    ?SHOW(proplists:get_bool(zz, L)),
    ?SHOW(proplists:get_all_values(b, L)),
    ?SHOW(proplists:append_values(x, [{x, [1, 2]}, {x, 3}, x])),
    ?SHOW(proplists:lookup(c, L)),
    ?SHOW(proplists:lookup(zz, L)),
    ?SHOW(proplists:lookup_all(a, L)),
    ?SHOW(proplists:is_defined(c, L)),
    ?SHOW(lists:sort(proplists:get_keys(L))),
    ?SHOW(proplists:delete(a, L)),
    ?SHOW(proplists:compact([{a, true}, {b, false}, {c, true}])),
    ?SHOW(proplists:unfold([a, {b, 2}, "x"])),
    ?SHOW(proplists:property(a, true)),
    ?SHOW(proplists:property(a, 1)),
    ?SHOW(proplists:property({a, true})),
    ?SHOW(proplists:substitute_aliases([{colour, color}], [{colour, 1}, colour, x])),
    ?SHOW(proplists:substitute_negations([{no_a, a}], [{no_a, true}, no_a, {no_a, false}, b])),
    ?SHOW(proplists:expand([{all, [x, y]}, {{z, 1}, [w]}], [q, all, {z, 1}, {z, 2}])),
    ?SHOW(proplists:normalize([no_a, colour, all],
                              [{aliases, [{colour, color}]}, {negations, [{no_a, a}]},
                               {expand, [{all, [p, q]}]}])),
    ?SHOW(proplists:split(L, [a, b, zz])),
    ?SHOW(lists:sort(maps:to_list(proplists:to_map([a, {b, 2}, {b, 3}])))),
    ?SHOW(proplists:from_map(#{1 => x, 2 => y})),
    ?SHOW(proplists:get_value(a, not_list)),
    ?SHOW(proplists:delete(a, [b | c])).
