%% SPDX-License-Identifier: Apache-2.0
%% ets_selects.erl - ets: select and its like, over the four types of tables.
-module(ets_selects).
-export([start/0]).
-include("../natives/masked.hrl").

start() ->
    [begin selects(Type), limits(Type), counts(Type), keys(Type) end || Type <- [set, bag, duplicate_bag, ordered_set]],
    prefixes(), refused(), repaired().

table(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{1, a, "x"}, {2, b, [1, 2, 3]}, {3, a, {p, {q, 1}}}, {1.0, c, #{k => v, l => 2}}, {k, k, k}, {[1, 2], {1, 2}, []},
                   {n, 1, 1.0}, {two}, {m, <<"bin">>, 1 bsl 70}, {m, <<0:800>>, self}, {1, a, "y"}]),
    T.

order(ordered_set, List) -> List;
order(_, List) -> lists:sort(fun(A, B) -> erts_internal:cmp_term(A, B) =< 0 end, List).

selects(Type) ->
    T = table(Type),
    Specs = [[{'_', [], ['$_']}], [{'$1', [], ['$1']}], [{{'$1', '_', '$2'}, [], [{{'$2', '$1'}}]}], [{{'$1', a, '_'}, [], ['$1']}],
             [{{'$1', '$2', '_'}, [{is_atom, '$2'}, {'<', '$1', 3}], ['$$']}], [{{'$1', '_', '_'}, [{is_integer, '$1'}], [{{i, '$1'}}]}, {{'$1'}, [], [[one, '$1']]}],
             [{{1, '_', '$1'}, [], ['$1']}], [{{1.0, '_', '$1'}, [], ['$1']}], [{{m, '$2', '_'}, [], ['$2']}, {{k, '_', '_'}, [], [k]}, {{nokey, '_', '_'}, [], [k]}],
             [{{'_', '_', #{k => '$1'}}, [], ['$1']}], [{{'_', '_', '$1'}, [{is_map, '$1'}], [{map_get, l, '$1'}]}], [{{'$1'}, [], [{hd, '$1'}]}], [],
             [{a, [], ['$_']}], [{[], [], ['$_']}], [{{}, [], ['$_']}], [{'_', [{'==', 3, {size, '$_'}}], [{const, #{x => "y"}}]}], [{{'$1', '_', '_'}, [], ['$1', '$_', x]}]],
    [begin
         io:format("~w ~0tp:~n", [Type, S]),
         value(" select", order(Type, ets:select(T, S))),
         value(" reverse", order(Type, ets:select_reverse(T, S))),
         value(" same", case catch lists:sort(ets:select(T, S)) of L -> L =:= lists:sort(lists:append(pieces(ets:select(T, S, 2), fun ets:select/1))) end),
         value(" count", ets:select_count(T, S))
     end || S <- Specs].

pieces('$end_of_table', _) -> [];
pieces({Found, Rest}, Next) -> [Found | pieces(Next(Rest), Next)].

%% Piece by piece, all come once; in order, and the other way round, where there is one.
limits(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{N, N rem 3} || N <- lists:seq(1, 50)]),
    Spec = [{{'$1', 1}, [], ['$1']}],
    [begin
         Up = pieces(ets:select(T, Spec, L), fun ets:select/1),
         Down = pieces(ets:select_reverse(T, Spec, L), fun ets:select_reverse/1),
         value("pieces", {Type, L, lists:max([length(P) || P <- Up]), lists:sort(lists:append(Up)), lists:sort(lists:append(Down))}),
         Type =/= ordered_set orelse value("pieces", {Up, Down})
     end || L <- [1, 2, 17, 18, 100]],
    value("a key", [ets:select(T, [{{3, '_'}, [], ['$_']}], 1), ets:select(T, [{{33, 5}, [], ['$_']}], 1), ets:select_reverse(T, [{{3, '_'}, [], ['$_']}], 7)]),
    value("nothing", [ets:select(T, [{'_', [false], ['$_']}], 1), ets:select(T, [], 1), ets:select_reverse(T, [{{x, '_'}, [], ['$_']}], 1)]),
    Keys = [{{N, '_'}, [], ['$_']} || N <- [30, 7, 20, 7, 99, 1]],
    value("keys", [lists:sort(lists:append(pieces(ets:select(T, Keys, L), fun ets:select/1))) || L <- [1, 2, 3, 4, 5]]),
    Type =/= ordered_set orelse value("keys", [ets:select(T, Keys), ets:select_reverse(T, Keys)]).

counts(Type) ->
    T = table(Type),
    [value("count", ets:select_count(T, S)) || S <- [[{'_', [], [true]}], [{'_', [], [truex]}], [{{'$1', a, '_'}, [], [true]}], [{{'$1', '_', '_'}, [], [{'>', '$1', 2}]}]]],
    [value("delete", {Type, ets:select_delete(T, S), order(Type, ets:tab2list(T))}) ||
        S <- [[{{'$1', 1, '_'}, [], [truex]}, {{1, '_', '_'}, [], [true]}, {{2, '_', '_'}, [], [true]}], [{{'$1', '_', '_'}, [], [{is_atom, '$1'}]}], [{'_', [], [true]}]]],
    value("memory back", ets:info(T, size)).

%% A known key is looked up, and matched with =:=.
keys(Type) ->
    T = ets:new(t, [Type, {keypos, 2}]),
    ets:insert(T, [{a, 1}, {b, 1.0}, {c, {1, 2}}, {d, {1.0, 2}}, {e, 1, x}, {f, #{a => 1}}, {g, #{a => 1, b => 2}}]),
    [value("key", {Type, K, lists:sort(ets:select(T, [{{'$1', K}, [], ['$1']}])), lists:sort(ets:match_object(T, {'_', K}))}) ||
        K <- [1, 1.0, {1, 2}, {1.0, 2}, {1, '_'}, '_', #{a => 1}, #{a => '_'}, #{}, nokey]],
    value("short", {ets:select(T, [{{'$1'}, [], ['$1']}]), ets:match(T, {'$1'})}).

%% A key of which the start is known is a range of an ordered table.
prefixes() ->
    T = ets:new(t, [ordered_set]),
    Keys = [{A, B, C} || A <- [1, 1.5, 2, a, {x}, "s"], B <- [1, 2, b], C <- [0, []]] ++ [[A, B | C] || A <- [1, a, "s"], B <- [1, {b}], C <- [[], [z], 7]] ++ [{}, {1}, {1, 2}, [], a, 1],
    ets:insert(T, [{K, erlang:phash2(K)} || K <- Keys]),
    [value("prefix", {P, ets:select(T, [{{P, '_'}, [], [{element, 1, '$_'}]}]) =:= [K || {K, _} <- ets:tab2list(T), {ok, true} =:= ets:test_ms({K}, [{{P}, [], [true]}])],
                      ets:select_reverse(T, [{{P, '_'}, [], [{element, 1, '$_'}]}]) , [length(L) || L <- pieces(ets:select(T, [{{P, '_'}, [], [1]}], 3), fun ets:select/1)],
                      [length(L) || L <- pieces(ets:select_reverse(T, [{{P, '_'}, [], [1]}], 2), fun ets:select/1)]}) ||
        P <- [{1, '_', '_'}, {1, 2, '_'}, {1, 2, '$1'}, {1, '$1', 0}, {'_', 1, '_'}, {a, '_', []}, {{x}, '_', '_'}, {{'_'}, '_', '_'}, {"s", b, '_'}, {1.0, '_', '_'}, {1.5, '_', '_'},
              {1, '_'}, {1, '_', '_', '_'}, [1 | '_'], [1, 1 | '_'], [a, {'_'} | '_'], [a, '_'], ['_', 1 | '$1'], ["s", {b} | '_'], [[$s | '_'] | '_'], {zz, '_', '_'}, {0, '_', '_'}]],
    value("delete", {ets:select_delete(T, [{{{1, '_', '_'}, '_'}, [], [true]}]), ets:select_delete(T, [{{[1 | '_'], '_'}, [], [true]}]), ets:info(T, size)}),
    value("replace", {ets:select_replace(T, [{{{'$1', b, '$2'}, '_'}, [{is_atom, '$1'}], [{{{{'$1', b, '$2'}}, new}}]}]), ets:select(T, [{{'$1', new}, [], ['$1']}])}).

refused() ->
    [begin
         T = ets:new(t, [Type]),
         C = ets:insert(T, [{N, x} || N <- lists:seq(1, 9)]) andalso element(2, ets:select(T, [{'_', [], ['$_']}], 2)),
         calls(ets, select, [[T, a], [nosuch, [{'_', [], [1]}]], [1, []], [T, [{'_', [], ['$1']}]], [T, [{'_', [], [1]}], 0], [T, [{'_', [], [1]}], -1], [T, [{'_', [], [1]}], a],
                             [T, [{'_', [], [1]}], 1 bsl 70], [T, a, 1], [nosuch, [], 1], ['$end_of_table'], [foo], [{T, a}]]),
         value("broken", [try ets:select(setelement(N, C, V)) catch error:E -> E end || {N, V} <- [{1, nosuch}, {2 + size(C) div 4, a}, {size(C) div 2 + 1, a}, {size(C) div 2 + 1, make_ref()}]]),
         calls(ets, select_reverse, [[T, a], [nosuch, []], [T, [{'_', [], ['$1']}]], [T, [{'_', [], [1]}], 0], [T, a, 1], ['$end_of_table'], [foo], [{T, a}]]),
         calls(ets, select_count, [[T, a], [nosuch, []], [T, [{'_', [], [{foo}]}]]]),
         calls(ets, select_replace, [[T, a], [nosuch, []], [1, []], [T, [{'_', [], [{foo}]}]], [T, []]]),
         calls(ets, internal_select_delete, [[T, a], [nosuch, []], [T, [{'_', [], ['$3']}]], [T, [{{3, '_'}, [], [true]}]]]),
         calls(ets, match, [[T, {#{'$1' => a}}], [T, #{'_' => a}], [T, {#{'$1' => a}}, 5]]),
         calls(ets, match_object, [[T, {#{'$1' => a}}], ['$end_of_table'], [{}]]),
         calls(ets, match, [['$end_of_table'], [{}]]),
         ets:delete(T),
         value("gone", try ets:select(C) catch error:E2 -> E2 end)
     end || Type <- [set, ordered_set]].

%% Continuations that went through the external format.
repaired() ->
    [begin
         T = ets:new(t, [Type, named_table]),
         ets:insert(t, [{N, x} || N <- lists:seq(1, 9)]),
         Spec = [{'_', [], ['$_']}],
         {A, C} = ets:select(T, Spec, 4),
         Broken = binary_to_term(term_to_binary(setelement(size(C) div 2 + 1, C, []))),
         value("broken", try ets:select(Broken) catch error:E -> E end),
         {B, C2} = ets:select(ets:repair_continuation(Broken, Spec)),
         {D, _} = ets:select(ets:repair_continuation(C2, Spec)),
         value("repaired", {Type, lists:sort(A ++ B ++ D)}),
         ets:delete(T)
     end || Type <- [set, bag, ordered_set]],
    value("end", ets:repair_continuation('$end_of_table', [])).
