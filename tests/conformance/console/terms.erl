%% SPDX-License-Identifier: Apache-2.0
%% terms.erl - Reading terms and tokens: io:read, io:scan_erl_exprs, io:parse_erl_exprs, ...
-module(terms).
-export([start/0, until_dash/2]).
-include("../show.hrl").

start() ->
    ?SHOW(io:read("1> ")),
    ?SHOW(io:read('')),
    ?SHOW(io:read(user, '')),
    ?SHOW(io:read('')),
    ?SHOW(io:read('', 10)),
    ?SHOW(io:scan_erl_exprs("scan> ")),
    ?SHOW(io:scan_erl_exprs(user, '', 5)),
    ?SHOW(io:parse_erl_exprs('')),
    ?SHOW(io:parse_erl_exprs('')),
    ?SHOW(io:scan_erl_form('')),
    ?SHOW(io:parse_erl_form('')),
    ?SHOW(io:get_line('')),
    ?SHOW(io:request(user, {get_until, unicode, "dash> ", ?MODULE, until_dash, []})),
    ?SHOW(io:get_line('')),
    ?SHOW(io:read('')).

%% A function of the kind that get_until wants: text up to a dash.
until_dash(Before, eof) -> {done, {eof, Before}, []};
until_dash(Before, Text) ->
    case string:split(Text, "-") of
        [_] -> {more, [Before, Text]};
        [Word, Rest] -> {done, lists:flatten([Before, Word]), Rest}
    end.
