%% SPDX-License-Identifier: Apache-2.0
%% ets_kernels.erl - One kernel for each operation on tables, by type, kind of key and size:
%% 'lookup/set/random/big'. Each checks what it gets and gives true.
-module(ets_kernels).
-export([kernels/0, expected/1, prepare/1, run/2]).

-record(input, {table, keys, objects}).

-define(BIG, 20000).
-define(SMALL, 100).

kernels() ->
    [name([Operation, Type, Key, Size]) ||
        Type <- [set, ordered_set, bag, duplicate_bag],
        {Key, Operations} <- [{int, all(Type)} | [{K, by_key()} || K <- [random, atom, tuple, binary]]],
        Size <- sizes(Key),
        Operation <- Operations].

sizes(int) -> [small, big];
sizes(_) -> [big].

by_key() -> [insert, lookup, member, delete, next].

all(Type) ->
    [insert, insert_new, insert_list, overwrite, lookup, lookup_element, member, delete,
     delete_object, take, next, prev, tab2list, foldl, match, match_object, match_key, select,
     select_guard, select_none, select_limit, select_count, select_delete, info_memory, info_size,
     delete_all] ++
    case Type of
        bag -> [lookup_many];
        duplicate_bag -> [lookup_many];
        _ -> [update_counter, update_element, select_replace]
    end.

name(Parts) -> list_to_atom(lists:append(lists:join("/", [atom_to_list(Part) || Part <- Parts]))).

parts(Kernel) -> [list_to_atom(Part) || Part <- string:lexemes(atom_to_list(Kernel), "/")].

expected(_) -> true.

%% ---- Tables ----

prepare(Kernel) ->
    [Operation, Type, Key, Size] = parts(Kernel),
    Keys = keys(Key, case Size of big -> ?BIG; small -> ?SMALL end),
    Table = ets:new(bench, [Type]),
    Objects = [{K, N, a} || {K, N} <- lists:zip(Keys, lists:seq(1, length(Keys)))],
    fill(Operation, Table, Objects),
    {times(Operation, Size), #input{table = Table, keys = Keys, objects = Objects}}.

keys(int, N) -> lists:seq(1, N);
keys(random, N) -> [I * 7919 rem 1048583 || I <- lists:seq(1, N)];
keys(atom, N) -> [list_to_atom("key" ++ integer_to_list(I)) || I <- lists:seq(1, N)];
keys(tuple, N) -> [{key, I} || I <- lists:seq(1, N)];
keys(binary, N) -> [<<"key ", (integer_to_binary(I))/binary>> || I <- lists:seq(1, N)].

fill(insert, _, _) -> ok;
fill(insert_new, _, _) -> ok;
fill(insert_list, _, _) -> ok;
fill(lookup_many, Table, Objects) ->
    ets:insert(Table, [{K div 10, N, a} || {K, N, a} <- Objects]);
fill(_, Table, Objects) -> ets:insert(Table, Objects).

%% How often a small table is gone through, so that its time can be measured.
times(_, big) -> 1;
times(match_key, small) -> 20;
times(_, small) -> 100.

%% What a repetition finds is as at the start.
run(Kernel, {Times, Input}) ->
    [Operation, _, _, _] = parts(Kernel),
    repeat(Operation, Times, Input).

repeat(Operation, 1, Input) -> do(Operation, Input) =/= false;
repeat(Operation, Times, Input) ->
    do(Operation, Input),
    restore(Operation, Input),
    repeat(Operation, Times - 1, Input).

restore(Operation, #input{table = Table}) when Operation =:= insert; Operation =:= insert_new;
                                               Operation =:= insert_list ->
    ets:delete_all_objects(Table);
restore(Operation, #input{table = Table, objects = Objects})
  when Operation =:= delete; Operation =:= delete_object; Operation =:= take;
       Operation =:= delete_all; Operation =:= select_delete ->
    ets:insert(Table, Objects);
restore(_, _) -> true.

%% ---- Operations ----

do(insert, I) -> insert(I#input.objects, I#input.table);
do(overwrite, I) -> insert(I#input.objects, I#input.table);
do(insert_new, I) -> insert_new(I#input.objects, I#input.table);
do(insert_list, I) -> ets:insert(I#input.table, I#input.objects);
do(lookup, I) -> lookup(I#input.keys, I#input.table);
do(lookup_many, #input{table = Table, keys = Keys}) -> lookup_many(length(Keys) div 10 - 1, Table);
do(lookup_element, I) -> lookup_element(I#input.keys, I#input.table);
do(member, I) -> member(I#input.keys, I#input.table);
do(update_counter, I) -> update_counter(I#input.keys, I#input.table);
do(update_element, I) -> update_element(I#input.keys, I#input.table);
do(delete, I) -> delete(I#input.keys, I#input.table);
do(delete_object, I) -> delete_object(I#input.objects, I#input.table);
do(take, I) -> take(I#input.keys, I#input.table);
do(next, I) -> next(ets:first(I#input.table), I#input.table, 0) =:= length(I#input.keys);
do(prev, I) -> prev(ets:last(I#input.table), I#input.table, 0) =:= length(I#input.keys);
do(tab2list, I) -> length(ets:tab2list(I#input.table)) =:= length(I#input.keys);
do(foldl, I) ->
    ets:foldl(fun({_, N, _}, Sum) -> N + Sum end, 0, I#input.table) > 0;
do(match, I) -> length(ets:match(I#input.table, {'_', '$1', a})) =:= length(I#input.keys);
do(match_object, I) ->
    length(ets:match_object(I#input.table, {'_', '_', a})) =:= length(I#input.keys);
do(match_key, I) -> match_key(I#input.keys, I#input.table);
do(select, I) ->
    Specification = [{{'$1', '$2', '_'}, [], [{{'$2', '$1'}}]}],
    length(ets:select(I#input.table, Specification)) =:= length(I#input.keys);
do(select_guard, I) ->
    Specification = [{{'$1', '$2', a}, [{'>', {'+', '$2', 1}, 10}, {is_integer, '$2'}], ['$_']}],
    length(ets:select(I#input.table, Specification)) > 0;
do(select_none, I) ->
    ets:select(I#input.table, [{{'_', '$1', '_'}, [{'<', '$1', 0}], [true]}]) =:= [];
do(select_limit, I) ->
    by_limit(ets:select(I#input.table, [{{'_', '$1', '_'}, [], ['$1']}], 50), 0)
        =:= length(I#input.keys);
do(select_count, I) ->
    ets:select_count(I#input.table, [{{'_', '$1', '_'}, [{'>', '$1', 10}], [true]}]) > 0;
do(select_delete, I) ->
    ets:select_delete(I#input.table, [{{'_', '$1', '_'}, [{'>', '$1', 10}], [true]}]) > 0;
do(select_replace, I) ->
    ets:select_replace(I#input.table, [{{'$1', '$2', '$3'}, [], [{{'$1', {'+', '$2', 1}, '$3'}}]}])
        =:= length(I#input.keys);
do(info_memory, I) -> info(1000, memory, I#input.table);
do(info_size, I) -> info(1000, size, I#input.table);
do(delete_all, I) -> ets:delete_all_objects(I#input.table).

insert([], _) -> true;
insert([Object | Rest], Table) -> ets:insert(Table, Object), insert(Rest, Table).

insert_new([], _) -> true;
insert_new([Object | Rest], Table) -> true = ets:insert_new(Table, Object), insert_new(Rest, Table).

lookup([], _) -> true;
lookup([Key | Rest], Table) -> [{_, _, a}] = ets:lookup(Table, Key), lookup(Rest, Table).

lookup_many(0, _) -> true;
lookup_many(Key, Table) ->
    [_, _, _, _, _, _, _, _, _, _] = ets:lookup(Table, Key),
    lookup_many(Key - 1, Table).

%% Of bags it is a list.
lookup_element([], _) -> true;
lookup_element([Key | Rest], Table) ->
    ets:lookup_element(Table, Key, 3),
    lookup_element(Rest, Table).

member([], _) -> true;
member([Key | Rest], Table) -> true = ets:member(Table, Key), member(Rest, Table).

update_counter([], _) -> true;
update_counter([Key | Rest], Table) ->
    ets:update_counter(Table, Key, {2, 1}),
    update_counter(Rest, Table).

update_element([], _) -> true;
update_element([Key | Rest], Table) ->
    true = ets:update_element(Table, Key, {3, a}),
    update_element(Rest, Table).

delete([], _) -> true;
delete([Key | Rest], Table) -> ets:delete(Table, Key), delete(Rest, Table).

delete_object([], _) -> true;
delete_object([Object | Rest], Table) ->
    ets:delete_object(Table, Object),
    delete_object(Rest, Table).

take([], _) -> true;
take([Key | Rest], Table) -> [_] = ets:take(Table, Key), take(Rest, Table).

next('$end_of_table', _, Count) -> Count;
next(Key, Table, Count) -> next(ets:next(Table, Key), Table, Count + 1).

prev('$end_of_table', _, Count) -> Count;
prev(Key, Table, Count) -> prev(ets:prev(Table, Key), Table, Count + 1).

match_key([], _) -> true;
match_key([Key | Rest], Table) -> [_] = ets:match(Table, {Key, '$1', a}), match_key(Rest, Table).

by_limit('$end_of_table', Count) -> Count;
by_limit({List, Continuation}, Count) -> by_limit(ets:select(Continuation), Count + length(List)).

info(0, _, _) -> true;
info(N, Item, Table) -> true = ets:info(Table, Item) > 0, info(N - 1, Item, Table).
