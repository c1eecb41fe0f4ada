%% SPDX-License-Identifier: Apache-2.0
%% ets_crowd.erl - Many processes at one public table, which fix it, go through it, change it and
%% die in the midst of that: what must be there is there, and nobody keeps it fixed.
-module(ets_crowd).
-export([start/0]).

-define(KEYS, 60).
-define(WORKERS, 8).
-define(STEPS, 250).

start() ->
    [crowd(Type) || Type <- [set, ordered_set, bag, duplicate_bag]],
    [inherited(Type) || Type <- [set, ordered_set]].

%% Keys below zero are never deleted, those above come and go.
crowd(Type) ->
    Table = ets:new(crowd, [Type, public]),
    ets:insert(Table, [{Key, 0, kept} || Key <- lists:seq(-?KEYS, -1)]),
    Workers = [spawn_monitor(fun() -> work(Table, ?STEPS, Seed) end) || Seed <- lists:seq(1, ?WORKERS)],
    Ends = [receive {'DOWN', Monitor, process, _, Reason} -> Reason end || {_, Monitor} <- Workers],
    wait_unfixed(Table),
    Kept = ets:select_count(Table, [{{'_', '_', kept}, [], [true]}]),
    Left = ets:select_delete(Table, [{{'_', '_', passing}, [], [true]}]),
    io:format("~w: ~w kept ~w, of ~w; ~w~n",
              [Type, lists:usort(Ends), Kept, length(ets:tab2list(Table)), Left >= 0]),
    [] = [Key || Key <- lists:seq(-?KEYS, -1), not ets:member(Table, Key)],
    ets:delete(Table).

%% The fixations of the dead are given up when they have ended for those that watch, or soon after.
wait_unfixed(Table) ->
    case ets:info(Table, fixed) of
        false -> ok;
        true -> erlang:yield(), wait_unfixed(Table)
    end.

%% Half of the workers die with the table fixed.
work(Table, 0, Seed) ->
    ets:safe_fixtable(Table, true),
    case Seed rem 2 of
        0 -> exit(fixed);
        1 -> ets:safe_fixtable(Table, false), exit(done)
    end;
work(Table, Step, Seed) ->
    Next = Seed * 16807 rem 2147483647,
    Key = Next rem ?KEYS,
    step(Next div ?KEYS rem 14, Table, Key),
    work(Table, Step - 1, Next).

step(0, Table, _) ->
    ets:safe_fixtable(Table, true),
    true = walk(ets:first(Table), Table, 0) >= ?KEYS,
    ets:safe_fixtable(Table, false);
step(1, Table, _) ->
    ?KEYS = length(ets:match(Table, {'$1', '_', kept}));
step(2, Table, _) ->
    ets:select_delete(Table, [{{'$1', '_', passing}, [{'=:=', {'rem', '$1', 3}, 0}], [true]}]);
step(3, Table, _) ->
    ?KEYS = ets:foldl(fun({_, _, kept}, N) -> N + 1; (_, N) -> N end, 0, Table);
step(4, Table, _) ->
    ets:safe_fixtable(Table, true), % Between calls nothing else keeps the place in the table.
    ?KEYS = limited(ets:select(Table, [{{'_', '_', kept}, [], [true]}], 7), 0),
    ets:safe_fixtable(Table, false);
step(5, Table, Key) -> ets:take(Table, Key);
step(6, Table, Key) -> ets:delete(Table, Key);
step(7, Table, Key) -> [{_, _, kept} | _] = ets:lookup(Table, -1 - Key);
step(8, Table, Key) -> ets:insert_new(Table, {Key, Key, passing});
step(9, Table, Key) ->
    catch ets:update_counter(Table, Key, {2, 1});
step(10, Table, Key) ->
    {Pid, Monitor} = spawn_monitor(fun() -> ets:safe_fixtable(Table, true), ets:delete(Table, Key) end),
    Key rem 2 =:= 0 andalso exit(Pid, kill),
    receive {'DOWN', Monitor, process, _, _} -> ok end;
step(11, Table, Key) -> ets:insert(Table, {Key, binary:copy(<<Key>>, 100), passing});
step(_, Table, Key) -> ets:insert(Table, {Key, Key, passing}).

walk('$end_of_table', _, Count) -> Count;
walk(Key, Table, Count) ->
    ets:lookup(Table, Key),
    walk(ets:next(Table, Key), Table, Count + 1).

limited('$end_of_table', Count) -> Count;
limited({List, Continuation}, Count) -> limited(ets:select(Continuation), Count + length(List)).

%% Owners that hand a table on by dying or by giving it away, while others read it.
inherited(Type) ->
    Self = self(),
    Table = ets:new(handed, [Type, public, {heir, Self, back}]),
    ets:insert(Table, [{Key, Key} || Key <- lists:seq(1, 100)]),
    Readers = [spawn_monitor(fun() -> read(Table, 300) end) || _ <- lists:seq(1, 4)],
    [begin
         Pid = spawn(fun() -> receive {'ETS-TRANSFER', Table, Self, N} -> exit(N) end end),
         true = ets:give_away(Table, Pid, N),
         receive {'ETS-TRANSFER', Table, Pid, back} -> ok end,
         Self = ets:info(Table, owner)
     end || N <- lists:seq(1, 50)],
    Ends = [receive {'DOWN', Monitor, process, _, Reason} -> Reason end || {_, Monitor} <- Readers],
    io:format("~w handed on, readers ~w~n", [Type, lists:usort(Ends)]),
    ets:delete(Table).

read(_, 0) -> exit(read);
read(Table, N) ->
    100 = length(ets:tab2list(Table)),
    [{7, 7}] = ets:lookup(Table, 7),
    read(Table, N - 1).
