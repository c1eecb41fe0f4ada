#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% vectors.escript - Writes vectors.inc, order.inc and print.inc: terms, and what OTP 25 makes of
%% them. Run it in its folder.
%% -*- coding: utf-8 -*-
-mode(compile).

main([]) ->
    rand:seed(exsss, {1, 2, 3}),
    Leaves = leaves(),
    Terms = Leaves ++ [{X} || X <- Leaves] ++ [[a, X] || X <- Leaves] ++
            [term(4) || _ <- lists:seq(1, 1500)],
    write("vectors.inc", [hash_row(T) || T <- Terms]),
    write("order.inc", order_rows(lists:usort(fun exact/2, Leaves ++ comparable()))),
    write("print.inc", print_rows([T || T <- Leaves ++ printable(), not odd(T)])).

write(Name, Rows) ->
    ok = file:write_file(Name, ["/* Written by vectors.escript. */\n" | Rows]).

%% VECTOR(phash2, phash, encoding as OTP writes it)
hash_row(T) ->
    io_lib:format("VECTOR(~wu, ~wu, ~s)~n",
                  [erlang:phash2(T, 1 bsl 32), erlang:phash(T, 1 bsl 32) - 1, bytes(T)]).

%% ORDER(number of the class of terms that are ==, encoding), in the exact order.
order_rows(Terms) ->
    Classes = classes(lists:sort(Terms), 0),
    [io_lib:format("ORDER(~w, ~s)~n", [class(T, Classes), bytes(T)]) || T <- Terms].

exact(A, B) -> erts_internal:cmp_term(A, B) =< 0.

classes([T | Rest], N) ->
    {Same, Greater} = lists:splitwith(fun(X) -> X == T end, Rest),
    [{N, [T | Same]} | classes(Greater, N + 1)];
classes([], _) -> [].

class(T, Classes) -> hd([N || {N, Same} <- Classes, lists:any(fun(X) -> X =:= T end, Same)]).

%% PRINT(text as erlang:display/1 prints it, encoding). What it prints goes past the io system, so
%% that another erl must do it.
print_rows(Terms) ->
    ok = file:write_file("print.terms", term_to_binary(Terms)),
    Text = os:cmd("erl -noshell -eval '{ok, B} = file:read_file(\"print.terms\"), "
                  "[erlang:display(T) || T <- binary_to_term(B)], halt().'"),
    ok = file:delete("print.terms"),
    Lines = binary:split(list_to_binary(Text), [<<"\r\n">>, <<"\n">>], [global, trim]),
    [io_lib:format("PRINT(\"~s\", ~s)~n",
                   [lists:flatmap(fun escape_text/1, binary_to_list(Line)), bytes(T)])
     || {Line, T} <- lists:zip(Lines, Terms)].

escape_text(C) when C >= $ , C =< $~, C =/= $", C =/= $\\ -> [C];
escape_text(C) -> escape(C).

%% What display/1 prints on several lines or in no documented form.
odd(T) when is_map(T) -> map_size(T) > 32;
odd(T) when is_tuple(T) -> odd(tuple_to_list(T));
odd([H | T]) -> odd(H) orelse odd(T);
odd(T) when is_atom(T) -> lists:any(fun(C) -> C > 126 end, atom_to_list(T));
odd(T) when is_pid(T); is_port(T); is_reference(T) -> node(T) =/= node();
odd(_) -> false.

bytes(T) ->
    B = term_to_binary(T),
    io_lib:format("~w, \"~s\"", [byte_size(B), lists:flatmap(fun escape/1, binary_to_list(B))]).

escape(C) -> [$\\ | [$0 + D || D <- [C bsr 6, (C bsr 3) band 7, C band 7]]].

leaves() ->
    Powers = [27, 28, 29, 31, 32, 59, 60, 63, 64, 96, 128, 200, 2040],
    Ints = [S * ((1 bsl P) + D) || P <- Powers, D <- [-1, 0, 1], S <- [1, -1]] ++
           [-256, -255, -1, 0, 1, 255, 256, 1 bsl 16],
    Floats = [0.0, -0.0, 1.0, -1.0, 1.5, 1.0e300, 5.0e-324, 0.1, 1.0e22, 1.0e23, 123456789.123],
    Bins = [binary:part(<<"0123456789abcdefghijklmnopqrstuvwxyz">>, 0, N) || N <- lists:seq(0, 36)],
    Bits = [bits(N) || N <- lists:seq(1, 110)],
    Strings = [lists:seq(1, N) || N <- lists:seq(1, 9)] ++ [lists:duplicate(N, a) || N <- [1, 2, 5]],
    Maps = [maps:from_list([{I, I + 1} || I <- lists:seq(1, N)]) || N <- [0, 1, 2, 5, 31, 32, 33, 200]],
    Ids = [id(D) || D <- [[88, 1, 0, 0], [88, 32767, 8191, 0], [89, 5, 0]]] ++
          [ext(D) || D <- [[88, 1, 2, 3], [88, 70000, 2, 3], [120, 1, 9, 3]]],
    Refs = [binary_to_term(<<131, 90, (length(W)):16, 119, (byte_size(N)), N/binary, C:32,
                             << <<X:32>> || X <- W >>/binary>>)
            || {N, C, W} <- [{<<"nonode@nohost">>, 0, [1, 2, 3]}, {<<"nonode@nohost">>, 0, [262143, 0, 4294967295]},
                             {<<"a@b">>, 9, [1]}, {<<"a@b">>, 9, [1, 2, 3, 4, 5]}]],
    Funs = [fun lists:map/2, fun erlang:abs/1, fun no_module:no_function/255] ++
           [binary_to_term(fun_bytes(Env)) || Env <- [[], [1], [a, {b}, "c"]]],
    Atoms = [a, '', abc, 'hello world', list_to_atom([233]), list_to_atom([16#65E5, 16#672C]),
             list_to_atom(lists:duplicate(255, $x)), list_to_atom(lists:duplicate(255, 228)), '\n', 'A'],
    Compound = [[], {}, [[]], {[]}, {{}, [], a}, [a | b], [1, 2 | c], "abcd" ++ e, [300], [1, 300, 2],
                list_to_tuple(lists:seq(1, 255)), list_to_tuple(lists:seq(1, 256)), [[1], [2]],
                #{a => #{b => #{c => []}}}, #{1 => a, 1.0 => b, [] => c, {} => d},
                lists:foldl(fun(_, A) -> [A] end, x, lists:seq(1, 200)),
                lists:foldl(fun(_, A) -> {A, 1} end, x, lists:seq(1, 200))],
    Ints ++ Floats ++ Bins ++ Bits ++ Strings ++ Maps ++ Ids ++ Refs ++ Funs ++ Atoms ++ Compound.

comparable() ->
    Near = [trunc(math:pow(2, P)) || P <- [53, 54, 59, 60, 62, 63, 64, 100, 1000]],
    Numbers = [S * (N + D) || N <- Near, D <- [-1, 0, 1], S <- [1, -1]] ++
              [S * float(N) || N <- Near, S <- [1, -1]] ++
              [float((1 bsl 64) + (1 bsl 12)), (1 bsl 64) + (1 bsl 12), (1 bsl 64) + (1 bsl 12) + 1,
               1.7976931348623157e308, 1 bsl 1024, -(1 bsl 1024), 2, 2.0, 2.5, 3],
    Mixed = [{1, 2.0}, {1.0, 2}, {1, 2}, {1.0, 2.0}, [1 | 2.0], [1.0 | 2], [{1, [2.0]}], [{1.0, [2]}],
             {1, a}, {1.0, b}, {a, {b, 1}}, {a, {b, 1.0}}, {a, {b, 2}}, {a, {c, 0}}],
    Small = [#{a => 1}, #{a => 1.0}, #{a => 2}, #{b => 0}, #{1 => a}, #{1.0 => a}, #{1 => b},
             #{a => #{b => 1}}, #{a => #{b => 1.0}}, #{a => 1, b => 2}, #{a => 2, b => 1}, #{a => 1, c => 0}],
    Large = [maps:from_list([{I, V} || I <- lists:seq(From, From + 49)] ++ More)
             || {From, V, More} <- [{1, x, []}, {1, y, []}, {2, x, []}, {1, x, [{25, y}]}, {1, x, [{25, w}]},
                                    {1, x, [{25, y}, {30, w}]}, {1, 1, []}, {1, 1.0, []},
                                    {1, x, [{60, a}]}, {1, x, [{60.0, a}]}, {1, x, [{60, b}]}]],
    Numbers ++ Mixed ++ Small ++ Large ++ [[M, z] || M <- Large] ++ [{M} || M <- Small].

printable() ->
    ["abc", "a\"b", "tab\there", [7], [27, 65], "", [], [[]], "abc" ++ x, [233, 234], [256], [a | b],
     [1, [2, [3 | 4]]], 'A', '$x', 'a b', a@b, a_B1, 'don\'t', <<>>, <<"text">>, <<"a\"b">>, <<1, 2, 3>>,
     <<1, 2, 3:4>>, <<3:4>>, <<200>>, 1.0, -1.5, 1.0e100, 1.0e-5, 0.1, 123456.789, {}, {a, {b}}, #{},
     #{a => 1}, #{a => #{}, b => [x]}, -1, 1 bsl 100, -(1 bsl 100), fun lists:map/2,
     fun 'A b':'c d'/0].

id(D) -> node_id(<<"nonode@nohost">>, D).
ext(D) -> node_id(<<"a@b">>, D).
node_id(N, [Tag | Words]) ->
    binary_to_term(<<131, Tag, 119, (byte_size(N)), N/binary, << <<W:32>> || W <- Words >>/binary>>).

fun_bytes(Env) ->
    Free = << <<(tail(X))/binary>> || X <- Env >>,
    Rest = <<1, 7:128, 3:32, (length(Env)):32, 119, 1, "m", 97, 3, 98, 12345678:32,
             88, 119, 13, "nonode@nohost", 5:32, 0:32, 0:32, Free/binary>>,
    <<131, 112, (byte_size(Rest) + 4):32, Rest/binary>>.
tail(X) -> <<131, B/binary>> = term_to_binary(X), B.

bits(N) -> <<B:N/bits, _/bits>> = list_to_binary([I * 37 rem 256 || I <- lists:seq(1, N div 8 + 1)]), B.

term(0) -> leaf();
term(D) ->
    case rand:uniform(8) of
        1 -> list_to_tuple(terms(D));
        2 -> terms(D);
        3 -> [rand:uniform(256) - 1 || _ <- terms(D)] ++ terms(D);
        4 -> maps:from_list([{term(D - 1), term(D - 1)} || _ <- terms(1)]);
        5 -> [term(D - 1) | term(D - 1)];
        _ -> leaf()
    end.
terms(D) -> [term(D - 1) || _ <- lists:seq(1, rand:uniform(4) - 1)].

leaf() ->
    case rand:uniform(10) of
        1 -> rand:uniform(1 bsl rand:uniform(70)) - (1 bsl rand:uniform(70));
        2 -> (rand:uniform() - 0.5) * math:pow(10, rand:uniform(100) - 50);
        3 -> list_to_atom([96 + rand:uniform(26) || _ <- lists:seq(1, rand:uniform(6))]);
        4 -> list_to_binary([rand:uniform(256) - 1 || _ <- lists:seq(1, rand:uniform(20))]);
        5 -> bits(rand:uniform(60));
        6 -> [];
        7 -> rand:uniform(300) - 20;
        8 -> [96 + rand:uniform(26) || _ <- lists:seq(1, rand:uniform(6))];
        9 -> fun lists:reverse/1;
        _ -> {}
    end.
