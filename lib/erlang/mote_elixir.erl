%% SPDX-License-Identifier: Apache-2.0
%% mote_elixir.erl - Programs of Elixir: started, reported and ended as its own command does it.
-module(mote_elixir).
-export([script/0, start/2, run/2]).

%% Runs the file and the arguments that init:get_plain_arguments/0 gives.
-spec script() -> term().
script() -> elixir:start_cli().

%% Runs Module:start/0, or else Module:main/1 with the arguments, of the first of the modules (names
%% with commas between) that has one.
-spec start(binary(), [string()]) -> term().
start(Target, Arguments) ->
    Modules = [binary_to_atom(Name, utf8) || Name <- binary:split(Target, <<",">>, [global])],
    case [Module || Module <- Modules, entry(Module) =/= none] of
        [] ->
            mote_boot:refuse([Target, ": no module exports start/0 or main/1"]);
        [Module | _] ->
            Texts = [unicode:characters_to_binary(Text) || Text <- Arguments],
            run(fun() -> call(entry(Module), Module, Texts) end, Texts)
    end.

entry(Module) ->
    {module, Module} = code:ensure_loaded(Module),
    case {erlang:function_exported(Module, start, 0), erlang:function_exported(Module, main, 1)} of
        {true, _} -> start;
        {_, true} -> main;
        _ -> none
    end.

call(start, Module, _) -> Module:start();
call(main, Module, Arguments) -> Module:main(Arguments).

%% Calls the function with Elixir's applications started; halts when it has returned or failed.
-spec run(fun(() -> term()), [binary()]) -> term().
run(Fun, Arguments) ->
    {ok, _} = application:ensure_all_started(elixir),
    {ok, _} = application:ensure_all_started(logger),
    'Elixir.System':argv(Arguments),
    'Elixir.Kernel.CLI':run(fun(_) -> Fun() end).
