#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Writes number_vectors.inc: what OTP makes of arithmetic, and of integers in bytes and texts.
%% Usage: escript number_vectors.escript > number_vectors.inc
-mode(compile).

main([]) ->
    rand:seed(exsss, {4, 5, 6}),
    io:format("/* Written by number_vectors.escript. */~n"),
    [arith2(Op, A, B) || Op <- ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor'],
                         {A, B} <- pairs()],
    [arith2(Op, A, B) || Op <- ['bsl', 'bsr'], {A, B} <- shifts()],
    [arith1(Op, A) || Op <- ['+', '-', 'bnot', abs, float, trunc, round, floor, ceil],
                      A <- integers() ++ floats() ++ fractions()],
    [in_bytes(N, Bits) || N <- integers(), Bits <- [7, 32, 33, 64, 70, 200]],
    [text(N, Base) || N <- integers(), Base <- [2, 3, 10, 16, 36]].

pairs() ->
    Ints = integers(),
    [{pick(Ints), pick(Ints)} || _ <- lists:seq(1, 70)] ++
    [{N, random()} || N <- [0, 1, -1, random(), random()]] ++
    [{random(), random()} || _ <- lists:seq(1, 30)] ++
    [{N, N} || N <- [0, 1, 1 bsl 64, -(1 bsl 61)]] ++
    [{A, B} || A <- [1 bsl 61, -(1 bsl 29), 1 bsl 128 - 1, 7], B <- [0, -1, 1]] ++
    [{A, B} || {A, B} <- [{pick(Ints), pick(floats())} || _ <- lists:seq(1, 20)]] ++
    [{A, B} || {B, A} <- [{pick(Ints), pick(floats())} || _ <- lists:seq(1, 20)]] ++
    [{pick(floats()), pick(floats())} || _ <- lists:seq(1, 20)] ++
    [{1.7e308, 1.7e308}, {-1.7e308, 1.7e308}, {1 bsl 1023, 1.0}, {1 bsl 1024, 1.0},
     {1 bsl 1024, 1 bsl 1000}, {1 bsl 1030, 1 bsl 1024}].

shifts() ->
    [{N, S} || N <- integers(), S <- [pick([0, 1, 2, 31, 32, 33, 61, 63, 64, 65, 200, 1000])]] ++
    [{N, -S} || N <- integers(), S <- [pick([1, 2, 31, 32, 33, 61, 63, 64, 65, 200, 1000])]] ++
    [{N, S} || N <- [0, 1, -1, 1 bsl 64, -(1 bsl 64)], S <- [-(1 bsl 64), 1 bsl 64, 1 bsl 40]] ++
    [{1.0, 1}, {1, 1.0}].

integers() ->
    Powers = [8, 28, 29, 30, 31, 32, 59, 60, 61, 62, 63, 64, 65, 96, 127, 128, 192, 256],
    [S * ((1 bsl P) + D) || P <- Powers, D <- [-1, 0, 1], S <- [1, -1]] ++
    [-2, -1, 0, 1, 2, 7, 10, 1000000007, -123456789].

random() ->
    Bits = rand:uniform(700),
    N = rand:uniform(1 bsl Bits) - 1,
    case rand:uniform(4) of
        1 -> -N;
        2 -> (1 bsl Bits) - (1 bsl (Bits div 2)) + N rem 3;
        _ -> N
    end.

floats() -> [0.0, -0.0, 1.0, -1.5, 1.0e10, 9007199254740993.0, 1.0e300, -1.0e-300, 5.0e-324, 0.1].

fractions() ->
    [F * S || F <- [0.5, 0.49999999999999994, 1.5, 2.5, 4503599627370495.5, 4503599627370496.0,
                    9007199254740991.0, 9.2e18, 9223372036854775808.0, 1.8446744073709552e19,
                    1.7976931348623157e308, 536870911.5, 536870912.0, 2147483648.0, 1.0e25],
              S <- [1, -1]].

pick(List) -> lists:nth(rand:uniform(length(List)), List).

arith2(Op, A, B) ->
    io:format("ARITH2(~s, ~s, ~s, ~s)~n", [row(Op, 2), value(A), value(B), result(Op, [A, B])]).

arith1(Op, A) -> io:format("ARITH1(~s, ~s, ~s)~n", [row(Op, 1), value(A), result(Op, [A])]).

in_bytes(N, Bits) ->
    io:format("BYTES(~s, ~w, \"~s\", \"~s\", ~s, ~s)~n",
              [value(N), Bits, hex(<<(masked(N, Bits)):(pad(Bits))>>),
               hex(<<(masked(N, Bits)):(pad(Bits))/little>>),
               value(as(N, pad(Bits))), value(as_signed(N, pad(Bits)))]).

pad(Bits) -> (Bits + 7) div 8 * 8.
masked(N, Bits) -> N band ((1 bsl Bits) - 1).
as(N, Bits) -> <<X:Bits>> = <<N:Bits>>, X.
as_signed(N, Bits) -> <<X:Bits/signed>> = <<N:Bits>>, X.

%% The value as hexadecimal bytes, which tests read without the functions under test.
text(N, Base) ->
    io:format("TEXT(~s, \"~s\", ~w, \"~s\")~n",
              [case N < 0 of true -> "true"; false -> "false" end,
               hex(binary:encode_unsigned(abs(N))), Base, integer_to_list(N, Base)]).

hex(Bytes) -> [io_lib:format("~2.16.0B", [B]) || <<B>> <= Bytes].

row('+', 2) -> "add";
row('-', 2) -> "sub";
row('*', 2) -> "mul";
row('/', 2) -> "divide";
row('+', 1) -> "plus";
row('-', 1) -> "negate";
row(Op, _) -> atom_to_list(Op).

result(Op, Args) ->
    try value(apply(erlang, Op, Args))
    catch error:Reason -> io_lib:format("\"!~s\"", [Reason])
    end.

value(F) when is_float(F) -> <<Bits:64>> = <<F/float>>, io_lib:format("\"#~16.16.0B\"", [Bits]);
value(N) -> io_lib:format("\"~s\"", [integer_to_list(N, 36)]).
