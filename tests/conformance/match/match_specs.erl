%% SPDX-License-Identifier: Apache-2.0
%% match_specs.erl - erlang:match_spec_test/3: patterns, guards, bodies, and the texts of errors.
-module(match_specs).
-export([start/0]).
-include("../natives/masked.hrl").

start() ->
    forms(), patterns(), guards(), bodies(), refused(), releases().

test(Row, Spec) -> test(Row, Spec, table).

test(Row, Spec, Dialect) -> call(erlang, match_spec_test, [Row, Spec, Dialect]).

forms() ->
    [test({1}, S) ||
        S <- [[], x, [x], [{x}], [{a, b, c}], [{'_', [], []}], [{'_', [], a}], [{'_', a, [1]}], [{'_', [], [1]}], [{'_', [], [1, 2, 3]}],
              [{'_', [], [1]} | x], [{'_', [true | x], [1]}], [{'_', [], [1 | x]}], [{'_', [], ['$1']}, {x, b}],
              [{'_', [], ['$1']}, {'_', [{x}], ['$3']}, {a, ['$4'], []}], [{'_', [{'$1'}, {y, '$2'}], ['$3', '$4']}],
              [{{#{'$1' => 1}}, [a | b], [c | d]}], [{{2}, [], [a]}, {{1}, [false], [b]}, {{'$1'}, [], [c]}, {'_', [], [d]}]]],
    test({1}, [{'_', [], [1]}], foo),
    test({a, b}, [{'_', [], []}], trace).

patterns() ->
    [test(R, [{P, [], ['$$']}]) ||
        {R, P} <- [{1, '_'}, {[], '_'}, {{1}, '$1'}, {{1}, {}}, {{1}, [1]}, {{1}, a}, {{}, {}}, {{1, 2}, {'$5', '$1'}}, {{1, 1}, {'$5', '$5'}},
                   {{1, 1.0}, {'$5', '$5'}}, {{1, 2}, {'_', '_'}}, {{1, 2}, {'_', '_', '_'}}, {{1.0}, {1}}, {{1}, {1.0}}, {{1.5}, {1.5}},
                   {{0.0}, {-0.0}}, {{{0.0}}, {{-0.0}}}, {{[{0.0}], 1}, {[{-0.0}], '$1'}}, {{0.0, -0.0}, {'$1', '$1'}},
                   {{#{a => 1}}, {#{a => '$1'}}}, {{#{a => 1}}, {#{'$1' => a}}}, {{#{a => 1}}, {#{'_' => a}}}, {{#{a => 1}}, {#{{'_'} => a}}},
                   {{#{a => 1}}, {#{}}}, {{a}, {#{}}}, {{#{a => 1, b => {2, [3]}}}, {#{b => {'$2', ['$1']}}}}, {{#{a => 1}}, {#{b => '_'}}},
                   {{#{a => 1, b => 1}}, {#{a => '$1', b => '$1'}}}, {{#{a => 1, b => 2}}, {#{a => '$1', b => '$1'}}},
                   {{{x, 1}, [1 | a]}, {{x, '$1'}, ['$1' | '$2']}}, {{[1, 2, 3]}, {[1, '$1' | '$2']}}, {{[1]}, {[1, '$1' | '$2']}}, {{"abc"}, {"abc"}},
                   {{[]}, {[]}}, {{[]}, {['$1' | '_']}}, {{a, {b, {c, {d, e}}}}, {a, {b, {c, {d, '$1'}}}}}, {{a, {b, {c, {d, e}}}}, {a, {b, {c, {d, f}}}}},
                   {{<<"bin">>, <<1:3>>, 1 bsl 70}, {<<"bin">>, '$1', 1 bsl 70}}, {{<<"bin">>}, {<<"bim">>}}, {{1 bsl 70}, {1 bsl 71}},
                   {{'$_', '$$'}, {'$_', '$$'}}, {{x}, {'$_'}}, {{1}, {'$00'}}, {{1}, {'$01'}}, {{1}, {'$1234567890'}}, {{1}, {'$2147483647'}},
                   {{1}, {'$2147483648'}}, {{1}, {'$x'}}, {{'$x'}, {'$x'}}, {{1}, {'$'}}, {{1}, {'$123456789012'}},
                   {[1, 2], ['$1', '$2']}, {[1, 2], {'$1', '$2'}}]],
    Large = maps:from_list([{N, N} || N <- lists:seq(1, 50)]),
    value("large", erlang:match_spec_test({Large}, [{{#{7 => '$1', 44 => '$2'}}, [], ['$$']}], table)),
    value("large", erlang:match_spec_test({Large}, [{{Large#{5 := '$3', 6 := {'_'}}}, [], ['$$']}, {{Large#{5 := '$3'}}, [], ['$$']}], table)),
    {ok, Made, [], []} = erlang:match_spec_test({x}, [{{'$1'}, [], [Large#{5 := '$1'}]}], table),
    value("large", Made =:= Large#{5 := x}).

guard(F) -> test({1}, [{{'$1'}, [F], [true]}]).

guards() ->
    [guard(F) ||
        F <- [true, false, 1, foo, '$1', '$_', {{}}, [], [a], "ab", #{}, #{a => b}, '$$', ['$1' | '$_'], [a | b],
              {'and', true}, {'and', true, true, true}, {'and', true, 1}, {'and', 1, false}, {'and', true, false},
              {'or', true}, {'or', false, true, false}, {'or', true, 1}, {'or', 1, true}, {'or', false, false}, {'xor', true, false}, {'xor', true, true},
              {'not', true}, {'not', false}, {'not', 1}, {'andalso', true}, {'andalso', true, true, true}, {'andalso', false, 1}, {'andalso', true, 1},
              {'andalso', 1, true}, {'andalso', 1, false}, {'andalso', false, {hd, '$1'}}, {'andalso', true, {hd, '$1'}},
              {'orelse', true}, {'orelse', false, 1}, {'orelse', false, true}, {'orelse', 1, true}, {'orelse', true, 1}, {'orelse', true, {hd, '$1'}},
              {'orelse', {'==', '$1', 2}, {'==', '$1', 1}}, {'andalso', {'orelse', false, true}, {'orelse', false, {'andalso', true, true}}},
              {const, true}, {const, '$2'}, {is_record, '$_', a, 1}, {is_record, '$_', 1, 1}, {is_record, '$_', a, '$1'}, {is_record, {const, {a}}, a, 1},
              {is_record, {{a, b}}, a, 2}, {self}, {'==', {self}, {self}}, {is_pid, {self}}, {node}, {'==', {node}, {node, {self}}}, {node, 1}, {'==', {self}, 1},
              {'/', 1, 1}, {'==', 1.0, {'/', 1, 1}}, {'+', 1}, {'-', 1}, {'+', 1, 2}, {'==', 3, {'+', '$1', 2}}, {'=:=', -1, {'-', '$1', 2}}, {'==', 6, {'*', 2, 3}},
              {'==', {abs, -1}, '$1'}, {is_function, 1}, {is_function, {const, fun lists:map/2}}, {map_get, a, #{a => true}}, {map_get, a, #{a => '$1'}},
              {map_get, b, #{a => 1}}, {is_map_key, a, #{a => 1}}, {is_map_key, a, 1}, {'==', {binary_part, <<1, 2>>, 0, 1}, <<1>>},
              {'==', {binary_part, <<1, 2>>, {{1, 1}}}, <<2>>}, {binary_part, <<1, 2>>, 5, 1}, {'==', 1, {size, '$_'}}, {'==', 0, {byte_size, <<>>}},
              {'==', 8, {bit_size, <<1>>}}, {'==', 1, {map_size, #{a => 1}}}, {is_map, #{}}, {is_map, 1}, {hd, '$1'}, {element, 1, '$_'},
              {'==', 1, {element, 1, '$_'}}, {'==', 1, {element, 2, '$_'}}, {length, [a | b]}, {'==', 2, {length, [a, b]}}, {'==', '$$', [1]},
              {is_binary, <<>>}, {is_binary, 1}, {'=:=', '$1', 1}, {'=:=', '$1', 1.0}, {'==', '$1', 1.0}, {'<', '$1', 2}, {'=<', '$1', 2}, {'>=', '$1', 1}, {'>', '$1', 1},
              {'/=', '$1', 1}, {'=/=', '$1', 1}, {'=/=', '$1', 1.0}, {'==', -2, {'bnot', '$1'}}, {'==', 4, {'bsl', 1, 2}}, {'==', 1, {'bsr', 4, 2}}, {'==', 1, {'rem', 7, 3}},
              {'rem', 1, 0}, {'==', 0, {'div', 1, 2}}, {'==', 1, {'band', 3, 5}}, {'==', 7, {'bor', 3, 5}}, {'==', 6, {'bxor', 3, 5}},
              {is_number, 1}, {is_integer, 1.0}, {is_float, 1.0}, {is_atom, a}, {is_pid, 1}, {is_port, 1}, {is_reference, 1}, {is_list, "a"}, {is_tuple, '$_'},
              {'==', 2, {trunc, 2.5}}, {'==', 3, {round, 2.5}}, {'==', 2, {float, 2}}, {'==', [2], {tl, [1, 2]}}, {tl, []}, {hd, []},
              {'==', {{1, {const, {2}}}}, {const, {1, {2}}}}, {'<', [1, {{2}}], [1, {{3}}]}]].

body(F) -> test({1, [x]}, [{{'$1', '$2'}, [], [F]}]).

bodies() ->
    [body(F) ||
        F <- [{{}}, {{1, '$1'}}, [], [a, '$1'], ['$1' | '$1'], ['$1', {{2, [3 | '$2']}} | '$_'], "abc", #{}, #{a => '$1'}, #{'$1' => '$2'}, #{'$1' => 2, 1 => 3},
              #{'$_' => 2}, #{{{1}} => 2}, #{a => #{b => {{'$1'}}}}, {hd, '$1'}, {{{hd, '$1'}}}, {hd, {hd, '$1'}}, [{hd, '$1'}], {const, {const, 1}}, {const, '$1'},
              {const, ['$1' | a]}, {const, #{'$1' => '$_'}}, '$$', '$_', '_', {{'_'}}, {node}, {'==', {self}, {self}}, {'+', 1, a}, {'+', '$1', 1 bsl 70},
              {'andalso', true, 5}, {'andalso', 5, true}, {'andalso', false, {hd, a}}, {'orelse', false, 5}, {'orelse', 5, true}, {{{'andalso', 5, true}, ok}},
              {'and', 1, 2}, {'and', true, true}, {'or', {hd, a}, true}, {'/', 1, 0}, {'/', 6, 3}, {'div', 1, 0}, 1.5, <<"abc">>, 12345678901234567890,
              {is_record, '$_', a, 1}, {is_record, '$_', 1, 2}, {element, 3, '$_'}, {element, 2, '$_'}, {hd, {element, 2, '$_'}}, {tl, '$2'}, {map_get, b, #{}}, {'not', 1}, {'not', true},
              {size, a}, {length, '$2'}, {{'$2', '$2', {{'$2'}}}}, [[], {{}}, #{}], [[[[['$1']]]]], {binary_part, <<"abcdef">>, 1, 3},
              {binary_part, {const, <<0:800>>}, 10, 3}]],
    test({<<"abcdef">>, binary:copy(<<"x">>, 100)}, [{{'$1', '$2'}, [], [{{{binary_part, '$1', 1, 2}, {binary_part, '$2', 1, 2}, '$2'}}]}]),
    test({1, 2, 3}, [{{'$3', '$2', '$1'}, [], [{{'$$', '$_'}}]}]).

refused() ->
    [guard(F) ||
        F <- [{}, {foo}, {foo, 1}, {foo, 1, 2}, {'and'}, {'or'}, {'xor', true}, {'xor', true, false, true}, {'not'}, {'not', true, true}, {'andalso'}, {'orelse'},
              {const}, {const, true, true}, {is_record, '$_', a}, {is_record, '$_'}, {is_record, a, b, c, d}, {self, 1}, {node, 1, 2}, {tuple_to_list, '$_'}, {atom_to_list, a},
              {is_integer, 1, 0, 2}, {is_seq_trace}, {get_tcw}, {get_tcw, 1}, {get_seq_token}, {message, true}, {process_dump}, {display, 1}, {silent, true},
              {return_trace}, {exception_trace}, {caller}, {caller_line}, {set_tcw, 1}, {set_tcw}, {set_seq_token, label, 1}, {trace, [], []}, {trace, a, [], []},
              {enable_trace, a}, {disable_trace, a}, {enable_trace, a, a}, {'$1', 1}, {1, 2}, {"a", 1}, {{a}, 1}, {is_atom}, {is_atom, a, b}, {setelement, 1, '$_', a},
              {'$2'}, {foo, '$2'}, {{'$2'}}, ['$2' | '$3'], #{a => '$2'}, {hd}, {is_tuple}, {list_to_tuple, 1}, {now}, {apply, a, b, []}, {garbage_collect}, {erlang, a},
              {'$_'}, {'_', 1}, {[], 1}, {#{}, 1}]],
    [body(F) || F <- [{}, {message, 1}, {{{message, 1}}}, {hd, a, b}, {'$1'}, {1}, {{a}, b}, '$3', {element, '$3', '$_'}, {{'$3'}}, ['$3'], #{a => '$3'}, {is_atom, '$7', '$8'}]].

%% Other releases have more functions.
releases() ->
    Newer = [{is_boolean, true}, {is_bitstring, <<>>}, {is_function, 1, 2}, {min, 1, 2}, {max, 1, 2}, {tuple_size, '$_'}, {floor, 1.5}, {ceil, 1.5}],
    [guard(F) || F <- Newer].
