%% SPDX-License-Identifier: Apache-2.0
%% ets_tables.erl - ets: making, naming, giving away, fixing and deleting tables.
-module(ets_tables).
-export([start/0]).
-include("masked.hrl").

start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    making(),
    infos(),
    naming(),
    owners(),
    heirs(),
    settings(),
    fixing(),
    deleting().

making() ->
    calls(ets, new, [[1, []], ["a", []], [a, x], [a, [x]], [a, [set | x]], [a, [{keypos, 0}]], [a, [{keypos, x}]],
                     [a, [{keypos, 1 bsl 70}]], [a, [{heir, x}]], [a, [{heir, self()}]], [a, [{heir, x, y}]],
                     [a, [{read_concurrency, x}]], [a, [{write_concurrency, x}]], [a, [{decentralized_counters, x}]],
                     [a, [{unknown, true}]], [a, [named_table]], [a, [named_table]], [a, []],
                     [b, [{heir, none}]], [b, [{heir, self(), data}]], [b, [{keypos, 7}, bag, public]],
                     [b, [{write_concurrency, auto}, {read_concurrency, true}, {decentralized_counters, true}, compressed]],
                     [undefined, [named_table]], ['', []]]).

infos() ->
    [begin
         T = ets:new(t, Options),
         value("items", [ets:info(T, I) || I <- [name, named_table, size, owner, heir, type, keypos, protection, compressed,
                                                 read_concurrency, write_concurrency, decentralized_counters, node,
                                                 fixed, safe_fixed, safe_fixed_monotonic_time, binary]]),
         value("id", ets:info(T, id) =:= T),
         value("memory", ets:info(T, memory) > 0),
         value("info/1", [case K of memory -> memory; id -> id; _ -> {K, V} end || {K, V} <- ets:info(T)])
     end || Options <- [[], [bag, private], [duplicate_bag, public, {keypos, 3}], [ordered_set, protected],
                        [{read_concurrency, true}, {write_concurrency, true}], [{heir, self(), x}]]],
    calls(ets, info, [[nosuch], [1], ["a"], [self()], [nosuch, size], [a, nosuch], [1, size], [nosuch, nosuch]]).

naming() ->
    T = ets:new(first, [named_table, public]),
    calls(ets, whereis, [[first], [nosuch], [1], [ets:whereis(first)]]),
    value("one", ets:whereis(first) =:= ets:info(first, id)),
    calls(ets, rename, [[first, second], [first, third], [second, second], [second, 1], [second, a], [1, x], [nosuch, x]]),
    value("named", {T, ets:info(second, name), ets:whereis(first), ets:info(first)}),
    U = ets:new(unnamed, []),
    call(ets, rename, [U, other]),
    value("named", {ets:info(U, name), ets:whereis(other)}),
    value("all", {lists:member(second, ets:all()), lists:member(U, ets:all()), lists:member(first, ets:all())}),
    %% The reference of a named table, and one that has been outside.
    R = ets:whereis(second),
    ets:insert(R, {a, 1}),
    value("by reference", [ets:lookup(second, a), ets:lookup(binary_to_term(term_to_binary(R)), a)]),
    ets:delete(second),
    calls(ets, lookup, [[second, a], [R, a], [binary_to_term(term_to_binary(R)), a]]),
    value("kept", is_reference(R)). %% While it is, it is known as a table's.

owners() ->
    Self = self(),
    Other = spawn_link(fun() ->
        ets:new(other_private, [named_table, private]),
        ets:new(other_protected, [named_table]),
        ets:new(other_public, [named_table, public]),
        ets:insert(other_protected, {a, 1}),
        Self ! ready,
        receive stop -> ok end
    end),
    receive ready -> ok end,
    [begin
         calls(ets, insert, [[T, {a, 1}], [T, x]]),
         calls(ets, lookup, [[T, a]]),
         calls(ets, first, [[T]]),
         calls(ets, info, [[T, owner], [T, size]]),
         calls(ets, setopts, [[T, {heir, none}]]),
         calls(ets, give_away, [[T, self(), x]]),
         calls(ets, safe_fixtable, [[T, true], [T, false]]),
         calls(ets, rename, [[T, T]])
     end || T <- [other_private, other_protected, other_public]],
    calls(ets, delete, [[other_private], [other_protected], [other_public], [other_public]]),
    Other ! stop,
    gone(Other),
    calls(ets, info, [[other_private, size], [other_protected, size]]).

gone(Pid) ->
    Ref = monitor(process, Pid),
    receive {'DOWN', Ref, process, Pid, _} -> ok end.

heirs() ->
    Self = self(),
    Keep = fun() -> receive {'ETS-TRANSFER', T, From, Data} -> Self ! {got, T, From =:= Self, Data, ets:tab2list(T)}, receive stop -> ok end end end,
    Receiver = spawn_link(Keep),
    T1 = ets:new(given, [private]),
    ets:insert(T1, {a, 1}),
    calls(ets, give_away, [[T1, x, y], [T1, self(), y], [T1, 1, y], [nosuch, self(), y], [1, self(), y], [T1, Receiver, {some, "data"}]]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    value("owner", ets:info(T1, owner) =:= Receiver),
    calls(ets, lookup, [[T1, a]]),
    Receiver ! stop,
    gone(Receiver),
    value("gone", ets:info(T1)),
    %% The owner dies: its heir gets the table.
    Owner = spawn(fun() ->
        T = ets:new(inherited, [{heir, Self, [my, data]}, named_table]),
        ets:insert(T, [{N, N} || N <- lists:seq(1, 10)])
    end),
    value("message", receive {'ETS-TRANSFER', N, Owner, D} -> {N, D} after 1000 -> none end),
    value("inherited", {ets:info(inherited, size), ets:info(inherited, owner) =:= Self, ets:info(inherited, heir) =:= Self}),
    ets:delete(inherited),
    %% A heir that is dead already.
    Dead = spawn(fun() -> ok end),
    gone(Dead),
    {Last, Ref} = spawn_monitor(fun() -> ets:new(lost, [{heir, Dead, x}, named_table]) end),
    receive {'DOWN', Ref, process, Last, _} -> ok end,
    value("gone", ets:info(lost)),
    %% Given to one who dies before it looks.
    Busy = spawn(fun() -> receive stop -> ok end end),
    T2 = ets:new(given2, []),
    Busy ! stop,
    Gave = try ets:give_away(T2, Busy, x) catch error:badarg -> badarg end,
    gone(Busy),
    value("given", lists:member(Gave, [true, badarg])),
    value("gone", Gave =:= badarg orelse ets:info(T2) =:= undefined).

settings() ->
    T = ets:new(t, []),
    calls(ets, setopts, [[T, x], [T, [x]], [T, {heir, x}], [T, {heir, none}], [T, [{heir, self(), d}, {protection, public}]],
                         [T, {protection, x}], [T, {protection, private}], [T, []], [nosuch, []], [1, []]]),
    value("settings", [ets:info(T, heir), ets:info(T, protection)]).

fixing() ->
    T = ets:new(t, [public]),
    ets:insert(T, [{N} || N <- lists:seq(1, 100)]),
    calls(ets, safe_fixtable, [[T, x], [T, 1], [nosuch, true], [1, true], [T, false], [T, true], [T, true]]),
    {{_, _, _}, Fixed} = ets:info(T, safe_fixed),
    value("fixed", {Fixed, ets:info(T, fixed)}),
    [ets:delete(T, N) || N <- lists:seq(1, 100)],
    value("all marked", {ets:info(T, size), ets:first(T), ets:next(T, 5), ets:tab2list(T), ets:lookup(T, 7), ets:member(T, 7)}),
    ets:insert(T, [{7, new}, {8, new}]),
    value("two back", {ets:info(T, size), lists:sort(ets:tab2list(T)), ets:lookup(T, 7)}),
    value("insert_new", {ets:insert_new(T, {9, new}), ets:insert_new(T, {9, newer}), ets:lookup(T, 9)}),
    ets:safe_fixtable(T, false),
    value("fixed", ets:info(T, fixed)),
    ets:safe_fixtable(T, false),
    value("fixed", ets:info(T, fixed)),
    calls(ets, next, [[T, 5]]),
    %% Who fixes and dies lets go.
    Pid = spawn(fun() -> ets:safe_fixtable(T, true), receive stop -> ok end end),
    wait_until(fun() -> ets:info(T, fixed) end),
    exit(Pid, kill),
    gone(Pid),
    wait_until(fun() -> not ets:info(T, fixed) end),
    value("let go", ets:info(T, safe_fixed)),
    %% First and next while everything is deleted on the way.
    ets:insert(T, [{N} || N <- lists:seq(1, 500)]),
    ets:safe_fixtable(T, true),
    Seen = walk(T, ets:first(T), []),
    ets:safe_fixtable(T, false),
    value("seen", {length(Seen), lists:usort(Seen) =:= lists:seq(1, 500), ets:info(T, size)}),
    [clear_fixed(Type) || Type <- [set, ordered_set, bag, duplicate_bag]].

%% All at once, of many.
clear_fixed(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{N} || N <- lists:seq(1, 60000)]),
    ets:safe_fixtable(T, true),
    true = ets:delete_all_objects(T),
    ets:insert(T, {7}),
    value(Type, {ets:tab2list(T), ets:info(T, size)}),
    ets:safe_fixtable(T, false),
    value(Type, {ets:tab2list(T), ets:info(T, size)}),
    ets:delete(T).

walk(_, '$end_of_table', Seen) -> Seen;
walk(T, Key, Seen) ->
    ets:delete(T, Key),
    walk(T, ets:next(T, Key), [Key | Seen]).

wait_until(Fun) ->
    case Fun() of
        true -> ok;
        false -> timer:sleep(5), wait_until(Fun)
    end.

deleting() ->
    T = ets:new(t, [named_table]),
    ets:insert(T, [{N, lists:seq(1, 10)} || N <- lists:seq(1, 5000)]),
    calls(ets, delete_all_objects, [[T], [T], [nosuch], [1]]),
    value("size", {ets:info(T, size), ets:tab2list(T)}),
    ets:insert(T, [{N, lists:seq(1, 10)} || N <- lists:seq(1, 5000)]),
    calls(ets, delete, [[T], [T], [nosuch], [1], ["a"]]),
    value("gone", ets:info(T)),
    O = ets:new(t, [ordered_set]),
    ets:insert(O, [{N, lists:seq(1, 10)} || N <- lists:seq(1, 5000)]),
    value("number", ets:internal_delete_all(O, undefined)),
    calls(ets, internal_delete_all, [[O, undefined], [nosuch, undefined]]),
    ets:insert(O, [{N} || N <- lists:seq(1, 3000)]),
    calls(ets, delete, [[O], [O]]).
