%% SPDX-License-Identifier: Apache-2.0
%% global_names.erl - Names and locks of global, and servers under such names, on a node by itself.
-module(global_names).
-export([start/0, init/1, handle_call/3, handle_cast/2]).
-behaviour(gen_server).
-include("../show.hrl").

start() ->
    names(),
    locks(),
    servers(),
    ?SHOW(global:sync()),
    ?SHOW(global_group:info()),
    ?SHOW(global_group:global_groups()).

names() ->
    ?SHOW(global:whereis_name(x)),
    ?SHOW(global:register_name(x, self())),
    ?SHOW(global:whereis_name(x) =:= self()),
    Other = spawn(fun() -> receive stop -> ok end end),
    ?SHOW(global:register_name(x, Other)),
    ?SHOW(global:registered_names()),
    ?SHOW(global:send(x, hello) =:= self()),
    ?SHOW(receive hello -> received end),
    ?SHOW(global:send(y, hello)),
    ?SHOW(global:re_register_name(x, Other)),
    ?SHOW(global:whereis_name(x) =:= Other),
    ?SHOW(global:unregister_name(x)),
    ?SHOW(global:register_name(z, Other)),
    Monitor = erlang:monitor(process, Other),
    Other ! stop,
    receive {'DOWN', Monitor, process, Other, Reason} -> ?SHOW(Reason) end,
    ?SHOW(wait_until_gone(z)).

%% Whose process has ended loses its name soon.
wait_until_gone(Name) ->
    case global:whereis_name(Name) of
        undefined -> gone;
        _ -> timer:sleep(10), wait_until_gone(Name)
    end.

locks() ->
    ?SHOW(global:set_lock({a, self()})),
    ?SHOW(global:set_lock({a, other}, [node()], 0)),
    ?SHOW(global:trans({a, self()}, fun() -> 42 end)),
    ?SHOW(global:del_lock({a, self()})),
    ?SHOW(global:set_lock({a, other}, [node()], 0)).

servers() ->
    {ok, Pid} = gen_server:start({global, {any, "term"}}, ?MODULE, 17, []),
    ?SHOW(gen_server:start({global, {any, "term"}}, ?MODULE, 18, []) =:=
              {error, {already_started, Pid}}),
    ?SHOW(gen_server:call({global, {any, "term"}}, get)),
    ?SHOW(gen_server:cast({global, {any, "term"}}, {set, 19})),
    ?SHOW(gen_server:call({via, global, {any, "term"}}, get)),
    ?SHOW(gen_server:stop({global, {any, "term"}})),
    ?SHOW(gen_server:call({global, {any, "term"}}, get)).

init(State) -> {ok, State}.
handle_call(get, _From, State) -> {reply, State, State}.
handle_cast({set, State}, _) -> {noreply, State}.
