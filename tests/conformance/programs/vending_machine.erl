%% SPDX-License-Identifier: Apache-2.0
%% vending_machine.erl - A vending machine as a gen_statem, and a crossing's traffic lights.
-module(vending_machine).
-behaviour(gen_statem).
-export([start/0, init/1, callback_mode/0, terminate/3]).
-export([idle/3, paying/3, delivering/3, out_of_order/3, red/3, green/3, yellow/3]).

-record(machine, {log, stock = #{}, coins = [], safe = 0, wanted = none}).

start() ->
    machine(),
    lights(),
    ok.

%% The machine sells to a script of customers.

machine() ->
    {ok, M} = gen_statem:start(?MODULE, {machine, self(), #{cola => {150, 2}, nuts => {80, 1}}}, []),
    customer(M, "exact money", [{choose, nuts}, {coin, 50}, {coin, 20}, {coin, 10}]),
    customer(M, "too much", [{choose, cola}, {coin, 100}, {coin, 100}]),
    customer(M, "sold out", [{choose, nuts}]),
    customer(M, "no such thing", [{choose, tea}]),
    customer(M, "changes mind", [{choose, cola}, {coin, 100}, cancel]),
    customer(M, "false coin", [{choose, cola}, {coin, 33}, {coin, 50}, cancel]),
    customer(M, "too slow", [{choose, cola}, {coin, 50}, wait]),
    customer(M, "coins first", [{coin, 100}]),
    customer(M, "kicks it", [{choose, cola}, kick, {choose, cola}, repair, cancel]),
    customer(M, "last cola", [{choose, cola}, {coin, 200}]),
    customer(M, "nothing left", [{choose, cola}]),
    io:format("safe: ~w~n", [gen_statem:call(M, safe)]),
    gen_statem:stop(M),
    print_log().

customer(M, Name, Actions) ->
    io:format("~s~n", [Name]),
    [act(M, Action) || Action <- Actions],
    settled(M),
    print_log().

act(_, wait) -> timer:sleep(120);
act(M, Action) -> gen_statem:cast(M, Action).

%% Delivery takes its time; the call is postponed until the machine is free again.
settled(M) -> gen_statem:call(M, settled).

print_log() ->
    receive {log, Text} -> io:format("  ~s~n", [Text]), print_log()
    after 0 -> ok
    end.

note(#machine{log = Pid}, Format, Arguments) -> Pid ! {log, io_lib:format(Format, Arguments)}.

callback_mode() -> [state_functions, state_enter].

init({machine, Log, Stock}) -> {ok, idle, #machine{log = Log, stock = Stock}};
init({lights, Log, Rounds}) -> {ok, red, {Log, Rounds}}.

terminate(Why, State, #machine{} = D) -> note(D, "stopped in ~w: ~w", [State, Why]);
terminate(Why, _, {Log, _}) -> Log ! {lights, Why}.

idle(enter, _, D) -> {keep_state, D#machine{coins = [], wanted = none}};
idle(cast, {choose, Thing}, #machine{stock = Stock} = D) ->
    case Stock of
        #{Thing := {Price, N}} when N > 0 ->
            note(D, "~w costs ~w", [Thing, Price]),
            {next_state, paying, D#machine{wanted = Thing}};
        #{Thing := _} -> note(D, "~w is sold out", [Thing]), keep_state_and_data;
        _ -> note(D, "no ~w here", [Thing]), keep_state_and_data
    end;
idle(cast, {coin, Coin}, D) -> give_back([Coin], D), keep_state_and_data;
idle({call, From}, settled, _) -> {keep_state_and_data, {reply, From, ok}};
idle(Type, Event, D) -> common(Type, Event, D).

paying(enter, _, _) -> {keep_state_and_data, {state_timeout, 60, too_slow}};
paying(cast, {coin, Coin}, D) ->
    case lists:member(Coin, [10, 20, 50, 100, 200]) of
        true -> paid(D#machine{coins = [Coin | D#machine.coins]});
        false -> note(D, "refuses ~w", [Coin]), keep_state_and_data
    end;
paying(cast, cancel, D) -> give_back(D#machine.coins, D), {next_state, idle, D};
paying(state_timeout, too_slow, D) ->
    note(D, "takes too long", []),
    give_back(D#machine.coins, D),
    {next_state, idle, D};
paying({call, _}, settled, _) -> {keep_state_and_data, postpone};
paying(Type, Event, D) -> common(Type, Event, D).

paid(#machine{coins = Coins, wanted = Thing, stock = Stock} = D) ->
    {Price, N} = maps:get(Thing, Stock),
    case lists:sum(Coins) - Price of
        Missing when Missing < 0 ->
            note(D, "~w missing", [-Missing]),
            {keep_state, D};
        Change ->
            Sold = D#machine{stock = Stock#{Thing := {Price, N - 1}}, safe = D#machine.safe + Price},
            {next_state, delivering, Sold, {next_event, internal, {change, Change}}}
    end.

delivering(enter, _, _) -> {keep_state_and_data, {state_timeout, 5, done}};
delivering(internal, {change, Change}, D) -> give_back(in_coins(Change), D), keep_state_and_data;
delivering(state_timeout, done, D) ->
    note(D, "here is your ~w", [D#machine.wanted]),
    {next_state, idle, D};
delivering(Type, Event, D) when Type =:= cast; Event =:= settled ->
    _ = D,
    {keep_state_and_data, postpone};
delivering(Type, Event, D) -> common(Type, Event, D).

out_of_order(enter, Old, D) -> note(D, "out of order, was ~w", [Old]), keep_state_and_data;
out_of_order(cast, repair, D) -> note(D, "repaired", []), {next_state, idle, D};
out_of_order(cast, _, _) -> {keep_state_and_data, postpone};
out_of_order({call, _}, settled, _) -> {keep_state_and_data, postpone};
out_of_order(Type, Event, D) -> common(Type, Event, D).

common({call, From}, safe, D) -> {keep_state_and_data, {reply, From, D#machine.safe}};
common(cast, kick, D) -> give_back(D#machine.coins, D), {next_state, out_of_order, D};
common(_, _, _) -> keep_state_and_data.

give_back([], _) -> ok;
give_back(Coins, D) -> note(D, "gives back ~w", [lists:sort(Coins)]).

in_coins(0) -> [];
in_coins(Amount) ->
    Coin = hd([C || C <- [200, 100, 50, 20, 10], C =< Amount]),
    [Coin | in_coins(Amount - Coin)].

%% Traffic lights that change by timeouts alone and stop after some rounds.

lights() ->
    {ok, L} = gen_statem:start(?MODULE, {lights, self(), 3}, []),
    Ref = monitor(process, L),
    receive {'DOWN', Ref, process, L, Why} -> io:format("lights: ~w~n", [Why]) end,
    io:format("~w~n", [changes()]).

changes() -> receive {lights, Colour} -> [Colour | changes()] after 0 -> [] end.

red(enter, _, D) -> light(red, D);
red(state_timeout, change, {_, 0}) -> stop;
red(state_timeout, change, D) -> {next_state, green, D}.

green(enter, _, D) -> light(green, D);
green(state_timeout, change, D) -> {next_state, yellow, D}.

yellow(enter, _, D) -> light(yellow, D);
yellow(state_timeout, change, {Log, Rounds}) -> {next_state, red, {Log, Rounds - 1}}.

light(Colour, {Log, _}) ->
    Log ! {lights, Colour},
    {keep_state_and_data, {state_timeout, 2, change}}.
