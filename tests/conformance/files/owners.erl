%% SPDX-License-Identifier: Apache-2.0
%% owners.erl - Files are closed when their owner dies; other processes cannot use them.
-module(owners).
-export([start/0]).
-include("../show.hrl").
-include("temp.hrl").

start() ->
    in_folder(fun() ->
        ok = file:write_file("f", "0123456789"),
        _ = open_count(),
        [owned(Modes, Reason) || Modes <- [[read], [read, raw], [read, write, raw, delayed_write]],
                                 Reason <- [normal, kill, oops]],
        many(),
        handed_over()
    end).

%% Descriptors that lead into this folder.
open_count() ->
    {ok, Here} = file:get_cwd(),
    {ok, Names} = file:list_dir("/proc/self/fd"),
    length([N || N <- Names, {ok, To} <- [file:read_link("/proc/self/fd/" ++ N)], lists:prefix(Here, To)]).

wait_until(Count, 0) -> {still, open_count(), Count};
wait_until(Count, Tries) ->
    case open_count() of
        Count -> ok;
        _ -> timer:sleep(10), wait_until(Count, Tries - 1)
    end.

owned(Modes, Reason) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        {ok, F} = file:open("f", Modes),
        Self ! {opened, F},
        receive stop -> exit(Reason) end
    end),
    F = receive {opened, X} -> X end,
    ?SHOW(open_count()),
    ?SHOW(file:read(F, 2)),
    case Reason of
        kill -> exit(Pid, kill);
        _ -> Pid ! stop
    end,
    receive {'DOWN', Ref, _, _, _} -> ok end,
    ?SHOW(wait_until(0, 500)),
    ?SHOW(file:read(F, 2)).

%% Many at once, killed while they work on them.
many() ->
    Pids = [spawn(fun() ->
        {ok, F} = file:open("f", [read, write, raw, binary]),
        work(F)
    end) || _ <- lists:seq(1, 100)],
    timer:sleep(50),
    [exit(P, kill) || P <- Pids],
    ?SHOW(wait_until(0, 500)).

work(F) ->
    {ok, _} = file:pread(F, 0, 3),
    ok = file:pwrite(F, 3, <<"xyz">>),
    work(F).

handed_over() ->
    Self = self(),
    Pid = spawn_link(fun() -> {ok, F} = file:open("f", [read]), Self ! F, receive stop -> ok end end),
    F = receive X -> X end,
    ?SHOW(file:read(F, 3)),
    unlink(Pid),
    Pid ! stop,
    ?SHOW(wait_until(0, 500)).
