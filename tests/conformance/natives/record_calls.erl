%% SPDX-License-Identifier: Apache-2.0
%% record_calls.erl - Native records: their instructions, the natives of module records, other natives.
-module(record_calls).
-export([start/0]).
-export_record([state]).
-include("calls.hrl").

-record #state{a, b = 0}.
-record #other{x = 1}.
-record #empty{}.

start() ->
    State = #state{a = 1},
    Terms = [State, #other{}, #empty{}, {state, 1, 0}, x],
    calls(erlang, is_record, [[T] || T <- Terms]),
    calls(erlang, is_record, [[T, N] || T <- Terms, N <- [state, other, 1]]),
    calls(erlang, is_record, [[T, ?MODULE, N] || T <- Terms, N <- [state, other, 3, "x"]]),
    calls(records, get, [[F, T] || T <- Terms, F <- [a, b, x, 1]]),
    [calls(records, F, [[T] || T <- Terms]) || F <- [get_module, get_name, get_field_names, is_exported]],
    calls(records, get_definition, [[?MODULE, N] || N <- [state, other, empty, none, 1]] ++ [[lists, a], [1, a], [none, a]]),
    calls(records, create, [[m, n, Fields, Options] || Fields <- [[], [{z, 1}, {a, 2}], [{z, 1}, {z, 2}], [{1, 2}], [a], x, #{a => 1}],
                                                    Options <- [#{is_exported => true}, #{is_exported => false}]]),
    calls(records, create, [[m, n, [], O] || O <- [#{}, #{is_exported => 1}, [], x]] ++ [[1, n, [], #{is_exported => true}]]),
    calls(records, update, [[T, ?MODULE, N, M] || T <- Terms, N <- [state, other], M <- [#{}, #{a => 2}, #{c => 2}, #{1 => 2}, x]]),
    instructions(State),
    Made = records:create(?MODULE, state, [{a, 1}, {b, 0}], #{is_exported => true}),
    io:format("~w~n", [[Made =:= State, Made == State, Made < {a}, Made > fun() -> 1 end, term_to_binary(State),
                        binary_to_term(term_to_binary(State)) =:= State, is_tuple(State), map_size(#{State => 1, Made => 2}),
                        lists:sort([#state{a = 2}, #state{a = 1}, #other{}])]]),
    self() ! State,
    io:format("~0p ~0p~n", [receive Got -> Got end, ets:lookup(table(State), 1)]).

instructions(State) ->
    [operate(Name, Fun, [T]) || {Name, Fun} <- funs(), T <- [State, #other{}, {state, 1, 2}, 7]].

funs() ->
    [{"get", fun(R) -> R#state.b end}, {"update", fun(R) -> R#state{b = 7} end}, {"any", fun(R) -> R#_.a end},
     {"match", fun(#state{a = A, b = B}) -> {A, B} end}, {"match any", fun(#_{x = X}) -> X end},
     {"guard", fun(R) when is_record(R) -> native; (_) -> none end},
     {"named", fun(R) when is_record(R, other) -> other; (_) -> no end}].

table(Value) ->
    Table = ets:new(records, []),
    ets:insert(Table, {1, Value}),
    Table.
