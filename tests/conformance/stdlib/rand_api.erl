%% SPDX-License-Identifier: Apache-2.0
%% rand_api.erl - Every algorithm from fixed seeds, ranges, floats, jumps, export.
-module(rand_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [algorithm(Alg) || Alg <- [exsss, exro928ss, exrop, exs1024s, exsp, exs64, exsplus, exs1024]],
    seeds(),
    state(),
    light(),
    bad().

algorithm(Alg) ->
    S0 = rand:seed_s(Alg, {1, 2, 3}),
    {Ints, S1} = draws(fun(S) -> rand:uniform_s(1000000, S) end, 5, S0),
    {Floats, S2} = draws(fun rand:uniform_s/1, 3, S1),
    {Bigs, S3} = draws(fun(S) -> rand:uniform_s(1 bsl 100, S) end, 2, S2),
    {Normals, S4} = draws(fun rand:normal_s/1, 2, S3),
    {Reals, S5} = draws(fun rand:uniform_real_s/1, 2, S4),
    {Bytes, _} = rand:bytes_s(11, S5),
    ?SHOW({Alg, Ints}),
    ?SHOW(Floats),
    ?SHOW(Bigs),
    ?SHOW(Normals),
    ?SHOW(Reals),
    ?SHOW(Bytes),
    ?SHOW(element(1, rand:uniform_s(1000, rand:jump(S0)))).

draws(_, 0, State) -> {[], State};
draws(Draw, N, State) ->
    {Value, Next} = Draw(State),
    {Rest, Last} = draws(Draw, N - 1, Next),
    {[Value | Rest], Last}.

seeds() ->
    ?SHOW(element(1, rand:uniform_s(100000, rand:seed_s(exsss, 42)))),
    ?SHOW(element(1, rand:uniform_s(100000, rand:seed_s(exsss, {4, 5, 6})))),
    ?SHOW(element(1, rand:uniform_s(100000, rand:seed_s(exrop, [11 | 22])))),
    ?SHOW(element(1, rand:uniform_s(100000, rand:seed_s(exsp, 1 bsl 80)))).

state() ->
    ?SHOW(rand:export_seed()),
    Seeded = rand:seed(exsss, {7, 8, 9}),
    ?SHOW(is_tuple(Seeded)),
    ?SHOW([rand:uniform(6) || _ <- lists:seq(1, 12)]),
    Exported = rand:export_seed(),
    ?SHOW(element(1, Exported)),
    A = [rand:uniform() || _ <- lists:seq(1, 3)],
    rand:seed(Exported),
    ?SHOW(A =:= [rand:uniform() || _ <- lists:seq(1, 3)]),
    ?SHOW(A),
    ?SHOW(rand:normal(10.0, 4.0)),
    ?SHOW(rand:bytes(5)),
    ?SHOW(rand:uniform(1)),
    ?SHOW(frequencies(6000)).

frequencies(N) ->
    Counts = lists:foldl(fun(_, C) -> maps:update_with(rand:uniform(4), fun(V) -> V + 1 end, 1, C)
                         end, #{}, lists:seq(1, N)),
    lists:sort(maps:to_list(Counts)).

%% The fast generators without state of their own.
light() ->
    ?SHOW(rand:mwc59_seed(1)),
    ?SHOW(rand:mwc59(rand:mwc59_seed(1))),
    ?SHOW(rand:mwc59_value32(rand:mwc59_seed(2))),
    ?SHOW(rand:mwc59_float(rand:mwc59_seed(2))),
    ?SHOW(rand:splitmix64_next(123)),
    ?SHOW(rand:exsp_next(rand:exsp_jump([1 | 2]))).

bad() ->
    ?SHOW(rand:seed(nope)),
    ?SHOW(rand:seed(exsss, a)),
    ?SHOW(rand:uniform(0)),
    ?SHOW(rand:uniform(a)),
    ?SHOW(rand:bytes(-1)).
