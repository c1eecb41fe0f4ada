%% SPDX-License-Identifier: Apache-2.0
%% process_links.erl - Links, monitors, aliases, exits and spawning by apply.
-module(process_links).
-export([start/0, sleep/0, add/2]).
-include("masked.hrl").

%% In a process of its own, of which nothing else knows.
start() ->
    {Pid, Ref} = spawn_monitor(fun run/0),
    receive {'DOWN', Ref, process, Pid, Reason} -> value("end", Reason) end.

run() ->
    links(),
    exits(),
    monitors(),
    aliases(),
    spawns(),
    requests().

links() ->
    Dead = dead(),
    Other = spawn(?MODULE, sleep, []),
    calls(erlang, link, [[a], [1], [make_ref()], [self()], [Dead], [Other], [Other]]),
    value("links", element(2, process_info(self(), links)) =:= [Other]),
    process_flag(trap_exit, true),
    calls(erlang, link, [[Dead]]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    calls(erlang, unlink, [[a], [1], [make_ref()], [Dead], [self()], [Other], [Other]]),
    value("links", element(2, process_info(self(), links))),
    link(Other),
    exit(Other, done),
    value("message", receive M2 -> M2 after 1000 -> none end),
    process_flag(trap_exit, false).

exits() ->
    Other = spawn(?MODULE, sleep, []),
    calls(erlang, exit, [[a, b], [1, b], [make_ref(), b], [dead(), b], [Other, normal]]),
    calls(erlang, is_process_alive, [[Other]]),
    Ref = monitor(process, Other),
    calls(erlang, exit, [[Other, {some, reason}]]),
    value("message", receive M1 -> M1 after 1000 -> none end),
    _ = Ref,
    Self = self(),
    %% A process that ends itself does not go on.
    [begin
         {Pid, R} = spawn_monitor(fun() -> apply(erlang, exit, [self(), Reason]), Self ! still_here end),
         receive {'DOWN', R, process, Pid, Why} -> value("ended", Why) end
     end || Reason <- [kill, foo, normal]],
    {Pid, R} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        apply(erlang, exit, [self(), foo]),
        receive {'EXIT', _, What} -> exit({trapped, What}) end
    end),
    receive {'DOWN', R, process, Pid, Why} -> value("ended", Why) end,
    value("message", receive still_here -> still_here after 0 -> none end).

monitors() ->
    Dead = dead(),
    Other = spawn(?MODULE, sleep, []),
    register(other, Other),
    calls(erlang, monitor,
          [[process, 1], [process, "a"], [process, {a, b, c}], [process, {a, 1}], [process, {1, node()}],
           [process, make_ref()], [foo, self()], [1, self()], [port, self()], [time_offset, a],
           [process, self()], [process, Dead], [process, nobody], [process, {nobody, node()}],
           [process, Other], [process, other], [process, {other, node()}]]),
    value("messages", [receive M -> M after 1000 -> none end || _ <- lists:seq(1, 3)]),
    value("monitors", lists:usort(element(2, process_info(self(), monitors)))),
    exit(Other, bye),
    value("messages", lists:sort([receive M -> M after 1000 -> none end || _ <- lists:seq(1, 3)])),
    calls(erlang, monitor,
          [[process, Dead, a], [process, Dead, [a]], [process, Dead, [{alias, x}]], [process, Dead, [{tag}]],
           [process, Dead, [{tag, [my, tag]}]], [process, 1, []], [foo, Dead, []],
           [process, Dead, [{alias, explicit_unalias}]], [process, Dead, [{tag, t} | x]]]),
    value("messages", [receive M -> M after 1000 -> none end || _ <- lists:seq(1, 2)]),
    calls(erlang, demonitor, [[a], [1], [make_ref()], [self()]]),
    New = spawn(?MODULE, sleep, []),
    R1 = monitor(process, New),
    R2 = monitor(process, New),
    R3 = monitor(process, Dead),
    receive {'DOWN', R3, _, _, _} = Down -> self() ! Down end,
    calls(erlang, demonitor, [[R1, [x]], [R1, x], [R1, [info | x]], [R1, [info]], [R1, [info]], [R1, [flush, info]],
                              [R2, []], [R3, [info]], [R3, [flush]], [make_ref(), [info]], [a, []]]),
    value("messages", receive M2 -> M2 after 0 -> none end),
    exit(New, kill).

aliases() ->
    calls(erlang, alias, [[], [[x]], [x], [[reply | x]], [[reply]], [[explicit_unalias]], [[explicit_unalias, reply]]]),
    calls(erlang, unalias, [[a], [make_ref()], [self()]]),
    A1 = alias(),
    A2 = alias([reply]),
    [A ! {to, N} || N <- [1, 2], A <- [A1, A2]],
    value("messages", [receive M -> M after 100 -> none end || _ <- lists:seq(1, 4)]),
    calls(erlang, unalias, [[A1], [A1], [A2]]),
    A1 ! lost,
    value("message", receive M -> M after 0 -> none end).

spawns() ->
    Sleep = fun() -> sleep() end,
    calls(erlang, spawn, [[a], [1], [fun add/2], [Sleep], [a, b, c], [1, b, []], [a, 1, []], [a, b, [1 | 2]],
                          [?MODULE, sleep, []], [node(), Sleep], [node(), ?MODULE, sleep, []], [node(), 1],
                          [lists, nosuch, []]]),
    calls(erlang, spawn_link, [[a], [Sleep], [a, b, c], [1, b, []], [?MODULE, sleep, []], [node(), ?MODULE, sleep, []]]),
    calls(erlang, spawn_monitor, [[a], [Sleep], [a, b, c], [?MODULE, sleep, []], [node(), Sleep]]),
    calls(erlang, spawn_opt,
          [[Sleep, []], [Sleep, x], [Sleep, [x]], [a, []], [Sleep, [monitor, link]], [Sleep, [{monitor, []}]],
           [Sleep, [{monitor, x}]], [Sleep, [{monitor, [{tag, t}]}]], [Sleep, [{priority, low}]],
           [Sleep, [{priority, x}]], [Sleep, [{min_heap_size, 1000}]], [Sleep, [{min_heap_size, -1}]],
           [Sleep, [{fullsweep_after, 0}]], [Sleep, [{fullsweep_after, a}]],
           [Sleep, [{max_heap_size, #{size => 1000000}}]], [Sleep, [{max_heap_size, x}]],
           [Sleep, [{message_queue_data, off_heap}]], [Sleep, [{message_queue_data, x}]],
           [Sleep, [{min_bin_vheap_size, 1000}]], [Sleep, [link | x]],
           [?MODULE, sleep, [], []], [?MODULE, sleep, [], [monitor]], [?MODULE, sleep, [], x],
           [?MODULE, sleep, x, []], [1, sleep, [], []], [node(), Sleep, []], [node(), ?MODULE, sleep, [], [link]]]),
    Pid = spawn_opt(Sleep, [{priority, high}, {fullsweep_after, 7}, {message_queue_data, off_heap}]),
    value("settings", process_info(Pid, [priority, fullsweep_after, message_queue_data])),
    flush().

requests() ->
    Sleep = fun() -> sleep() end,
    Reply = fun() -> receive M -> value("reply", M) after 1000 -> value("reply", none) end end,
    None = fun() -> receive M -> value("reply", M) after 50 -> value("reply", none) end end,
    [begin call(erlang, spawn_request, A), Reply() end ||
        A <- [[Sleep], [Sleep, []], [Sleep, [monitor]], [?MODULE, sleep, []], [?MODULE, sleep, [], []],
              [node(), Sleep], [Sleep, [{reply_tag, [my, tag]}]], [Sleep, [x]], [Sleep, [{reply, x}]],
              [Sleep, [{priority, x}, {reply, error_only}]], [node(), ?MODULE, sleep, [], []]]],
    [begin call(erlang, spawn_request, A), None() end ||
        A <- [[1], [a, b, c, d], [1, b, []], [Sleep, [{reply, no}]], [Sleep, [{reply, error_only}]],
              [Sleep, [x, {reply, no}]], [Sleep, x], [a, 1, [], []]]],
    calls(erlang, spawn_request_abandon, [[a], [make_ref()]]),
    calls(erts_internal, spawn_request, [[1, b, [], []], [a, b, c, []], [a, b, [], c]]),
    Self0 = self(),
    ok = erts_internal:request_system_task(Self0, Self0, normal, {garbage_collect, my_id, minor}),
    value("task", receive T -> T after 1000 -> none end),
    %% The reply comes before anything that the child sends.
    Self = self(),
    [begin
         Ref = spawn_request(fun() -> Self ! {child, N} end),
         receive First -> value("first", First) end,
         receive Second -> value("second", Second) end,
         _ = Ref
     end || N <- [1, 2, 3]],
    flush().

add(A, B) -> A + B.

sleep() -> receive stop -> ok after 60000 -> ok end.

dead() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, Pid, _} -> Pid end.

flush() -> receive _ -> flush() after 10 -> ok end.
