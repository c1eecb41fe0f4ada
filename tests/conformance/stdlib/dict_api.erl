%% SPDX-License-Identifier: Apache-2.0
%% dict_api.erl - The whole interface of dict, with sorted results and bad keys.
-module(dict_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    D = dict:from_list([{b, 2}, {a, 1}, {c, 3}]),
    ?SHOW(sorted(D)),
    ?SHOW(dict:fetch(a, D)),
    ?SHOW(dict:fetch(z, D)),
    ?SHOW(dict:find(b, D)),
    ?SHOW(dict:find(z, D)),
    ?SHOW(dict:is_key(c, D)),
    ?SHOW(dict:size(D)),
    ?SHOW(dict:is_empty(D)),
    ?SHOW(dict:is_empty(dict:new())),
    ?SHOW(lists:sort(dict:fetch_keys(D))),
    ?SHOW(sorted(dict:store(d, 4, D))),
    ?SHOW(sorted(dict:store(a, new, D))),
    ?SHOW(sorted(dict:erase(a, D))),
    ?SHOW(sorted(dict:erase(z, D))),
    ?SHOW(taken(dict:take(b, D))),
    ?SHOW(dict:take(z, D)),
    ?SHOW(sorted(dict:append(k, v, dict:new()))),
    ?SHOW(sorted(dict:append(k, w, dict:append(k, v, dict:new())))),
    ?SHOW(sorted(dict:append_list(k, [x, y], dict:append(k, v, dict:new())))),
    ?SHOW(dict:append(a, x, D)),
    ?SHOW(sorted(dict:update(a, fun(V) -> V + 10 end, D))),
    ?SHOW(sorted(dict:update(z, fun(V) -> V + 10 end, 0, D))),
    ?SHOW(dict:update(z, fun(V) -> V end, D)),
    ?SHOW(sorted(dict:update_counter(a, 5, D))),
    ?SHOW(sorted(dict:update_counter(n, 5, D))),
    ?SHOW(sorted(dict:map(fun(K, V) -> {K, V} end, D))),
    ?SHOW(sorted(dict:filter(fun(_, V) -> V > 1 end, D))),
    ?SHOW(dict:fold(fun(_, V, A) -> V + A end, 0, D)),
    ?SHOW(sorted(dict:merge(fun(_, A, B) -> [A, B] end, D, dict:from_list([{a, x}, {e, y}])))),
    ?SHOW(dict:from_list([{a, b, c}])),
    ?SHOW(dict:fetch(a, not_a_dict)),
    grow().

sorted(D) -> lists:sort(dict:to_list(D)).

taken({Value, D}) -> {Value, sorted(D)}.

%% Enough keys to split the buckets many times and to join them again.
grow() ->
    Full = lists:foldl(fun(N, D) -> dict:store({key, N}, N * N, D) end, dict:new(),
                       lists:seq(1, 2000)),
    ?SHOW(dict:size(Full)),
    ?SHOW(dict:fold(fun(_, V, A) -> V + A end, 0, Full)),
    ?SHOW(dict:fetch({key, 1234}, Full)),
    Few = lists:foldl(fun(N, D) -> dict:erase({key, N}, D) end, Full, lists:seq(4, 2000)),
    ?SHOW(sorted(Few)),
    ?SHOW(dict:size(Few)).
