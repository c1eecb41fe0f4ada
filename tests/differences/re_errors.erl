%% SPDX-License-Identifier: Apache-2.0
%% re_errors.erl - Errors of `re:compile/2`
%% OTP: PCRE's texts and positions
%% Mote: the same for OTP before 28, but for patterns with several mistakes, or mistakes in `\g`, `\k`, `(?C`, `(?(`, `[\k`: another of them may come first, or the position be another
%% why: positions are the library's; most random mistakes are told alike
%% erl prints:
%%   [\k< {error,{"missing terminating ] for character class",4}}
%% mote prints:
%%   [\k< {error,{"invalid escape sequence in character class",2}}
-module(re_errors).
-export([start/0]).

start() -> io:format("~s ~0p~n", ["[\\k<", re:compile("[\\k<")]).
