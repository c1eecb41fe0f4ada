%% SPDX-License-Identifier: Apache-2.0
%% mote_boot.erl - The first process: sets up the console, runs the program, reports how it ended.
%%
%% It is also the process `init` that OTP's modules ask about the command line. It never waits for
%% anybody but its mailbox: what takes time at the end is done by a process of its own.
-module(mote_boot).
-export([start/1, run/1, parked/0, stop/1, shut_down/1, fail/3]).
-export([entry/2, refuse/1, refuse_entry/1]).

-spec start([binary()]) -> no_return().
start([Kind, Target | Texts]) ->
    register(init, self()),
    process_flag(trap_exit, true),
    Console = mote_console:start(user, 1),
    erts_internal:group_leader(Console, self()),
    mote_console:start(standard_error, 2),
    mote_logger:start(),
    Arguments = [text(Text) || Text <- Texts],
    Program = {binary_to_atom(Kind, utf8), Target, Arguments},
    {_, Ref} = spawn_opt(?MODULE, run, [Program], [monitor]),
    loop(Ref, plain(Program)).

%% A script of Elixir is the first of its arguments.
plain({script, Path, Arguments}) -> [text(Path) | Arguments];
plain({_, _, Arguments}) -> Arguments.

text(Bytes) ->
    case unicode:characters_to_list(Bytes, unicode) of
        Chars when is_list(Chars) -> Chars;
        _ -> binary_to_list(Bytes)
    end.

loop(Program, Plain) ->
    receive
        {'DOWN', Program, process, _, normal} -> finish(stop, [0]);
        {'DOWN', Program, process, _, Reason} -> finish(fail, [exit, Reason, []]);
        {failed, Class, Reason, Trace} -> finish(fail, [Class, Reason, Trace]);
        {stop, stop} -> finish(shut_down, [0]);
        {stop, {stop, Status}} -> finish(shut_down, [Status]);
        {stop, What} -> error_line(["init: this system cannot ", atom_to_list(What)]);
        {From, Request} when is_pid(From) -> From ! {init, answer(Request, Plain)};
        {finished, _, process, _, _} -> erlang:halt(1, []); % Without memory, or by a signal.
        {io_request, _, _, _} = Request -> catch user ! Request;
        _ -> ok
    end,
    loop(Program, Plain).

%% In a process of its own, which halts.
finish(Function, Arguments) ->
    mote:open_reserve(),
    spawn_opt(?MODULE, Function, Arguments, [{monitor, [{tag, finished}]}]).

%% ---- What init:get_argument/1 and its like ask ----

answer(get_plain_arguments, Plain) -> Plain;
answer(get_arguments, _) -> [{list_to_atom(Name), Values} || {Name, Values} <- flags()];
answer({get_argument, root}, _) ->
    case mote_path:application("stdlib") of
        {error, _} -> error;
        Folder -> {ok, [[filename:dirname(filename:dirname(Folder))]]}
    end;
answer({get_argument, Flag}, _) ->
    case [Values || {Name, Values} <- flags(), Name =:= atom_to_list(Flag)] of
        [] -> error;
        Found -> {ok, Found}
    end;
answer(get_status, _) -> {started, started};
answer(script_id, _) -> {"Mote", "1"};
answer(fetch_loaded, _) -> [];
answer({ensure_loaded, _}, _) -> not_allowed;
answer({get_configfd, _}, _) -> none;
answer(get_script_name, _) -> {[], []};
answer({notify_when_started, _}, _) -> started;
answer(_, _) -> {error, enotsup}.

flags() ->
    Home = case os:getenv("HOME") of
        false -> [];
        Folder -> [{"home", [Folder]}]
    end,
    [{"progname", ["mote"]} | Home] ++ [{"noshell", []} | mote_application:flags()].

%% ---- The program ----

-spec run({run | elixir | script | project, binary(), [string()]}) -> term().
run({run, Target, Arguments}) -> start_module(binary_to_atom(Target, utf8), Arguments);
run({elixir, Target, Arguments}) -> mote_elixir:start(Target, Arguments);
run({script, _, _}) -> mote_elixir:script();
run({project, Target, Arguments}) -> mote_project:start(Target, Arguments).

%% Runs Module:start/0, or else Module:main/1 with the arguments.
start_module(Module, Arguments) ->
    case mote:ensure_loaded(Module) of
        {module, Module} -> run_loaded(Module, Arguments);
        {error, nofile} -> refuse(["there is no module ", atom_to_list(Module)]);
        {error, Why} when is_atom(Why) -> refuse([atom_to_list(Module), ": ", atom_to_list(Why)]);
        {error, Text} -> refuse(Text)
    end.

run_loaded(Module, Arguments) ->
    case entry(Module, Arguments) of
        {Function, All} -> guard(Module, Function, All);
        none -> refuse_entry(atom_to_list(Module))
    end.

%% What is called of a loaded module: {Function, Arguments}, or none.
-spec entry(module(), list()) -> {start | main, list()} | none.
entry(Module, Arguments) ->
    case {erlang:function_exported(Module, start, 0), erlang:function_exported(Module, main, 1)} of
        {true, _} -> {start, []};
        {_, true} -> {main, [Arguments]};
        _ -> none
    end.

-spec refuse_entry(iodata()) -> no_return().
refuse_entry(Names) -> refuse([Names, " exports neither start/0 nor main/1"]).

%% Who failed may have no memory left, so another process reports it.
guard(Module, Function, Arguments) ->
    try
        apply(Module, Function, Arguments)
    catch
        exit:normal -> ok;
        Class:Reason:Trace ->
            init ! {failed, Class, Reason, Trace},
            erlang:hibernate(?MODULE, parked, [])
    end.

-spec parked() -> no_return().
parked() -> receive after infinity -> ok end.

%% The program cannot be run: says why and halts.
-spec refuse(iodata()) -> no_return().
refuse(Text) ->
    error_line(Text),
    stop(1).

error_line(Text) -> mote:console_write(2, iolist_to_binary(["mote: ", Text, $\n])).

%% ---- The end ----

-spec fail(error | exit | throw, term(), [term()]) -> no_return().
fail(Class, Reason, Trace) ->
    report(Class, Reason, Trace),
    stop(1).

%% What init:stop/1 asks for: applications end first, in turn.
-spec shut_down(non_neg_integer() | string()) -> no_return().
shut_down(Status) ->
    mote_services:call(mote_application, mote_stop),
    stop(Status).

%% Halts when all that was written and reported so far is out.
-spec stop(non_neg_integer() | string()) -> no_return().
stop(Status) ->
    mote_logger:flush(),
    mote_console:flush(user),
    mote_console:flush(standard_error),
    erlang:halt(Status, []).

%% As a shell of OTP reports what it evaluates.
report(Class, Reason, Trace) ->
    mote_logger:flush(),
    mote_console:flush(user),
    try unicode:characters_to_binary(["** ", format(Class, Reason, Trace), $\n], unicode) of
        Text -> mote:console_write(2, Text)
    catch
        %% There is no OTP to format with, or no memory for it.
        _:_ ->
            mote:console_write(2, iolist_to_binary(["** exception ", atom_to_list(Class), ": "])),
            mote:display_error(Reason)
    end.

format(Class, Reason, Trace) ->
    erl_error:format_exception(4, Class, Reason, Trace,
                               fun(Module, _, _) -> Module =:= ?MODULE end,
                               fun(Term, Indent) -> io_lib:format("~.*tp", [Indent, Term]) end,
                               unicode).
