%% SPDX-License-Identifier: Apache-2.0
%% options.erl - io:setopts/2, io:getopts/1, geometry, passwords.
-module(options).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:setopts([{encoding, unicode}])),
    ?SHOW(io:getopts()),
    ?SHOW(io:setopts([binary])),
    ?SHOW(io:getopts()),
    ?SHOW(io:setopts([list])),
    ?SHOW(io:getopts()),
    ?SHOW(io:setopts([{binary, true}, unicode])),
    ?SHOW(io:getopts(user)),
    ?SHOW(io:setopts([{binary, false}, latin1])),
    ?SHOW(io:getopts()),
    ?SHOW(io:setopts([{encoding, unicode}, {encoding, latin1}])),
    ?SHOW(io:getopts()),
    ?SHOW(io:setopts([])),
    ?SHOW(io:setopts([{encoding, ebcdic}])),
    ?SHOW(io:setopts([{echo, false}])),
    ?SHOW(io:setopts([binary, nonsense])),
    ?SHOW(io:getopts()),
    ?SHOW(io:columns()),
    ?SHOW(io:rows()),
    ?SHOW(io:get_password()),
    ?SHOW(io:printable_range()),
    ?SHOW(io:setopts(standard_error, [{encoding, unicode}])),
    ?SHOW(io:getopts(standard_error)),
    ?SHOW(io:setopts(standard_error, [binary])),
    ?SHOW(io:setopts(standard_error, [{encoding, latin1}])),
    ?SHOW(io:getopts(standard_error)),
    ?SHOW(io:columns(standard_error)).
