%% SPDX-License-Identifier: Apache-2.0
%% orddict_api.erl - The whole interface of orddict; key equality is that of ==.
-module(orddict_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    D = orddict:from_list([{b, 2}, {a, 1}, {c, 3}, {a, 0}]),
    ?SHOW(D),
    ?SHOW(orddict:new()),
    ?SHOW(orddict:store(bb, x, D)),
    ?SHOW(orddict:store(1.0, y, [{1, x}])),
    ?SHOW(orddict:fetch(b, D)),
    ?SHOW(orddict:fetch(z, D)),
    ?SHOW(orddict:find(c, D)),
    ?SHOW(orddict:find(1.0, [{1, x}])),
    ?SHOW(orddict:find(z, D)),
    ?SHOW(orddict:is_key(a, D)),
    ?SHOW(orddict:fetch_keys(D)),
    ?SHOW(orddict:size(D)),
    ?SHOW(orddict:is_empty(D)),
    ?SHOW(orddict:erase(b, D)),
    ?SHOW(orddict:erase(z, D)),
    ?SHOW(orddict:take(b, D)),
    ?SHOW(orddict:take(z, D)),
    ?SHOW(orddict:append(k, v, [])),
    ?SHOW(orddict:append(k, w, [{k, [v]}])),
    ?SHOW(orddict:append_list(k, [x, y], [{k, [v]}])),
    ?SHOW(orddict:append(a, x, D)),
    ?SHOW(orddict:update(a, fun(V) -> V + 1 end, D)),
    ?SHOW(orddict:update(z, fun(V) -> V + 1 end, 9, D)),
    ?SHOW(orddict:update(z, fun(V) -> V + 1 end, D)),
    ?SHOW(orddict:update_counter(c, -3, D)),
    ?SHOW(orddict:update_counter(n, 7, D)),
    ?SHOW(orddict:map(fun(K, V) -> {K, V} end, D)),
    ?SHOW(orddict:filter(fun(_, V) -> V > 0 end, D)),
    ?SHOW(orddict:fold(fun(K, V, A) -> [{V, K} | A] end, [], D)),
    ?SHOW(orddict:merge(fun(K, A, B) -> {K, A, B} end, D, [{b, x}, {d, y}])),
    ?SHOW(orddict:to_list(D)),
    ?SHOW(orddict:from_list(x)),
    ?SHOW(orddict:fetch(a, x)).
