#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Writes decimal_vectors.inc: what OTP makes of doubles and texts.
%% Usage: escript decimal_vectors.escript [COUNT] > decimal_vectors.inc
-mode(compile).

main([]) -> main(["100"]);
main([Count]) ->
    rand:seed(exsss, {1, 2, 3}),
    N = list_to_integer(Count),
    io:format("/* SPDX-License-Identifier: Apache-2.0 */~n"
              "/* decimal_vectors.inc - written by decimal_vectors.escript. */~n"),
    Doubles = special() ++ lists:append([random() || _ <- lists:seq(1, N)]),
    io:format("~nstatic const PrintVector prints[] = {~n"),
    [print(F) || F <- Doubles],
    io:format("};~n~nstatic const FixedVector fixeds[] = {~n"),
    [fixed(F, rand:uniform(24) - 1, C) || F <- Doubles, C <- [false, true]],
    [fixed(F, D, false) || F <- [0.125, 0.285, 1.005, 2.5, 0.5, -0.0, 9007199254740991.0,
                                 9007199254740993.0, 0.9999999, -0.99], D <- lists:seq(0, 20)],
    io:format("};~n~nstatic const ParseVector parses[] = {~n"),
    [parse(T) || T <- texts()],
    [parse(text(1 + I rem 30)) || I <- lists:seq(1, N)],
    io:format("};~n").

special() ->
    [0.0, -0.0, 5.0e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
     1.7976931348623157e308, 9007199254740991.0, 9007199254740992.0, 9007199254740993.0,
     1.0e22, 1.0e23, 123456789012345680.0, 0.1, 0.3, 1.0e-5, 9.5367431640625e-7, 2.0e-3]
    ++ lists:append([[math:pow(10, E), 1.5 * math:pow(10, E), -12.5 * math:pow(10, E),
                      123.0 * math:pow(10, E), 123456.0 * math:pow(10, E)]
                     || E <- lists:seq(-8, 24)])
    ++ [math:pow(2, E) || E <- lists:seq(-1022, 1023, 31)].

random() ->
    [bits(rand:uniform(1 bsl 64) - 1),
     (rand:uniform(1 bsl 40) - (1 bsl 39)) / math:pow(10, rand:uniform(20)),
     rand:normal() * math:pow(10, rand:uniform(30) - 15)].

bits(Bits) ->
    case <<Bits:64>> of
        <<F/float>> -> F;
        _ -> bits(rand:uniform(1 bsl 64) - 1)
    end.

hex(F) ->
    <<Bits:64>> = <<F/float>>,
    io_lib:format("0x~16.16.0B", [Bits]).

print(F) ->
    io:format("    {~s, \"~s\", \"~s\"},~n", [hex(F), float_to_list(F, [short]), float_to_list(F)]).

%% OTP 25 drops zeros of the integer with [{decimals, 0}, compact] above 2^53; Mote does not.
fixed(_, 0, true) -> ok;
fixed(F, Decimals, Compact) ->
    Options = [{decimals, Decimals} | [compact || Compact]],
    try float_to_list(F, Options) of
        Text when length(Text) < 60 ->
            io:format("    {~s, ~w, ~w, \"~s\"},~n", [hex(F), Decimals, Compact, Text]);
        _ -> ok
    catch error:badarg -> ok
    end.

texts() ->
    ["1.0", "+1.0", "-1.0", "1.0e5", "1.0E5", "1.0e+5", "1.0E-5", "1.", "1.e5", ".5", "1e5", "1.0e",
     "1.0e+", "1.0e-", "1.0e400", "1.0e-400", "-0.0", "+0.0", " 1.0", "1.0 ", "", "-", "+", ".", "1",
     "1.0e99999999999999999999", "0.0e99999999999999999999", "1.0e-99999999999999999999", "1,0",
     "+-1.0", "-+1.0", "--1.0", "1_0.0", "0x1.0", "1.7976931348623159e308",
     "1.7976931348623158e308", "2.4703282292062327e-324", "2.4703282292062328e-324", "inf", "nan",
     "00001.0", "1.0000", "0.00000000000000000000001", "9007199254740993.0", "1.5.5",
     "9007199254740993.00000000000000000000000000000000000000000001", "1.0f", "1.0e1.0", "1.0e 5"].

text(N) ->
    Digits = fun(Max) -> [$0 + rand:uniform(10) - 1 || _ <- lists:seq(1, rand:uniform(Max))] end,
    Exponent = case rand:uniform(3) of
                   1 -> "";
                   _ -> "e" ++ integer_to_list(rand:uniform(680) - 340)
               end,
    Digits(N) ++ "." ++ Digits(N) ++ Exponent.

parse(Text) ->
    try list_to_float(Text) of
        F -> io:format("    {\"~s\", true, ~s},~n", [Text, hex(F)])
    catch error:badarg -> io:format("    {\"~s\", false, 0},~n", [Text])
    end.
