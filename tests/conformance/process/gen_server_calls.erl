%% SPDX-License-Identifier: Apache-2.0
%% gen_server_calls.erl - gen_server: calls, casts, timeouts, noreply, stops, names, errors.
-module(gen_server_calls).
-behaviour(gen_server).
-export([start/0, init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2,
         terminate/2, code_change/3, format_status/1]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    {ok, Pid} = gen_server:start_link(?MODULE, 10, []),
    replies(Pid),
    ?SHOW(gen_server:stop(Pid)),
    ?SHOW(next()),
    starting(),
    stopping(),
    crashing(),
    names(),
    requests(),
    timeouts().

replies(Pid) ->
    ?SHOW(gen_server:call(Pid, get)),
    ?SHOW(gen_server:call(Pid, {add, 5})),
    ?SHOW(gen_server:cast(Pid, {add, 100})),
    ?SHOW(gen_server:call(Pid, get)),
    ?SHOW(Pid ! {add, 1000}),
    ?SHOW(gen_server:call(Pid, get, infinity)),
    ?SHOW(gen_server:call(Pid, later)),
    ?SHOW(gen_server:call(Pid, {continue, 3})),
    ?SHOW(gen_server:call(Pid, get)),
    ?SHOW(gen_server:call(Pid, {idle, 5})),
    ?SHOW(receive idle_timeout -> timeout after 1000 -> nothing end),
    ?SHOW(gen_server:call(Pid, hibernate)),
    ?SHOW(gen_server:call(Pid, get)),
    ?SHOW(is_exit(catch gen_server:call(Pid, forget, 20))),
    ?SHOW(gen_server:call(Pid, get)).

next() -> receive {'EXIT', _, Why} -> {exit, plain(Why)} after 1000 -> nothing end.

plain({Reason, [{_, _, _, _} | _]}) -> {Reason, stack};
plain(Reason) -> Reason.

starting() ->
    ?SHOW(gen_server:start_link(?MODULE, {stop, no}, [])),
    ?SHOW(next()),
    ?SHOW(gen_server:start(?MODULE, ignore, [])),
    ?SHOW(plain_error(gen_server:start(?MODULE, {crash, bad}, []))),
    ?SHOW(gen_server:start(?MODULE, {throw, {stop, thrown}}, [])),
    ?SHOW(gen_server:start(?MODULE, {throw, strange}, [])),
    ?SHOW(gen_server:start(?MODULE, {sleep, 100}, [{timeout, 5}])),
    ?SHOW(plain_error(gen_server:start(no_such_module, x, []))),
    {ok, {Pid, Ref}} = gen_server:start_monitor(?MODULE, 1, []),
    gen_server:cast(Pid, stop),
    ?SHOW(receive {'DOWN', Ref, _, _, Why} -> Why end).

plain_error({error, Why}) -> {error, plain(Why)};
plain_error(Other) -> Other.

stopping() ->
    {ok, A} = gen_server:start_link(?MODULE, 1, []),
    ?SHOW(gen_server:call(A, {stop, shutdown, bye})),
    ?SHOW(next()),
    {ok, B} = gen_server:start_link(?MODULE, 1, []),
    ?SHOW(is_exit(catch gen_server:call(B, {stop, {shutdown, quietly}}))),
    ?SHOW(next()),
    {ok, C} = gen_server:start_link(?MODULE, 1, []),
    ?SHOW(gen_server:stop(C, {shutdown, asked}, 1000)),
    ?SHOW(next()),
    ?SHOW(is_exit(catch gen_server:stop(C))),
    {ok, D} = gen_server:start(?MODULE, {trap, self()}, []),
    exit(D, kill),
    ?SHOW(is_exit(catch gen_server:call(D, get))).

is_exit({'EXIT', {Reason, {gen_server, call, [_ | _]}}}) -> {call_failed, plain(Reason)};
is_exit({'EXIT', {Reason, _}}) -> {failed, plain(Reason)};
is_exit({'EXIT', Reason}) -> {failed, plain(Reason)};
is_exit(Other) -> Other.

crashing() ->
    {ok, A} = gen_server:start_link(?MODULE, 1, []),
    ?SHOW(is_exit(catch gen_server:call(A, {crash, boom}))),
    ?SHOW(next()),
    {ok, B} = gen_server:start_link(?MODULE, 1, []),
    ?SHOW(is_exit(catch gen_server:call(B, strange_answer))),
    ?SHOW(next()),
    {ok, C} = gen_server:start_link(?MODULE, 1, []),
    C ! {exit, on_purpose},
    ?SHOW(next()),
    ?SHOW(is_exit(catch gen_server:call(C, get))).

names() ->
    {ok, A} = gen_server:start({local, my_server}, ?MODULE, 7, []),
    ?SHOW(gen_server:call(my_server, get)),
    ?SHOW(gen_server:call({my_server, node()}, get)),
    ?SHOW(gen_server:start({local, my_server}, ?MODULE, 8, []) =:= {error, {already_started, A}}),
    ?SHOW(gen_server:stop(my_server)),
    ?SHOW(is_exit(catch gen_server:call(my_server, get))),
    ?SHOW(gen_server:cast(my_server, get)),
    ?SHOW(gen_server:start(bad_name, ?MODULE, 1, [])).

requests() ->
    {ok, A} = gen_server:start(?MODULE, 1, []),
    R1 = gen_server:send_request(A, get),
    ?SHOW(gen_server:wait_response(R1, 1000)),
    R2 = gen_server:send_request(A, {add, 4}),
    ?SHOW(gen_server:receive_response(R2, 1000)),
    R3 = gen_server:send_request(A, forget),
    ?SHOW(gen_server:wait_response(R3, 5)),
    ?SHOW(gen_server:receive_response(R3, 5)),
    R4 = gen_server:send_request(A, get),
    ?SHOW(receive Message -> gen_server:check_response(Message, R4) end),
    Ids = gen_server:send_request(A, {add, 1}, first, gen_server:reqids_new()),
    More = gen_server:send_request(A, {add, 1}, second, Ids),
    ?SHOW(gen_server:reqids_size(More)),
    {{reply, V1}, L1, Rest} = gen_server:receive_response(More, 1000, true),
    {{reply, V2}, L2, None} = gen_server:receive_response(Rest, 1000, true),
    ?SHOW(lists:sort([{L1, V1}, {L2, V2}])),
    ?SHOW(gen_server:receive_response(None, 10, true)),
    R5 = gen_server:send_request(A, {stop, normal}),
    ?SHOW(gen_server:wait_response(R5, 1000) =:= {error, {normal, A}}).

timeouts() ->
    {ok, A} = gen_server:start(?MODULE, {idle, self()}, []),
    ?SHOW(receive idle_timeout -> timeout after 1000 -> nothing end),
    ?SHOW(gen_server:stop(A)).

init({stop, Why}) -> {stop, Why};
init(ignore) -> ignore;
init({crash, Why}) -> error(Why);
init({throw, Term}) -> throw(Term);
init({sleep, Time}) -> timer:sleep(Time), {ok, slept};
init({idle, Pid}) -> put(idle, Pid), {ok, 0, 5};
init({trap, _}) -> process_flag(trap_exit, true), {ok, 0};
init(N) -> {ok, N}.

handle_call(get, _From, N) -> {reply, N, N};
handle_call({add, X}, _From, N) -> {reply, ok, N + X};
handle_call(later, From, N) -> self() ! {reply_to, From}, {noreply, N};
handle_call({continue, X}, _From, N) -> {reply, before, N, {continue, {times, X}}};
handle_call({idle, Time}, {Pid, _}, N) -> put(idle, Pid), {reply, ok, N, Time};
handle_call(hibernate, _From, N) -> {reply, sleeping, N, hibernate};
handle_call(forget, _From, N) -> {noreply, N};
handle_call({stop, Why, Reply}, _From, N) -> {stop, Why, Reply, N};
handle_call({stop, Why}, _From, N) -> {stop, Why, N};
handle_call({crash, Why}, _From, _) -> error(Why);
handle_call(strange_answer, _From, _) -> strange.

handle_cast({add, X}, N) -> {noreply, N + X};
handle_cast(stop, N) -> {stop, normal, N}.

handle_info({add, X}, N) -> {noreply, N + X};
handle_info({reply_to, From}, N) -> gen_server:reply(From, {at_last, N}), {noreply, N};
handle_info(timeout, N) -> get(idle) ! idle_timeout, {noreply, N};
handle_info({exit, Why}, _) -> exit(Why).

handle_continue({times, X}, N) -> {noreply, N * X}.

terminate(_Why, _N) -> ok.
code_change(_Old, N, _Extra) -> {ok, N}.
format_status(Status) -> Status.
