%% SPDX-License-Identifier: Apache-2.0
%% ets_settings.erl - What info tells of the options that are about concurrency, in all mixtures.
-module(ets_settings).
-export([start/0]).

start() ->
    [show(Type, Protection, Options) ||
        Type <- [set, ordered_set, bag, duplicate_bag],
        Protection <- [private, protected, public],
        Options <- options()].

options() ->
    [[]] ++
    [[{write_concurrency, Value}] || Value <- [true, auto, locks(0), locks(1), locks(64), locks(2049), locks(32768), locks(32769), locks(x), {locks}]] ++
    [[{decentralized_counters, true}],
     [{decentralized_counters, true}, {write_concurrency, true}],
     [{decentralized_counters, false}, {write_concurrency, auto}],
     [{read_concurrency, true}, {write_concurrency, true}, {decentralized_counters, true}],
     [{write_concurrency, true}, {write_concurrency, false}],
     [{write_concurrency, locks(1024)}, {write_concurrency, true}],
     [{write_concurrency, auto}, {write_concurrency, true}],
     [{write_concurrency, auto}, {decentralized_counters, false}],
     [{read_concurrency, true}],
     [compressed]].

locks(Count) -> {debug_hash_fixed_number_of_locks, Count}.

show(Type, Protection, Options) ->
    Told = try ets:new(x, [Type, Protection | Options]) of
        Table ->
            Values = [ets:info(Table, Item) || Item <- [write_concurrency, decentralized_counters,
                                                        read_concurrency, compressed]],
            ets:delete(Table),
            Values
    catch error:Reason -> Reason
    end,
    io:format("~w ~w ~w: ~w~n", [Type, Protection, Options, Told]).
