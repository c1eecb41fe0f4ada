%% SPDX-License-Identifier: Apache-2.0
%% harbour.erl - A discrete event simulation of a harbour: events in a gb_trees agenda, random numbers
%% from a seed, floats, statistics; then the same with processes as ships under a virtual clock.
-module(harbour).
-export([start/0]).

-record(world, {now = 0.0, agenda = gb_trees:empty(), number = 0, random, berths, cranes, free_berths, free_cranes,
                queue = queue:new(), ships = #{}, done = [], trace = [], area = 0.0, last = 0.0}).
-record(ship, {id, kind, arrived, berthed, loaded, cargo}).

start() ->
    [report(run(Seed, Berths, Cranes, 40)) || {Seed, Berths, Cranes} <- [{1, 2, 2}, {1, 3, 4}, {2, 1, 1}, {7, 5, 5}]],
    trace(run(3, 2, 1, 6)),
    tides(),
    fleet(25),
    fleet(200).

%% ---- Events ----

run(Seed, Berths, Cranes, Ships) ->
    World = #world{random = rand:seed_s(exsss, Seed), berths = Berths, cranes = Cranes,
                   free_berths = Berths, free_cranes = Cranes},
    loop(arrivals(World, Ships, 0.0)).

arrivals(World, 0, _) -> World;
arrivals(World0, N, Time) ->
    {Gap, World1} = exponential(World0, 3.0),
    {Kind, World2} = pick(World1, [tanker, freighter, ferry]),
    {Cargo, World3} = uniform(World2, 2.0, 9.0),
    Ship = #ship{id = N, kind = Kind, arrived = Time + Gap, cargo = Cargo},
    arrivals(schedule(World3, Time + Gap, {arrive, Ship}), N - 1, Time + Gap).

%% The number keeps apart, and in order, what happens at one time.
schedule(#world{agenda = Agenda, number = N} = World, Time, Event) ->
    World#world{agenda = gb_trees:insert({Time, N}, Event, Agenda), number = N + 1}.

loop(#world{agenda = Agenda} = World) ->
    case gb_trees:is_empty(Agenda) of
        true -> World;
        false ->
            {{Time, _}, Event, Rest} = gb_trees:take_smallest(Agenda),
            loop(settle(event(Event, note(Event, pass(World#world{agenda = Rest}, Time)))))
    end.

%% The area under the length of the queue gives its mean.
pass(#world{last = Last, area = Area, queue = Queue} = World, Time) ->
    World#world{now = Time, last = Time, area = Area + (Time - Last) * queue:len(Queue)}.

note({Name, What}, #world{now = Now, trace = Trace} = World) ->
    Id = case What of #ship{id = I} -> I; I -> I end,
    World#world{trace = [{Now, Name, Id} | Trace]}.

event({arrive, #ship{kind = ferry} = Ship}, #world{queue = Queue} = World) ->
    World#world{queue = queue:in_r(Ship, Queue)};
event({arrive, Ship}, #world{queue = Queue} = World) ->
    World#world{queue = queue:in(Ship, Queue)};
event({moored, Id}, #world{ships = Ships, now = Now} = World) ->
    #{Id := Ship} = Ships,
    want_crane(World#world{ships = Ships#{Id := Ship#ship{berthed = Now}}}, Id);
event({unloaded, Id}, #world{ships = Ships, now = Now, free_cranes = Cranes} = World) ->
    #{Id := Ship} = Ships,
    World1 = World#world{ships = Ships#{Id := Ship#ship{loaded = Now}}, free_cranes = Cranes + 1},
    schedule(waiting_for_crane(World1), Now + 0.5, {leave, Id});
event({leave, Id}, #world{ships = Ships, done = Done, free_berths = Berths} = World) ->
    {Ship, Left} = maps:take(Id, Ships),
    World#world{ships = Left, done = [{Ship, World#world.now} | Done], free_berths = Berths + 1}.

want_crane(#world{free_cranes = 0} = World, _) -> World;
want_crane(#world{free_cranes = Cranes, ships = Ships, now = Now} = World, Id) ->
    #{Id := #ship{cargo = Cargo} = Ship} = Ships,
    schedule(World#world{free_cranes = Cranes - 1, ships = Ships#{Id := Ship#ship{loaded = working}}},
             Now + Cargo * rate(Ship#ship.kind), {unloaded, Id}).

waiting_for_crane(#world{ships = Ships} = World) ->
    Waiting = lists:sort([{S#ship.berthed, Id} || {Id, S} <- maps:to_list(Ships),
                          S#ship.berthed =/= undefined, S#ship.loaded =:= undefined]),
    case Waiting of
        [] -> World;
        [{_, Id} | _] -> want_crane(World, Id)
    end.

rate(tanker) -> 1.5;
rate(freighter) -> 1.0;
rate(ferry) -> 0.25.

%% Ships go to free berths.
settle(#world{free_berths = 0} = World) -> World;
settle(#world{queue = Queue, free_berths = Berths, ships = Ships, now = Now} = World) ->
    case queue:out(Queue) of
        {empty, _} -> World;
        {{value, Ship}, Rest} ->
            World1 = World#world{queue = Rest, free_berths = Berths - 1, ships = Ships#{Ship#ship.id => Ship}},
            settle(schedule(World1, Now + 0.25, {moored, Ship#ship.id}))
    end.

%% ---- Chance ----

exponential(#world{random = R} = World, Mean) ->
    {U, Next} = rand:uniform_s(R),
    {-Mean * math:log(1.0 - U), World#world{random = Next}}.
uniform(#world{random = R} = World, Low, High) ->
    {U, Next} = rand:uniform_s(R),
    {Low + U * (High - Low), World#world{random = Next}}.
pick(#world{random = R} = World, List) ->
    {N, Next} = rand:uniform_s(length(List), R),
    {lists:nth(N, List), World#world{random = Next}}.

%% ---- Figures ----

report(#world{done = Done, berths = Berths, cranes = Cranes, now = End, area = Area} = World) ->
    Waits = [S#ship.berthed - S#ship.arrived || {S, _} <- Done],
    Stays = [Left - S#ship.arrived || {S, Left} <- Done],
    io:format("~w berths, ~w cranes: ~w ships in ~.3f h, queue ~.4f, free at end ~w ~w~n",
              [Berths, Cranes, length(Done), End, Area / End, World#world.free_berths, World#world.free_cranes]),
    [io:format("  ~-6s mean ~9.4f  deviation ~9.4f  most ~9.4f  median ~p~n",
               [Name, mean(L), deviation(L), lists:max(L), lists:nth(length(L) div 2, lists:sort(L))])
     || {Name, L} <- [{"wait", Waits}, {"stay", Stays}]],
    Kinds = lists:foldl(fun({S, _}, Acc) -> maps:update_with(S#ship.kind, fun(N) -> N + 1 end, 1, Acc) end, #{}, Done),
    io:format("  kinds ~p, digest ~w~n", [lists:sort(maps:to_list(Kinds)), erlang:phash2(World#world.trace)]),
    histogram(Waits).

mean(L) -> lists:sum(L) / length(L).
deviation(L) ->
    M = mean(L),
    math:sqrt(lists:sum([math:pow(X - M, 2) || X <- L]) / length(L)).

histogram(L) ->
    Width = lists:max(L) / 5,
    Buckets = [length([X || X <- L, min(4, trunc(X / Width)) =:= B]) || B <- lists:seq(0, 4)],
    [io:format("  ~4.1f ~s ~w~n", [B * Width, lists:duplicate(N, $*), N])
     || {B, N} <- lists:zip(lists:seq(0, 4), Buckets)].

trace(#world{trace = Trace}) ->
    [io:format("~8.3f ~-8w ~w~n", [Time, Name, Id]) || {Time, Name, Id} <- lists:reverse(Trace)].

%% Depths by the hour as binaries of 16-bit centimetres, packed and read again.
tides() ->
    Depths = [round(100 * (8 + 3 * math:sin(H * math:pi() / 6.2))) || H <- lists:seq(0, 47)],
    Packed = << <<D:16/little>> || D <- Depths >>,
    High = [I || {I, D} <- lists:zip(lists:seq(0, 47), [D || <<D:16/little>> <= Packed]), D > 1050],
    Bits = << <<(D - 500):10>> || D <- Depths >>,
    io:format("tides ~w bytes, ~w bits, high at ~w, ~w~n",
              [byte_size(Packed), bit_size(Bits), High, [D + 500 || <<D:10>> <= Bits] =:= Depths]).

%% ---- Ships that are processes; the clock goes on when all sleep ----

fleet(N) ->
    Clock = self(),
    Ships = [spawn_link(fun() -> ship(Clock, I) end) || I <- lists:seq(1, N)],
    Log = clock(0, gb_trees:empty(), #{pier => 3}, queue:new(), N, []),
    Order = [I || {_, left, I} <- lists:reverse(Log)],
    io:format("fleet ~w: ends at ~w, first ~w, all ~w, digest ~w~n",
              [N, element(1, hd(Log)), lists:sublist(Order, 8), lists:sort(Order) =:= lists:seq(1, N),
               erlang:phash2(Log)]),
    [receive {'EXIT', _, _} -> ok after 0 -> ok end || _ <- Ships].

ship(Clock, I) ->
    sleep(Clock, I, (I * 37) rem 50),
    ask(Clock, I, dock),
    sleep(Clock, I, 5 + (I * 13) rem 11),
    ask(Clock, I, undock),
    Clock ! {left, I}.

sleep(Clock, I, Time) -> Clock ! {sleep, I, self(), Time}, receive go -> ok end.
ask(Clock, I, What) -> Clock ! {What, I, self()}, receive go -> ok end.

%% `Active`: ships that will say something without being told.
clock(Now, Agenda, Free, Queue, 0, Log) ->
    case gb_trees:is_empty(Agenda) of
        true -> Log;
        false ->
            {{Time, I}, Pid, Rest} = gb_trees:take_smallest(Agenda),
            Pid ! go,
            clock(max(Now, Time), Rest, Free, Queue, 1, [{Time, woke, I} | Log])
    end;
clock(Now, Agenda, #{pier := Pier} = Free, Queue, Active, Log) ->
    receive
        {sleep, I, Pid, Time} ->
            clock(Now, gb_trees:insert({Now + Time, I}, Pid, Agenda), Free, Queue, Active - 1, Log);
        {dock, _, Pid} when Pier > 0 ->
            Pid ! go,
            clock(Now, Agenda, Free#{pier := Pier - 1}, Queue, Active, Log);
        {dock, _, Pid} ->
            clock(Now, Agenda, Free, queue:in(Pid, Queue), Active - 1, Log);
        {undock, _, Pid} ->
            Pid ! go,
            case queue:out(Queue) of
                {empty, _} -> clock(Now, Agenda, Free#{pier := Pier + 1}, Queue, Active, Log);
                {{value, Next}, Rest} ->
                    Next ! go,
                    clock(Now, Agenda, Free, Rest, Active + 1, Log)
            end;
        {left, I} ->
            clock(Now, Agenda, Free, Queue, Active - 1, [{Now, left, I} | Log])
    end.
