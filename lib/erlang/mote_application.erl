%% SPDX-License-Identifier: Apache-2.0
%% mote_application.erl - Applications: starts OTP's application_controller.
%%
%% kernel and stdlib count as started. Their processes are those of mote_services.
-module(mote_application).
-export([run/0, flag/2, flags/0]).

%% The process beside the controller: the one that it believes to be `init`.
-spec run() -> no_return().
run() ->
    process_flag(trap_exit, true),
    {ok, Controller} = application_controller:start(description(kernel)),
    ok = application:load(description(stdlib)),
    _ = sys:replace_state(Controller, fun note_running/1),
    ready(Controller).

%% Started the usual way they would be reported to the logger, long after the boot to which such
%% reports belong.
note_running(State) ->
    state = element(1, State),
    true = tuple_size(State) =:= 9 orelse tuple_size(State) =:= 10, % since release 29
    Running = setelement(5, State, [{stdlib, undefined}, {kernel, undefined}]),
    setelement(7, Running, [{stdlib, permanent}, {kernel, permanent}]).

%% When the controller ends, so does the system.
ready(Controller) ->
    receive
        {mote_await, From, Ref} ->
            From ! {mote_ready, Ref};
        {mote_stop, From, Ref} ->
            exit(Controller, shutdown),
            receive {'EXIT', Controller, _} -> From ! {mote_ready, Ref} end;
        {'EXIT', Controller, Reason} ->
            Text = lists:flatten(io_lib:format("~tp", [Reason])),
            erlang:display({"Kernel pid terminated", application_controller, Text}),
            mote_boot:stop(1);
        _ ->
            ok
    end,
    ready(Controller).

%% From its .app file; where there are no files, what programs may ask.
description(Name) ->
    case mote_path:find(atom_to_list(Name) ++ ".app") of
        {ok, Path} ->
            {ok, Bytes} = prim_file:read_file(Path),
            {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Bytes)),
            {ok, Description} = erl_parse:parse_term(Tokens),
            Description;
        error ->
            {application, Name, [{description, ""}, {vsn, ""}, {modules, []}, {registered, []},
                                 {applications, [kernel || Name =/= kernel]}]}
    end.

%% ---- Settings from the environment ----

%% The value of `-Application Key Value` in ERL_FLAGS.
-spec flag(atom(), atom()) -> {ok, term()} | undefined.
flag(Application, Key) -> find(Application, Key, flags()).

find(Application, Key, Flags) ->
    Name = atom_to_list(Application),
    Setting = atom_to_list(Key),
    case [Value || {Flag, [Given, Value]} <- Flags, Flag =:= Name, Given =:= Setting] of
        [Value | _] -> parse(Value);
        [] -> undefined
    end.

%% A plain atom needs no parser.
parse([First | _] = Text) when First >= $a, First =< $z ->
    case [Char || Char <- Text, not is_name_char(Char)] of
        [] -> {ok, list_to_atom(Text)};
        _ -> parse_term(Text)
    end;
parse(Text) -> parse_term(Text).

is_name_char(Char) ->
    (Char >= $a andalso Char =< $z) orelse (Char >= $A andalso Char =< $Z) orelse
        (Char >= $0 andalso Char =< $9) orelse Char =:= $_.

parse_term(Text) ->
    case erl_scan:string(Text ++ ".") of
        {ok, Tokens, _} ->
            case erl_parse:parse_term(Tokens) of
                {ok, Term} -> {ok, Term};
                _ -> undefined
            end;
        _ ->
            undefined
    end.

%% The flags in ERL_FLAGS: [{"name", ["value", ...]}].
-spec flags() -> [{string(), [string()]}].
flags() ->
    case os:getenv("ERL_FLAGS") of
        false -> [];
        Text -> group(words(Text, [], []))
    end.

words([], [], Words) -> reversed(Words, []);
words([], Word, Words) -> words([], [], [reversed(Word, []) | Words]);
words([Space | Rest], [], Words) when Space =< $\s -> words(Rest, [], Words);
words([Space | Rest], Word, Words) when Space =< $\s ->
    words(Rest, [], [reversed(Word, []) | Words]);
words([Char | Rest], Word, Words) -> words(Rest, [Char | Word], Words).

group([]) -> [];
group([[$- | Name] | Rest]) ->
    {Values, Others} = values(Rest, []),
    [{Name, Values} | group(Others)];
group([_ | Rest]) -> group(Rest).

values([[First | _] = Word | Rest], Values) when First =/= $-, First =/= $+ ->
    values(Rest, [Word | Values]);
values(Rest, Values) -> {reversed(Values, []), Rest}.

reversed([], Tail) -> Tail;
reversed([Head | Rest], Tail) -> reversed(Rest, [Head | Tail]).
