%% SPDX-License-Identifier: Apache-2.0
%% binary_search.erl - binary:match, matches, split, replace and compiled patterns.
-module(binary_search).
-export([start/0]).
-include("../show.hrl").

start() ->
    single(),
    compiled(),
    splitting(),
    replacing(),
    common(),
    bad().

single() ->
    B = <<"abracadabra">>,
    ?SHOW(binary:match(B, <<"ra">>)),
    ?SHOW(binary:match(B, <<"xyz">>)),
    ?SHOW(binary:match(B, [<<"cad">>, <<"br">>, <<"abrac">>])),
    ?SHOW(binary:match(B, <<"ra">>, [{scope, {4, 7}}])),
    ?SHOW(binary:match(B, <<"ra">>, [{scope, {11, -7}}])),
    ?SHOW(binary:matches(B, <<"a">>)),
    ?SHOW(binary:matches(B, [<<"ab">>, <<"abr">>])),
    ?SHOW(binary:matches(<<"aaaa">>, <<"aa">>)),
    ?SHOW(binary:matches(<<>>, <<"a">>)),
    ?SHOW(binary:matches(B, <<"z">>)).

compiled() ->
    Long = binary:copy(<<"0123456789">>, 100),
    One = binary:compile_pattern(<<"90">>),
    Many = binary:compile_pattern([<<"789">>, <<"34">>, <<"890">>]),
    ?SHOW(length(binary:matches(Long, One))),
    ?SHOW(length(binary:matches(Long, Many))),
    ?SHOW(lists:sublist(binary:matches(Long, Many), 4)),
    ?SHOW(binary:match(Long, One, [{scope, {990, 10}}])).

splitting() ->
    ?SHOW(binary:split(<<"a,b,c">>, <<",">>)),
    ?SHOW(binary:split(<<"a,b,c">>, <<",">>, [global])),
    ?SHOW(binary:split(<<",a,,b,">>, <<",">>, [global])),
    ?SHOW(binary:split(<<",a,,b,">>, <<",">>, [global, trim])),
    ?SHOW(binary:split(<<",a,,b,">>, <<",">>, [global, trim_all])),
    ?SHOW(binary:split(<<"a1b2c">>, [<<"1">>, <<"2">>], [global])),
    ?SHOW(binary:split(<<"abc">>, <<"x">>)),
    ?SHOW(binary:split(<<"a,b,c">>, <<",">>, [{scope, {2, 3}}])).

replacing() ->
    ?SHOW(binary:replace(<<"a-b-c">>, <<"-">>, <<"+">>)),
    ?SHOW(binary:replace(<<"a-b-c">>, <<"-">>, <<"+">>, [global])),
    ?SHOW(binary:replace(<<"abc">>, <<"b">>, <<"[]">>, [{insert_replaced, 1}])),
    ?SHOW(binary:replace(<<"abab">>, <<"ab">>, <<"<>">>, [global, {insert_replaced, [0, 2]}])),
    ?SHOW(binary:replace(<<"abc">>, <<"b">>, fun(M) -> <<M/binary, M/binary>> end, [global])).

common() ->
    ?SHOW(binary:longest_common_prefix([<<"erlang">>, <<"erl">>, <<"erase">>])),
    ?SHOW(binary:longest_common_prefix([<<"a">>, <<"b">>])),
    ?SHOW(binary:longest_common_suffix([<<"xyz">>, <<"ayz">>])),
    ?SHOW(binary:longest_common_suffix([<<"same">>])).

bad() ->
    ?SHOW(binary:match(<<"a">>, <<>>)),
    ?SHOW(binary:match(<<"a">>, [])),
    ?SHOW(binary:match(a, <<"a">>)),
    ?SHOW(binary:match(<<"a">>, <<"a">>, [{scope, {0, 2}}])),
    ?SHOW(binary:match(<<"a">>, <<"a">>, [bad])),
    ?SHOW(binary:matches(<<1:3>>, <<"a">>)),
    ?SHOW(binary:compile_pattern([<<"a">>, b])),
    ?SHOW(binary:split(<<"a">>, "a")),
    ?SHOW(binary:split(<<"a">>, <<"a">>, [nope])),
    ?SHOW(binary:replace(<<"a">>, <<"a">>, x)),
    ?SHOW(binary:replace(<<"a">>, <<"a">>, <<>>, [{insert_replaced, 5}])),
    ?SHOW(binary:longest_common_prefix([])),
    ?SHOW(binary:longest_common_suffix([a])).
