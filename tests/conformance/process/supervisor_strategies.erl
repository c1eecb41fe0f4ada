%% SPDX-License-Identifier: Apache-2.0
%% supervisor_strategies.erl - The four strategies, restart types, shutdown order, intensity.
-module(supervisor_strategies).
-behaviour(supervisor).
-export([start/0, init/1, worker/2, stubborn/2]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    [strategy(S) || S <- [one_for_one, one_for_all, rest_for_one]],
    simple(),
    restart_types(),
    intensity(),
    shutdown(),
    refused().

flags(Strategy) -> #{strategy => Strategy, intensity => 10, period => 60}.

child(Id) -> #{id => Id, start => {?MODULE, worker, [Id, get(parent)]}}.

%% A worker tells its birth to the test; it ends as it is told.
worker(Id, Parent) ->
    proc_lib:start_link(erlang, apply, [fun born/2, [Id, Parent]]).

born(Id, Parent) ->
    process_flag(trap_exit, true),
    proc_lib:init_ack({ok, self()}),
    Parent ! {born, Id, self()},
    receive
        {stop, Why} -> exit(Why);
        {'EXIT', _, Why} -> Parent ! {ended, Id, Why}, exit(Why)
    end.

births(N) ->
    lists:sort([receive {born, Id, Pid} -> put(Id, Pid), Id after 2000 -> none end
                || _ <- lists:seq(1, N)]).

ends(N) -> [receive {ended, Id, Why} -> {Id, Why} after 2000 -> none end || _ <- lists:seq(1, N)].

strategy(Strategy) ->
    put(parent, self()),
    {ok, S} = supervisor:start_link(?MODULE, {flags(Strategy), [child(I) || I <- [a, b, c]]}),
    ?SHOW({Strategy, births(3)}),
    get(b) ! {stop, crash},
    {Ends, Births} = case Strategy of
                         one_for_one -> {0, 1};
                         one_for_all -> {2, 3};
                         rest_for_one -> {1, 2}
                     end,
    ?SHOW(ends(Ends)),
    ?SHOW(births(Births)),
    ?SHOW([I || {I, P, worker, _} <- supervisor:which_children(S), is_pid(P)]),
    ?SHOW(supervisor:count_children(S)),
    stop(S),
    ?SHOW(ends(3)).

stop(S) ->
    exit(S, shutdown),
    receive {'EXIT', S, Why} -> Why end.

simple() ->
    Spec = #{id => x, start => {?MODULE, worker, []}, restart => transient},
    {ok, S} = supervisor:start_link(?MODULE, {flags(simple_one_for_one), [Spec]}),
    [{ok, _} = supervisor:start_child(S, [Id, self()]) || Id <- [p, q, r]],
    ?SHOW(births(3)),
    ?SHOW(supervisor:count_children(S)),
    get(p) ! {stop, crash},
    ?SHOW(births(1)),
    get(q) ! {stop, normal},
    ?SHOW(supervisor:terminate_child(S, get(r))),
    ?SHOW(ends(1)),
    ?SHOW(supervisor:terminate_child(S, p)),
    ?SHOW(supervisor:restart_child(S, x)),
    ?SHOW(until(fun() -> length(supervisor:which_children(S)) =:= 1 end)),
    ?SHOW(stop(S)),
    ?SHOW(ends(1)).

restart_types() ->
    Specs = [(child(Type))#{restart => Type} || Type <- [permanent, transient, temporary]],
    {ok, S} = supervisor:start_link(?MODULE, {flags(one_for_one), Specs}),
    ?SHOW(births(3)),
    [get(Type) ! {stop, normal} || Type <- [permanent, transient, temporary]],
    ?SHOW(births(1)),
    ?SHOW(until(fun() -> length(supervisor:which_children(S)) =:= 2 end)),
    ?SHOW(until(fun() -> lists:keyfind(undefined, 2, supervisor:which_children(S)) =/= false end)),
    ?SHOW(lists:sort([{I, is_pid(P)} || {I, P, _, _} <- supervisor:which_children(S)])),
    ?SHOW(element(1, supervisor:restart_child(S, transient))),
    ?SHOW(births(1)),
    get(transient) ! {stop, crash},
    ?SHOW(births(1)),
    children(S),
    ?SHOW(stop(S)).

%% The supervisor learns of an end on its own; wait until it has.
until(Fun) -> Fun() orelse (timer:sleep(1) =:= ok andalso until(Fun)).

children(S) ->
    ?SHOW(supervisor:terminate_child(S, permanent)),
    ?SHOW(element(2, lists:keyfind(permanent, 1, supervisor:which_children(S)))),
    ?SHOW(supervisor:restart_child(S, nobody)),
    ?SHOW(supervisor:delete_child(S, transient)),
    ?SHOW(supervisor:delete_child(S, permanent)),
    ?SHOW(element(1, supervisor:start_child(S, child(added)))),
    ?SHOW(births(1)),
    ?SHOW(element(1, element(2, supervisor:start_child(S, child(added))))),
    ?SHOW(supervisor:start_child(S, #{id => bad})),
    ?SHOW(supervisor:get_childspec(S, nobody)),
    ?SHOW(maps:get(restart, element(2, supervisor:get_childspec(S, transient)))).

%% The third crash within the period is one too many.
intensity() ->
    Flags = #{strategy => one_for_one, intensity => 2, period => 60},
    {ok, S} = supervisor:start_link(?MODULE, {Flags, [child(often)]}),
    ?SHOW([begin Ids = births(1), get(often) ! {stop, crash}, Ids end || _ <- [1, 2, 3]]),
    ?SHOW(receive {'EXIT', S, Why} -> Why after 2000 -> alive end).

%% Children end in reverse order of their start; those that do not listen are killed.
shutdown() ->
    flush(),
    Specs = [child(first),
             #{id => deaf, start => {?MODULE, stubborn, [deaf, self()]}, shutdown => 20},
             (child(brutal))#{shutdown => brutal_kill},
             (child(last))#{shutdown => infinity}],
    {ok, S} = supervisor:start_link(?MODULE, {flags(one_for_one), Specs}),
    ?SHOW(births(4)),
    Refs = [{Id, monitor(process, get(Id))} || Id <- [first, deaf, brutal, last]],
    ?SHOW(stop(S)),
    ?SHOW(ends(2)),
    ?SHOW([{Id, receive {'DOWN', R, _, _, Why} -> Why end} || {Id, R} <- Refs]).

flush() -> receive _ -> flush() after 0 -> ok end.

stubborn(Id, Parent) ->
    {ok, spawn_link(fun() ->
                        process_flag(trap_exit, true),
                        Parent ! {born, Id, self()},
                        deaf()
                    end)}.

deaf() -> receive never -> ok; {'EXIT', _, _} -> deaf() end.

refused() ->
    ?SHOW(supervisor:start_link(?MODULE, ignore)),
    ?SHOW(supervisor:start_link(?MODULE, strange)),
    ?SHOW(supervisor:start_link(?MODULE, {#{strategy => nope}, []})),
    ?SHOW(supervisor:check_childspecs([child(a), child(b)])),
    ?SHOW(supervisor:check_childspecs([#{id => a}])),
    Bad = #{id => bad, start => {erlang, apply, [fun() -> {error, will_not} end, []]}},
    {error, {shutdown, {failed_to_start_child, Id, Why}}} =
        supervisor:start_link(?MODULE, {flags(one_for_one), [Bad]}),
    ?SHOW({Id, Why}).

init(ignore) -> ignore;
init(strange) -> strange;
init({Flags, Specs}) -> {ok, {Flags, Specs}}.
