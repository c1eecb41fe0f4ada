%% SPDX-License-Identifier: Apache-2.0
%% ets_errors.erl - Every function of ets with every kind of table, good or not, and with arguments
%% of all kinds; atomics, counters and persistent terms likewise. Counts the ways in which calls
%% end, with the texts of erl_stdlib_errors and erl_erts_errors; and results in so far as they do
%% not depend on the order of hash tables.
-module(ets_errors).
-export([start/0]).

start() ->
    [with_others(Type) || Type <- [set, ordered_set, bag]],
    settings(), specifications(), persistent_terms(), atomics(), counters(),
    [io:format("~0p ~0p: ~w~n", [Function, Way, Count]) ||
        {{Function, Way}, Count} <- lists:sort(get()), is_integer(Count)].

with_others(Type) ->
    Self = self(),
    Other = spawn_link(fun() ->
        Tables = [{Access, filled(Type, [Access])} || Access <- [private, protected]],
        Self ! {self(), Tables},
        receive never -> ok end
    end),
    receive {Other, Tables} -> [calls(Function, Type, Tables) || Function <- functions()] end.

filled(Type, Options) ->
    Table = ets:new(x, [Type | Options]),
    ets:insert(Table, [{a, 1}, {b, 2, 3}, {c, x}, {{t, 1}, 1}, {1, 2}, {"l", 2.0}]),
    Table.

functions() ->
    [{delete, 1}, {delete, 2}, {delete_all_objects, 1}, {delete_object, 2}, {first, 1},
     {foldl, 3}, {foldr, 3}, {info, 2}, {insert, 2}, {insert_new, 2}, {last, 1}, {lookup, 2},
     {lookup_element, 3}, {match, 2}, {match, 3}, {match_delete, 2}, {match_object, 2},
     {match_object, 3}, {member, 2}, {next, 2}, {prev, 2}, {rename, 2}, {safe_fixtable, 2},
     {select, 2}, {select, 3}, {select_count, 2}, {select_delete, 2}, {select_replace, 2},
     {select_reverse, 2}, {select_reverse, 3}, {slot, 2}, {tab2list, 1}, {take, 2},
     {update_counter, 3}, {update_counter, 4}, {update_element, 3}].

calls({Name, Arity}, Type, Others) ->
    [begin
         Table = Make(),
         call({Type, Kind, Name}, ets, Name, [Table | Rest]),
         Kind =:= own andalso catch ets:delete(Table),
         Kind =:= keypos andalso catch ets:delete(Table)
     end || {Kind, Make} <- tables(Type, Others), Rest <- rest(Arity, Kind)].

tables(Type, Others) ->
    Gone = filled(Type, []),
    ets:delete(Gone),
    [{own, fun() -> filled(Type, [public]) end},
     {keypos, fun() -> T = ets:new(x, [Type, {keypos, 2}]), ets:insert(T, {1, a}), T end},
     {gone, fun() -> Gone end},
     {no_name, fun() -> no_such_table end},
     {number, fun() -> 42 end},
     {reference, fun() -> make_ref() end},
     {list, fun() -> [] end},
     {end_of_table, fun() -> '$end_of_table' end}] ++
    [{Access, fun() -> T end} || {Access, T} <- Others].

%% All of them for a table that is there; a few for one that is not.
rest(Arity, Kind) when Kind =:= own; Kind =:= keypos -> arguments(Arity);
rest(Arity, _) ->
    All = arguments(Arity),
    lists:usort([hd(All), lists:nth(length(All) div 2 + 1, All), lists:last(All)]).

arguments(1) -> [[]];
arguments(2) -> [[V] || V <- values()];
arguments(3) -> [[V, W] || V <- seconds(), W <- values()];
%% OTP 25 stops as a whole where a default tuple has no place for the key.
arguments(4) -> [[V, W, X] || V <- [a, zz], W <- operations(), X <- [{a, 1}, x, [], {zz, 9}, {1, x}]].

seconds() -> [a, zz, 1, {'_', '$1'}, [{{'_', '$1'}, [], [true]}], fun(_, A) -> A end, "l", {1, 2}, {}, '_'].

operations() -> [2, 1, {2, 1}, 0, a, {a, b}, {1, 2}, [], [{2, 1}], {9, 1}].

values() ->
    [a, zz, 1, 0, -1, 1.0, 1 bsl 70, {1, 2}, {3, 1}, {2, 1}, {a}, {}, {2, a}, {1, 1}, {9, 1},
     {0, 1}, {2, 1, 1, 1}, {2, 1, a, 1}, {2, 1, 1}, [], [{2, 1}], [{2, 1}, {2, 1}], [{2, 1} | x],
     [{9, 9}], [x], [1], [{a, 9}], [{a, 9}, {}], [{a, 9} | b], true, '$end_of_table', <<"b">>,
     "l", {a, 5}, undefined, infinity, '_', {'_', '$1'}, [{{'_', '$1'}, [], ['$1']}],
     [{{'_', '$1'}, [], [true]}], [{{'_', '$1'}, [{foo, '$1'}], [true]}],
     [{{'$1', '_'}, [], [{{'$1', x}}]}], [{a, [], []}], [{'_', [], []}], [{'_', [], [a], x}],
     #{}, #{a => '_'}].

settings() ->
    Options = [[], [foo], [set | bag], x, [{keypos, 0}], [{keypos, a}], [{keypos, 1}],
               [{keypos, 1 bsl 70}], [{heir, x, y}], [{heir, none}], [{heir, self(), 1}],
               [{heir, me}], [{read_concurrency, x}], [{compressed, true}], {x}],
    [call({new, setting(Option)}, ets, new, [Name, Option]) || Name <- [n, 1, "n", <<"n">>], Option <- Options],
    Dead = spawn(fun() -> ok end),
    Monitor = monitor(process, Dead),
    receive {'DOWN', Monitor, process, _, _} -> ok end,
    Gone = ets:new(x, []),
    ets:delete(Gone),
    Tables = [{own, ets:new(x, [])}, {gone, Gone}, {no_name, no_such}, {number, 1}],
    [call({setopts, Kind, setting(Setting)}, ets, setopts, [Table, Setting]) ||
        {Kind, Table} <- Tables,
        Setting <- [[], {heir, none}, [{heir, self(), 1}], {heir, x, y}, {heir, none, 1},
                    [{protection, public}], [{protection, x}], foo, [foo], {protection, private},
                    [{protection, private} | x], {}, [{heir, Dead, x}]]],
    [call({give_away, Kind, Index}, ets, give_away, [Table, Pid, data]) ||
        {Kind, Table} <- Tables, {Index, Pid} <- [{dead, Dead}, {self, self()}, {atom, x}, {nil, []}]],
    [call(whereis, ets, whereis, [Name]) || Name <- [no, 1, "x", [], Gone]],
    [call({Name, 1}, ets, Name, [X]) ||
        Name <- [match, match_object, select, select_reverse],
        X <- ['$end_of_table', a, {}, {Gone, 1, 1, 1, [], 0}, {Gone, [], [], 1, x, [], 0, 0}, {1, 2, 3}, {no_such},
              [], Gone]].

%% Without pids, which differ.
setting([{heir, _, _}]) -> heir;
setting(Setting) -> Setting.

specifications() ->
    [call({match_spec_compile, X}, ets, match_spec_compile, [X]) ||
        X <- [a, [], [{}], [{a, b}], [{'_', [], ['$_']}], [{'_', [], []}], [{'_', [{foo}], [a]}],
              [{'$1', [], ['$2']}], [x | y], [{'_', a, [b]}], [{'_', [a | b], [c]}],
              [{'_', [], [a | b]}], [{'_', [], [{a, b}]}], [{'_', [], [#{a => '$1'}]}],
              [{#{'$1' => a}, [], [a]}], [{#{'_' => a}, [], [a]}], [{#{{'$1'} => a}, [], [a]}]]],
    Compiled = ets:match_spec_compile([{{'_', '$1'}, [], ['$1']}]),
    [call({match_spec_run, List}, ets, match_spec_run, [List, Spec]) ||
        List <- [[], [{a, 1}], [{a, 1} | b], a, [a]], Spec <- [Compiled, a, []]],
    [call({test_ms, Object}, ets, test_ms, [Object, Spec]) ||
        Object <- [{a, 1}, a, {}, []],
        Spec <- [[{{'_', '$1'}, [], ['$1']}], a, [], [{'_', [], []}], [{'_', [{foo}], [a]}]]],
    [call(is_compiled_ms, ets, is_compiled_ms, [X]) || X <- [Compiled, a, make_ref()]].

persistent_terms() ->
    [call(Name, persistent_term, Name, Arguments) ||
        {Name, Arguments} <- [{get, [nokey]}, {get, [nokey, d]}, {erase, [nokey]}, {put, [k, 1]},
                              {get, [k]}, {erase, [k]}, {get, [{a}]}, {erase, [[]]}, {get, [1.0]}]].

atomics() ->
    [call({atomics, new}, atomics, new, [X, Y]) ||
        X <- [1, 0, -1, a, 1.0, 1 bsl 64, 2],
        Y <- [[], [{signed, true}], [{signed, x}], [foo], x, [{signed, false} | x], {signed, true}]],
    [call({Kind, Name}, atomics, Name, [Ref, Index | Rest]) ||
        {Kind, Ref} <- [{signed, atomics:new(3, [])}, {unsigned, atomics:new(2, [{signed, false}])} | no_arrays()],
        Index <- indexes(),
        {Name, Count} <- [{get, 0}, {put, 1}, {add, 1}, {sub, 1}, {add_get, 1}, {sub_get, 1},
                          {exchange, 1}, {compare_exchange, 2}],
        Rest <- increments(Count)].

counters() ->
    [call({counters, new}, counters, new, [X, Y]) ||
        X <- [1, 0, -1, a, 1.0, 1 bsl 64],
        Y <- [[], [atomics], [write_concurrency], [foo], x, [atomics | x], atomics]],
    Arrays = [{atomics, counters:new(2, [])}, {write_concurrency, counters:new(2, [write_concurrency])},
              {wrong, {atomics, x}}, {other, {foo, x}} | no_arrays()],
    [call({Kind, counters, Name}, counters, Name, [Ref, Index | Rest]) ||
        {Kind, Ref} <- Arrays, Index <- indexes(), {Name, Count} <- [{get, 0}, {put, 1}, {add, 1}, {sub, 1}],
        Rest <- increments(Count)].

no_arrays() -> [{reference, make_ref()}, {atom, a}, {number, 1}].

indexes() -> [1, 2, 3, 4, 0, -1, a, 1.0, 1 bsl 64].

increments(0) -> [[]];
increments(1) -> [[V] || V <- numbers()];
increments(2) -> [[V, W] || V <- numbers(), W <- numbers()].

numbers() ->
    [1, -1, (1 bsl 63) - 1, 1 bsl 63, -(1 bsl 63), -(1 bsl 63) - 1, (1 bsl 64) - 1, 1 bsl 64, a, 1.0].

%% ---- Calls ----

call(Label, Module, Name, Arguments) ->
    Way = try {ok, result(Name, apply(Module, Name, Arguments))}
          catch Class:Reason:Stack -> {Class, reason(Reason), why(Reason, Stack)}
          end,
    Counted = {Label, Way},
    put(Counted, case get(Counted) of undefined -> 1; Count -> Count + 1 end).

%% What depends on no order and no identity.
result(Name, _) when Name =:= first; Name =:= last; Name =:= next; Name =:= prev; Name =:= slot;
                     Name =:= info; Name =:= match; Name =:= match_object; Name =:= select;
                     Name =:= select_reverse; Name =:= foldl; Name =:= foldr ->
    some;
result(_, List) when is_list(List) -> catch lists:sort(List);
result(_, Other) when is_reference(Other) -> reference;
result(_, {Kind, Other}) when is_reference(Other) -> {Kind, reference};
result(_, Other) -> Other.

reason(Atom) when is_atom(Atom) -> Atom;
reason(Other) when is_tuple(Other) -> element(1, Other);
reason(_) -> other.

why(Reason, [{_, Name, Arguments, Info} | _] = Stack) ->
    Arity = if is_list(Arguments) -> length(Arguments); true -> Arguments end,
    case proplists:get_value(error_info, Info) of
        #{module := Module} = Map ->
            Texts = try Module:format_error(Reason, Stack) catch error:_ -> no_text end,
            {Name, Arity, maps:get(cause, Map, none), is_map(Texts) andalso lists:sort(maps:to_list(Texts))};
        undefined -> {Name, Arity}
    end.
