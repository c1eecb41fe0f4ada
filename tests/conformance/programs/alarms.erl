%% SPDX-License-Identifier: Apache-2.0
%% alarms.erl - A plant's alarms over gen_event: handlers that come, swap, crash and are supervised.
-module(alarms).
-behaviour(gen_event).
-export([start/0]).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2, code_change/3]).

start() ->
    process_flag(trap_exit, true),
    {ok, Bus} = gen_event:start_link({local, plant}),
    normal_day(),
    swapping(),
    guarded(),
    storm(),
    sensors(Bus),
    ok = gen_event:stop(plant),
    receive {'EXIT', Bus, Why} -> io:format("bus: ~w~n", [Why]) end,
    io:format("registered: ~w~n", [whereis(plant)]),
    io:format("late event: ~w~n", [catch gen_event:sync_notify(plant, {alarm, 1, high})]).

%% ---- What happens ----

%% A board shows what is wrong now, a log keeps all, a counter counts by kind.
normal_day() ->
    add(board, #{}),
    add(log, 4),
    add(counter, []),
    [notify(E) || E <- [{alarm, boiler, pressure}, {alarm, pump, dry}, {clear, boiler},
                        {alarm, pump, hot}, {clear, valve}, {test, lamps}]],
    say("handlers: ~0p", [lists:sort(gen_event:which_handlers(plant))]),
    show(board), show(log), show(counter),
    say("unknown handler: ~0p", [gen_event:call(plant, {?MODULE, siren}, state)]),
    say("unknown call: ~0p", [gen_event:call(plant, {?MODULE, board}, sing)]),
    say("reset: ~0p", [gen_event:call(plant, {?MODULE, counter}, reset)]),
    show(counter),
    say("log ends: ~0p", [gen_event:delete_handler(plant, {?MODULE, log}, night)]),
    say("log is gone: ~0p", [gen_event:delete_handler(plant, {?MODULE, log}, night)]).

%% At night the board becomes a siren which takes over what is still wrong; in the morning back. A
%% handler may swap itself, too.
swapping() ->
    say("night: ~0p", [swap(board, night, siren, loud)]),
    notify({alarm, door, open}),
    show(siren),
    say("morning: ~0p", [swap(siren, morning, board, from_siren)]),
    show(board),
    notify({clear, door}),
    show(board),
    notify({become, board, siren}),
    show(siren),
    say("other: ~0p", [gen_event:call(plant, {?MODULE, board}, state)]),
    say("from nothing: ~0p", [swap(nobody, x, board, #{})]),
    show(board),
    say("refused: ~0p", [gen_event:add_handler(plant, {?MODULE, third}, {refuse, no_room})]).

%% A supervised handler tells its owner how it ended.
guarded() ->
    [begin
         Owner = self(),
         {Pid, Ref} = spawn_monitor(fun() -> own(Owner, End) end),
         receive {Pid, Told} -> say("~w: ~0p", [End, Told]) end,
         receive {'DOWN', Ref, process, Pid, Why} -> say("owner: ~w", [Why]) end
     end || End <- [removed, crashed, strange, deleted, swapped]],
    Before = gen_event:which_handlers(plant),
    Ref = make_ref(),
    Me = self(),
    {Pid, Monitor} = spawn_monitor(fun() ->
        ok = gen_event:add_sup_handler(plant, {?MODULE, Ref}, {counter, []}),
        Me ! added,
        receive stop -> exit(owner_left) end
    end),
    receive added -> ok end,
    say("one more: ~w", [length(gen_event:which_handlers(plant)) - length(Before)]),
    Pid ! stop,
    receive {'DOWN', Monitor, process, Pid, owner_left} -> ok end,
    say("again as before: ~w", [eventually(fun() -> gen_event:which_handlers(plant) =:= Before end)]).

own(Parent, End) ->
    ok = gen_event:add_sup_handler(plant, {?MODULE, guard}, {guard, self()}),
    case End of
        removed -> notify({leave, guard});
        crashed -> notify({crash, guard});
        strange -> notify({strange, guard});
        deleted -> gen_event:delete_handler(plant, {?MODULE, guard}, by_hand);
        swapped -> swap(guard, hand_over, counter2, [])
    end,
    Told = receive {gen_event_EXIT, {?MODULE, guard}, Why} -> short(Why) after 2000 -> nothing end,
    _ = gen_event:delete_handler(plant, {?MODULE, counter2}, done),
    Parent ! {self(), Told}.

%% Traces name lines, which are nobody's business.
short({'EXIT', {Reason, Stack}}) when is_list(Stack) -> {'EXIT', Reason};
short({swapped, Handler, Pid}) when is_pid(Pid) -> {swapped, Handler};
short(Why) -> Why.

%% Many processes raise alarms at once; none is lost, and each one's come in its order.
storm() ->
    add(orders, #{}),
    Workers = [spawn_monitor(fun() -> [gen_event:notify(plant, {from, N, I}) || I <- lists:seq(1, 100)] end)
               || N <- lists:seq(1, 20)],
    [receive {'DOWN', Ref, process, Pid, normal} -> ok end || {Pid, Ref} <- Workers],
    ok = gen_event:sync_notify(plant, {test, lamps}),
    say("orders: ~0p", [gen_event:delete_handler(plant, {?MODULE, orders}, sum)]).

%% Plain messages reach handle_info.
sensors(Bus) ->
    add(watch, 3),
    Bus ! {reading, 10},
    Bus ! {reading, 99},
    erlang:send_after(1, Bus, {reading, 100}),
    say("watched: ~w", [eventually(fun() -> gen_event:call(plant, {?MODULE, watch}, state) =:= [10, 99, 100] end)]),
    Bus ! {reading, 0},
    say("full: ~w", [eventually(fun() -> not lists:member({?MODULE, watch}, gen_event:which_handlers(plant)) end)]).

%% ---- Helpers ----

say(Format, Arguments) -> io:format(Format ++ "~n", Arguments).
add(Id, State) -> say("add ~w: ~0p", [Id, gen_event:add_handler(plant, {?MODULE, Id}, {Id, State})]).
notify(Event) -> ok = gen_event:sync_notify(plant, Event).
show(Id) -> say("~w: ~0p", [Id, gen_event:call(plant, {?MODULE, Id}, state)]).
swap(Old, Why, New, State) ->
    gen_event:swap_handler(plant, {{?MODULE, Old}, Why}, {{?MODULE, New}, {New, State}}).

eventually(Fun) -> eventually(Fun, 2000).
eventually(_, 0) -> false;
eventually(Fun, N) -> Fun() orelse begin timer:sleep(1), eventually(Fun, N - 1) end.

%% ---- The handlers: the state says which one it is ----

%% Of a swap: the state that is asked for, and what the old handler's terminate/2 gave.
init({{siren, loud}, {board, Wrong}}) -> {ok, {siren, [{loud, K} || K <- sorted(Wrong)]}};
init({{siren, self}, {board, Wrong}}) -> {ok, {siren, [{quiet, K} || K <- sorted(Wrong)]}};
init({{board, from_siren}, {siren, Calls}}) -> {ok, {board, maps:from_list([{K, unknown} || {_, K} <- Calls])}};
init({{Id, State}, error}) -> {ok, {Id, State}};
init({{counter2, State}, hand_over}) -> {ok, {counter2, State}};
init({refuse, Why}) -> {error, Why};
init({log, Room}) -> {ok, {log, {Room, []}}};
init({watch, Room}) -> {ok, {watch, {Room, []}}};
init({Id, State}) -> {ok, {Id, State}}.

handle_event({alarm, Where, What}, {board, Wrong}) -> {ok, {board, Wrong#{Where => What}}};
handle_event({clear, Where}, {board, Wrong}) -> {ok, {board, maps:remove(Where, Wrong)}};
handle_event({become, Id, New}, {Id, _} = State) ->
    {swap_handler, itself, State, {?MODULE, New}, {New, self}};
handle_event({alarm, Where, _}, {siren, Calls}) -> {ok, {siren, Calls ++ [{loud, Where}]}};
handle_event(Event, {log, {Room, Kept}}) -> {ok, {log, {Room, lists:sublist([Event | Kept], Room)}}, hibernate};
handle_event(Event, {Id, Counts}) when Id =:= counter; Id =:= counter2 ->
    {ok, {Id, lists:keysort(1, count(element(1, Event), Counts))}};
handle_event({leave, guard}, {guard, _}) -> remove_handler;
handle_event({crash, guard}, {guard, _}) -> error(burnt_out);
handle_event({strange, guard}, {guard, _}) -> whatever;
handle_event({from, N, I}, {orders, Seen}) -> {ok, {orders, Seen#{N => [I | maps:get(N, Seen, [])]}}};
handle_event(_, State) -> {ok, State}.

handle_call(state, {log, {_, Kept}} = State) -> {ok, lists:reverse(Kept), State};
handle_call(state, {watch, {_, Kept}} = State) -> {ok, lists:reverse(Kept), State};
handle_call(state, {board, Wrong} = State) -> {ok, sorted_pairs(Wrong), State};
handle_call(state, {_, Value} = State) -> {ok, Value, State};
handle_call(reset, {counter, Counts}) -> {ok, Counts, {counter, []}};
handle_call(_, State) -> {ok, not_understood, State}.

handle_info({reading, _}, {watch, {Room, Kept}}) when length(Kept) =:= Room -> remove_handler;
handle_info({reading, Value}, {watch, {Room, Kept}}) -> {ok, {watch, {Room, [Value | Kept]}}};
handle_info(_, State) -> {ok, State}.

terminate(hand_over, {guard, _}) -> hand_over;
terminate({stop, _}, _) -> stopped;
terminate(sum, {orders, Seen}) ->
    {maps:size(Seen), lists:all(fun(L) -> L =:= lists:seq(100, 1, -1) end, maps:values(Seen))};
terminate(Why, {log, {_, Kept}}) -> {kept, length(Kept), Why};
terminate(_, State) -> State.

code_change(_, State, _) -> {ok, State}.

count(Key, Counts) ->
    case lists:keytake(Key, 1, Counts) of
        {value, {Key, N}, Rest} -> [{Key, N + 1} | Rest];
        false -> [{Key, 1} | Counts]
    end.

sorted(Map) -> lists:sort(maps:keys(Map)).
sorted_pairs(Map) -> lists:sort(maps:to_list(Map)).
