%% SPDX-License-Identifier: Apache-2.0
%% ets_inside.erl - erts_internal and erts_debug: tables for those who look into all of them.
-module(ets_inside).
-export([start/0]).
-include("../natives/masked.hrl").

start() -> raw(), super_user(), binaries(), parts(), stats(), states().

raw() ->
    [begin
         T = ets:new(t, [Type]),
         ets:insert(T, [{1, a}, {2, b}, {2, c}, {3, d}]),
         First = erts_internal:ets_raw_first(T),
         Rest = fun Go('$end_of_table') -> []; Go(K) -> [K | Go(erts_internal:ets_raw_next(T, K))] end,
         value("keys", {Type, lists:sort(Rest(First))}),
         ets:delete_all_objects(T),
         calls(erts_internal, ets_raw_first, [[T], [nosuch], [1], [make_ref()]]),
         calls(erts_internal, ets_raw_next, [[nosuch, 1], [1, 1]])
     end || Type <- [set, bag, duplicate_bag, ordered_set]],
    T1 = ets:new(t, []),
    calls(erts_internal, ets_raw_next, [[T1, 1]]).

super_user() ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        T = ets:new(t, [protected]),
        ets:insert(T, {1, 2}),
        Self ! {table, T},
        receive stop -> ok end
    end),
    T = receive {table, Table} -> Table end,
    Try = fun() -> [is_integer(erts_internal:ets_raw_first(T)), try ets:insert(T, {2, 3}) catch error:E -> E end, lists:sort(ets:tab2list(T))] end,
    value("before", Try()),
    calls(erts_internal, ets_super_user, [[true], [1]]),
    value("as such", Try()),
    calls(erts_internal, ets_super_user, [[false]]),
    value("after", Try()),
    Pid ! stop,
    receive {'DOWN', Ref, process, Pid, normal} -> ok end.

binaries() ->
    T = ets:new(t, [duplicate_bag]),
    ets:insert(T, [{1, <<0:800>>, binary:copy(<<1>>, 100)}, {1, <<0:8000>>}, {1, 2}, {2, 3}]),
    value("binaries", {lists:sort([Size || {_, Size, _} <- erts_internal:ets_lookup_binary_info(T, 1)]), erts_internal:ets_lookup_binary_info(T, 2),
                       erts_internal:ets_lookup_binary_info(T, 3)}),
    calls(erts_internal, ets_lookup_binary_info, [[nosuch, 1], [T, nokey]]).

%% A part of a small binary takes as much room as the bytes by themselves; parts of all kinds are
%% kept as they are.
parts() ->
    Small = list_to_binary(lists:seq(1, 60)),
    Large = list_to_binary(lists:seq(1, 100)),
    Parts = [binary:part(Whole, From, Size) || Whole <- [Small, Large], From <- [0, 1, 9],
                                               Size <- [0, 1, 8, 9, 50]],
    value("memory", [memory({1, Part}) =:= memory({1, list_to_binary(binary_to_list(Part))})
                     || Part <- lists:sublist(Parts, 15)]),
    <<_:3, Bits:19/bitstring, Shifted:8/binary, _/bitstring>> = Small,
    All = [Bits, Shifted, <<1:1, Bits/bitstring>> | Parts],
    T = ets:new(t, []),
    [ets:insert(T, {N, Part, [Part]}) || {N, Part} <- lists:zip(lists:seq(1, length(All)), All)],
    value("parts", [Kept || {_, Kept, [Kept]} <- lists:sort(ets:tab2list(T))] =:= All),
    value("sums", [erlang:phash2(Kept) || {_, Kept, [Kept]} <- lists:sort(ets:tab2list(T))]).

memory(Object) ->
    T = ets:new(t, []),
    Before = ets:info(T, memory),
    ets:insert(T, Object),
    ets:info(T, memory) - Before.

stats() ->
    T = ets:new(t, []),
    ets:insert(T, [{N} || N <- lists:seq(1, 1000)]),
    {Buckets, Average, Deviation, Expected, Least, Most, 0, _} = ets:info(T, stats),
    value("stats", {is_integer(Buckets), round(Average * Buckets), is_float(Deviation), is_float(Expected), Least =< Average, Most >= Average}),
    value("none", ets:info(ets:new(t, [ordered_set]), stats)).

states() ->
    calls(erts_debug, get_internal_state, [[available_internal_state], [reds_left]]),
    calls(erts_debug, set_internal_state, [[available_internal_state, 1], [wait, deallocations], [available_internal_state, false], [available_internal_state, true],
                                           [nosuch, 1], [mbuf, {1, [2]}], [wait, thread_progress], [available_internal_state, 1]]),
    [calls(erts_debug, set_internal_state, [[Limit, 10], [Limit, 0], [Limit, default], [Limit, 7],
                                            [Limit, default], [Limit, a], [Limit, -1]])
     || Limit <- [binary_loop_limit, unicode_loop_limit]],
    calls(erts_debug, get_internal_state, [[available_internal_state], [nosuch]]),
    value("reductions", is_integer(erts_debug:get_internal_state(reds_left))),
    calls(erts_debug, set_internal_state, [[available_internal_state, false]]),
    calls(erts_debug, get_internal_state, [[available_internal_state]]).
