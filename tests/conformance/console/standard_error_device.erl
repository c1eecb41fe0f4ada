%% SPDX-License-Identifier: Apache-2.0
%% standard_error_device.erl - The device for errors takes text and gives none.
-module(standard_error_device).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(is_pid(whereis(standard_error))),
    ?SHOW(whereis(standard_error) =:= whereis(user)),
    ?SHOW(io:format(standard_error, "text ~p~n", [{1}])),
    ?SHOW(io:put_chars(standard_error, [<<"more">>, $\n])),
    ?SHOW(io:nl(standard_error)),
    ?SHOW(io:write(standard_error, term)),
    ?SHOW(io:format(standard_error, "~p", [])),
    ?SHOW(io:put_chars(standard_error, [bad])),
    ?SHOW(io:get_line(standard_error, "> ")),
    ?SHOW(io:get_chars(standard_error, "> ", 1)),
    ?SHOW(io:read(standard_error, "> ")),
    ?SHOW(io:requests(standard_error, [{put_chars, unicode, "a"}, nl])),
    ?SHOW(io:request(standard_error, nonsense)).
