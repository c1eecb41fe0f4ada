%% SPDX-License-Identifier: Apache-2.0
%% since_27_calls.erl - Natives that came with OTP 26 and 27.
-module(since_27_calls).
-export([start/0]).
-include("masked.hrl").

start() ->
    [tables(Type) || Type <- [set, ordered_set, bag, duplicate_bag]],
    calls(erlang, display_string, [[<<>>], [<<1:4>>]]),
    calls(erlang, display_string, [[Where, Text] || Where <- [stdout, 1], Text <- ["", <<>>, x, <<1:4>>, [-1], [a]]]),
    calls(prim_tty, isatty, [[Stream] || Stream <- [stdin, stdout, x, 1]]),
    calls(erts_internal, map_next, [[Keys, #{1 => a, 2 => b, 3 => c}, How]
                                    || Keys <- [[], [1], [3, 1], [4], [3 | 1]], How <- [iterator, [], x]]),
    value("ordered", maps:to_list(maps:iterator(maps:from_list([{N, -N} || N <- lists:seq(1, 100)]), reversed))),
    value("by", maps:to_list(maps:iterator(#{1 => a, "b" => 2, {} => 3}, fun(A, B) -> A >= B end))),
    calls(proc_lib, set_label, [[my_label]]),
    value("label", process_info(self(), label)),
    value("zeros", [0.0 =:= -0.0, 0.0 == -0.0, maps:size(#{0.0 => 1, -0.0 => 2}), abs(-0.0), ets_keys([0.0, -0.0])]),
    value("atoms", [term_to_binary(a), term_to_binary('\x{e4}'), term_to_binary(a, [{minor_version, 1}])]).

ets_keys(Keys) ->
    Table = ets:new(t, []),
    ets:insert(Table, [{Key} || Key <- Keys]),
    ets:info(Table, size).

tables(Type) ->
    Empty = ets:new(empty, [Type]),
    Table = ets:new(full, [Type, {keypos, 2}]),
    ets:insert(Table, {x, 1}),
    calls(ets, first_lookup, [[Empty], [Table], [no], [1]]),
    calls(ets, last_lookup, [[Empty], [Table], [no], [1]]),
    calls(ets, next_lookup, [[Table, 1], [Empty, 1], [no, 1], [Table, 2]]),
    calls(ets, prev_lookup, [[Table, 1], [Empty, 1], [no, 1]]),
    ets:insert(Table, [{y, 2}, {z, 1}]),
    Type =:= ordered_set andalso
        begin
            calls(ets, first_lookup, [[Table]]),
            calls(ets, last_lookup, [[Table]]),
            calls(ets, next_lookup, [[Table, K] || K <- [0, 1, 2, a]]),
            calls(ets, prev_lookup, [[Table, K] || K <- [0, 1, 2, a]])
        end,
    calls(ets, lookup_element, [[T, K, P, default] || T <- [Table, Empty, no], K <- [1, 9], P <- [1, 2, 3, 0, a]]),
    calls(ets, update_element, [[T, K, Change, Default] || T <- [Table, Empty, no], K <- [1, 9],
                                {Change, Default} <- [{{1, new}, {d, 9}}, {[{1, n}, {1, m}], {d, 9}}, {{1, new}, x}, {{1, new}, {d}},
                                                      {{2, new}, {d, 9}}, {{3, new}, {d, 9}}, {{3, new}, {d, 9, e}}, {x, {d, 9}}]]),
    value("table", [lists:sort(ets:tab2list(T)) || T <- [Empty, Table]]).
