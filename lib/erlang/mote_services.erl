%% SPDX-License-Identifier: Apache-2.0
%% mote_services.erl - The processes of OTP's kernel that modules of OTP rely on.
%%
%% OTP starts them all at boot. Here each stands in a table beside the module that is the only way
%% to reach it, and comes into being when that module is loaded, before it can be called. It stays a
%% small idle process until the first message, so that a program which only uses a module's pure
%% functions pays for nothing else.
-module(mote_services).
-export([start/1, await/1, call/2, idle/1, enter/4, enter_events/1, init/1]).

%% What a module needs: [Name] of processes to be there; {await, Name}: and ready, since the
%% module's functions read tables of theirs; {server, Name}: such a one that is a server of OTP's;
%% {term, Key, Value}: a persistent term that kernel puts there when it starts.
needs(logger) -> {await, logger};
needs(logger_server) -> {await, logger};
needs(application_controller) -> {await, mote_application};
needs(supervisor) -> [kernel_sup, kernel_safe_sup];
needs(logger_h_common) -> [logger_sup];
needs(error_logger) -> [logger_sup];
needs(code_server) -> [code_server];
needs(erl_prim_loader) -> {await, erl_prim_loader};
needs(gen_event) -> [erl_signal_server];
needs(file) -> [file_server_2];
needs(global) -> {server, global_name_server};
needs(global_group) -> [global_group];
needs(erts_code_purger) -> [erts_code_purger];
needs(os) -> {term, kernel_os_cmd_shell, "/bin/sh"};
needs(_) -> [].

%% Starts what `Module` needs. Called by whoever is about to load it.
-spec start(module()) -> ok.
start(Module) ->
    case needs(Module) of
        {await, Name} ->
            start_process(Name),
            await(Name);
        {server, Name} ->
            start_process(Name),
            await_server(Name);
        {term, Key, Value} ->
            persistent_term:put(Key, Value);
        Names ->
            start_processes(Names)
    end.

start_processes([]) -> ok;
start_processes([Name | Names]) ->
    start_process(Name),
    start_processes(Names).

%% Several processes may get here at once: the one that gets the name counts.
start_process(Name) ->
    case whereis(Name) of
        undefined ->
            Pid = spawn(?MODULE, idle, [Name]),
            try register(Name, Pid) of
                true -> ok
            catch
                error:badarg -> exit(Pid, kill), ok
            end;
        _ ->
            ok
    end.

%% Waits until the service has made its tables. It needs not wait for itself.
-spec await(atom()) -> ok.
await(Name) -> call(Name, mote_await).

%% Asks the service, if it is there, and waits for its answer.
-spec call(atom(), mote_await | mote_stop) -> ok.
call(Name, Request) -> ask(Name, fun(Ref) -> {Request, self(), Ref} end).

%% The least that every process of OTP's answers once it has begun.
await_server(Name) ->
    ask(Name, fun(Ref) -> {system, {self(), Ref}, {debug, {statistics, get}}} end).

ask(Name, Question) ->
    case whereis(Name) of
        Pid when is_pid(Pid), Pid =/= self() ->
            Ref = erlang:monitor(process, Pid),
            Pid ! Question(Ref),
            receive
                {mote_ready, Ref} -> erlang:demonitor(Ref, [flush]), ok;
                {Ref, _} -> erlang:demonitor(Ref, [flush]), ok;
                {'DOWN', Ref, process, _, _} -> ok
            end;
        _ ->
            ok
    end.

%% ---- The processes ----

-spec idle(atom()) -> no_return().
idle(Name) ->
    erts_internal:group_leader(whereis(user), self()),
    run(Name).

run(mote_application) -> mote_application:run();
run(erts_code_purger) ->
    process_flag(trap_exit, true),
    erts_code_purger:wait_for_request();
run(code_server) -> mote_code:run();
run(erl_prim_loader = Name) ->
    %% Since release 26 its module asks the emulator for files itself where it finds this.
    persistent_term:put(Name, {efile, undefined}),
    load_or_refuse();
run(file_server_2 = Name) -> serve(Name, file_server, [], {file_server, init, 1});
run(global_name_server = Name) -> serve(Name, global, [], {global, init, 1});
run(global_group = Name) -> serve(Name, global_group, [], {global_group, init, 1});
run(erl_signal_server = Name) -> erlang:hibernate(?MODULE, enter_events, [Name]);
run(logger_sup) -> supervise(logger_sup, logger_sup, []);
run(Name) -> supervise(Name, ?MODULE, []).

supervise(Name, Module, Argument) ->
    serve(Name, supervisor, {{local, Name}, Module, Argument}, {supervisor, Module, 1}).

%% Becomes a server of OTP's at the first message, which stays in the mailbox.
serve(Name, Module, Argument, InitialCall) ->
    erlang:hibernate(?MODULE, enter, [Name, Module, Argument, InitialCall]).

-spec enter(atom(), module(), term(), mfa()) -> no_return().
enter(Name, Module, Argument, InitialCall) ->
    put('$ancestors', [init]),
    put('$initial_call', InitialCall),
    case Module:init(Argument) of
        {ok, State} -> gen_server:enter_loop(Module, [], State, {local, Name});
        {ok, State, Action} -> gen_server:enter_loop(Module, [], State, {local, Name}, Action)
    end.

%% A gen_event without handlers.
-spec enter_events(atom()) -> no_return().
enter_events(Name) ->
    process_flag(trap_exit, true),
    put('$ancestors', [init]),
    put('$initial_call', {gen_event, init_it, 6}),
    gen_event:system_continue(whereis(init), [], [Name, [], infinity, false]).

%% For supervisor: kernel_sup and kernel_safe_sup start without children.
init([]) -> {ok, {#{strategy => one_for_one, intensity => 4, period => 3600}, []}}.

load_or_refuse() ->
    receive
        {mote_await, From, Ref} -> From ! {mote_ready, Ref};
        {From, Request} when is_pid(From) -> From ! {self(), loaded(Request)};
        _ -> ok
    end,
    load_or_refuse().

%% Modules that were asked for together are loaded at once: none is left to be finished.
loaded({get_modules, {Modules, _}}) -> {ok, {[], not_loaded(Modules)}};
loaded({get_modules, {Modules, _, _}}) -> {ok, {[], not_loaded(Modules)}};
loaded({get_path, []}) -> {ok, []};
loaded({get_file, File}) ->
    case prim_file:read_file(File) of
        {ok, Bytes} -> {ok, Bytes, File};
        Error -> Error
    end;
loaded({list_dir, Folder}) -> prim_file:list_dir(Folder);
loaded({read_file_info, File}) -> prim_file:read_file_info(File);
loaded({read_link_info, File}) -> prim_file:read_link_info(File);
loaded({get_cwd, Drive}) -> apply(prim_file, get_cwd, Drive);
loaded(_) -> error.

not_loaded([]) -> [];
not_loaded([Module | Modules]) ->
    case mote:ensure_loaded(Module) of
        {module, _} -> not_loaded(Modules);
        {error, nofile} -> [{Module, nofile} | not_loaded(Modules)];
        {error, _} -> [{Module, badfile} | not_loaded(Modules)]
    end.
