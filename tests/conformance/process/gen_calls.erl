%% SPDX-License-Identifier: Apache-2.0
%% gen_calls.erl - gen: the call protocol under the behaviours, spoken by a plain process.
-module(gen_calls).
-export([start/0, init_it/6]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    Server = spawn_link(fun server/0),
    ?SHOW(gen:call(Server, '$my_call', {double, 21})),
    ?SHOW(gen:call(Server, '$my_call', {double, 4}, 1000)),
    ?SHOW(catch_reason(fun() -> gen:call(Server, '$my_call', silence, 10) end)),
    R1 = gen:send_request(Server, '$my_call', {double, 3}),
    ?SHOW(gen:wait_response(R1, 1000)),
    R2 = gen:send_request(Server, '$my_call', silence),
    ?SHOW(gen:wait_response(R2, 5)),
    ?SHOW(catch_reason(fun() -> gen:call(Server, '$my_call', die) end)),
    ?SHOW(receive {'EXIT', Server, Why} -> Why end),
    ?SHOW(catch_reason(fun() -> gen:call(Server, '$my_call', x) end)),
    ?SHOW(catch_reason(fun() -> gen:call(no_such_name, '$my_call', x) end)),
    ?SHOW(catch_reason(fun() -> gen:call({no_such_name, node()}, '$my_call', x) end)),
    starting(),
    ?SHOW(gen:debug_options(name, [])),
    ?SHOW(gen:unregister_name(self())),
    ?SHOW(gen:name({local, x})).

catch_reason(Fun) ->
    try Fun() catch Class:Reason -> {Class, simple(Reason)} end.

simple({Reason, {gen, _, _}}) -> Reason;
simple(Reason) -> Reason.

server() ->
    receive
        {'$my_call', From, {double, N}} -> gen:reply(From, N * 2), server();
        {'$my_call', _From, silence} -> server();
        {'$my_call', _From, die} -> exit(died)
    end.

%% gen:start calls init_it in the new process.
starting() ->
    {ok, Pid} = gen:start(?MODULE, link, {local, gen_calls_server}, some_module, hello, []),
    ?SHOW(whereis(gen_calls_server) =:= Pid),
    ?SHOW(gen:call(gen_calls_server, '$my_call', {double, 5})),
    ?SHOW(gen:start(?MODULE, nolink, {local, gen_calls_server}, some_module, hello, [])
              =:= {error, {already_started, Pid}}),
    ?SHOW(gen:stop(Pid, {shutdown, x}, 1000)).

init_it(_Starter, _Parent, Name, some_module, hello, _Options) ->
    true = Name =:= {local, gen_calls_server},
    proc_lib:init_ack({ok, self()}),
    system_server().

system_server() ->
    receive
        {system, From, {terminate, Why}} -> gen:reply(From, ok), exit(Why);
        {'$my_call', From, {double, N}} -> gen:reply(From, N * 2), system_server()
    end.
