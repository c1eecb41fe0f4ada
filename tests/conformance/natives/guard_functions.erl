%% SPDX-License-Identifier: Apache-2.0
%% guard_functions.erl - the functions and operators allowed in guards, called by name.
-module(guard_functions).
-export([start/0]).
-include("calls.hrl").

start() ->
    [calls(erlang, F, [[T] || T <- terms()]) || F <- ones()],
    [calls(erlang, F, [[A, B] || A <- few(), B <- few()]) || F <- comparisons()],
    [calls(erlang, F, [[A, B] || A <- [true, false, a, 1], B <- [true, false, a]]) || F <- ['and', 'or', 'xor']],
    [calls(erlang, F, [[A, B] || A <- numbers(), B <- numbers()]) || F <- arithmetic()],
    calls(erlang, element, [[I, T] || I <- [0, 1, 2, 3, -1, a, 1.0, 1 bsl 70], T <- [{a, b}, {}, [], a]]),
    [calls(erlang, F, [[K, M] || K <- [a, b, 1, 1.0, 41], M <- [#{a => 1, 1.0 => 2}, #{}, a, large()]])
     || F <- [map_get, is_map_key]],
    parts(),
    records(),
    calls(erlang, is_function, [[F, N] || F <- [fun lists:map/2, a], N <- [0, 2, 256, -1, a, 1 bsl 70, -(1 bsl 70)]]),
    calls(erlang, node, [[self()], [a], [hd(binary_to_term(<<131, 108, 1:32, 88, 119, 3, "a@b", 1:32, 2:32, 3:32, 106>>))]]),
    by_fun().

ones() ->
    ['not', abs, float, trunc, round, floor, ceil, hd, tl, length, size, tuple_size, byte_size,
     bit_size, map_size, is_atom, is_binary, is_bitstring, is_boolean, is_float, is_function,
     is_integer, is_list, is_map, is_number, is_pid, is_port, is_reference, is_tuple, 'bnot', '+', '-'].

comparisons() -> ['==', '/=', '=:=', '=/=', '<', '>', '=<', '>=', min, max].

arithmetic() -> ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr'].

terms() ->
    [a, true, false, [], [1, 2, 3], [1 | b], {}, {a, 1}, <<>>, <<1, 2>>, <<1, 5:3>>, #{a => 1}, 0, 7,
     -7, 1 bsl 70, -(1 bsl 70), 1.5, -2.5, 1.0e30, fun lists:map/2].

few() -> [1, 1.0, 1 bsl 70, a, [], [1], {1}, <<1>>, "ab", #{}].

numbers() -> [1, -3, 0, 1 bsl 70, -(1 bsl 64), 2.5, a].

large() -> maps:from_list([{N, N} || N <- lists:seq(1, 40)]).

parts() ->
    calls(erlang, binary_part,
          [[B, P] || B <- [<<1, 2, 3>>, <<1, 2, 3:3>>, a],
                     P <- [{0, 1}, {3, 0}, {3, -1}, {4, 0}, {1, 3}, {3, -4}, {a, 1}, {1}, a]]),
    calls(erlang, binary_part,
          [[B, S, L] || B <- [<<1, 2, 3>>, <<>>, a], S <- [0, 1, 3, 4, -1, a, 1 bsl 70],
                        L <- [0, 1, 3, -1, -4, a]]).

records() ->
    calls(erlang, is_record, [[T, N] || T <- [{a}, {a, b}, {}, b], N <- [a, 1]]),
    calls(erlang, is_record, [[T, N, S] || T <- [{a}, {a, b}, {}, b], N <- [a, 1], S <- [0, 1, 2, -1, a, 1 bsl 70]]).

%% The same natives as funs and through other natives.
by_fun() ->
    Plus = fun erlang:'+'/2, Size = fun erlang:tuple_size/1,
    io:format("~p~n", [lists:foldl(Plus, 0, lists:seq(1, 100))]),
    io:format("~p~n", [lists:map(Size, [{}, {a}, {a, b}])]),
    io:format("~p~n", [(catch lists:map(Size, [{}, a])) =:= ok]),
    io:format("~p~n", [lists:filter(fun erlang:is_integer/1, [a, 1, 2.0, 1 bsl 90])]).
