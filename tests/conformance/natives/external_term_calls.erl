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
    calls(erlang, binary_to_term, [[<<131, 119, 9, "no_such_z">>, [safe]], [<<131, 119, 5, "lists">>, [safe]]]).

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
