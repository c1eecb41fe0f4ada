%% SPDX-License-Identifier: Apache-2.0
%% ets_patterns.erl - ets: match, match_object, match_delete, with limits, over tables that change.
-module(ets_patterns).
-export([start/0]).
-include("masked.hrl").

start() ->
    [patterns(Type) || Type <- [set, bag, duplicate_bag, ordered_set]],
    [limits(Type, N) || Type <- [set, bag, duplicate_bag, ordered_set], N <- [1, 3, 100]],
    [large(Type) || Type <- [set, duplicate_bag, ordered_set]],
    refused().

patterns(Type) ->
    io:format("---- ~p~n", [Type]),
    T = ets:new(t, [Type]),
    ets:insert(T, [{1, a, "x"}, {2, b, [1, 2, 3]}, {3, a, {p, {q, 1}}}, {1.0, c, #{k => v, l => 2}}, {k, k, k}, {[1, 2], {1, 2}, []},
                   {n, 1, 1.0}, {two}, {m, <<"bin">>, 1 bsl 70}]),
    Patterns = ['_', '$1', {'_', '_', '_'}, {'$1', '$2', '$3'}, {'$3', '$2', '$1'}, {1, '$1', '_'}, {1.0, '$1', '_'}, {'$1', a, '_'},
                {'$1', '$1', '$1'}, {'$1', '$1', '_'}, {'_', '$1', '$1'}, {'$1', '_', "x"}, {'_', '_', ['$1' | '$2']}, {'_', '_', ['$1', '$2', '$3']},
                {'_', '_', {p, '$1'}}, {'_', '_', {p, {q, '$9'}}}, {'_', '_', #{k => '$1'}}, {'_', '_', #{}}, {'_', '_', #{nokey => '_'}},
                {'$1'}, {two}, {['$1', '$2'], {'$1', '$2'}, '_'}, {['$1', '$2'], {'$2', '$1'}, '_'}, {'_', '_', []}, {'_', '_', 1 bsl 70},
                {'$1', <<"bin">>, '_'}, {nokey, '_', '_'}, {'$0', '_', '_'}, {'$100', '$3', '_'}, {'$01', '_', '_'}, {'$x', '_', '_'}, {'$', '_', '_'},
                a, [], "abc", 1, {}, {'_', '_', '_', '_'}],
    [begin
         value(io_lib:format("match ~0tp", [P]), sorted(ets:match(T, P))),
         value(io_lib:format("match_object ~0tp", [P]), sorted(ets:match_object(T, P)))
     end || P <- Patterns],
    [value(io_lib:format("match_delete ~0tp", [P]), {ets:match_delete(T, P), ets:info(T, size)}) ||
        P <- [{nokey, '_', '_'}, {'_', a, '_'}, {1, '_', '_'}, {'$1', '$1', '_'}, {two}, '_']].

sorted(List) -> lists:sort(fun(A, B) -> erts_internal:cmp_term(A, B) =< 0 end, List).

%% Piece by piece, all come once.
limits(Type, Limit) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{N, N rem 3} || N <- lists:seq(1, 50)]),
    Pieces = pieces(ets:match(T, {'$1', '_'}, Limit), fun ets:match/1),
    value("match", {Type, Limit, lists:sort(lists:append(Pieces)) =:= [[N] || N <- lists:seq(1, 50)],
                    Type =/= ordered_set orelse lists:append(Pieces) =:= [[N] || N <- lists:seq(1, 50)],
                    lists:max([length(P) || P <- Pieces])}),
    Objects = pieces(ets:match_object(T, {'_', 1}, Limit), fun ets:match_object/1),
    value("match_object", {lists:sort(lists:append(Objects)) =:= [{N, 1} || N <- lists:seq(1, 50, 3)], length(Objects) > 0}),
    value("nothing", [ets:match(T, {nokey, '_'}, Limit), ets:match_object(T, {'_', 7}, Limit)]),
    case ets:match(T, {'$1', '_'}, 10) of
        {_, '$end_of_table'} -> ok;
        {_, Rest} ->
            ets:delete(T),
            calls(ets, match, [['$end_of_table']]),
            value("deleted", try ets:match(Rest) catch error:E -> E end)
    end.

pieces('$end_of_table', _) -> [];
pieces({Found, Rest}, Next) -> [Found | pieces(Next(Rest), Next)].

%% More than one slice of work, with others at work on the table.
large(Type) ->
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{N, N rem 10, <<N:32>>} || N <- lists:seq(1, 30000)]),
    value("all", {Type, length(ets:tab2list(T)), lists:sum([N || [N] <- ets:match(T, {'$1', '_', '_'})])}),
    Self = self(),
    Pids = [spawn_link(fun() ->
        [begin ets:insert(T, {{K, N}, x}), ets:delete(T, {K, N}) end || N <- lists:seq(1, 5000)],
        Self ! {done, self()}
    end) || K <- [a, b]],
    Counts = [length(ets:match_object(T, {'_', D, '_'})) || D <- [0, 1, 2, 3, 4]],
    [receive {done, P} -> ok end || P <- Pids],
    value("while others change it", Counts),
    ets:match_delete(T, {'_', 3, '_'}),
    ets:match_delete(T, {'_', 4, '_'}),
    value("left", {ets:info(T, size), ets:info(T, fixed), lists:sum([N || {N, _, _} <- ets:tab2list(T)])}),
    ets:match_delete(T, '_'),
    value("left", ets:info(T, size)).

refused() ->
    T = ets:new(t, []),
    calls(ets, match, [[nosuch, '_'], [1, '_'], [nosuch, '_', 1], [T, '_', 0], [T, '_', -1], [T, '_', a], [foo], [{T, 1}], [1, '_', 1],
                       [T, '_', 1]]),
    calls(ets, match_object, [[nosuch, '_'], [1, '_'], [T, '_', 0], [T, '_', a], [foo], [T, '_', 1]]),
    calls(ets, match_delete, [[nosuch, '_'], [1, '_'], [T, '_']]),
    calls(ets, tab2list, [[nosuch], [1], [T]]).
