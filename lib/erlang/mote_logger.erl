%% SPDX-License-Identifier: Apache-2.0
%% mote_logger.erl - The process `logger`, and the handler that prints what is logged.
%%
%% The VM tells the process `logger` when a process has died of an error. Until then, or until the
%% program loads OTP's logger, it is idle and none of that code is loaded. Then it becomes OTP's
%% logger_server, with this module as the one handler: events are formatted as OTP's default handler
%% does, but printed by the process that logs them, so that they stand between that process's own
%% output.
-module(mote_logger).
-behaviour(gen_server).
-export([start/0, flush/0, idle/0, log/2]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-spec start() -> pid().
start() ->
    Pid = spawn(?MODULE, idle, []),
    register(logger, Pid),
    Pid.

%% Returns when all that the VM has reported so far is printed.
-spec flush() -> ok.
flush() ->
    case whereis(logger) of
        undefined ->
            ok;
        Pid ->
            Ref = erlang:monitor(process, Pid),
            Pid ! {mote_flush, self(), Ref},
            receive
                {mote_ready, Ref} -> erlang:demonitor(Ref, [flush]), ok;
                {'DOWN', Ref, process, _, _} -> ok
            end
    end.

-spec idle() -> no_return().
idle() ->
    receive
        {mote_flush, From, Ref} ->
            From ! {mote_ready, Ref},
            idle();
        {mote_await, _, _} = Message ->
            become_server(Message);
        Message when element(1, Message) =:= log ->
            become_server(Message);
        _ ->
            idle()
    end.

become_server(Message) ->
    process_flag(trap_exit, true),
    put('$ancestors', [init]),
    put('$initial_call', {logger_server, init, 1}),
    {ok, State} = logger_server:init([]),
    Table = ets:whereis(logger),
    stop_simple_handler(Table),
    logger_config:create(Table, default, handler()),
    {ok, Primary} = logger_config:get(Table, primary),
    ok = logger_config:set(Table, primary, Primary#{handlers => [default], level => level()}),
    {noreply, NewState} = handle_info(Message, State),
    gen_server:enter_loop(?MODULE, [], NewState, {local, logger}).

%% OTP's server starts with a handler for the time of its boot.
stop_simple_handler(Table) ->
    case whereis(logger_simple_h) of
        undefined ->
            ok;
        Pid ->
            unlink(Pid),
            Ref = erlang:monitor(process, Pid),
            exit(Pid, kill),
            receive {'DOWN', Ref, process, _, _} -> ok end
    end,
    logger_config:delete(Table, simple).

%% As OTP's handler `default` where nothing is configured.
handler() ->
    #{id => default,
      module => ?MODULE,
      level => all,
      filter_default => stop,
      filters => [{remote_gl, {fun logger_filters:remote_gl/2, stop}},
                  {domain, {fun logger_filters:domain/2, {log, super, [otp, sasl]}}},
                  {no_domain, {fun logger_filters:domain/2, {log, undefined, []}}}],
      formatter => {logger_formatter, #{legacy_header => true, single_line => false}}}.

%% -kernel logger_level LEVEL in ERL_FLAGS.
level() ->
    case mote_application:flag(kernel, logger_level) of
        {ok, Level} -> Level;
        undefined -> notice
    end.

%% ---- The handler ----

%% For logger_backend, in the process that logs.
-spec log(logger:log_event(), logger:handler_config()) -> ok.
log(#{msg := {report, _}, meta := #{report_cb := _}} = Event, Config) ->
    print(Event, Config);
log(#{msg := {report, _}, meta := Meta} = Event, Config) ->
    print(Event#{meta => Meta#{report_cb => fun logger:format_otp_report/1}}, Config);
log(Event, Config) ->
    print(Event, Config).

print(Event, #{formatter := {Formatter, FormatterConfig}}) ->
    Text = format(Event, Formatter, FormatterConfig),
    Bytes = case catch unicode:characters_to_binary(Text, unicode) of
        Binary when is_binary(Binary) -> Binary;
        _ -> <<"FORMATTER ERROR: bad return value\n">>
    end,
    try
        io:put_chars(user, Bytes)
    catch
        _:_ -> mote:console_write(2, Bytes), ok
    end.

format(Event, Formatter, Config) ->
    try
        Formatter:format(Event, Config)
    catch
        _:_ when Formatter =:= logger_formatter, Config =:= #{} ->
            "DEFAULT FORMATTER CRASHED\n";
        _:_ ->
            Crash = {"FORMATTER CRASH: ~tp", [maps:get(msg, Event)]},
            format(Event#{msg => Crash}, logger_formatter, #{})
    end.

%% ---- The server: OTP's, and the messages of this module ----

init(Argument) -> logger_server:init(Argument).

handle_call(Request, From, State) -> logger_server:handle_call(Request, From, State).

handle_cast(Request, State) -> logger_server:handle_cast(Request, State).

handle_info({Ask, From, Ref}, State) when Ask =:= mote_await; Ask =:= mote_flush ->
    From ! {mote_ready, Ref},
    {noreply, State};
handle_info(Message, State) ->
    logger_server:handle_info(Message, State).

terminate(Reason, State) -> logger_server:terminate(Reason, State).
