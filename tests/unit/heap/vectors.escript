#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% vectors.escript - Writes build.inc, match.inc, etf.inc and damaged.inc: what OTP 25 makes of random
%% segments, terms and bytes. Run it in its folder.
-mode(compile).

main([]) ->
    rand:seed(exsss, {4, 5, 6}),
    write("build.inc", [row("BUILD", build_case()) || _ <- lists:seq(1, 500)]),
    write("match.inc", [row("MATCH", match_case()) || _ <- lists:seq(1, 1000)]),
    Terms = terms() ++ [term(3) || _ <- lists:seq(1, 120)],
    write("etf.inc", [etf_row(T, Minor) || T <- Terms, Minor <- [0, 1, 2]]),
    write("damaged.inc", [damaged_row(lists:nth(rand:uniform(length(Terms)), Terms)) ||
                             _ <- lists:seq(1, 1500)]).

write(Name, Rows) -> ok = file:write_file(Name, ["/* Written by vectors.escript. */\n" | Rows]).

%% NAME(size of the term's encoding, the encoding)
row(Name, Term) -> [Name, "(", bytes(term_to_binary(Term, [{minor_version, 2}])), ")\n"].

bytes(B) -> [integer_to_list(byte_size(B)), ", \"", [escape(C) || <<C>> <= B], "\""].
escape(C) when C >= $A, C =< $Z; C >= $a, C =< $z -> C;
escape(C) -> io_lib:format("\\~3.8.0b", [C]).

%% ---- Bits: a case is {[Segment], Result}; a segment {Type, Value, Bits, Flags} ----

%% Flags are added up: little 2, signed 4, as in .beam files.
build_case() ->
    Segments = [segment() || _ <- lists:seq(1, rand:uniform(5))],
    Result = try << <<(build(S))/bits>> || S <- Segments >> catch error:Why -> Why end,
    {Segments, Result}.

segment() ->
    case rand:uniform(10) of
        N when N =< 4 -> {integer, integer(), size(), flags()};
        5 -> {float, number(), lists:nth(rand:uniform(3), [16, 32, 64]), flags()};
        6 -> {utf8, code(), 0, 0};
        7 -> {utf16, code(), 0, flags()};
        8 -> {utf32, code(), 0, flags()};
        9 -> {string, rand:bytes(2), rand:uniform(16), 0};
        10 -> B = bitstring(200), {bits, B, rand:uniform(bit_size(B) + 1) - 1, 0}
    end.

size() ->
    lists:nth(rand:uniform(7), [8, 16, 32, 64, rand:uniform(64), rand:uniform(200), rand:uniform(9) - 1]).

flags() -> lists:nth(rand:uniform(4), [0, 2, 4, 6]).

integer() ->
    V = rand:uniform(1 bsl rand:uniform(150)) bsr rand:uniform(8),
    case rand:uniform(3) of 1 -> -V; _ -> V end.

number() ->
    case rand:uniform(6) of
        1 -> integer();
        2 -> rand:uniform(100000) * 1.0;
        3 -> -rand:uniform() * 65520;
        4 -> math:pow(2, rand:uniform(60) - 40) * rand:uniform();
        5 -> lists:nth(rand:uniform(8), [0.0, -0.0, 65519.99, 65520.0, 1.0e39, 3.4e38, 1.0e-45, 6.0e-8]);
        6 -> rand:normal()
    end.

code() ->
    lists:nth(rand:uniform(6), [rand:uniform(127), rand:uniform(16#7FF), rand:uniform(16#FFFF),
                                rand:uniform(16#110010), 16#D7FF + rand:uniform(16#801), -1]).

bitstring(Most) ->
    N = rand:uniform(Most) - 1,
    B = rand:bytes((N + 7) div 8),
    <<R:N/bits, _/bits>> = B,
    R.

build({integer, V, S, 0}) -> <<V:S/big>>;
build({integer, V, S, 4}) -> <<V:S/big-signed>>;
build({integer, V, S, 2}) -> <<V:S/little>>;
build({integer, V, S, 6}) -> <<V:S/little-signed>>;
build({float, V, S, F}) when F band 2 =:= 0 -> <<V:S/float>>;
build({float, V, S, _}) -> <<V:S/float-little>>;
build({utf8, V, _, _}) -> <<V/utf8>>;
build({utf16, V, _, F}) when F band 2 =:= 0 -> <<V/utf16>>;
build({utf16, V, _, _}) -> <<V/utf16-little>>;
build({utf32, V, _, F}) when F band 2 =:= 0 -> <<V/utf32>>;
build({utf32, V, _, _}) -> <<V/utf32-little>>;
build({string, V, S, _}) -> <<R:S/bits, _/bits>> = V, R;
build({bits, V, S, _}) -> <<V:S/bits>>.

%% {Bits, Offset, Type, Size, Flags, Result, Rest}: what stands behind the first Offset bits.
match_case() ->
    B = case rand:uniform(4) of
            1 -> << <<(good(build_case()))/bits>> || _ <- [1, 2] >>;
            2 -> unicode(rand:uniform(4) - 1);
            _ -> bitstring(400)
        end,
    Offset = case rand:uniform(3) of
                 1 -> 0;
                 2 -> rand:uniform(bit_size(B) div 8 + 1) * 8 - 8;
                 3 -> rand:uniform(bit_size(B) + 1) - 1
             end,
    {Type, Size, Flags} = match_kind(),
    <<_:Offset/bits, Tail/bits>> = B,
    case match(Type, Size, Flags, Tail) of
        {V, Rest} -> {B, Offset, Type, Size, Flags, V, bit_size(Rest)};
        none -> {B, Offset, Type, Size, Flags, none, bit_size(Tail)}
    end.

good({_, R}) when is_bitstring(R) -> R;
good(_) -> <<>>.

%% Text in one of the encodings, sometimes with a bad unit in it.
unicode(Shift) ->
    Text = [rand:uniform(16#D7FF) bsr (4 * Shift) || _ <- [1, 2, 3]] ++ [16#10000 + rand:uniform(1000)],
    <<0:Shift, (case rand:uniform(4) of
         1 -> unicode:characters_to_binary(Text);
         2 -> unicode:characters_to_binary(Text, unicode, utf16);
         3 -> unicode:characters_to_binary(Text, unicode, {utf32, little});
         4 -> rand:bytes(8)
     end)/bits>>.

match_kind() ->
    case rand:uniform(9) of
        N when N =< 4 -> {integer, size(), flags()};
        5 -> {float, lists:nth(rand:uniform(3), [16, 32, 64]), flags()};
        6 -> {bits, rand:uniform(150) - 1, 0};
        7 -> {utf8, 0, 0};
        8 -> {utf16, 0, flags()};
        9 -> {utf32, 0, flags()}
    end.

match(integer, S, 0, B) -> case B of <<V:S/big, R/bits>> -> {V, R}; _ -> none end;
match(integer, S, 4, B) -> case B of <<V:S/big-signed, R/bits>> -> {V, R}; _ -> none end;
match(integer, S, 2, B) -> case B of <<V:S/little, R/bits>> -> {V, R}; _ -> none end;
match(integer, S, 6, B) -> case B of <<V:S/little-signed, R/bits>> -> {V, R}; _ -> none end;
match(float, S, F, B) when F band 2 =:= 0 ->
    case B of <<V:S/float, R/bits>> -> {V, R}; _ -> none end;
match(float, S, _, B) -> case B of <<V:S/float-little, R/bits>> -> {V, R}; _ -> none end;
match(bits, S, _, B) -> case B of <<V:S/bits, R/bits>> -> {V, R}; _ -> none end;
match(utf8, _, _, B) -> case B of <<V/utf8, R/bits>> -> {V, R}; _ -> none end;
match(utf16, _, F, B) when F band 2 =:= 0 ->
    case B of <<V/utf16, R/bits>> -> {V, R}; _ -> none end;
match(utf16, _, _, B) -> case B of <<V/utf16-little, R/bits>> -> {V, R}; _ -> none end;
match(utf32, _, F, B) when F band 2 =:= 0 ->
    case B of <<V/utf32, R/bits>> -> {V, R}; _ -> none end;
match(utf32, _, _, B) -> case B of <<V/utf32-little, R/bits>> -> {V, R}; _ -> none end.

%% ---- External terms: ETF(minor version, encoding) ----

etf_row(T, Minor) ->
    ["ETF(", integer_to_list(Minor), ", ", bytes(term_to_binary(T, [{minor_version, Minor}])), ")\n"].

terms() ->
    [0, 255, 256, -1, 1 bsl 26, 1 bsl 27 - 1, -(1 bsl 27), 1 bsl 31 - 1, 1 bsl 31, -(1 bsl 31),
     -(1 bsl 31) - 1, 1 bsl 59 - 1, 1 bsl 59, -(1 bsl 59), -(1 bsl 59) - 1, 1 bsl 61, -(1 bsl 61),
     -(1 bsl 61) - 1, 1 bsl 64, -(1 bsl 64), 1 bsl 2039, 1 bsl 2040, -(1 bsl 2048) + 7,
     1.0, -0.0, 0.1, 1.0e300, 5.0e-324, -1.5e-10,
     a, '', 'with space', 'ö', 'ÿ', list_to_atom([16#100]), list_to_atom([16#20AC, $a]),
     list_to_atom(lists:duplicate(255, $x)), list_to_atom(lists:duplicate(255, 16#20AC)),
     list_to_atom(lists:duplicate(255, $ö)),
     [], [1], [a | b], "hello", [256], [1 | 2],
     [1, 2 | <<"x">>], [[], [[]], {}], {}, {1}, list_to_tuple(lists:seq(1, 255)),
     list_to_tuple(lists:seq(1, 256)), #{}, #{a => 1}, #{1 => a, 1.0 => b, "k" => #{}},
     maps:from_list([{I, I} || I <- lists:seq(1, 32)]),
     <<>>, <<"binary">>, <<1:1>>, <<5:7>>, <<1, 2, 3:4>>, binary:copy(<<7>>, 64),
     binary:copy(<<7>>, 65), binary:copy(<<8>>, 1000), <<(binary:copy(<<8>>, 99))/binary, 1:3>>,
     self(), make_ref(), hd(erlang:ports()), fun lists:map/2, fun erlang:'+'/2,
     fun() -> ok end, fun(X) -> {X, self(), terms} end,
     foreign(<<88, 119, 3, "a@b", 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 5>>),
     foreign(<<120, 119, 3, "a@b", 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 5>>),
     foreign(<<89, 119, 3, "a@b", 0, 0, 1, 9, 0, 0, 0, 5>>),
     foreign(<<90, 0, 5, 119, 3, "a@b", 0, 0, 0, 5, 0:16, 1:16, 2:32, 3:32, 4:32, 5:32>>),
     foreign(<<90, 0, 1, 119, 3, "a@b", 0, 0, 0, 5, 9:32>>)].

foreign(B) -> binary_to_term(<<131, B/binary>>).

term(0) -> leaf();
term(D) ->
    case rand:uniform(9) of
        1 -> list_to_tuple(some(D));
        2 -> some(D);
        3 -> some(D) ++ term(D - 1);
        4 -> maps:from_list([{term(D - 1), term(D - 1)} || _ <- lists:seq(1, rand:uniform(6))]);
        5 -> X = term(D - 1), fun(Y) -> {X, Y} end;
        _ -> leaf()
    end.

some(D) -> [term(D - 1) || _ <- lists:seq(1, rand:uniform(6) - 1)].

leaf() ->
    case rand:uniform(12) of
        1 -> integer();
        2 -> rand:normal();
        3 -> bitstring(100);
        4 -> bitstring(700);
        5 -> list_to_atom("atom" ++ integer_to_list(rand:uniform(50)));
        6 -> rand:uniform(1000);
        7 -> lists:nth(rand:uniform(7), [self(), make_ref(), fun lists:map/2, [], {}, #{}, "text"]);
        8 -> foreign(<<88, 119, 3, "a@b", 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 5>>);
        _ -> rand:uniform(300) - 150
    end.

%% ---- DAMAGED(1 where OTP takes it, encoding) ----

%% OTP takes any term for the pid in a local fun; funs are left out.
damaged_row(T) ->
    B = damage(term_to_binary(T, [{minor_version, rand:uniform(3) - 1}])),
    Good = try _ = binary_to_term(B), 1 catch error:_ -> 0 end,
    case byte_size(B) < 200 andalso binary:match(B, <<112, 0, 0>>) of
        nomatch -> ["DAMAGED(", integer_to_list(Good), ", ", bytes(B), ")\n"];
        _ -> []
    end.

damage(B) ->
    At = rand:uniform(byte_size(B)) - 1,
    <<Head:At/binary, C, Tail/binary>> = B,
    case rand:uniform(8) of
        1 -> Head;
        2 -> <<Head/binary, Tail/binary>>;
        3 -> <<Head/binary, (rand:uniform(256) - 1), C, Tail/binary>>;
        4 -> <<Head/binary, (C bxor (1 bsl (rand:uniform(8) - 1))), Tail/binary>>;
        5 -> damage(<<Head/binary, (rand:uniform(256) - 1), Tail/binary>>);
        6 -> <<Head/binary, (tag()), Tail/binary>>;
        7 -> <<131, (tag()), (rand:bytes(rand:uniform(12)))/binary>>;
        8 -> <<Head/binary, (rand:uniform(256) - 1), Tail/binary>>
    end.

tag() ->
    lists:nth(rand:uniform(28), [70, 77, 80, 88, 89, 90, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106,
                                 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 118, 119]).
