%% SPDX-License-Identifier: Apache-2.0
%% dictionary_and_leader.erl - The process dictionary, and the group leader's inheritance.
-module(dictionary_and_leader).
-export([start/0]).
-include("../show.hrl").

start() ->
    erase(),
    dictionary(),
    many(),
    inheritance(),
    leader().

dictionary() ->
    ?SHOW(put(a, 1)),
    ?SHOW(put(a, 2)),
    ?SHOW(put("b", {x})),
    ?SHOW(get(a)),
    ?SHOW(get(none)),
    ?SHOW(put(1, int)),
    ?SHOW(put(1.0, float)),
    ?SHOW([get(1), get(1.0)]),
    ?SHOW(lists:sort(get())),
    ?SHOW(lists:sort([{is_float(K), K} || K <- get_keys()])),
    ?SHOW(lists:sort(get_keys(int))),
    ?SHOW(get_keys(nothing)),
    ?SHOW(erase(a)),
    ?SHOW(erase(a)),
    ?SHOW(lists:sort(element(2, process_info(self(), dictionary)))),
    ?SHOW(lists:sort(erase())),
    ?SHOW(get()).

many() ->
    [put({key, N}, N) || N <- lists:seq(1, 3000)],
    ?SHOW(length(get())),
    ?SHOW(lists:sum([V || {_, V} <- get()])),
    [erase({key, N}) || N <- lists:seq(1, 3000), N rem 3 =/= 0],
    ?SHOW(length(get_keys())),
    ?SHOW([get({key, N}) || N <- [3, 4, 2999, 3000]]),
    erlang:garbage_collect(),
    ?SHOW(lists:sum([get(K) || K <- get_keys()])),
    ?SHOW(length(erase())).

inheritance() ->
    put(mine, here),
    ?SHOW(in_child(fun() -> get(mine) end)),
    ?SHOW(get(mine)).

in_child(Fun) ->
    Self = self(),
    spawn(fun() -> Self ! {child, Fun()} end),
    receive {child, Value} -> Value end.

leader() ->
    Old = group_leader(),
    ?SHOW(is_pid(Old)),
    ?SHOW(in_child(fun() -> group_leader() =:= Old end)),
    Collector = spawn(fun() -> collect([]) end),
    Self = self(),
    spawn(fun() ->
              group_leader(Collector, self()),
              io:format("to ~w~n", [collector]),
              spawn(fun() -> io:put_chars("from a grandchild\n"), Self ! written end)
          end),
    receive written -> ok end,
    Collector ! {self(), stop},
    ?SHOW(receive {collected, Text} -> lists:flatten(Text) end),
    ?SHOW(group_leader(Old, self())),
    ?SHOW(group_leader(a, self())),
    ?SHOW(group_leader(self(), a)).

%% Speaks enough of the io protocol to gather what is written.
collect(Texts) ->
    receive
        {io_request, From, Ref, {put_chars, unicode, Chars}} ->
            From ! {io_reply, Ref, ok},
            collect([unicode:characters_to_list(Chars) | Texts]);
        {io_request, From, Ref, {put_chars, unicode, M, F, A}} ->
            From ! {io_reply, Ref, ok},
            collect([unicode:characters_to_list(apply(M, F, A)) | Texts]);
        {From, stop} ->
            From ! {collected, lists:reverse(Texts)}
    end.
