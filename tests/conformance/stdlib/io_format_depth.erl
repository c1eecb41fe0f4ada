%% SPDX-License-Identifier: Apache-2.0
%% io_format_depth.erl - io_lib printing of deep and large terms: nothing overflows.
-module(io_format_depth).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(size_of("~w", nested_list(10000))),
    ?SHOW(size_of("~w", nested_tuple(10000))),
    ?SHOW(size_of("~P", nested_tuple(10000), 20)),
    ?SHOW(size_of("~w", lists:seq(1, 50000))),
    ?SHOW(size_of("~s", [lists:duplicate(1000, [<<"abc">>, "def" | <<"g">>])])),
    ?SHOW(size_of("~w", binary:copy(<<1, 22, 133>>, 3000))),
    ?SHOW(size_of("~w", 1 bsl 5000)),
    ?SHOW(size_of("~w", maps:from_keys(lists:seq(1, 500), x))),
    ?SHOW(iolist_size(io_lib:format("~p", [nested_tuple(60)]))),
    ?SHOW(catch length(lists:flatten(io_lib:format("~200p", [lists:duplicate(100, {a, "b"})])))).

size_of("~s", [Term]) -> iolist_size(io_lib:format("~s", [Term]));
size_of(Format, Term) -> iolist_size(io_lib:format(Format, [Term])).

size_of(Format, Term, Depth) -> iolist_size(io_lib:format(Format, [Term, Depth])).

nested_list(0) -> [];
nested_list(N) -> [nested_list(N - 1)].

nested_tuple(0) -> {};
nested_tuple(N) -> {N, nested_tuple(N - 1)}.
