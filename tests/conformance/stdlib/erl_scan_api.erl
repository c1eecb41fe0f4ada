%% SPDX-License-Identifier: Apache-2.0
%% erl_scan_api.erl - erl_scan: tokens of all kinds, positions, continuations, errors.
-module(erl_scan_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [show(Text, fun() -> scan(Text) end) || Text <- texts()],
    [show(Text, fun() -> scan(Text) end) || Text <- wrong()],
    positions(),
    continuation(),
    ?SHOW([Word || Word <- [after_, 'after', 'when', maybe_, 'andalso', x],
                   erl_scan:reserved_word(Word)]),
    ?SHOW(erl_scan:string(atom)),
    ?SHOW(erl_scan:string([$a, -1])),
    ?SHOW(erl_scan:format_error({unterminated, string, "abc"})).

texts() ->
    ["foo(X) -> X + 1.", "'quoted atom' _ _X Var@1", "1 16#fF 2#101 36#zZ $a $\\n $\\s 1_000_000",
     "1.5 1.0e10 2.5E-3 1_0.2_5", "\"str\\x41\\x{42}\\103\\^A\\e\" \"\"",
     "<<>> << X:8/integer >> :: : := => -> <- <= || | ?", "== /= =< < >= > =:= =/= ++ -- ! ~",
     "#rec{a = 1} #{a => b} 'fun'/1 fun", "X. Y.\n Z", "a % comment\nb", "\x{e5}tom '\x{4e2d}'",
     "case of end if catch try receive", "..  ...", "{ } [ ] ( ) ; ,", "", "$\x{4e2d}"].

wrong() ->
    ["'open", "\"open", "16#", "37#1", "1.0e", "1.0e999", "$", "\"\\x{110000}\"", "\x{1}\x{2}@",
     "1__0", "\"\\x{zz}\"", "3#4"].

scan(Text) ->
    case erl_scan:string(Text) of
        {ok, Tokens, End} -> {[symbol(T) || T <- Tokens], End};
        Error -> Error
    end.

symbol(Token) ->
    case erl_scan:category(Token) =:= erl_scan:symbol(Token) of
        true -> erl_scan:symbol(Token);
        false -> {erl_scan:category(Token), erl_scan:symbol(Token)}
    end.

positions() ->
    ?SHOW(erl_scan:string("a\n b", {3, 5})),
    ?SHOW(erl_scan:string("a %c\n", 1, [return])),
    ?SHOW(erl_scan:string("a %c\n", 1, [return_comments])),
    ?SHOW(erl_scan:string("A 16#1", {1, 1}, [text])),
    {ok, [Token | _], _} = erl_scan:string("name", {7, 3}, [text]),
    ?SHOW([erl_scan:line(Token), erl_scan:column(Token), erl_scan:text(Token),
           erl_scan:location(Token)]),
    ?SHOW(erl_scan:string("mine yours", 1, [{reserved_word_fun, fun(W) -> W =:= mine end}])).

continuation() ->
    {more, C1} = erl_scan:tokens([], "foo(", 1),
    {more, C2} = erl_scan:tokens(C1, "\"a\nb", 1),
    ?SHOW(erl_scan:tokens(C2, "c\").\nrest", 1)),
    ?SHOW(erl_scan:tokens([], "a. b", 1)),
    ?SHOW(erl_scan:tokens([], eof, 4)),
    {more, C3} = erl_scan:tokens([], "a", 1),
    ?SHOW(erl_scan:tokens(C3, eof, 1)).
