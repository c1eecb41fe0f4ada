%% SPDX-License-Identifier: Apache-2.0
%% fread.erl - io:fread/2,3.
-module(fread).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:fread("> ", "~d")),
    ?SHOW(io:fread('', "~d ~d")),
    ?SHOW(io:fread(user, '', "~s ~a ~f")),
    ?SHOW(io:get_line('')),
    ?SHOW(io:fread('', "~c~c")),
    ?SHOW(io:get_line('')),
    ?SHOW(io:fread('', "~d")),
    ?SHOW(io:get_line('')),
    ?SHOW(io:fread('', "item: ~16u")),
    ?SHOW(io:fread('', "~d")).
