%% SPDX-License-Identifier: Apache-2.0
%% crash_by_vm.erl - What the VM reports of processes that end with an error.
-module(crash_by_vm).
-export([start/0, die/1]).
-include("../show.hrl").

start() ->
    log_lines:install(),
    [begin io:format("~p~n", [How]), log_lines:wait(spawn(?MODULE, die, [How])) end
     || How <- [badarith, badmatch, {error, "text"}, {throw, ball}, {exit, reason}, {exit, normal},
                {exit, shutdown}, undef, badarg, function_clause, {raise, error}, nothing]],
    linked(),
    killed().

die(badarith) -> zero() / zero();
die(badmatch) -> {a, _} = zero();
die({error, Why}) -> error(Why);
die({throw, Value}) -> throw(Value);
die({exit, Why}) -> exit(Why);
die(undef) -> no_such_module:no_such_function(1, two);
die(badarg) -> atom_to_list(zero());
die(function_clause) -> only_a(b);
die({raise, Class}) -> erlang:raise(Class, raised, [{m, f, 1, [{file, "m.erl"}, {line, 2}]}]);
die(nothing) -> ok.

zero() -> list_to_integer("0").
only_a(a) -> ok.

linked() ->
    process_flag(trap_exit, true),
    Pid = spawn_link(?MODULE, die, [{error, linked}]),
    log_lines:wait(Pid),
    ?SHOW(receive {'EXIT', Pid, {Why, _}} -> Why end).

killed() ->
    Pid = spawn(fun() -> receive after infinity -> ok end end),
    exit(Pid, kill),
    log_lines:wait(Pid),
    Other = spawn(fun() -> receive after infinity -> ok end end),
    exit(Other, {reason, of_others}),
    log_lines:wait(Other).
