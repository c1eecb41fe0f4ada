%% SPDX-License-Identifier: Apache-2.0
%% gen_statem_features.erl - gen_statem: state functions, timeouts, postpone, events, enter calls.
-module(gen_statem_features).
-behaviour(gen_statem).
-export([start/0, init/1, callback_mode/0, terminate/3, closed/3, open/3, locked/3,
         handle_event/4]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    functions(),
    timeouts(),
    postponing(),
    events(),
    stopping().

new(State) ->
    {ok, Pid} = gen_statem:start_link(?MODULE, {State, self()}, []),
    Pid.

said() -> receive {said, What} -> What after 2000 -> nothing end.

functions() ->
    M = new(closed),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, state)),
    ?SHOW(gen_statem:call(M, open)),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, state)),
    ?SHOW(gen_statem:cast(M, close)),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, {data, 7})),
    ?SHOW(gen_statem:call(M, data)),
    ?SHOW(M ! info_message),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, repeat)),
    ?SHOW(said()),
    ?SHOW(gen_statem:stop(M)),
    ?SHOW(said()),
    ?SHOW(receive {'EXIT', M, Why} -> Why end).

timeouts() ->
    M = new(closed),
    said(),
    ?SHOW(gen_statem:call(M, {event_timeout, 5})),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, {event_timeout, 60000})),
    ?SHOW(gen_statem:call(M, state)),
    ?SHOW(gen_statem:call(M, {state_timeout, 5})),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, {state_timeout, 60000})),
    ?SHOW(gen_statem:call(M, open)),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, {generic, tick, 5})),
    ?SHOW(said()),
    ?SHOW(gen_statem:call(M, {generic, tick, 60000})),
    ?SHOW(gen_statem:call(M, {cancel, tick})),
    ?SHOW(gen_statem:call(M, {generic, tock, 60000})),
    ?SHOW(gen_statem:call(M, {update, tock})),
    ?SHOW(gen_statem:call(M, {generic, now, 0})),
    ?SHOW(said()),
    ?SHOW(gen_statem:stop(M)),
    said().

%% What cannot be done while locked is done after unlocking, in order.
postponing() ->
    M = new(locked),
    ?SHOW(said()),
    gen_statem:cast(M, {work, 1}),
    gen_statem:cast(M, {work, 2}),
    gen_statem:cast(M, {work, 3}),
    ?SHOW(gen_statem:call(M, state)),
    ?SHOW(gen_statem:call(M, unlock)),
    ?SHOW([said() || _ <- lists:seq(1, 4)]),
    ?SHOW(gen_statem:stop(M)),
    said().

events() ->
    M = new(closed),
    said(),
    ?SHOW(gen_statem:call(M, insert)),
    ?SHOW([said(), said(), said()]),
    ?SHOW(gen_statem:call(M, hibernate)),
    ?SHOW(gen_statem:call(M, state)),
    R = gen_statem:send_request(M, state),
    ?SHOW(gen_statem:wait_response(R, 1000)),
    ?SHOW(element(1, element(2, catch gen_statem:call(M, never_answered, 20)))),
    ?SHOW(gen_statem:call(M, state, {clean_timeout, 1000})),
    ?SHOW(gen_statem:stop(M)),
    said().

stopping() ->
    A = new(closed),
    said(),
    ?SHOW(gen_statem:call(A, {stop, {shutdown, done}})),
    ?SHOW([said(), receive {'EXIT', A, Why} -> Why end]),
    ?SHOW(gen_statem:start(?MODULE, {stop, because}, [])),
    ?SHOW(gen_statem:start(?MODULE, ignore, [])),
    ?SHOW(element(1, element(2, catch gen_statem:call(A, state)))).

callback_mode() -> [state_functions, state_enter].

init({stop, Why}) -> {stop, Why};
init(ignore) -> ignore;
init({State, Pid}) -> {ok, State, {0, Pid}}.

terminate(Why, State, {_, Pid}) -> Pid ! {said, {terminated, Why, State}};
terminate(_, _, _) -> ok.

closed(enter, Old, {_, Pid}) -> Pid ! {said, {closed, from, Old}}, keep_state_and_data;
closed({call, From}, open, Data) -> {next_state, open, Data, [{reply, From, opened}]};
closed(Type, Event, Data) -> handle_event(Type, Event, closed, Data).

open(enter, Old, {_, Pid}) -> Pid ! {said, {open, from, Old}}, keep_state_and_data;
open(cast, close, Data) -> {next_state, closed, Data};
open(cast, {work, N}, {_, Pid}) -> Pid ! {said, {worked, N}}, keep_state_and_data;
open(Type, Event, Data) -> handle_event(Type, Event, open, Data).

locked(enter, Old, {_, Pid}) -> Pid ! {said, {locked, from, Old}}, keep_state_and_data;
locked(cast, {work, _}, _) -> {keep_state_and_data, postpone};
locked({call, From}, unlock, Data) -> {next_state, open, Data, {reply, From, unlocked}};
locked(Type, Event, Data) -> handle_event(Type, Event, locked, Data).

handle_event({call, From}, state, State, _) -> {keep_state_and_data, {reply, From, State}};
handle_event({call, From}, data, _, {N, _}) -> {keep_state_and_data, {reply, From, N}};
handle_event({call, From}, {data, N}, _, {_, Pid}) ->
    {keep_state, {N, Pid}, {reply, From, set}};
handle_event({call, From}, repeat, _, _) -> {repeat_state_and_data, {reply, From, repeated}};
handle_event({call, From}, {event_timeout, T}, _, _) ->
    {keep_state_and_data, [{reply, From, set}, {timeout, T, quiet}]};
handle_event({call, From}, {state_timeout, T}, _, _) ->
    {keep_state_and_data, [{reply, From, set}, {state_timeout, T, too_long}]};
handle_event({call, From}, {generic, Name, T}, _, _) ->
    {keep_state_and_data, [{reply, From, set}, {{timeout, Name}, T, content}]};
handle_event({call, From}, {cancel, Name}, _, _) ->
    {keep_state_and_data, [{reply, From, cancelled}, {{timeout, Name}, cancel}]};
handle_event({call, From}, {update, Name}, _, _) ->
    {keep_state_and_data, [{reply, From, updated}, {{timeout, Name}, update, new_content}]};
handle_event({call, From}, insert, _, {_, Pid}) ->
    Pid ! {said, inserting},
    {keep_state_and_data, [{next_event, internal, first}, {next_event, cast, second},
                           {reply, From, inserted}]};
handle_event({call, From}, hibernate, _, _) ->
    {keep_state_and_data, [{reply, From, asleep}, hibernate]};
handle_event({call, _}, never_answered, _, _) -> keep_state_and_data;
handle_event({call, From}, {stop, Why}, _, Data) ->
    {stop_and_reply, Why, {reply, From, stopping}, Data};
handle_event(Type, Event, State, {_, Pid}) ->
    Pid ! {said, {State, Type, Event}},
    keep_state_and_data.
