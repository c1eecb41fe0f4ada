%% SPDX-License-Identifier: Apache-2.0
%% sensor_hub.erl - Sensors send readings to a gen_event hub; handlers average, warn and log.
-module(sensor_hub).
-behaviour(gen_event).
-export([start/0, init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

start() ->
    {ok, Hub} = gen_event:start_link(),
    ok = gen_event:add_handler(Hub, {?MODULE, averages}, averages),
    ok = gen_event:add_handler(Hub, {?MODULE, log}, {log, 5}),
    ok = gen_event:add_sup_handler(Hub, {?MODULE, alarm}, {alarm, 30, self()}),
    Sensors = [{attic, 21, 3}, {cellar, 12, 1}, {oven, 25, 7}],
    lists:foreach(fun(Round) -> round(Hub, Sensors, Round) end, lists:seq(1, 8)),
    report(Hub),
    alarms(),
    change_handlers(Hub),
    broken_sensor(Hub),
    storm(Hub),
    ok = gen_event:stop(Hub),
    ok.

%% Every sensor is a process that lives for one reading; the hub hears them in turn.
round(Hub, Sensors, Round) ->
    [begin
         {Pid, Ref} = spawn_monitor(fun() ->
                                        Value = reading(Base, Swing, Round),
                                        gen_event:sync_notify(Hub, {reading, Name, Value})
                                    end),
         receive {'DOWN', Ref, process, Pid, normal} -> ok end
     end || {Name, Base, Swing} <- Sensors].

reading(Base, Swing, Round) -> Base + Swing * ((Round * 5) rem 4 - 1) / 2.

report(Hub) ->
    [io:format("~-8w mean ~6.2f, least ~5.1f, most ~5.1f, of ~w~n",
               [Name, Sum / N, Least, Most, N])
     || {Name, {N, Sum, Least, Most}} <- gen_event:call(Hub, {?MODULE, averages}, get)],
    io:format("last readings: ~0p~n", [gen_event:call(Hub, {?MODULE, log}, get)]).

alarms() ->
    receive {alarm, Name, Value} -> io:format("alarm: ~w at ~.1f~n", [Name, Value]), alarms()
    after 0 -> ok
    end.

%% A new limit takes over from the old; the log becomes shorter and keeps its newest lines.
change_handlers(Hub) ->
    io:format("handlers: ~0p~n", [gen_event:which_handlers(Hub)]),
    ok = gen_event:swap_sup_handler(Hub, {{?MODULE, alarm}, raise}, {{?MODULE, alarm}, limit}),
    ok = gen_event:swap_handler(Hub, {{?MODULE, log}, shorten}, {{?MODULE, log}, shorter}),
    gen_event:sync_notify(Hub, {reading, oven, 38.0}),
    gen_event:sync_notify(Hub, {reading, oven, 41.5}),
    alarms(),
    io:format("last readings: ~0p~n", [gen_event:call(Hub, {?MODULE, log}, get)]),
    io:format("unknown question: ~0p~n", [gen_event:call(Hub, {?MODULE, log}, what)]),
    io:format("unknown handler: ~0p~n", [gen_event:call(Hub, {?MODULE, none}, get)]).

%% A reading that is no number throws the averages out, but not the hub.
broken_sensor(Hub) ->
    gen_event:sync_notify(Hub, {reading, attic, broken}),
    io:format("handlers: ~0p~n", [gen_event:which_handlers(Hub)]),
    ok = gen_event:add_handler(Hub, {?MODULE, averages}, averages),
    gen_event:sync_notify(Hub, {reading, attic, 20.0}),
    report(Hub),
    gen_event:delete_handler(Hub, {?MODULE, alarm}, enough),
    receive
        {gen_event_EXIT, Handler, {swapped, New, _}} -> io:format("gone: ~0p ~0p~n", [Handler, New])
    end.

%% A thousand readings from ten processes at once.
storm(Hub) ->
    gen_event:delete_handler(Hub, {?MODULE, averages}, none),
    ok = gen_event:add_handler(Hub, {?MODULE, averages}, averages),
    Pids = [spawn_monitor(fun() ->
                              [gen_event:notify(Hub, {reading, storm, N * 1.0})
                               || N <- lists:seq(1, 100)],
                              gen_event:sync_notify(Hub, nothing)
                          end) || _ <- lists:seq(1, 10)],
    [receive {'DOWN', Ref, _, _, normal} -> ok end || {_, Ref} <- Pids],
    report_storm(gen_event:call(Hub, {?MODULE, averages}, get)).

report_storm([{storm, {N, Sum, Least, Most}}]) ->
    io:format("storm: ~w readings, mean ~.2f, from ~.1f to ~.1f~n", [N, Sum / N, Least, Most]).

%% The handlers.

init(averages) -> {ok, {averages, #{}}};
init({log, Size}) -> {ok, {log, Size, []}};
init({alarm, Limit, Pid}) -> {ok, {alarm, Limit, Pid}};
init({limit, {alarm, Limit, Pid}}) -> {ok, {alarm, Limit + 10, Pid}};
init({shorter, {log, _, Readings}}) -> {ok, {log, 3, lists:sublist(Readings, 3)}}.

handle_event({reading, Name, Value}, {averages, Map}) when is_number(Value) ->
    New = case Map of
              #{Name := {N, Sum, Least, Most}} ->
                  {N + 1, Sum + Value, min(Least, Value), max(Most, Value)};
              #{} -> {1, Value, Value, Value}
          end,
    {ok, {averages, Map#{Name => New}}};
handle_event({reading, _, _}, {averages, _}) -> exit(not_a_number);
handle_event({reading, Name, Value}, {log, Size, Readings}) ->
    {ok, {log, Size, lists:sublist([{Name, Value} | Readings], Size)}};
handle_event({reading, Name, Value}, {alarm, Limit, Pid} = State) ->
    _ = is_number(Value) andalso Value > Limit andalso (Pid ! {alarm, Name, Value}),
    {ok, State};
handle_event(_, State) -> {ok, State}.

handle_call(get, {averages, Map} = State) -> {ok, lists:sort(maps:to_list(Map)), State};
handle_call(get, {log, _, Readings} = State) -> {ok, Readings, State};
handle_call(Question, State) -> {ok, {not_understood, Question}, State}.

handle_info(_, State) -> {ok, State}.

terminate(raise, State) -> State;
terminate(shorten, State) -> State;
terminate(_, _) -> ok.
