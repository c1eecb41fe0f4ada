%% SPDX-License-Identifier: Apache-2.0
%% external_term_calls.erl - Terms in external format, and back.
-module(external_term_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Options = [[], [{minor_version, 0}], [{minor_version, 1}], [{minor_version, 2}], [{minor_version, 3}],
               [{minor_version, a}], [compressed], [{compressed, 0}], [{compressed, 1}], [{compressed, 9}],
               [{compressed, 10}], [local], [x], x, [compressed | x], [{compressed, a}],
               [{minor_version, 2}, compressed]],
    Terms = terms(),
    [calls(erlang, F, [[X] || X <- Terms]) || F <- [term_to_binary, external_size]],
    [calls(erlang, F, [[X, O] || X <- Terms, O <- Options]) || F <- [term_to_binary, external_size]],
    [io:format("~w~n", [iolist_to_binary(erlang:term_to_iovec(X)) =:= term_to_binary(X)]) || X <- Terms],
    calls(erlang, term_to_iovec, [[a, [x]], [a, x], [a, [compressed | x]]]),
    Encoded = [term_to_binary(X) || X <- Terms] ++ [term_to_binary(X, [compressed]) || X <- Terms] ++
        [term_to_binary(X, [{minor_version, 0}]) || X <- Terms],
    calls(erlang, binary_to_term, [[B] || B <- Encoded] ++ [[unaligned(B)] || B <- Encoded]),
    calls(erlang, binary_to_term, [[<<B/binary, 1, 2>>, O] || B <- [term_to_binary(X) || X <- [a, [b, "c"], <<>>]],
                                                              O <- [[], [used], [safe], [used, safe], [x], x,
                                                                    [used | x]]]),
    calls(erlang, binary_to_term, [[B] || B <- damaged()]),
    calls(erlang, binary_to_term, [[<<131, 119, 9, "no_such_z">>, [safe]], [<<131, 119, 5, "lists">>, [safe]]]),
    in_order(),
    long().

%% Large maps in the order of their keys, also within one another.
in_order() ->
    Keys = [1, 2.0, 2, a, "x", {z}, <<"bin">>, [], #{}, 1 bsl 70, -5] ++ [{k, I} || I <- lists:seq(1, 200)],
    Map = maps:from_list([{K, [K]} || K <- Keys]),
    Outer = maps:from_list([{I, Map#{I => Map}} || I <- lists:seq(1, 60)]),
    [begin
         B = term_to_binary(T, [deterministic | O]),
         io:format("~w ~w~n", [erlang:md5(B), binary_to_term(B) =:= T])
     end || T <- [Map, [Map | Map], Outer, #{Map => Outer}, #{a => Map}],
            O <- [[], [{minor_version, 2}]]],
    ok.

%% More than a slice's work.
long() ->
    Seq = lists:seq(1, 50000),
    Map = maps:from_list([{I, [I]} || I <- Seq]),
    Nested = maps:from_list([{{I}, maps:from_list([{[J], {J, I}} || J <- lists:seq(1, 50)])}
                             || I <- lists:seq(1, 200)]),
    Terms = [Seq, [{I, integer_to_list(I), <<I:32>>, [a | I]} || I <- Seq], list_to_tuple(Seq),
             lists:foldl(fun(I, T) -> {I, T} end, x, Seq), lists:foldl(fun(I, T) -> [T, I] end, x, Seq),
             [fun lists:map/2 || _ <- Seq], [binary:copy(<<"y">>, 100000) || _ <- lists:seq(1, 10)],
             lists:duplicate(70000, $a), lists:duplicate(20000, #{a => 1, b => [x, 1000], c => #{}})],
    [io:format("~w ~w~n", [erlang:md5(term_to_binary(T)), binary_to_term(term_to_binary(T)) =:= T]) || T <- Terms],
    [io:format("~w~n", [{byte_size(term_to_binary(T)), binary_to_term(term_to_binary(T)) =:= T,
                         binary_to_term(term_to_binary(T, [compressed])) =:= T, erlang:external_size(T)}])
     || T <- [Map, [Map, Map], Nested, [Nested | Map]]],
    Bytes = term_to_binary(Seq),
    {Seq, Used} = binary_to_term(<<Bytes/binary, 1, 2, 3>>, [used]),
    {Seq, Packed} = binary_to_term(term_to_binary(Seq, [compressed]), [used, safe]),
    io:format("~w~n", [{Used =:= byte_size(Bytes), Packed =:= byte_size(term_to_binary(Seq, [compressed]))}]),
    io:format("~w~n", [binary_to_term(unaligned(Bytes)) =:= Seq]),
    calls(erlang, binary_to_term, [[binary:part(Bytes, 0, byte_size(Bytes) - 1)], [<<Bytes/binary, 0>>],
                                   [binary:part(Bytes, 0, 20000)]]).

damaged() ->
    [<<>>, <<131>>, <<130, 97, 1>>, <<131, 97>>, a, <<1:4>>, <<131, 108, 255, 255, 255, 255, 97, 1>>,
     <<131, 119, 3, "ab">>, <<131, 119, 1, 255>>, <<131, 80, 0, 0, 0, 10, 1, 2, 3>>, <<131, 104, 255>>,
     <<131, 107, 0, 3, "ab">>, <<131, 109, 0, 0, 0, 4, "abc">>].

terms() ->
    [a, '', 1, -1, 0, 255, 256, 1 bsl 60, -(1 bsl 70), 1 bsl 3000, 1.5, -2.5e-300, [], [1, 2], "abc", {}, {1, a},
     <<>>, <<"abc">>, <<1:3>>, unaligned(<<"hello world">>), #{}, #{a => 1, b => [2]}, [[{a, "b", <<"c">>}]],
     fun lists:map/2, lists:seq(1, 300), [1, 2 | 3], '\x{e5}', list_to_atom([1024, 1025]),
     list_to_tuple(lists:seq(1, 300)), lists:duplicate(100, "hello"), binary:copy(<<"abcd">>, 100)].

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
