%% SPDX-License-Identifier: Apache-2.0
%% gen_statem_events.erl - One handle_event function and structured states: a code lock.
-module(gen_statem_events).
-behaviour(gen_statem).
-export([start/0, init/1, callback_mode/0, handle_event/4]).
-include("../show.hrl").

start() ->
    {ok, Lock} = gen_statem:start(?MODULE, {[1, 2, 3], self()}, []),
    ?SHOW(gen_statem:call(Lock, where)),
    press(Lock, [1, 2, 4]),
    ?SHOW(gen_statem:call(Lock, where)),
    press(Lock, [1, 2]),
    ?SHOW(gen_statem:call(Lock, where)),
    press(Lock, [3]),
    ?SHOW(gen_statem:call(Lock, where)),
    ?SHOW(receive {lock, What} -> What end),
    ?SHOW(gen_statem:call(Lock, where)),
    press(Lock, [1]),
    ?SHOW(receive {lock, What} -> What end),
    ?SHOW(gen_statem:call(Lock, where)),
    ?SHOW(sys:get_state(Lock) =:= {{locked, []}, {[1, 2, 3], self()}}),
    ?SHOW(sys:replace_state(Lock, fun({_, Data}) -> {{locked, [2, 1]}, Data} end) =/= none),
    press(Lock, [3]),
    ?SHOW(element(1, gen_statem:call(Lock, where))),
    ?SHOW(gen_statem:stop(Lock)).

press(Lock, Digits) -> [gen_statem:cast(Lock, {digit, D}) || D <- Digits].

callback_mode() -> handle_event_function.

init(Data) -> {ok, {locked, []}, Data}.

handle_event({call, From}, where, State, _) -> {keep_state_and_data, {reply, From, State}};
handle_event(cast, {digit, D}, {locked, Entered}, {Code, _} = Data) ->
    case lists:reverse([D | Entered]) of
        Code -> {next_state, {open, 1}, Data, {state_timeout, 300, close}};
        Digits when length(Digits) =:= length(Code) -> {next_state, {locked, []}, Data};
        _ -> {next_state, {locked, [D | Entered]}, Data, {{timeout, forget}, 300, digits}}
    end;
handle_event(cast, {digit, _}, {open, _}, _) -> {keep_state_and_data, postpone};
handle_event(state_timeout, close, {open, _}, {_, Pid} = Data) ->
    Pid ! {lock, closed_again},
    {next_state, {locked, []}, Data};
handle_event({timeout, forget}, digits, {locked, Entered}, {_, Pid} = Data) when Entered =/= [] ->
    Pid ! {lock, {forgot, Entered}},
    {next_state, {locked, []}, Data};
handle_event({timeout, forget}, digits, _, _) -> keep_state_and_data.
