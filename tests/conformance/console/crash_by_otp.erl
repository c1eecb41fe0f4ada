%% SPDX-License-Identifier: Apache-2.0
%% crash_by_otp.erl - Reports of proc_lib, gen_server, gen_statem, gen_event and supervisor.
-module(crash_by_otp).
-export([start/0, die/0, init/1, handle_call/3, handle_cast/2, handle_info/2, callback_mode/0,
         running/3, handle_event/2, start_child/1]).
-include("../show.hrl").

start() ->
    log_lines:install(),
    {Pid, Ref} = spawn_monitor(fun reports/0),
    receive {'DOWN', Ref, process, Pid, Why} -> io:format("~p~n", [Why]) end.

reports() ->
    process_flag(trap_exit, true),
    log_lines:wait(proc_lib:spawn(?MODULE, die, [])),
    log_lines:wait(proc_lib:spawn(fun() -> exit({shutdown, quietly}) end)),
    ?SHOW(element(1, proc_lib:start(?MODULE, die, []))),
    server(),
    statem(),
    event(),
    supervised().

die() -> error(on_purpose).

server() ->
    {ok, Pid} = gen_server:start(?MODULE, server, []),
    ?SHOW(element(1, element(2, catch gen_server:call(Pid, crash)))),
    log_lines:wait(Pid),
    {ok, Other} = gen_server:start({local, named}, ?MODULE, server, []),
    gen_server:cast(Other, stop),
    log_lines:wait(Other),
    register(?MODULE, self()),
    ?SHOW(element(1, gen_server:start(?MODULE, fail, []))),
    receive {fails, Failing} -> log_lines:wait(Failing) end,
    ok.

statem() ->
    {ok, Pid} = gen_statem:start(?MODULE, statem, []),
    gen_statem:cast(Pid, crash),
    log_lines:wait(Pid).

event() ->
    {ok, Pid} = gen_event:start(),
    ok = gen_event:add_handler(Pid, ?MODULE, event),
    gen_event:notify(Pid, crash),
    ?SHOW(gen_event:which_handlers(Pid)),
    gen_event:stop(Pid),
    log_lines:wait(Pid).

supervised() ->
    {ok, Pid} = supervisor:start_link(?MODULE, supervisor),
    [{worker, Child, worker, _}] = supervisor:which_children(Pid),
    gen_server:cast(Child, {stop, on_purpose}),
    log_lines:wait(Child),
    [{worker, Again, worker, _}] = supervisor:which_children(Pid),
    gen_server:cast(Again, {stop, once_more}),
    receive {'EXIT', Pid, Why} -> io:format("supervisor ended: ~p~n", [Why]) end.

start_child(What) -> gen_server:start_link(?MODULE, What, []).

init(fail) ->
    ?MODULE ! {fails, self()},
    error(no_start);
init(statem) -> {ok, running, data};
init(event) -> {ok, state};
init(supervisor) ->
    Child = #{id => worker, start => {?MODULE, start_child, [server]}},
    {ok, {#{intensity => 1, period => 100}, [Child]}};
init(What) -> {ok, What}.

handle_call(crash, _, _) -> error(on_purpose).
handle_cast(stop, State) -> {stop, {bad, reason}, State};
handle_cast({stop, Why}, State) -> {stop, Why, State}.
handle_info(_, State) -> {noreply, State}.

callback_mode() -> state_functions.
running(cast, crash, _) -> error(on_purpose).

handle_event(crash, _) -> error(on_purpose).
