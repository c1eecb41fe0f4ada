%% SPDX-License-Identifier: Apache-2.0
%% ets_together.erl - ets: many processes at one table: what is always there is seen once by each.
-module(ets_together).
-export([start/0]).
-include("../natives/masked.hrl").

start() ->
    [begin steady(Type), one_key(Type), fixed(Type) end || Type <- [set, bag, duplicate_bag, ordered_set]],
    chunks(), owners().

together(Funs) ->
    Refs = [{spawn_monitor(F), N} || {N, F} <- lists:enumerate(Funs)],
    [receive {'DOWN', Ref, process, Pid, Reason} -> {N, Reason} end || {{Pid, Ref}, N} <- Refs].

rounds(0, _) -> ok;
rounds(N, Fun) -> Fun(N), rounds(N - 1, Fun).

%% 2,000 objects stay; others come and go.
steady(Type) ->
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{{stays, N}, N} || N <- lists:seq(1, 2000)]),
    Sum = 2000 * 2001 div 2,
    Write = fun(Key) -> fun() -> rounds(3000, fun(N) -> ets:insert(T, {{Key, N rem 100}, x}), ets:delete(T, {Key, (N + 50) rem 100}) end) end end,
    Read = fun() -> rounds(10, fun(_) ->
        Sum = lists:sum(ets:select(T, [{{{stays, '_'}, '$1'}, [], ['$1']}])),
        2000 = ets:select_count(T, [{{{stays, '_'}, '$1'}, [{is_integer, '$1'}], [true]}]),
        2000 = length(ets:match_object(T, {{stays, '_'}, '_'}))
    end) end,
    Delete = fun() -> rounds(10, fun(_) -> ets:select_delete(T, [{{{'$1', '_'}, '_'}, [{'=/=', '$1', stays}], [true]}]) end) end,
    Update = fun() -> rounds(3000, fun(N) -> ets:lookup(T, {stays, N rem 2000}), ets:member(T, {a, N}) end) end,
    Next = fun() -> rounds(2, fun(_) ->
        ets:safe_fixtable(T, true),
        Keys = walk(T, ets:first(T)),
        ets:safe_fixtable(T, false),
        2000 = length(lists:usort([K || {stays, _} = K <- Keys]))
    end) end,
    value("steady", {Type, [R || {_, R} <- together([Write(a), Write(b), Read, Read, Delete, Update, Next])], ets:select_count(T, [{{{stays, '_'}, '_'}, [], [true]}]), ets:info(T, fixed)}).

walk(_, '$end_of_table') -> [];
walk(T, Key) -> [Key | walk(T, ets:next(T, Key))].

%% Long chains: many objects of one key, gone through in steps.
one_key(Type) when Type =:= set; Type =:= ordered_set -> ok;
one_key(Type) ->
    N = 3000,
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{k, I, <<I:32>>} || I <- lists:seq(1, N)]),
    Expected = lists:seq(1, N),
    Read = fun() -> rounds(3, fun(_) -> Expected = lists:sort(ets:select(T, [{{k, '$1', '_'}, [{is_integer, '$1'}], ['$1']}])) end) end,
    Scan = fun() -> rounds(3, fun(_) -> Expected = lists:sort(ets:select(T, [{{'_', '$1', '_'}, [{is_integer, '$1'}], ['$1']}])) end) end,
    Write = fun() -> rounds(300, fun(I) -> ets:insert(T, {k, {x, I}, x}), ets:delete_object(T, {k, {x, I}, x}) end) end,
    value("one key", {Type, [R || {_, R} <- together([Read, Scan, Write, Write])], ets:info(T, size)}),
    value("deleted", {ets:select_delete(T, [{{k, '$1', '_'}, [{'==', {'rem', '$1', 2}, 0}], [true]}]), ets:select_delete(T, [{{'_', '$1', '_'}, [{'>', '$1', 100}], [true]}]), ets:info(T, size)}).

%% Deleted while fixed: not seen any more, and not lost to those who go through the table.
fixed(Type) ->
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{N, N} || N <- lists:seq(1, 1000)]),
    ets:safe_fixtable(T, true),
    First = ets:first(T),
    [ets:delete(T, N) || N <- lists:seq(1, 1000), N rem 2 =:= 0],
    Keys = walk(T, First),
    value("fixed", {Type, length([K || K <- Keys, K rem 2 =:= 1]), ets:info(T, size), length(ets:tab2list(T))}),
    [ets:insert(T, {N, new}) || N <- lists:seq(1, 100)],
    [begin ets:insert(T, {key, I}), ets:delete(T, key) end || I <- lists:seq(1, 1000)],
    value("again", {lists:sort([K || {K, new} <- ets:tab2list(T)]) =:= lists:seq(1, 100), ets:info(T, size), ets:select_count(T, [{{'_', new}, [], [true]}])}),
    ets:delete_all_objects(T),
    value("none", {ets:first(T), ets:info(T, size), ets:tab2list(T), ets:select(T, [{'_', [], ['$_']}])}),
    ets:insert(T, [{N, N} || N <- lists:seq(1, 50)]),
    ets:safe_fixtable(T, false),
    value("free", {ets:info(T, size), lists:sort(ets:tab2list(T)) =:= [{N, N} || N <- lists:seq(1, 50)], ets:info(T, fixed)}).

%% Continuations of a fixed table find all that was there.
chunks() ->
    [begin
         T = ets:new(t, [Type, public]),
         ets:insert(T, [{N, N} || N <- lists:seq(1, 1000)]),
         ets:safe_fixtable(T, true),
         Spec = [{{'$1', '_'}, [{is_integer, '$1'}], ['$1']}],
         Found = chunk(T, ets:select(T, Spec, 7), 1),
         ets:safe_fixtable(T, false),
         value("chunks", {Type, lists:usort([K || K <- Found, K > 500]) =:= lists:seq(501, 1000)})
     end || Type <- [set, bag, duplicate_bag, ordered_set]].

chunk(_, '$end_of_table', _) -> [];
chunk(T, {Found, Rest}, N) ->
    ets:delete(T, N),
    ets:insert(T, {{new, N}, N}),
    Found ++ chunk(T, ets:select(Rest), N + 1).

%% A table that dies under those who use it.
owners() ->
    Results = [begin
        Self = self(),
        {Owner, Ref} = spawn_monitor(fun() ->
            T = ets:new(t, [Type, public]),
            ets:insert(T, [{N, N} || N <- lists:seq(1, 5000)]),
            Self ! {table, T},
            receive stop -> ok end
        end),
        T = receive {table, Table} -> Table end,
        Use = fun() -> try rounds(1000000, fun(_) -> ets:select_count(T, [{{'$1', '_'}, [{'<', '$1', 0}], [true]}]) end) catch error:badarg -> exit(gone) end end,
        Users = [spawn_monitor(Use) || _ <- [1, 2, 3]],
        Owner ! stop,
        receive {'DOWN', Ref, process, Owner, _} -> ok end,
        [receive {'DOWN', R, process, P, Reason} -> Reason end || {P, R} <- Users]
    end || Type <- [set, ordered_set]],
    value("owners", Results).
