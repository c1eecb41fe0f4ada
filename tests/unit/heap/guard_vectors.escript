#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Writes guard_vectors.inc: what each function of guards gives for terms of all kinds.
%% Usage: escript guard_vectors.escript > guard_vectors.inc
-mode(compile).

main([]) ->
    io:format("/* Written by guard_vectors.escript. */~n"),
    io:format("/* GUARD_VECTOR(row, size and bytes of the arguments' tuple, failed, size and bytes of"
              " the value or reason) */~n"),
    [vector(Row, F, [A]) || {Row, F} <- ones(), A <- terms()],
    [vector(Row, F, [A, B]) || {Row, F} <- twos(), {A, B} <- pairs(F)],
    [vector(binary_part_3, binary_part, [B, S, L])
     || B <- [<<1, 2, 3>>, <<1, 2, 3:3>>, <<>>, a, list_to_binary(lists:seq(1, 100))],
        S <- [0, 1, 3, 4, -1, a, 1 bsl 70], L <- [0, 1, 3, -1, -3, -4, 90, a, -(1 bsl 61)]],
    [vector(is_record_3, is_record, [T, N, S])
     || T <- [{a}, {a, b}, {}, b], N <- [a, 1], S <- [0, 1, 2, -1, a, 1 bsl 70]].

ones() ->
    [{F, F} || F <- ['not', abs, float, trunc, round, floor, ceil, hd, tl, length, size, tuple_size,
                     byte_size, bit_size, map_size, is_atom, is_binary, is_bitstring, is_boolean,
                     is_float, is_integer, is_list, is_map, is_number, is_pid, is_port,
                     is_reference, is_tuple, 'bnot']] ++
    [{node_1, node}, {is_function_1, is_function}, {negate, '-'}, {plus, '+'}].

twos() ->
    [{F, F} || F <- ['and', 'or', 'xor', element, map_get, is_map_key, min, max, 'div', 'rem',
                     'band', 'bsl']] ++
    [{add, '+'}, {sub, '-'}, {mul, '*'}, {divide, '/'}, {eq, '=='}, {ne, '/='}, {eq_exact, '=:='},
     {ne_exact, '=/='}, {lt, '<'}, {gt, '>'}, {le, '=<'}, {ge, '>='},
     {binary_part_2, binary_part}, {is_function_2, is_function}, {is_record_2, is_record}].

terms() ->
    [a, true, false, [], [1, 2, 3], [1 | b], "abc", {}, {a}, {a, 1}, <<>>, <<1, 2>>, <<1, 5:3>>, #{},
     #{a => 1, 1.0 => 2}, maps:from_list([{N, N} || N <- lists:seq(1, 40)]), 0, 7, -7, 1 bsl 70,
     -(1 bsl 70), 1.5, -2.5, 1.0e30, fun lists:map/2, pid(), port(), reference()].

pairs(element) -> [{I, T} || I <- [0, 1, 2, 3, -1, a, 1.0, 1 bsl 70], T <- [{a, b}, {}, [], a]];
pairs(map_get) -> keys();
pairs(is_map_key) -> keys();
pairs(binary_part) ->
    [{B, P} || B <- [<<1, 2, 3>>, <<1, 2, 3:3>>, a],
               P <- [{0, 1}, {3, 0}, {3, -1}, {4, 0}, {1, 3}, {3, -4}, {a, 1}, {1}, {1, 1, 1}, a]];
pairs(is_function) ->
    [{F, N} || F <- [fun lists:map/2, a], N <- [0, 1, 2, 255, 256, -1, -2, a, 2.0, 1 bsl 70, -(1 bsl 70)]];
pairs(is_record) -> [{T, N} || T <- [{a}, {a, b}, {b}, {}, a, [a]], N <- [a, 1, "a"]];
pairs(F) when F =:= 'and'; F =:= 'or'; F =:= 'xor' ->
    [{A, B} || A <- [true, false, a, 1], B <- [true, false, a, 1]];
pairs('bsl') -> [{A, B} || A <- [1, -1, 1 bsl 65, a, 1.0], B <- [0, 1, 70, -1, a, 1.0]];
pairs(_) -> [{A, B} || A <- [1, 1.0, 0, 1 bsl 70, a, [], <<1>>], B <- [1, 1.0, 0, 0.0, 1 bsl 70, a, {}]].

keys() ->
    [{K, M} || K <- [a, b, 1, 1.0, {x}, 17, 41], M <- [#{a => 1, 1.0 => 2}, #{}, a,
                                                       maps:from_list([{N, N} || N <- lists:seq(1, 40)])]].

%% Of other nodes: they are the same in every run.
pid() -> binary_to_term(<<131, 88, 119, 3, "a@b", 1:32, 2:32, 3:32>>).
port() -> binary_to_term(<<131, 89, 119, 3, "a@b", 5:32, 3:32>>).
reference() -> binary_to_term(<<131, 90, 1:16, 119, 3, "a@b", 3:32, 9:32>>).

vector(Row, F, Args) ->
    {Failed, Result} = try {0, apply(erlang, F, Args)} catch error:Reason -> {1, Reason} end,
    io:format("GUARD_VECTOR(~s, ~s, ~w, ~s)~n", [Row, bytes(list_to_tuple(Args)), Failed, bytes(Result)]).

bytes(T) ->
    B = term_to_binary(T),
    io_lib:format("~w, \"~s\"", [byte_size(B), [escape(C) || <<C>> <= B]]).

escape(C) when C > $ , C < 127, C =/= $", C =/= $\\, C =/= $? -> [C];
escape(C) -> io_lib:format("\\~3.8.0B", [C]).
