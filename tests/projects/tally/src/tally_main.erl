%% SPDX-License-Identifier: Apache-2.0
%% tally_main.erl - What there is to do, once all has started; then the end.
-module(tally_main).
-export([start_link/0, run/0]).

start_link() -> {ok, proc_lib:spawn_link(?MODULE, run, [])}.

run() ->
    [tally_server:count(Key) || Key <- [apple, pear, apple]],
    io:format("~p~n", [tally_server:all()]),
    io:format("~p~n", [[tally_door:push(N) || N <- [1, 2, 3, 4]]]),
    io:format("~p~n", [[re:run("a1b22", "[0-9]+", [global, {capture, first, list}]), calendar:day_of_the_week(2024, 2, 29)]]),
    restarts(),
    io:format("~p ~p~n", [filename:basename(code:lib_dir(tally)), application:get_key(tally, vsn)]),
    init:stop(5).

restarts() ->
    Reference = monitor(process, tally_door),
    exit(whereis(tally_door), kill),
    receive {'DOWN', Reference, _, _, Why} -> io:format("door: ~p~n", [Why]) end,
    io:format("door: ~p~n", [back()]).

back() ->
    try tally_door:push(9)
    catch exit:_ -> timer:sleep(2), back()
    end.
