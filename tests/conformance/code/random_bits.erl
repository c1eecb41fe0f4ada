%% SPDX-License-Identifier: Apache-2.0
%% random_bits.erl - The bit syntax with sizes, places and values of chance, which are the same in each
%% run: what matches, what is built, what fails.
-module(random_bits).
-export([start/0]).

start() ->
    rand:seed(exsss, 7),
    io:format("~w~n", [rounds(8000, <<"the first bits">>, 0)]).

%% What was built is the next round's subject; a hash stands for all results so far.
rounds(0, _, Hash) -> Hash;
rounds(N, Bits, Hash) ->
    Skip = below(20),
    Size = size_of_chance(bit_size(Bits)),
    Results = [try match(Kind, Skip, Size, Bits) catch error:R -> R end || Kind <- lists:seq(1, 14)],
    Value = element(1 + below(6), {N, -N, 1 bsl Size bor N, 1.5 * N, Bits, below(16#120000)}),
    Made = [try build(Kind, Bits, Value, Size) catch error:R -> R end || Kind <- lists:seq(1, 12)],
    rounds(N - 1, next([B || B <- Made, is_bitstring(B)], Bits), erlang:phash2({Hash, Results, Made})).

below(N) -> rand:uniform(N) - 1.

size_of_chance(Most) ->
    case below(8) of
        0 -> Most;
        1 -> below(Most + 9);
        2 -> element(1 + below(5), {0, 1, 16, 32, 64});
        _ -> below(70)
    end.

%% Grows for some time, then starts anew.
next([], Bits) -> Bits;
next(Made, _) ->
    case lists:nth(1 + below(length(Made)), Made) of
        B when bit_size(B) > 3000 -> <<(below(1 bsl 40)):37>>;
        B -> B
    end.

match(Kind, Skip, Size, Bits) ->
    case Bits of
        <<_:Skip, X:Size, R/bits>> when Kind =:= 1 -> {X, R};
        <<_:Skip, X:Size/little, R/bits>> when Kind =:= 2 -> {X, R};
        <<_:Skip, X:Size/signed, R/bits>> when Kind =:= 3 -> {X, R};
        <<_:Skip, X:Size/signed-little, R/bits>> when Kind =:= 4 -> {X, R};
        <<_:Skip, X:Size/float, R/bits>> when Kind =:= 5 -> {X, R};
        <<_:Skip, X:Size/float-little, R/bits>> when Kind =:= 6 -> {X, R};
        <<_:Skip, X:Size/bits, R/bits>> when Kind =:= 7 -> {X, R};
        <<_:Skip, X:Size/binary, R/bits>> when Kind =:= 8 -> {X, R};
        <<_:Skip, X/utf8, R/bits>> when Kind =:= 9 -> {X, R};
        <<_:Skip, X/utf16-little, R/bits>> when Kind =:= 10 -> {X, R};
        <<_:Skip, X/utf32, R/bits>> when Kind =:= 11 -> {X, R};
        <<_:Skip, X:Size/integer-unit:3, R/binary>> when Kind =:= 12 -> {X, R};
        <<X:13, Y:3/little, Z:9/signed, R/bits>> when Kind =:= 13 -> {X, Y, Z, R};
        <<_:Size/binary-unit:7, R/binary-unit:5>> when Kind =:= 14 -> R;
        _ -> none
    end.

build(1, Bits, Value, Size) -> <<Bits/bits, Value:Size>>;
build(2, Bits, Value, Size) -> <<Value:Size/little, Bits/bits>>;
build(3, Bits, Value, Size) -> <<Value:Size/float, Bits/bits>>;
build(4, Bits, Value, _) -> <<Bits/bits, Value/float-little>>;
build(5, Bits, Value, Size) -> <<1:3, Value:Size/bits, Bits/bits>>;
build(6, Bits, Value, Size) -> <<Bits/bits, Value:Size/binary, 7:5>>;
build(7, Bits, Value, _) -> <<Bits/bits, Value/utf8>>;
build(8, Bits, Value, _) -> <<5:3, Value/utf16, Bits/bits>>;
build(9, Bits, Value, _) -> <<Value/utf32-little, Bits/bits>>;
build(10, Bits, Value, Size) -> <<Bits/binary, Value:Size/unit:3, Size:11/little>>;
build(11, Bits, _, Size) -> << <<(bnot X):Size>> || <<X:9>> <= Bits >>;
build(12, Bits, Value, _) -> <<Value/bits, Bits/bits, Value/binary>>.
