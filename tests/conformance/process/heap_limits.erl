%% SPDX-License-Identifier: Apache-2.0
%% heap_limits.erl - max_heap_size: what counts, what is reported, who is spared.
-module(heap_limits).
-export([start/0, log/2]).
-include("../show.hrl").

start() ->
    settings(),
    counted(),
    reports().

settings() ->
    Asleep = fun() -> receive stop -> ok end end,
    Spawned = fun(Max) ->
                  Pid = spawn_opt(Asleep, [{max_heap_size, Max}]),
                  {max_heap_size, Set} = process_info(Pid, max_heap_size),
                  Pid ! stop,
                  maps:to_list(Set)
              end,
    ?SHOW(Spawned(#{size => 20000, kill => false})),
    ?SHOW(Spawned(#{size => 20000, error_logger => false})),
    ?SHOW(Spawned(#{size => 20000, kill => false, error_logger => false})),
    ?SHOW(Spawned(#{size => 0, kill => false})),
    ?SHOW(Spawned(30000)),
    ?SHOW(Spawned(1)),
    ?SHOW(spawn_opt(Asleep, [{max_heap_size, 1000}, {min_heap_size, 2000}])),
    ?SHOW(process_flag(max_heap_size, 1)),
    ?SHOW(begin process_flag(max_heap_size, #{size => 100000, kill => false}),
                process_flag(max_heap_size, 0) end),
    ?SHOW(process_flag(max_heap_size, 0)).

%% The reason of a process that `Run`s, is sent `Message`, is collected, and is told to go.
ends(Run, Message, Options) ->
    Max = #{size => 10000, kill => true, error_logger => false},
    {Pid, Ref} = spawn_opt(Run, [monitor, {max_heap_size, Max} | Options]),
    Pid ! Message,
    erlang:garbage_collect(Pid),
    Pid ! go,
    receive {'DOWN', Ref, process, Pid, Why} -> Why end.

counted() ->
    Waits = fun() -> receive go -> ok end end,
    Takes = fun() -> receive {list, List} -> length(List) end, receive go -> ok end end,
    ?SHOW(ends(Waits, small, [])),
    ?SHOW(ends(Waits, lists:seq(1, 20000), [])),
    ?SHOW(ends(Waits, lists:seq(1, 20000), [{message_queue_data, off_heap}])),
    ?SHOW(ends(Takes, {list, lists:seq(1, 20000)}, [])),
    ?SHOW(ends(Takes, {list, lists:seq(1, 20)}, [])).

%% ---- Reports ----

reports() ->
    logger:remove_handler(default),
    logger:set_primary_config(level, all),
    logger:add_handler(?MODULE, ?MODULE, #{config => self()}),
    ?SHOW(reported(#{size => 20000, kill => true})),
    ?SHOW(reported(#{size => 20000, kill => false})),
    ?SHOW(reported(#{size => 20000, kill => true, error_logger => false})),
    ?SHOW(reported(#{size => 20000, kill => false, error_logger => false})),
    logger:remove_handler(?MODULE).

log(#{level := Level, msg := {Format, Arguments}, meta := Meta}, #{config := Pid}) ->
    Pid ! {logged, Level, Format, Arguments, maps:get(error_logger, Meta)}.

%% A spared process is reported at each of its collections: one report is as good as another.
reported(Max) ->
    {Pid, Ref} = spawn_opt(fun() -> exit(length(lists:seq(1, 100000))) end,
                           [monitor, {max_heap_size, Max}]),
    receive {'DOWN', Ref, process, Pid, Why} -> ok end,
    receive
        {logged, Level, Format, Arguments, Tags} ->
            flush(),
            {Why, Level, hd(string:split(Format, "     Stacktrace")), tame(Pid, Arguments), Tags}
    after 200 ->
        {Why, nothing}
    end.

flush() -> receive {logged, _, _, _, _} -> flush() after 50 -> ok end.

%% Since release 26 a stack trace follows, which Mote does not tell.
tame(Pid, [Pid, Max, Total, Kill, Log, Length, Figures | _]) ->
    [Max, Total > Max, Kill, Log, Length, [Key || {Key, _} <- Figures]].
