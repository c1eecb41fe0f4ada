%% SPDX-License-Identifier: Apache-2.0
%% sys_and_proc_lib.erl - sys messages to a server, and proc_lib's ways to start a process.
-module(sys_and_proc_lib).
-behaviour(gen_server).
-export([start/0, init/1, handle_call/3, handle_cast/2, begins/2, woken/1]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    system_messages(),
    tracing_functions(),
    starting(),
    information(),
    hibernating().

system_messages() ->
    {ok, S} = gen_server:start_link(?MODULE, [one], []),
    ?SHOW(sys:get_state(S)),
    ?SHOW(sys:replace_state(S, fun(L) -> [two | L] end)),
    ?SHOW(sys:get_state(S)),
    ?SHOW(sys:replace_state(S, fun(L) -> [length(L) | L] end)),
    ?SHOW(sys:suspend(S)),
    ?SHOW(gen_server:cast(S, {push, three})),
    ?SHOW(sys:get_state(S)),
    ?SHOW(catch_timeout(fun() -> gen_server:call(S, get, 20) end)),
    ?SHOW(sys:resume(S)),
    ?SHOW(gen_server:call(S, get)),
    ?SHOW(sys:no_debug(S)),
    {status, S, {module, gen_server}, [_Dict, Running, Parent, Debug, _Misc]} = sys:get_status(S),
    ?SHOW({Running, Parent =:= self(), Debug}),
    ?SHOW(sys:terminate(S, shutdown)),
    ?SHOW(receive {'EXIT', S, Why} -> Why end),
    ?SHOW(element(1, element(2, catch sys:get_state(S)))).

catch_timeout(Fun) -> try Fun() catch exit:{timeout, _} -> timeout end.

tracing_functions() ->
    {ok, S} = gen_server:start_link(?MODULE, [], []),
    Self = self(),
    Watch = fun(Count, Event, _Info) -> Self ! {event, element(1, Event)}, Count + 1 end,
    ?SHOW(sys:install(S, {Watch, 0})),
    gen_server:call(S, get),
    ?SHOW([receive {event, E} -> E after 1000 -> none end || _ <- [1, 2]]),
    ?SHOW(sys:remove(S, Watch)),
    ?SHOW(sys:statistics(S, true)),
    gen_server:call(S, get),
    gen_server:cast(S, {push, x}),
    sys:get_state(S),
    {ok, Statistics} = sys:statistics(S, get),
    ?SHOW([lists:keyfind(K, 1, Statistics) || K <- [messages_in, messages_out]]),
    ?SHOW(sys:statistics(S, false)),
    ?SHOW(sys:statistics(S, get)),
    ?SHOW(sys:log(S, true)),
    gen_server:cast(S, {push, y}),
    sys:get_state(S),
    {ok, Log} = sys:log(S, get),
    ?SHOW([element(1, E) || E <- Log]),
    ?SHOW(sys:log(S, false)),
    ?SHOW(gen_server:stop(S)).

starting() ->
    ?SHOW(pid_of(proc_lib:start(?MODULE, begins, [ok, self()]))),
    ?SHOW(pid_of(proc_lib:start_link(?MODULE, begins, [ok, self()]))),
    ?SHOW(proc_lib:start(?MODULE, begins, [{error, refused}, self()])),
    ?SHOW(proc_lib:start_link(?MODULE, begins, [die, self()])),
    ?SHOW(proc_lib:start(?MODULE, begins, [slow, self()], 10)),
    ?SHOW(pid_of(proc_lib:start(?MODULE, begins, [ok, self()], 1000, [{priority, high}]))),
    {Answer, Ref} = proc_lib:start_monitor(?MODULE, begins, [ok, self()]),
    ?SHOW(pid_of(Answer)),
    element(2, Answer) ! stop,
    ?SHOW(receive {'DOWN', Ref, _, _, Why} -> Why end),
    Spawned = proc_lib:spawn_link(fun() -> exit(normal) end),
    ?SHOW(receive {'EXIT', Spawned, Why} -> Why end),
    Crashed = proc_lib:spawn_link(fun() -> exit({shutdown, quietly}) end),
    ?SHOW(receive {'EXIT', Crashed, Why} -> Why end).

pid_of({ok, Pid}) when is_pid(Pid) -> {ok, pid};
pid_of(Other) -> Other.

begins(ok, _) -> proc_lib:init_ack({ok, self()}), receive stop -> ok end;
begins({error, _} = Error, Parent) -> proc_lib:init_ack(Parent, Error);
begins(die, _) -> exit(died_first);
begins(slow, _) -> receive after 60000 -> ok end.

information() ->
    P = proc_lib:spawn(?MODULE, begins, [ok, self()]),
    receive {ack, P, _} -> ok end,
    ?SHOW(proc_lib:initial_call(P)),
    ?SHOW(proc_lib:translate_initial_call(P)),
    {dictionary, D} = process_info(P, dictionary),
    ?SHOW(lists:keyfind('$initial_call', 1, D)),
    ?SHOW(hd(proplists:get_value('$ancestors', D)) =:= self()),
    P ! stop.

hibernating() ->
    Self = self(),
    P = proc_lib:spawn_link(fun() -> proc_lib:hibernate(?MODULE, woken, [Self]) end),
    P ! rise,
    ?SHOW(receive {woken, Message} -> Message end),
    ?SHOW(receive {'EXIT', P, Why} -> Why end).

woken(Pid) -> receive Message -> Pid ! {woken, Message} end.

init(State) -> {ok, State}.
handle_call(get, _From, L) -> {reply, L, L}.
handle_cast({push, X}, L) -> {noreply, [X | L]}.
