%% SPDX-License-Identifier: Apache-2.0
%% re_match_limit.erl - `match_limit`, `match_limit_recursion`
%% OTP: count PCRE's calls
%% Mote: count PCRE2's
%% why: the library
%% erl prints:
%%   256
%% mote prints:
%%   161
-module(re_match_limit).
-export([start/0]).

%% The least limit that is enough.
start() -> io:format("~p~n", [least(1)]).

least(Limit) ->
    case re:run("aaaaaa!", "^(a+)*$", [report_errors, {match_limit, Limit}]) of
        {error, match_limit} -> least(Limit + 1);
        nomatch -> Limit
    end.
