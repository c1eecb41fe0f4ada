%% SPDX-License-Identifier: Apache-2.0
%% ets_replaces.erl - ets:select_replace/2: only specifications that are certain to keep the key.
-module(ets_replaces).
-export([start/0]).
-include("../natives/masked.hrl").

start() ->
    [begin whole(Type), kept(Type), lost(Type), large(Type) end || Type <- [set, ordered_set, duplicate_bag]],
    T = ets:new(t, [bag]),
    calls(ets, select_replace, [[T, []], [T, [{'_', [], ['$_']}]], [T, a]]).

whole(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{N, N rem 3} || N <- lists:seq(1, 10)]),
    [value("replace", {Type, S, try ets:select_replace(T, S) catch error:E -> E end, lists:sort(ets:tab2list(T))}) ||
        S <- [[{{'$1', '$2'}, [], [{{'$1', {{'$2'}}}}]}], [{'$1', [], ['$1']}], [{{'$1', '$2'}, [], ['$_']}], [{'_', [], ['$_']}], [{{'$1', '$2'}, [], [a, {{'$1', x}}]}],
              [{{'_', '$2'}, [], [{{{element, 1, '$_'}, x}}]}], [{{'_', '$2'}, [], [{{{element, 2, '$_'}, x}}]}], [{{1, '$2'}, [], [{{1, y}}]}], [{{1.0, '$2'}, [], [{{1, y}}]}],
              [{{1, '$2'}, [], [{const, {1, z, z}}]}], [{{1, '$2'}, [], [{const, {2, z, z}}]}], [{{1, '$2', '_'}, [], [{const, z}]}], [{{'$1', '$2'}, [{'>', '$1', 7}], [{{'$1'}}]}],
              [{{'$1'}, [], ['$$']}], [{{'$1', '$2'}, [], [{'orelse', {{'$1'}}}]}], [{{'$1', '$2'}, [], [{element, 2, '$_'}]}], [{{'$1', '$2'}, [], [a]}], [],
              [{{'$1', '$2'}, [], [{{}}]}], [{{'$1', '$2'}, [], [{{'$2', '$1'}}]}], [{'$1', [], [{{'$1'}}]}], [{{3, '_'}, [], [{{3, a}}]}, {{4, '_'}, [], [{{4, b}}]}, {{5, '_'}, [], [{{4, b}}]}],
              [{{3, '_'}, [], [{{3, a}}]}, {{4, '_'}, [], [{{4, b}}]}]]].

terms() -> [a, "hej", 123, 1.23, 123 bsl 123, <<"123">>, binary:copy(<<1>>, 100), self()].

kept(Type) ->
    T = ets:new(t, [Type]),
    Pairs = fun(X, Y) ->
        [{'$1', '$1'}, {{X, Y}, {{X, Y}}}, {{'$1', Y}, {{'$1', Y}}}, {{{X, Y}}, {{{{X, Y}}}}}, {{X}, {{X}}}, {X, {const, X}}, {{X, Y}, {const, {X, Y}}}, {{X}, {const, {X}}},
         {{X, Y}, {{X, {const, Y}}}}, {{X, {Y, '$1'}}, {{{const, X}, {{Y, '$1'}}}}}, {[X, Y | '$1'], [X, Y | '$1']}, {[{X, '$1'}, Y], [{{X, '$1'}}, Y]},
         {[{X, Y} | '$1'], [{const, {X, Y}} | '$1']}, {{[{X, Y}]}, {{[{{X, Y}}]}}}, {{[{X, Y}]}, {{{const, [{X, Y}]}}}}, {{[{X, Y}]}, {{[{const, {X, Y}}]}}}]
    end,
    value("kept", {Type, lists:usort([ets:select_replace(T, [{{A, '$2', '$3'}, [], [{{B, '$3', '$2'}}]}]) || X <- terms(), Y <- terms(), {A, B} <- Pairs(X, Y)])}).

lost(Type) ->
    T = ets:new(t, [Type]),
    Pairs = fun(X, Y) ->
        [{'$1', '$2'}, {{X, Y}, {X, Y}}, {{{X, Y}}, {{{X, Y}}}}, {{X}, {{{X}}}}, {{const, X}, {const, X}}, {{const, {X, Y}}, {const, {X, Y}}}, {'$1', {const, '$1'}},
         {{X}, {const, {{X}}}}, {{X, {Y, '$1'}}, {{{const, X}, {Y, '$1'}}}}, {[X, Y | '$1'], [X, Y]}, {[X, Y], [X, Y | '$1']}, {[{X, '$1'}, Y], [{X, '$1'}, Y]},
         {{[{X, Y}]}, {{[{X, Y}]}}}, {{[{X, Y}]}, {{{const, [{{X, Y}}]}}}}, {{[{X, Y}]}, {{[{const, {{X, Y}}}]}}}, {'_', '_'}, {'$_', '$_'}, {'$$', '$$'}, {#{}, #{}},
         {#{X => '$1'}, #{X => '$1'}}]
    end,
    value("lost", {Type, lists:usort([try ets:select_replace(T, [{{A, '$2', '$3'}, [], [{{B, '$3', '$2'}}]}]) catch error:E -> E end ||
                                         X <- terms(), Y <- terms(), {A, B} <- Pairs(X, Y)])}).

%% More than one slice, while others read and write.
large(Type) ->
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{N, 0, <<N:32>>} || N <- lists:seq(1, 30000)]),
    Self = self(),
    Pids = [spawn_link(fun() ->
        [begin ets:insert(T, {{K, N}, x}), ets:lookup(T, N), ets:delete(T, {K, N}) end || N <- lists:seq(1, 5000)],
        Self ! {done, self()}
    end) || K <- [a, b]],
    Counts = [ets:select_replace(T, [{{'$1', '$2', '$3'}, [], [{{'$1', {'+', '$2', 1}, '$3', {{'$2'}}}}]}]) || _ <- [1, 2]] ++
        [ets:select_replace(T, [{{'$1', '$2', '$3', '_'}, [], [{{'$1', {'+', '$2', 1}, '$3'}}]}])],
    [receive {done, P} -> ok end || P <- Pids],
    value("large", {Type, Counts, ets:select_count(T, [{{'_', 2, '_'}, [], [true]}]), ets:info(T, size), ets:info(T, fixed)}).
