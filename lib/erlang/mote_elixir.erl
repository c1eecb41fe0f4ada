%% SPDX-License-Identifier: Apache-2.0
%% mote_elixir.erl - Programs of Elixir: started, reported and ended as its own command does it.
-module(mote_elixir).
-export([script/0, start/2, run/2, call/2]).

%% Runs the file and the arguments that init:get_plain_arguments/0 gives.
-spec script() -> term().
script() -> elixir:start_cli().

%% Runs the first of the modules (names with commas between) that can be called.
-spec start(binary(), [string()]) -> term().
start(Target, Arguments) ->
    Modules = [binary_to_atom(Name, utf8) || Name <- binary:split(Target, <<",">>, [global])],
    case [Module || Module <- Modules, entry(Module, []) =/= none] of
        [] -> mote_boot:refuse_entry(Target);
        [Module | _] -> run(fun(Texts) -> call(Module, Texts) end, Arguments)
    end.

%% Calls the function with the arguments and with Elixir's applications started; halts when it has
%% returned or failed.
-spec run(fun(([binary()]) -> term()), [string()]) -> term().
run(Fun, Arguments) ->
    Texts = [unicode:characters_to_binary(Text) || Text <- Arguments],
    {ok, _} = application:ensure_all_started(elixir),
    {ok, _} = application:ensure_all_started(logger),
    'Elixir.System':argv(Texts),
    'Elixir.Kernel.CLI':run(fun(_) -> Fun(Texts) end).

%% Module:start/0, or else Module:main/1 with the arguments.
-spec call(module(), [binary()]) -> term().
call(Module, Arguments) ->
    case entry(Module, Arguments) of
        {Function, All} -> apply(Module, Function, All);
        none -> mote_boot:refuse_entry(atom_to_binary(Module, utf8))
    end.

entry(Module, Arguments) ->
    _ = code:ensure_loaded(Module),
    mote_boot:entry(Module, Arguments).
