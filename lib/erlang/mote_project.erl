%% SPDX-License-Identifier: Apache-2.0
%% mote_project.erl - Programs that are applications: started, and kept running.
-module(mote_project).
-export([start/2]).

%% The file says what the project's own tool found out: {paths, [Folder]}, {applications, [Name]},
%% {main, Module}: that runs where no application has a module to start, {elixir, boolean()},
%% {settings, [{Application, [{Key, Value}]}]}.
-spec start(binary(), [string()]) -> term().
start(File, Arguments) ->
    {ok, Terms} = file:consult(File),
    #{paths := Paths, applications := Names, main := Main, elixir := IsElixir,
      settings := Settings} = maps:from_list(Terms),
    ok = code:add_pathsa(Paths),
    ok = application:set_env(Settings, [{persistent, true}]),
    case IsElixir of
        true -> mote_elixir:run(fun(Texts) -> run(Names, mote_elixir, call, [Main, Texts]) end, Arguments);
        false -> run(Names, mote_boot, run, [{run, atom_to_binary(Main, utf8), Arguments}])
    end.

%% Where nothing is kept running, the function is the program.
run(Names, Module, Function, Arguments) ->
    start_all(Names),
    case lists:any(fun is_active/1, Names) of
        true -> receive after infinity -> ok end;
        false -> apply(Module, Function, Arguments)
    end.

start_all([]) -> ok;
start_all([Name | Names]) ->
    case application:ensure_all_started(Name) of
        {ok, _} -> start_all(Names);
        {error, {Which, Why}} -> mote_boot:refuse(failure(Which, Why))
    end.

%% A callback that is there and fails explains itself in a report as well.
failure(Which, Why) ->
    unicode:characters_to_binary(io_lib:format("the application ~ts did not start: ~tp",
                                               [Which, Why])).

is_active(Name) ->
    case application:get_key(Name, mod) of
        {ok, [_ | _]} -> true;
        {ok, {_, _}} -> true;
        _ -> false
    end.
