%% SPDX-License-Identifier: Apache-2.0
%% mote_application.erl - The process `application_controller`: settings of applications.
%%
%% Reading and changing settings works as in OTP. Starting applications is not there yet, and says
%% so.
-module(mote_application).
-export([run/0, flag/2, flags/0]).

-spec run() -> no_return().
run() ->
    ets:new(ac_tab, [set, public, named_table, {read_concurrency, true}]),
    keep_flags(flags()),
    loop().

loop() ->
    receive
        {mote_await, From, Ref} -> From ! {mote_ready, Ref};
        {'$gen_call', From, Request} -> gen_server:reply(From, answer(Request));
        _ -> ok
    end,
    loop().

answer({set_env, Application, Key, Value, _}) -> keep(Application, Key, Value);
answer({set_env, Config, _}) ->
    keep_all([{Application, Key, Value} || {Application, Values} <- Config,
                                           {Key, Value} <- Values]);
answer({unset_env, Application, Key, _}) ->
    ets:delete(ac_tab, {env, Application, Key}),
    ok;
answer(which_applications) -> [];
answer({is_running, _}) -> false;
answer(_) -> {error, enotsup}.

keep(Application, Key, Value) ->
    ets:insert(ac_tab, {{env, Application, Key}, Value}),
    ok.

keep_all([]) -> ok;
keep_all([{Application, Key, Value} | Rest]) ->
    keep(Application, Key, Value),
    keep_all(Rest).

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

keep_flags([]) -> ok;
keep_flags([{Application, [Key, Value]} | Rest]) ->
    case parse(Value) of
        {ok, Term} -> keep(list_to_atom(Application), list_to_atom(Key), Term);
        undefined -> ok
    end,
    keep_flags(Rest);
keep_flags([_ | Rest]) ->
    keep_flags(Rest).

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
