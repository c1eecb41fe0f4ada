%% SPDX-License-Identifier: Apache-2.0
%% deep_terms.erl - nesting that takes many slices: what is left to do must not be moved in each.
-module(deep_terms).
-export([start/0]).
-include("../show.hrl").

start() ->
    external(),
    bytes().

nest(0, Term, _) -> Term;
nest(N, Term, Around) -> nest(N - 1, Around(Term), Around).

depth(N, Term, Out) -> try Out(Term) of Inner -> depth(N + 1, Inner, Out) catch error:_ -> N end.

external() ->
    there_and_back(lists, fun(A) -> [A] end, fun hd/1),
    there_and_back(improper, fun(A) -> [A | x] end, fun hd/1),
    there_and_back(in_the_middle, fun(A) -> [1, A, 2.5] end, fun(L) -> lists:nth(2, L) end),
    there_and_back(tuples, fun(A) -> {a, A, b} end, fun(T) -> element(2, T) end),
    there_and_back(maps, fun(A) -> #{1 => A, 2 => b} end, fun(M) -> maps:get(1, M) end),
    there_and_back(keys, fun(A) -> #{A => 1} end, fun(M) -> hd(maps:keys(M)) end),
    Large = maps:from_list([{I, I} || I <- lists:seq(1, 40)]),
    Around = fun(A) -> Large#{7 := A} end,
    Deep = nest(3000, [], Around),
    ?SHOW(binary_to_term(term_to_binary(Deep)) =:= Deep).

there_and_back(Name, Around, Out) ->
    N = 300000,
    Term = nest(N, [], Around),
    Binary = term_to_binary(Term),
    Back = binary_to_term(Binary),
    ?SHOW({Name, byte_size(Binary), erlang:external_size(Term), erlang:crc32(Binary)}),
    ?SHOW(Back =:= Term andalso depth(0, Back, Out) =:= N).

bytes() ->
    Deep = nest(1000000, [1], fun(A) -> [A, 2, <<"three">>] end),
    Improper = nest(1000000, [1], fun(A) -> [A | <<"3">>] end),
    ?SHOW(iolist_size(Deep)),
    ?SHOW(iolist_size(Improper)),
    ?SHOW(erlang:crc32(iolist_to_binary(Deep))),
    ?SHOW(erlang:crc32(Deep)),
    ?SHOW(erlang:crc32(iolist_to_binary(Improper))),
    ?SHOW(erlang:crc32(iolist_to_binary(erlang:iolist_to_iovec(Deep)))),
    Text = nest(1000000, "a", fun(A) -> [A, 16#20AC] end),
    ?SHOW(erlang:crc32(unicode:characters_to_binary(Text))),
    Cut = nest(300000, [-1], fun(A) -> [$a, A, $b] end),
    {error, Done, Rest} = unicode:characters_to_binary(Cut),
    ?SHOW(byte_size(Done)),
    ?SHOW(erlang:phash2(Rest)).
