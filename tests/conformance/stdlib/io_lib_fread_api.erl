%% SPDX-License-Identifier: Apache-2.0
%% io_lib_fread_api.erl - Reading with fread: every control sequence, partial input, mismatches.
-module(io_lib_fread_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io_lib:fread("~d", "123 rest")),
    ?SHOW(io_lib:fread("~d ~d", "-12  +7")),
    ?SHOW(io_lib:fread("~4d", "123456")),
    ?SHOW(io_lib:fread("~16u", "ff")),
    ?SHOW(io_lib:fread("~u", "-5")),
    ?SHOW(io_lib:fread("~-", "-")),
    ?SHOW(io_lib:fread("~#", "16#fF ")),
    ?SHOW(io_lib:fread("~f", "1.5e2x")),
    ?SHOW(io_lib:fread("~f", "15")),
    ?SHOW(io_lib:fread("~s", "  word next")),
    ?SHOW(io_lib:fread("~3s~s", "abcdef")),
    ?SHOW(io_lib:fread("~a", "atom more")),
    ?SHOW(io_lib:fread("~c~c", "ab")),
    ?SHOW(io_lib:fread("~3c", "abcd")),
    ?SHOW(io_lib:fread("~s~l", "four")),
    ?SHOW(io_lib:fread("~d,~d", "1,2")),
    ?SHOW(io_lib:fread("~d,~d", "1;2")),
    ?SHOW(io_lib:fread("~*d ~d", "1 2")),
    ?SHOW(io_lib:fread("~~~d", "~5")),
    ?SHOW(io_lib:fread("a b", "a    b")),
    ?SHOW(io_lib:fread("~d", "x")),
    ?SHOW(io_lib:fread("~d", "")),
    ?SHOW(io_lib:fread("~d ~d", "1")),
    ?SHOW(io_lib:fread("~ts", [16#4e2d])),
    ?SHOW(io_lib:fread("~s", [16#4e2d])),
    ?SHOW(io_lib:fread("~y", "1")),
    {more, Partial} = io_lib:fread([], "12", "~d ~s"),
    {more, Again} = io_lib:fread(Partial, "34 ab", "~d ~s"),
    ?SHOW(io_lib:fread(Again, "c\nrest", "~d ~s")),
    ?SHOW(io_lib:fread([], eof, "~d")),
    ?SHOW(io_lib:fread([], "7\nnext", "~d")).
