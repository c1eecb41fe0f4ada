%% SPDX-License-Identifier: Apache-2.0
%% re_version.erl - `re:version/0`, the last element of a compiled pattern
%% OTP: PCRE's
%% Mote: PCRE2's version; the pattern's source and options
%% why: PCRE has had no successor but PCRE2, which OTP 28 takes, too; programs cannot damage compiled code
%% erl prints:
%%   8.*
%% mote prints:
%%   10.*
-module(re_version).
-export([start/0]).

start() -> io:format("~s~n", [re:version()]).
