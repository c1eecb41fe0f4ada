%% SPDX-License-Identifier: Apache-2.0
%% mote_on_load.erl - Runs the on_load functions of modules.
%%
%% A module with one becomes current only when the function has returned `ok`. It runs once, in a
%% process of its own; whoever needs the module meanwhile waits for the process that watches it.
-module(mote_on_load).
-export([run/1, watch/1, call/1]).

-spec run(module()) -> {module, module()} | {error, on_load_failure | deadlock}.
run(Module) ->
    case get(?MODULE) of
        %% The function calls its own module, which waits for it.
        Module -> {error, deadlock};
        _ -> await(Module, spawn_monitor(?MODULE, watch, [Module]))
    end.

await(Module, {Pid, Ref}) ->
    receive
        {'DOWN', Ref, process, Pid, {?MODULE, true}} -> {module, Module};
        {'DOWN', Ref, process, Pid, _} -> {error, on_load_failure}
    end.

%% Exits with {mote_on_load, IsLoaded}.
-spec watch(module()) -> no_return().
watch(Module) ->
    Name = list_to_atom(?MODULE_STRING " " ++ atom_to_list(Module)),
    try register(Name, self()) of
        true -> exit({?MODULE, load(Module)})
    catch
        error:badarg -> watch_other(Module, monitor(process, Name))
    end.

watch_other(Module, Ref) ->
    receive {'DOWN', Ref, process, _, _} -> exit({?MODULE, erlang:module_loaded(Module)}) end.

%% Still pending, or loaded meanwhile.
load(Module) ->
    case mote:load(Module) of
        {on_load, _} ->
            {Pid, Ref} = spawn_monitor(?MODULE, call, [Module]),
            receive {'DOWN', Ref, process, Pid, Result} -> finish(Module, Result) end;
        {module, _} ->
            true;
        {error, _} ->
            false
    end.

-spec call(module()) -> no_return().
call(Module) ->
    put(?MODULE, Module),
    exit(erlang:call_on_load_function(Module)).

finish(Module, Result) ->
    erts_code_purger:finish_after_on_load(Module, Result =:= ok),
    report(Module, Result),
    Result =:= ok.

%% As OTP's code server does.
report(_, Result) when is_atom(Result) -> ok;
report(Module, Result) ->
    error_logger:warning_msg("The on_load function for module ~s returned:~n~P\n",
                             [Module, Result, 10]).
