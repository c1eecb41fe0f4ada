%% SPDX-License-Identifier: Apache-2.0
%% random_api.erl - The old random module: known sequences from seeds.
-module(random_api).
-export([start/0]).
-compile(nowarn_deprecated_function).
-include("../show.hrl").

start() ->
    ?SHOW(random:seed0()),
    ?SHOW(random:seed()),
    ?SHOW([random:uniform(100) || _ <- lists:seq(1, 10)]),
    ?SHOW([random:uniform() || _ <- lists:seq(1, 3)]),
    ?SHOW(random:seed(1, 2, 3)),
    ?SHOW(random:seed({1, 2, 3})),
    ?SHOW([random:uniform(6) || _ <- lists:seq(1, 10)]),
    ?SHOW(random:uniform_s({1, 2, 3})),
    ?SHOW(random:uniform_s(10, {1, 2, 3})),
    ?SHOW(random:uniform(0)),
    ?SHOW(random:uniform_s(a)).
