%% SPDX-License-Identifier: Apache-2.0
%% Modules from bytes: preparing, making current, old code, purging, who uses old code.
-module(load_calls).
-export([start/0]).

-include("../show.hrl").
-include("calls.hrl").

start() ->
    loading(),
    generations(),
    users(),
    chunks(),
    server(),
    tasks().

%% A module made_for_test whose functions are version/0, hold/1 (waits, then returns), held/1 (a fun
%% of the module), text/0 (a literal).
code(Version) -> code(made_for_test, Version).

code(Name, Version) ->
    Source = ["-module(" ++ atom_to_list(Name) ++ ").",
              "-export([version/0, hold/1, held/0, text/0]).",
              "version() -> " ++ integer_to_list(Version) ++ ".",
              "hold(Pid) -> Pid ! held, receive go -> ok end, {left, version()}.",
              "held() -> V = version(), fun(X) -> {V, " ++ integer_to_list(Version) ++ ", X} end.",
              "text() -> {version, \"" ++ integer_to_list(Version) ++ "\", [a, b, c]}."],
    Forms = [begin
                 {ok, Tokens, _} = erl_scan:string(Line),
                 {ok, Form} = erl_parse:parse_form(Tokens),
                 Form
             end || Line <- Source],
    {ok, Name, Bytes} = compile:forms(Forms, [deterministic]),
    Bytes.

loading() ->
    Bytes = code(1),
    Prepared = erts_internal:prepare_loading(made_for_test, Bytes),
    ?SHOW(is_reference(Prepared)),
    ?SHOW(erlang:module_loaded(made_for_test)),
    ?SHOW(erlang:has_prepared_code_on_load(Prepared)),
    ?SHOW(erlang:finish_loading([Prepared])),
    ?SHOW(made_for_test:version()),
    ?SHOW(erlang:finish_loading([])),
    ?SHOW(erlang:finish_loading([Prepared])),
    ?SHOW(erlang:has_prepared_code_on_load(Prepared)),
    ?SHOW(erlang:has_prepared_code_on_load(make_ref())),
    ?SHOW(erlang:has_prepared_code_on_load(x)),
    ?SHOW(erlang:finish_loading([make_ref()])),
    ?SHOW(erlang:finish_loading([x])),
    ?SHOW(erlang:finish_loading(x)),
    ?SHOW(erlang:finish_loading([Prepared | x])),
    ?SHOW(erts_internal:prepare_loading(other_name, Bytes)),
    ?SHOW(erts_internal:prepare_loading(made_for_test, binary:part(Bytes, 0, 100))),
    ?SHOW(erts_internal:prepare_loading(made_for_test, <<"FOR1">>)),
    ?SHOW(erts_internal:prepare_loading(made_for_test, <<>>)),
    ?SHOW(erts_internal:prepare_loading(made_for_test, <<1:7>>)),
    ?SHOW(erts_internal:prepare_loading("x", Bytes)),
    ?SHOW(erlang:load_module(made_for_test, <<"nothing">>)),
    ?SHOW(erlang:load_module(other_name, Bytes)).

generations() ->
    Text = made_for_test:text(),
    Fun = made_for_test:held(),
    ?SHOW(erlang:load_module(made_for_test, code(2))),
    ?SHOW(made_for_test:version()),
    ?SHOW(Fun(x)),
    ?SHOW(erlang:check_old_code(made_for_test)),
    ?SHOW(erlang:load_module(made_for_test, code(3))),
    ?SHOW(made_for_test:version()),
    One = erts_internal:prepare_loading(made_for_test, code(4)),
    Two = erts_internal:prepare_loading(made_for_test, code(5)),
    Three = erts_internal:prepare_loading(made_second, code(made_second, 6)),
    ?SHOW(erlang:finish_loading([One, Two])),
    ?SHOW(erlang:finish_loading([Three, One])),
    ?SHOW(erlang:module_loaded(made_second)),
    ?SHOW(erts_internal:purge_module(made_for_test, wrong)),
    ?SHOW(erts_internal:purge_module("x", prepare)),
    ?SHOW(Text),
    ?SHOW(code:purge(made_second)),
    ?SHOW(code:purge(no_such_module)).

%% Who runs old code is killed by a purge, others are not.
users() ->
    Self = self(),
    {Runs, RunsRef} = spawn_monitor(fun() -> made_for_test:hold(Self) end),
    receive held -> ok end,
    {Keeps, KeepsRef} = spawn_monitor(fun() ->
        Fun = made_for_test:held(),
        Self ! held,
        receive go -> Fun(1) end
    end),
    receive held -> ok end,
    {Reads, ReadsRef} = spawn_monitor(fun() ->
        Text = made_for_test:text(),
        Self ! held,
        receive go -> exit(Text) end
    end),
    receive held -> ok end,
    {Forgets, ForgetsRef} = spawn_monitor(fun() ->
        Fun = made_for_test:held(),
        Fun(1),
        Self ! held,
        receive go -> exit(forgot) end
    end),
    receive held -> ok end,
    ?SHOW(code:soft_purge(made_for_test)),
    ?SHOW(code:delete(made_for_test)),
    ?SHOW(code:soft_purge(made_for_test)),
    ?SHOW(erlang:check_process_code(Runs, made_for_test)),
    ?SHOW(erlang:check_process_code(Keeps, made_for_test)),
    ?SHOW(erlang:check_process_code(Reads, made_for_test)),
    ?SHOW(erlang:check_process_code(Forgets, made_for_test)),
    ?SHOW(erlang:check_process_code(self(), made_for_test)),
    ?SHOW(erlang:check_process_code(Runs, no_such_module)),
    ?SHOW(erlang:check_process_code(Runs, "x")),
    ?SHOW(erts_internal:check_process_code(made_for_test)),
    ?SHOW(erts_internal:check_process_code("x")),
    ?SHOW(code:purge(made_for_test)),
    ?SHOW(receive {'DOWN', RunsRef, process, _, Why} -> Why after 0 -> alive end),
    ?SHOW(receive {'DOWN', KeepsRef, process, _, Why} -> Why after 0 -> alive end),
    Reads ! go,
    Forgets ! go,
    ?SHOW(receive {'DOWN', ReadsRef, process, _, Why} -> Why end),
    ?SHOW(receive {'DOWN', ForgetsRef, process, _, Why} -> Why end),
    ?SHOW(catch element(1, element(2, catch made_for_test:version()))),
    ?SHOW(erlang:check_old_code(made_for_test)).

chunks() ->
    Bytes = code(7),
    ?SHOW(byte_size(erts_internal:beamfile_chunk(Bytes, "Code")) > 20),
    ?SHOW(binary:part(erts_internal:beamfile_chunk(Bytes, "AtU8"), 4, 14)),
    ?SHOW(erts_internal:beamfile_chunk(Bytes, "None")),
    ?SHOW(erts_internal:beamfile_chunk(<<"FOR1", 0, 0, 0, 4, "BEAM">>, "Code")),
    ?SHOW(erts_internal:beamfile_chunk(Bytes, "Co")),
    ?SHOW(erts_internal:beamfile_chunk(Bytes, 'Code')),
    ?SHOW(erts_internal:beamfile_chunk(x, "Code")).

server() ->
    ?SHOW(code:load_binary(made_for_test, "made.erl", code(8))),
    ?SHOW(made_for_test:version()),
    ?SHOW(code:is_loaded(made_for_test)),
    ?SHOW(code:which(made_for_test)),
    ?SHOW(code:load_binary(made_for_test, "again.erl", code(9))),
    ?SHOW(code:load_binary(made_for_test, "again.erl", code(10))),
    ?SHOW(made_for_test:version()),
    ?SHOW(code:which(made_for_test)),
    ?SHOW(code:load_binary(made_for_test, "bad.erl", <<"bad">>)),
    ?SHOW(code:delete(made_for_test)),
    ?SHOW(code:delete(made_for_test)),
    ?SHOW(code:is_loaded(made_for_test)),
    ?SHOW(code:purge(made_for_test)),
    ?SHOW(code:delete(no_such_module)).

tasks() ->
    Self = self(),
    ?SHOW(erts_internal:request_system_task(Self, normal, {check_process_code, id, lists})),
    ?SHOW(receive {check_process_code, id, Answer} -> Answer end),
    ?SHOW(erts_internal:request_system_task(Self, normal, {check_process_code, id, "x"})),
    ?SHOW(erts_internal:request_system_task(Self, normal, {no_such_task, id, lists})).
