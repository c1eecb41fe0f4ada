%% SPDX-License-Identifier: Apache-2.0
%% debug_calls.erl - Natives of erts_debug; names of files.
-module(debug_calls).
-export([start/0]).
-include("calls.hrl").

%% Only sizes that are the same in words on both.
start() ->
    X = list_to_tuple([1, 2]),
    Shared = {X, X, [X]},
    calls(erts_debug, flat_size, [[T] || T <- [1, a, [], {a, b}, "abc", Shared, 1.5, 1 bsl 64]]),
    calls(erts_debug, size_shared, [[T] || T <- [1, a, [], {a, b}, "abc", Shared]]),
    calls(erts_debug, same, [[X, X], [a, a], [1, 2]]),
    io:format("~w~n", [erts_debug:same(X, list_to_tuple([1, 2]))]),
    calls(erts_debug, copy_shared, [[{1}, true], [{1}, false], [{1}, a]]),
    calls(prim_file, internal_name2native, [["abc"], [[1000, $a]], [<<"abc">>], [abc], [["a", <<"c">>]], [["a", 0]],
                                            [<<"a", 0>>], [<<"a", 255>>], [[a]], [[]], [[-1]], ["a" ++ b], [<<1:4>>],
                                            [[16#d800]]]),
    calls(prim_file, internal_native2name, [[<<"abc">>], [<<"a", 200>>], [<<195, 165>>], [a], ["a"], [<<>>]]),
    calls(prim_file, is_translatable, [[<<"a">>], [<<"a", 200>>], [a]]).
