%% SPDX-License-Identifier: Apache-2.0
%% re_syntax.erl - `re`: what PCRE2 sees otherwise than PCRE
%% OTP: PCRE's syntax, before OTP 28
%% Mote: `\8` and `\9` are always groups; `(?^`, `(*alpha_assertions:` are known; `[\C]`, `[\k]` are errors; recursions can be backtracked into; lookbehinds that are too long or of open length may be refused elsewhere; with `unicode` and without `ucp` a single `\w` is no Latin-1 letter, as `\w+` is none on OTP
%% why: the library
%% erl prints:
%%   \8 ok
%%   (?^)a error
%%   (*positive_lookahead:a) error
%%   [\C] ok
%%   [\k] ok
%%   nomatch
%%   [{match,[{0,2}]},nomatch]
%% mote prints:
%%   \8 error
%%   (?^)a ok
%%   (*positive_lookahead:a) ok
%%   [\C] error
%%   [\k] error
%%   {match,[{0,3},{0,1}]}
%%   [nomatch,nomatch]
-module(re_syntax).
-export([start/0]).

start() ->
    [io:format("~s ~0p~n", [Pattern, element(1, re:compile(Pattern))])
     || Pattern <- ["\\8", "(?^)a", "(*positive_lookahead:a)", "[\\C]", "[\\k]"]],
    io:format("~p~n", [re:run("aab", "^(a|ab|aab(?1))(?1)?$")]),
    io:format("~p~n", [[re:run([16#e5], W, [unicode]) || W <- ["\\w", "\\w+"]]]).
