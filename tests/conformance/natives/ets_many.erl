%% SPDX-License-Identifier: Apache-2.0
%% ets_many.erl - ets: tables that grow and shrink, compared with a model; many processes at one table.
-module(ets_many).
-export([start/0]).
-include("masked.hrl").

start() ->
    [model(Type, Seed) || Type <- [set, ordered_set, bag, duplicate_bag], Seed <- [1, 2]],
    [sizes(Type) || Type <- [set, ordered_set, bag]],
    same_key(),
    [shared(Type) || Type <- [set, ordered_set]],
    counters(),
    many_tables().

%% A pseudo-random sequence that is the same everywhere.
next(X) -> (X * 1103515245 + 12345) band 16#7fffffff.

model(Type, Seed) ->
    T = ets:new(t, [Type]),
    Model = model(5000, Type, T, next(Seed * 77), []),
    value("model", {Type, Seed, ets:info(T, size) =:= length(Model), lists:sort(ets:tab2list(T)) =:= lists:sort(Model),
                    length(Model) > 0}).

model(0, _, _, _, Model) -> Model;
model(N, Type, T, X, Model) ->
    Key = (X bsr 8) rem 97,
    Object = {Key, (X bsr 16) rem 3},
    New = case (X bsr 4) rem 10 of
        D when D < 5 -> ets:insert(T, Object), insert(Type, Object, Model);
        5 -> ets:delete(T, Key), [O || O <- Model, element(1, O) =/= Key];
        6 -> ets:delete_object(T, Object), [O || O <- Model, O =/= Object];
        7 ->
            Had = lists:keymember(Key, 1, Model),
            Had = not ets:insert_new(T, Object),
            case Had of true -> Model; false -> [Object | Model] end;
        8 ->
            true = lists:sort(ets:lookup(T, Key)) =:= lists:sort([O || O <- Model, element(1, O) =:= Key]),
            Model;
        9 ->
            true = lists:sort(ets:take(T, Key)) =:= lists:sort([O || O <- Model, element(1, O) =:= Key]),
            [O || O <- Model, element(1, O) =/= Key]
    end,
    model(N - 1, Type, T, next(X), New).

insert(duplicate_bag, Object, Model) -> [Object | Model];
insert(bag, Object, Model) -> [Object | [O || O <- Model, O =/= Object]];
insert(_, Object, Model) -> [Object | lists:keydelete(element(1, Object), 1, Model)].

%% Up to many, down to none, and up again.
sizes(Type) ->
    T = ets:new(t, [Type]),
    [begin
         Keys = [next(N * 4099) || N <- lists:seq(1, 6000)],
         [ets:insert(T, {K, N}) || {K, N} <- lists:zip(Keys, lists:seq(1, 6000))],
         Size = ets:info(T, size),
         true = Size =:= length(lists:usort(Keys)),
         true = lists:all(fun(K) -> ets:member(T, K) end, Keys),
         true = length(walk(T, ets:first(T), [])) =:= Size,
         [ets:delete(T, K) || K <- Keys, K rem 16 =/= 0],
         Left = lists:usort([K || K <- Keys, K rem 16 =:= 0]),
         true = lists:sort([K || {K, _} <- ets:tab2list(T)]) =:= Left,
         [ets:delete(T, K) || K <- Left],
         value("round", {Type, Round, Size, length(Left), ets:info(T, size), ets:first(T), ets:tab2list(T)})
     end || Round <- [1, 2]],
    case Type of
        ordered_set ->
            ets:insert(T, [{next(N), N} || N <- lists:seq(1, 5000)]),
            Up = lists:reverse(walk(T, ets:first(T), [])),
            value("in order", {Up =:= lists:sort(Up), back(T, ets:last(T), []) =:= Up});
        _ -> ok
    end.

walk(_, '$end_of_table', Seen) -> Seen;
walk(T, Key, Seen) -> walk(T, ets:next(T, Key), [Key | Seen]).

back(_, '$end_of_table', Seen) -> Seen;
back(T, Key, Seen) -> back(T, ets:prev(T, Key), [Key | Seen]).

%% Long chains.
same_key() ->
    [begin
         T = ets:new(t, [Type]),
         [ets:insert(T, {a, N}) || N <- lists:seq(1, 300)],
         [ets:insert(T, {N, a}) || N <- lists:seq(1, 300)],
         value("one key", {Type, ets:info(T, size), [N || {a, N} <- ets:lookup(T, a)] =:= lists:seq(1, 300),
                           ets:lookup_element(T, a, 2) =:= lists:seq(1, 300), length(ets:take(T, a)), ets:info(T, size)})
     end || Type <- [bag, duplicate_bag]].

%% Everybody has his own keys, and all count one together.
shared(Type) ->
    T = ets:new(t, [Type, public, {write_concurrency, true}]),
    ets:insert(T, {sum, 0}),
    Self = self(),
    Pids = [spawn_link(fun() ->
        [begin
             ets:insert(T, {{Id, N}, lists:seq(1, N rem 20)}),
             ets:update_counter(T, sum, 1),
             [{_, L}] = ets:lookup(T, {Id, N}),
             true = length(L) =:= N rem 20,
             N rem 3 =:= 0 andalso ets:delete(T, {Id, N})
         end || N <- lists:seq(1, 2000)],
        Self ! {done, self()}
    end) || Id <- lists:seq(1, 8)],
    [receive {done, P} -> ok end || P <- Pids],
    value("shared", {Type, ets:lookup(T, sum), ets:info(T, size)}).

counters() ->
    T = ets:new(t, [public]),
    Self = self(),
    Pids = [spawn_link(fun() -> [ets:update_counter(T, N rem 7, {2, 1}, {x, 0}) || N <- lists:seq(1, 7000)], Self ! {done, self()} end)
            || _ <- lists:seq(1, 4)],
    [receive {done, P} -> ok end || P <- Pids],
    value("counters", lists:sort(ets:tab2list(T))).

many_tables() ->
    Before = length(ets:all()),
    {Pid, Ref} = spawn_monitor(fun() ->
        Ts = [ets:new(t, []) || _ <- lists:seq(1, 500)],
        [ets:insert(T, {a, N}) || {T, N} <- lists:zip(Ts, lists:seq(1, 500))],
        exit({sum, lists:sum([ets:lookup_element(T, a, 2) || T <- Ts]), length(ets:all()) - Before})
    end),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("many", Reason) end,
    value("after", length(ets:all()) - Before).
