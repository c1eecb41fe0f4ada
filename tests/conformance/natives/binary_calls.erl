%% SPDX-License-Identifier: Apache-2.0
%% binary_calls.erl - Natives of module binary.
-module(binary_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    search(),
    options(),
    random(),
    long(),
    parts(),
    numbers().

search() ->
    Subjects = [<<>>, <<"a">>, <<"banana">>, <<"a,b,,c,">>, <<",">>, <<",,,">>, unaligned(<<"a,b,,c,">>),
                <<"hello world hello">>, binary:copy(<<"a">>, 300), a, <<1:4>>, "abc"],
    As = binary:copy(<<"a">>, 50),
    Patterns = [<<"a">>, <<",">>, <<"ana">>, <<"na">>, <<"zzz">>, <<"hello">>, [<<"a">>],
                [<<"a">>, <<"b">>, <<",">>], [<<"an">>, <<"nan">>, <<"anana">>],
                [<<"world">>, <<"hello w">>, <<"hel">>], [<<",">>, <<",,">>], unaligned(<<"an">>),
                [unaligned(<<"an">>), <<"b">>], <<>>, [], [<<>>], a, [a], [<<"a">> | b], {bm, a}, {},
                As, <<As/binary, "b">>, <<"b", As/binary>>, [<<As/binary, "b">>, <<"ab">>]],
    [calls(binary, F, [[S, P] || S <- Subjects, P <- Patterns]) || F <- [match, matches, split]],
    [compiled(P, Subjects) || P <- Patterns],
    calls(binary, compile_pattern, [[<<>>], [[]], [a], [[a]], [[<<"a">> | b]], [<<1:4>>]]).

compiled(Pattern, Subjects) ->
    try binary:compile_pattern(Pattern) of
        {Kind, _} = Compiled ->
            Results = [catch_error(fun() -> binary:F(S, Compiled) =:= binary:F(S, Pattern) end)
                       || F <- [match, matches, split], S <- Subjects],
            io:format("~w ~w~n", [Kind, Results])
    catch error:Reason -> io:format("~w~n", [Reason])
    end.

catch_error(Fun) ->
    try Fun() catch error:Reason -> Reason end.

options() ->
    Subjects = [<<>>, <<"banana">>, <<"a,b,,c,">>, <<",,">>],
    Scopes = [{0, 0}, {1, 2}, {3, -2}, {0, 7}, {7, 0}, {0, -1}, {a, 1}, {1, a}, a, {1 bsl 70, 1}, {1, 1 bsl 70},
              {-1, 1}],
    [calls(binary, F, [[S, P, [{scope, Scope}]] || S <- Subjects, P <- [<<"a">>, [<<"a">>, <<",">>], <<"an">>],
                                                   Scope <- Scopes])
     || F <- [match, matches, split]],
    [calls(binary, F, [[<<"banana">>, <<"a">>, O] || O <- [[], [foo], foo, [{scope, {1, 2}} | x], [global],
                                                           [{scope, {0, 1}}, {scope, {0, 6}}]]])
     || F <- [match, matches, split]],
    calls(binary, split, [[S, P, O] || S <- Subjects, P <- [<<",">>, [<<"a">>, <<",">>], <<",,">>],
                                       O <- [[global], [trim], [trim_all], [global, trim], [global, trim_all],
                                             [global, {scope, {0, 3}}], [global, trim, trim_all],
                                             [trim_all, {scope, {1, 3}}], [global, x]]]).

%% Texts of few letters, so that patterns are found, and nearly found, often.
random() ->
    _ = rand:seed(exsss, {1, 2, 3}),
    Results = [search_random(1 + rand:uniform(3)) || _ <- lists:seq(1, 1000)],
    io:format("~w~n", [erlang:phash2(Results)]).

search_random(Letters) ->
    Subject = letters(rand:uniform(200), Letters),
    Pattern = case rand:uniform(3) of
        1 -> letters(rand:uniform(12), Letters);
        2 -> [letters(rand:uniform(5), Letters) || _ <- lists:seq(1, rand:uniform(6))];
        3 -> binary:copy(letters(rand:uniform(3), Letters), rand:uniform(9))
    end,
    {binary:match(Subject, Pattern), binary:matches(Subject, Pattern), binary:split(Subject, Pattern, [global])}.

letters(Count, Kinds) -> << <<(96 + rand:uniform(Kinds))>> || _ <- lists:seq(1, Count)>>.

%% More than a slice's work.
long() ->
    Line = <<"abcdefghijklmnopqrstuvwxyz0123456789,">>,
    Big = binary:copy(Line, 20000),
    As = binary:copy(<<"a">>, 500000),
    Needle = <<(binary:copy(<<"a">>, 1000))/binary, "b">>,
    Patterns = [<<",">>, <<"9,abc">>, [<<",">>, <<"z">>], [<<"789,ab">>, <<"zz">>, <<"9,a">>],
                <<(binary:copy(Line, 3))/binary, "abd">>],
    [io:format("~w ~w ~w~n", [binary:match(Big, P), erlang:phash2(binary:matches(Big, P)),
                              erlang:phash2(binary:split(Big, P, [global]))]) || P <- Patterns],
    io:format("~w~n", [[binary:match(As, Needle), length(binary:matches(As, <<"a">>)), binary:match(As, [Needle, <<"c">>])]]),
    io:format("~w ~w~n", [byte_size(binary:copy(Big, 20)), erlang:md5(binary:copy(<<1, 2, 3>>, 100001))]),
    io:format("~w~n", [[binary:longest_common_prefix([Big, <<Big/binary, 1>>]),
                        binary:longest_common_suffix(lists:duplicate(10000, <<"abc">>))]]).

parts() ->
    B = <<1, 2, 3, 4, 5>>,
    calls(binary, at, [[B, 0], [B, 4], [B, 5], [B, -1], [B, a], [unaligned(B), 1], [<<>>, 0], [<<1, 2:4>>, 0],
                       [a, 0], [B, 1 bsl 70]]),
    [calls(binary, F, [[X] || X <- [B, <<>>, <<7>>, unaligned(B), <<1:4>>, a]]) || F <- [first, last]],
    calls(binary, part, [[B, 0, 2], [B, 5, 0], [B, 5, -5], [B, 1, -2], [B, 6, 0], [B, 0, 6], [B, a, 1],
                         [B, 1, a], [a, 1, 1], [<<1:4>>, 0, 0], [unaligned(B), 1, 3], [B, 1 bsl 70, 1],
                         [B, 1, 1 bsl 70]]),
    calls(binary, part, [[B, X] || X <- [{0, 2}, {5, -5}, {a, 1}, a, {1, 2, 3}]]),
    calls(binary, copy, [[X] || X <- [B, unaligned(B), <<>>, a, <<1:4>>]]),
    calls(binary, copy, [[B, 0], [B, 1], [B, 3], [unaligned(B), 2], [<<>>, 100], [B, -1], [B, a],
                         [<<1>>, 1 bsl 70], [<<1:4>>, 2], [<<1, 2, 3>>, 1000]]),
    [calls(binary, F, [[X] || X <- [[], [B], [B, B], [<<"ab">>, <<"ac">>], [<<"ab">>, <<"cb">>, <<>>],
                                    [<<"ab">> | <<"a">>], [a], [B, a], a, [<<1:4>>],
                                    [<<"xyz">>, <<"xyzz">>, unaligned(<<"xyab">>)]]])
     || F <- [longest_common_prefix, longest_common_suffix]],
    calls(binary, referenced_byte_size, [[a]]),
    Whole = binary:copy(B, 100),
    calls(binary, referenced_byte_size, [[binary:part(Whole, 10, 100)]]).

numbers() ->
    B = <<1, 2, 3, 4, 5>>,
    Bytes = << <<I>> || I <- lists:seq(0, 255)>>,
    [calls(binary, decode_unsigned, [[X | O] || X <- [B, <<>>, <<0, 0, 0>>, <<1>>, binary:copy(<<255>>, 8), Bytes,
                                                      unaligned(Bytes), <<1:4>>, a]])
     || O <- [[], [big], [little], [foo]]],
    [calls(binary, encode_unsigned, [[X | O] || X <- [0, 1, 255, 256, 65535, 65536, 1 bsl 59, (1 bsl 60) - 1,
                                                      1 bsl 60, 1 bsl 63, 1 bsl 64, (1 bsl 64) - 1, 1 bsl 2000,
                                                      -1, -(1 bsl 70), a, 1.0]])
     || O <- [[], [big], [little], [foo]]].

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
