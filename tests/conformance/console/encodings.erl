%% SPDX-License-Identifier: Apache-2.0
%% encodings.erl - Characters beyond ASCII with the console in UTF-8 and in Latin-1.
-module(encodings).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(io:setopts([{encoding, unicode}])),
    ?SHOW(proplists:get_value(encoding, io:getopts())),
    write(),
    ?SHOW(io:setopts([{encoding, latin1}])),
    ?SHOW(proplists:get_value(encoding, io:getopts())),
    write(),
    ?SHOW(io:setopts([{encoding, utf8}])),
    ?SHOW(proplists:get_value(encoding, io:getopts())),
    write().

write() ->
    io:put_chars([16#e9, 16#20ac, 16#1f600, $\n]),
    io:put_chars(<<"\x{e9}\x{20ac}\n"/utf8>>),
    io:put_chars([<<"\x{3bb}"/utf8>>, 16#3bb, $\n]),
    io:format("~ts ~tp ~tw~n", [[16#3bb], [16#3bb], [16#3bb]]),
    io:format("~s|~c|~tc~n", [[16#e9], 16#e9, 16#20ac]),
    io:format("~ts~n", ['\x{3bb}\x{e9}']),
    ?SHOW(io:request(user, {put_chars, latin1, <<16#e9, $\n>>})),
    ?SHOW(io:request(user, {put_chars, latin1, [16#e9, $\n]})),
    ?SHOW(file:write(user, [16#e9, $\n])).
