%% SPDX-License-Identifier: Apache-2.0
%% group_leaders.erl - Processes write where their group leader sends them.
-module(group_leaders).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(group_leader() =:= whereis(user)),
    Server = spawn_link(fun() -> serve([]) end),
    Old = group_leader(),
    ?SHOW(group_leader(Server, self())),
    io:format("into the ~s~n", [server]),
    io:put_chars("as a list\n"),
    Line = io:get_line("prompt> "),
    Child = spawn_monitor(fun() -> io:format("from a child~n") end),
    receive {'DOWN', _, process, _, _} -> ok end,
    io:format(user, "past it~n", []),
    ?SHOW(group_leader(Old, self())),
    ?SHOW(Line),
    ?SHOW(is_tuple(Child)),
    Server ! {text, self()},
    ?SHOW(receive {text, Text} -> Text end),
    ?SHOW(group_leader(Server, no_pid)).

serve(Text) ->
    receive
        {io_request, From, As, Request} ->
            {Reply, More} = answer(Request),
            From ! {io_reply, As, Reply},
            serve([Text, More]);
        {text, From} ->
            From ! {text, lists:flatten(Text)}
    end.

answer({put_chars, unicode, Chars}) when is_binary(Chars) -> {ok, ["B:", binary_to_list(Chars)]};
answer({put_chars, unicode, Chars}) -> {ok, ["L:", Chars]};
answer({put_chars, unicode, M, F, A}) -> {ok, ["C:", apply(M, F, A)]};
answer({get_line, unicode, Prompt}) -> {"typed\n", ["P:", Prompt, "\n"]};
answer(_) -> {{error, enotsup}, []}.
