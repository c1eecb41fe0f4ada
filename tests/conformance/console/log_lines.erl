%% SPDX-License-Identifier: Apache-2.0
%% log_lines.erl - A logger handler that prints events as text without times and pids.
-module(log_lines).
-export([install/0, install/1, log/2, tame/1, wait/1]).

%% The only handler from now on, for all levels.
install() -> install(#{}).

install(Config) ->
    logger:remove_handler(default),
    ok = logger:set_primary_config(level, all),
    logger:add_handler(?MODULE, ?MODULE, maps:merge(#{formatter => formatter()}, Config)).

formatter() -> {logger_formatter, #{template => [level, ": ", msg, "\n"], single_line => false}}.

log(#{msg := {_, [_, {{?MODULE, Waiting, Ref}, _Stack}]}}, _) ->
    Waiting ! {?MODULE, Ref};
log(Event, #{formatter := {Formatter, Config}}) ->
    Text = Formatter:format(Event, Config),
    io:put_chars(user, tame(lists:flatten(io_lib:format("~ts", [Text])))).

%% Pids and references by what they are; without lines that measure the VM.
tame("\n" ++ Rest) ->
    {Line, More} = lists:splitwith(fun(Char) -> Char =/= $\n end, Rest),
    case string:split(string:trim(Line), ": ") of
        [Key, _] when Key =:= "heap_size"; Key =:= "stack_size"; Key =:= "reductions" -> tame(More);
        _ -> [$\n | tame(Rest)]
    end;
tame("#Ref<" ++ Rest) -> "#Ref" ++ tame(past(Rest));
tame([$<, Digit | Rest]) when Digit >= $0, Digit =< $9 -> "<pid>" ++ tame(past(Rest));
tame([Char | Rest]) -> [Char | tame(Rest)];
tame([]) -> [].

past(Text) -> tl(lists:dropwhile(fun(Char) -> Char =/= $> end, Text)).

%% Waits for the end of a process, and for the report that the VM makes of it: one of a process that
%% ended later comes after it.
wait(Pid) ->
    Ref = monitor(process, Pid),
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    Self = self(),
    spawn(fun() -> error({?MODULE, Self, Ref}) end),
    receive {?MODULE, Ref} -> ok end.
