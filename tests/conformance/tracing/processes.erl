%% SPDX-License-Identifier: Apache-2.0
%% processes.erl - messages, links, names, births, ends and slices of processes that are traced.
-module(processes).
-export([start/0, nap/0]).
-include("../show.hrl").

nap() -> receive stop -> ok end.

collect(Names, Wait) -> collect(Names, Wait, []).

%% How many slices a process takes is not told: repeated pairs of `out` and `in` are one.
collect(Names, Wait, Last) ->
    receive
        M when element(1, M) =:= trace ->
            Plain = plain(M, Names),
            case is_slice(M) andalso lists:member(Plain, Last) of
                true ->
                    collect(Names, Wait, Last);
                false ->
                    io:format("  ~0p~n", [Plain]),
                    collect(Names, Wait, lists:sublist([Plain | Last], 2))
            end
    after Wait -> ok
    end.

is_slice(M) -> lists:member(element(3, M), [in, out]).

plain(P, Names) when is_pid(P) -> maps:get(P, Names, a_pid);
plain(T, Names) when is_tuple(T) -> list_to_tuple(plain(tuple_to_list(T), Names));
plain([H | T], Names) -> [plain(H, Names) | plain(T, Names)];
plain(F, _) when is_function(F) -> a_fun;
plain(R, _) when is_reference(R) -> a_reference;
plain(X, _) -> X.

traced(Flags, Fun) ->
    io:format("~p~n", [Flags]),
    {P, M} = spawn_monitor(fun() -> receive {go, From} -> Fun(From) end end),
    wait_until_waiting(P),
    ?SHOW(erlang:trace(P, true, Flags)),
    P ! {go, self()},
    receive {'DOWN', M, process, P, _} -> ok end,
    collect(#{P => traced, self() => tracer}, 100).

wait_until_waiting(P) ->
    case process_info(P, status) of
        {status, waiting} -> ok;
        _ -> erlang:yield(), wait_until_waiting(P)
    end.

start() ->
    messages(), links(), births(), slices(), tracers().

messages() ->
    traced([send, 'receive'], fun(From) ->
        From ! {this, [1, 2.5]},
        erlang:send(From, that),
        erlang:send(From, more, [nosuspend]),
        register(traced_name, self()),
        traced_name ! own,
        receive own -> ok end,
        {Dead, M} = spawn_monitor(fun() -> ok end),
        receive {'DOWN', M, _, _, _} -> ok end,
        Dead ! nobody,
        catch (no_such_name ! nobody),
        erlang:send_after(1, self(), tick),
        receive tick -> ok end
    end).

links() ->
    traced([procs], fun(_) ->
        register(traced_name, self()),
        unregister(traced_name),
        process_flag(trap_exit, true),
        Other = spawn(?MODULE, nap, []),
        link(Other),
        unlink(Other),
        Self = self(),
        Linker = spawn(fun() -> link(Self), unlink(Self), Self ! linked, nap() end),
        receive linked -> ok end,
        exit(Linker, kill),
        exit({the, 'end'})
    end).

births() ->
    Parent = fun(From) ->
        [spawn_and_wait(From, F, A) || {F, A} <- [{spawn, []}, {spawn_link, []}]]
    end,
    [traced([procs | Flags], Parent)
     || Flags <- [[set_on_spawn], [set_on_first_spawn], [set_on_link], [set_on_first_link]]],
    ?SHOW(erlang:trace(new, true, [procs])),
    {P, M} = spawn_monitor(?MODULE, nap, []),
    P ! stop,
    receive {'DOWN', M, process, P, _} -> ok end,
    ?SHOW(erlang:trace(new, false, [procs])),
    collect(#{P => traced, self() => tracer}, 100).

spawn_and_wait(_, Function, Options) ->
    P = apply(erlang, Function, [?MODULE, nap, [] | Options]),
    M = monitor(process, P),
    P ! stop,
    receive {'DOWN', M, process, P, _} -> ok end.

slices() ->
    traced([running, exiting], fun(_) ->
        receive nothing -> ok after 10 -> ok end,
        receive nothing -> ok after 10 -> ok end
    end).

%% Who traces whom.
tracers() ->
    P = spawn(?MODULE, nap, []),
    {T, M} = spawn_monitor(?MODULE, nap, []),
    ?SHOW(erlang:trace(P, true, [send, {tracer, T}])),
    ?SHOW({tracer, T} =:= erlang:trace_info(P, tracer)),
    ?SHOW(erlang:trace(P, true, [call])),
    ?SHOW(erlang:trace_info(P, flags)),
    T ! stop,
    receive {'DOWN', M, process, T, _} -> ok end,
    ?SHOW(erlang:trace_info(P, tracer)),
    ?SHOW(erlang:trace_info(P, flags)),
    ?SHOW(erlang:trace(P, true, [call])),
    ?SHOW({tracer, self()} =:= erlang:trace_info(P, tracer)),
    ?SHOW(erlang:trace(P, false, [all])),
    ?SHOW(erlang:trace_info(P, tracer)),
    ?SHOW(erlang:trace(T, true, [call])),
    ?SHOW(erlang:trace(P, true, [call, {tracer, T}])),
    ?SHOW(erlang:trace_info(T, flags)).
