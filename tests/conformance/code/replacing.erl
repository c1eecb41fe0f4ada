%% SPDX-License-Identifier: Apache-2.0
%% replacing.erl - Modules that are loaded anew while processes run them; purges; on_load functions.
-module(replacing).
-export([start/0]).
-include("../show.hrl").

start() ->
    generations(),
    purges(),
    funs(),
    checks(),
    prepared(),
    on_load(),
    mistakes().

%% ---- Modules made here ----

compiled(Name, Lines) ->
    Forms = [form(Line) || Line <- ["-module(" ++ atom_to_list(Name) ++ "). ",
                                    "-compile(export_all). " | Lines]],
    {ok, Name, Code} = compile:forms(Forms, [nowarn_export_all]),
    Code.

form(Line) ->
    {ok, Tokens, _} = erl_scan:string(Line),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

code(Version) ->
    V = integer_to_list(Version),
    compiled(replaced, ["version() -> " ++ V ++ ". ",
                        "fun_of() -> fun() -> " ++ V ++ " end. ",
                        "wait() -> receive {From, version} -> From ! {self(), version()}, wait();
                             {From, switch} -> From ! {self(), switched}, replaced:wait();
                             {From, outside} -> waiter(From), wait() end. ",
                        "waiter(From) -> From ! {self(), outside}, lists:map(fun(_) ->
                             receive go -> ok end end, [From]). ",
                        "only_" ++ V ++ "() -> here. "]).

load(Version) -> code:load_binary(replaced, "replaced.erl", code(Version)).

ask(Pid, What) ->
    Pid ! {self(), What},
    receive {Pid, Answer} -> Answer end.

is_gone(Pid) ->
    Ref = monitor(process, Pid),
    receive
        {'DOWN', Ref, process, Pid, Why} -> {gone, Why}
    after 100 ->
        demonitor(Ref, [flush]),
        no
    end.

clear() ->
    code:purge(replaced),
    code:delete(replaced),
    code:purge(replaced).

%% ---- Generations ----

generations() ->
    ?SHOW(load(1)),
    ?SHOW(replaced:version()),
    Pid = spawn(replaced, wait, []),
    ?SHOW(load(2)),
    ?SHOW({replaced:version(), ask(Pid, version)}),
    ?SHOW({function_exported(1), function_exported(2), erlang:check_old_code(replaced)}),
    ?SHOW(erlang:load_module(replaced, code(3))),
    ?SHOW(ask(Pid, switch)),
    ?SHOW(ask(Pid, version)),
    ?SHOW(code:soft_purge(replaced)),
    ?SHOW(load(3)),
    ?SHOW({replaced:version(), ask(Pid, version)}),
    Other = spawn(replaced, wait, []),
    ?SHOW(ask(Other, version)),
    ?SHOW(code:delete(replaced)),
    ?SHOW(code:soft_purge(replaced)),
    ?SHOW(load(4)),
    ?SHOW({replaced:version(), is_gone(Pid), ask(Other, version)}),
    ?SHOW(load(5)),
    ?SHOW({replaced:version(), is_gone(Other)}),
    ?SHOW(code:delete(replaced)),
    ?SHOW(code:purge(replaced)),
    ?SHOW(replaced:version()),
    clear().

function_exported(Version) ->
    erlang:function_exported(replaced, list_to_atom("only_" ++ integer_to_list(Version)), 0).

%% ---- Purges ----

purges() ->
    ?SHOW(load(1)),
    Waiting = spawn(replaced, wait, []),
    Outside = spawn(replaced, wait, []),
    ?SHOW(ask(Outside, outside)),
    Fresh = spawn(fun() -> receive go -> exit(replaced:version()) end end),
    ?SHOW(load(2)),
    ?SHOW(code:soft_purge(replaced)),
    ?SHOW(ask(Waiting, version)),
    ?SHOW(ask(Waiting, switch)),
    ?SHOW(ask(Waiting, version)),
    ?SHOW(code:soft_purge(replaced)),
    ?SHOW(code:purge(replaced)),
    ?SHOW({is_gone(Outside), is_gone(Waiting), is_gone(Fresh)}),
    ?SHOW(code:purge(replaced)),
    ?SHOW(erlang:purge_module(replaced)),
    exit(Waiting, kill),
    Ref = monitor(process, Fresh),
    Fresh ! go,
    ?SHOW(receive {'DOWN', Ref, process, Fresh, Why} -> Why end),
    clear().

funs() ->
    ?SHOW(load(1)),
    Old = replaced:fun_of(),
    External = fun replaced:version/0,
    ?SHOW(load(2)),
    New = replaced:fun_of(),
    ?SHOW({Old(), New(), External()}),
    ?SHOW(code:soft_purge(replaced)),
    ?SHOW(try Old() catch error:{badfun, Fun} -> Fun =:= Old end),
    ?SHOW({New(), External()}),
    clear().

checks() ->
    ?SHOW(load(1)),
    Pid = spawn(replaced, wait, []),
    ?SHOW({erlang:check_process_code(Pid, replaced), erlang:check_process_code(self(), replaced)}),
    ?SHOW(load(2)),
    ?SHOW({erlang:check_process_code(Pid, replaced), erlang:check_process_code(self(), replaced)}),
    ?SHOW(erlang:check_process_code(Pid, replaced, [{async, my_id}])),
    ?SHOW(receive {check_process_code, my_id, Result} -> Result end),
    ?SHOW(erlang:check_process_code(Pid, lists, [{allow_gc, false}])),
    ?SHOW(code:purge(replaced)),
    ?SHOW(erlang:check_process_code(Pid, replaced)),
    ?SHOW(erlang:check_process_code(a, replaced)),
    ?SHOW(erlang:check_process_code(self(), 1)),
    ?SHOW(erlang:check_process_code(self(), replaced, [x])),
    clear().

%% ---- Prepared code ----

prepared() ->
    Code = erlang:prepare_loading(replaced, code(1)),
    ?SHOW(is_reference(Code)),
    ?SHOW(erlang:module_loaded(replaced)),
    ?SHOW(erlang:has_prepared_code_on_load(Code)),
    ?SHOW(erlang:finish_loading([Code, erlang:prepare_loading(replaced, code(2))])),
    ?SHOW(erlang:finish_loading([Code])),
    ?SHOW(replaced:version()),
    ?SHOW(erlang:finish_loading([Code])),
    ?SHOW(erlang:finish_loading([])),
    Others = [erlang:prepare_loading(Name, compiled(Name, ["one() -> 1. "])) || Name <- [one, two]],
    ?SHOW(erlang:finish_loading(Others)),
    ?SHOW({one:one(), two:one()}),
    clear().

%% ---- on_load ----

on_load(Result) ->
    compiled(loading, ["-on_load(prepare/0). ", "prepare() -> " ++ Result ++ ". ",
                       "kept() -> persistent_term:get(loading, nothing). ", "own() -> ok. "]).

on_load() ->
    Load = fun(Result) ->
               {code:load_binary(loading, "loading.erl", on_load(Result)),
                erlang:module_loaded(loading)}
           end,
    ?SHOW(Load("persistent_term:put(loading, done), ok")),
    ?SHOW(loading:kept()),
    ?SHOW(Load("{not_today, self()}")),
    ?SHOW({loading:kept(), erlang:check_old_code(loading)}),
    ?SHOW(Load("persistent_term:put(loading, again), ok")),
    ?SHOW({loading:kept(), erlang:check_old_code(loading)}),
    code:purge(loading), code:delete(loading), code:purge(loading),
    ?SHOW(Load("not_today")),
    ?SHOW(Load("error(failed)")),
    ?SHOW(Load("exit(left)")),
    ?SHOW(Load("loading:own()")),
    ?SHOW(loading:kept()),
    Code = erlang:prepare_loading(loading, on_load("F = fun() -> ok end, F()")),
    ?SHOW(erlang:has_prepared_code_on_load(Code)),
    ?SHOW(erlang:finish_loading([Code, erlang:prepare_loading(two, compiled(two, []))])),
    ?SHOW(erlang:finish_loading([Code])),
    ?SHOW(erlang:call_on_load_function(loading)),
    ?SHOW(erlang:module_loaded(loading)),
    ?SHOW(erts_code_purger:finish_after_on_load(loading, true)),
    ?SHOW({erlang:module_loaded(loading), loading:own()}),
    ?SHOW(code:delete(loading)),
    ?SHOW(code:purge(loading)).

mistakes() ->
    ?SHOW(code:load_binary(replaced, "x", <<"no code">>)),
    ?SHOW(code:load_binary(other, "x", code(1))),
    ?SHOW(erlang:prepare_loading(a, b)),
    ?SHOW(erts_internal:prepare_loading(1, <<>>)),
    ?SHOW(erlang:has_prepared_code_on_load(make_ref())),
    ?SHOW(erlang:finish_loading(a)),
    ?SHOW(erlang:finish_loading([make_ref()])),
    ?SHOW(erlang:call_on_load_function(no_such_module)),
    ?SHOW(erlang:finish_after_on_load(no_such_module, true)),
    ?SHOW(erts_internal:purge_module(lists, prepare)),
    ?SHOW(erts_internal:check_process_code(1)),
    ?SHOW(erts_internal:check_process_code(lists)),
    ?SHOW(erts_internal:beamfile_chunk(code(1), "none")),
    ?SHOW(byte_size(erts_internal:beamfile_chunk(code(1), "ExpT"))),
    ?SHOW(erts_internal:beamfile_chunk(binary:part(code(1), 0, 100), "ExpT")),
    ?SHOW(erts_internal:beamfile_chunk(<<1, 2, 3>>, "ExpT")),
    ?SHOW(erts_internal:beamfile_chunk(<<1:3>>, "ExpT")),
    ?SHOW(erts_internal:beamfile_chunk(code(1), "Exp")),
    ?SHOW(erts_internal:beamfile_module_md5(code(1)) =:= element(2, element(2, beam_lib:md5(code(1))))),
    ?SHOW(code:module_md5(code(1)) =:= code:module_md5(zlib:gzip(code(1)))),
    ?SHOW(erts_internal:beamfile_module_md5(zlib:gzip(code(1)))),
    ?SHOW(erts_internal:beamfile_module_md5(binary:part(code(1), 0, 100))),
    ?SHOW(erts_internal:beamfile_module_md5(<<1, 2, 3>>)),
    ?SHOW(erts_internal:beamfile_module_md5(<<1:3>>)),
    ?SHOW(erts_internal:beamfile_module_md5(a)),
    ?SHOW(code:load_file(no_such_module)),
    ?SHOW(code:purge(no_such_module)),
    ?SHOW(erlang:purge_module(1)).
