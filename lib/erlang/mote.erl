%% SPDX-License-Identifier: Apache-2.0
%% mote.erl - What the VM's own Erlang code asks of the VM, and what the VM asks of it.
-module(mote).
-export([load/1, is_purging/1, module_path/1, folders/0, set_folders/1, raise_undef/3]).
-export([console_read/0, console_write/2, display_error/1]).
-export([ensure_loaded/1, undefined_function/3, undefined_lambda/3]).

%% ---- Natives ----

%% Loads the module unless it is loaded; the caller alone waits. {on_load, Module}: its on_load
%% function has not returned yet.
-spec load(module()) -> {module | on_load, module()} | {error, nofile | not_purged | binary()}.
load(_Module) -> erlang:nif_error(undef).

%% True while it is being found out who runs the module's old code.
-spec is_purging(module()) -> boolean().
is_purging(_Module) -> erlang:nif_error(undef).

%% The file that a loaded module came from; `undefined` for those that are part of the VM.
-spec module_path(module()) -> binary() | undefined.
module_path(_Module) -> erlang:nif_error(undef).

%% The folders where modules are looked for, last first; none where modules do not come from files.
-spec folders() -> [binary()].
folders() -> erlang:nif_error(undef).

%% From now on modules are looked for there.
-spec set_folders([binary()]) -> ok.
set_folders(_Folders) -> erlang:nif_error(undef).

%% Raises `undef` as if the function had raised it: its caller is the next entry of the trace.
-spec raise_undef(module(), atom(), list()) -> no_return().
raise_undef(_Module, _Function, _Arguments) -> erlang:nif_error(undef).

%% Asks for input: the caller gets {mote_console, Bytes | eof} once.
-spec console_read() -> ok.
console_read() -> erlang:nif_error(undef).

%% Writes to standard output (1) or standard error (2); returns when all is written. An error: the
%% stream takes no more.
-spec console_write(1 | 2, binary()) -> ok | error.
console_write(_Stream, _Bytes) -> erlang:nif_error(undef).

%% Writes the term and a newline to standard error, which takes no memory.
-spec display_error(term()) -> true.
display_error(_Term) -> erlang:nif_error(undef).

%% ---- Code that is not there yet ----

%% Everything below runs before other modules are there: it calls natives and this module alone, and
%% mote_services, which needs nothing that has a service of its own.

%% Loads the module and starts the processes that it relies on.
-spec ensure_loaded(module()) -> {module, module()} | {error, atom() | binary()}.
ensure_loaded(Module) ->
    case erlang:module_loaded(Module) of
        true ->
            {module, Module};
        false ->
            start_services(Module),
            case load(Module) of
                {on_load, _} -> mote_on_load:run(Module);
                Loaded -> Loaded
            end
    end.

start_services(mote_services) -> ok;
start_services(Module) -> mote_services:start(Module).

%% The VM calls this in place of a function that it does not have.
-spec undefined_function(module(), atom(), list()) -> term().
undefined_function(Module, Function, Arguments) ->
    case erlang:process_info(self(), error_handler) of
        {error_handler, Handler} when Handler =/= error_handler ->
            handle_by(Handler, Module, Function, Arguments);
        _ ->
            load_and_call(Module, Function, Arguments)
    end.

%% The handler that the process chose with process_flag(error_handler, Handler), if there is one.
handle_by(Handler, Module, Function, Arguments) ->
    case erlang:function_exported(Handler, undefined_function, 3) of
        true -> Handler:undefined_function(Module, Function, Arguments);
        false -> load_and_call(Module, Function, Arguments)
    end.

load_and_call(Module, Function, Arguments) ->
    case ensure_loaded(Module) of
        {module, _} ->
            case erlang:function_exported(Module, Function, length(Arguments)) of
                true -> apply(Module, Function, Arguments);
                false -> undefined(Module, Function, Arguments)
            end;
        {error, Why} ->
            report(Why),
            raise_by_handler(Module, Function, Arguments)
    end.

%% A module may take the calls of all functions that it lacks.
undefined(Module, Function, Arguments) ->
    case erlang:function_exported(Module, '$handle_undefined_function', 2) of
        true -> Module:'$handle_undefined_function'(Function, Arguments);
        false -> raise_by_handler(Module, Function, Arguments)
    end.

%% As on OTP, where tracing can see how it is raised.
raise_by_handler(Module, Function, Arguments) ->
    case Module =/= error_handler andalso ensure_loaded(error_handler) of
        {module, _} -> error_handler:raise_undef_exception(Module, Function, Arguments);
        _ -> raise_undef(Module, Function, Arguments)
    end.

%% The VM calls this in place of a fun whose code it does not have.
-spec undefined_lambda(module(), fun(), list()) -> term().
undefined_lambda(Module, Fun, Arguments) ->
    case {erlang:module_loaded(Module), is_purging(Module)} of
        {_, true} ->
            receive after 1 -> apply(Fun, Arguments) end;
        {true, false} ->
            %% Another generation of the module is loaded: the fun's code will not come back.
            erlang:error({badfun, Fun});
        {false, false} ->
            case ensure_loaded(Module) of
                {module, _} ->
                    apply(Fun, Arguments);
                {error, Why} ->
                    report(Why),
                    erlang:raise(error, undef, [{Fun, Arguments, []}])
            end
    end.

%% `undef` alone would not say that the module is there but damaged.
report(Text) when is_binary(Text) -> console_write(2, <<"mote: ", Text/binary, "\n">>);
report(_) -> ok.
