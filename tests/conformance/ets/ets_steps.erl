%% SPDX-License-Identifier: Apache-2.0
%% ets_steps.erl - Going through ordered tables step by step while they change: next, prev and
%% lookup give what is in the table now.
-module(ets_steps).
-export([start/0]).

start() ->
    [walk(Kind) || Kind <- [int, float, atom, tuple, binary]],
    overwrite().

walk(Kind) ->
    Table = ets:new(steps, [ordered_set]),
    io:format("~w ~w~n", [Kind, steps(4000, 1, key(Kind, 0), Kind, Table, 0)]),
    ets:delete(Table).

%% A checksum of all that was found.
steps(0, _, _, _, Table, Sum) -> {ets:info(Table, size), Sum};
steps(N, Seed, Key, Kind, Table, Sum) ->
    Next = (Seed * 16807) rem 2147483647,
    Other = key(Kind, Next rem 200),
    Found = case Next div 200 rem 10 of
        0 -> ets:delete(Table, Other), none;
        1 -> ets:insert(Table, {Other, N, <<N:800>>}), none;
        2 -> ets:insert(Table, {Other, N}), none;
        3 -> {insert_new, ets:insert_new(Table, {Other})};
        4 -> {lookup, ets:lookup(Table, Key)};
        5 -> {prev, ets:prev(Table, Key)};
        6 -> {first, ets:first(Table)};
        7 when N rem 50 =:= 0 -> ets:select_delete(Table, [{{Other}, [], [true]}]);
        7 when N rem 333 =:= 0 -> ets:delete_all_objects(Table);
        _ -> {next, ets:next(Table, Key)}
    end,
    steps(N - 1, Next, follow(Found, Other), Kind, Table, erlang:phash2({Sum, Found})).

follow({Way, Key}, _) when Key =/= '$end_of_table', Way =/= lookup, Way =/= insert_new -> Key;
follow({lookup, [Object]}, _) -> element(1, Object);
follow(_, Other) -> Other.

key(int, I) -> I;
key(float, I) when I rem 3 =:= 0 -> I * 1.0;
key(float, I) -> I;
key(atom, I) -> list_to_atom("abcdefgh" ++ integer_to_list(I * I));
key(tuple, I) -> {I rem 5, list_to_tuple(lists:seq(1, I rem 3)), [I]};
key(binary, I) -> <<(I rem 7):(I rem 20)>>.

%% An object for one of the same size, and of another size; binaries that are shared.
overwrite() ->
    Shared = binary:copy(<<"shared">>, 100),
    Objects = [{1, a}, {1, b}, {1.0, c}, {1, Shared}, {1, binary:copy(<<"other">>, 100)}, {1, [2]},
               {1, [3]}, {1, <<"short">>}, {1, {x, y}}, {1, #{k => v}}, {1}],
    [begin
         Table = ets:new(overwrite, [Type]),
         [begin ets:insert(Table, O), show(ets:tab2list(Table)) end || O <- Objects],
         io:format("~p ~p~n", [Type, ets:info(Table, size)])
     end || Type <- [set, ordered_set, bag, duplicate_bag]],
    erlang:garbage_collect().

%% In an order that is the same everywhere.
show(Objects) ->
    io:format("~0p ", [[binary_to_term(B) || B <- lists:sort([term_to_binary(O) || O <- Objects])]]).
