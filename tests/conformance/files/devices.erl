%% SPDX-License-Identifier: Apache-2.0
%% devices.erl - Module io on files: encodings, options, terms, lines, errors.
-module(devices).
-export([start/0]).
-include("../show.hrl").
-include("temp.hrl").

-define(TEXT, [$a, 16#E5, 16#3B1, 16#1F600, $\n]).

start() ->
    in_folder(fun() ->
        [encoded(E) || E <- [latin1, utf8, unicode, {utf16, big}, {utf16, little}, utf16,
                             {utf32, big}, {utf32, little}]],
        latin1_limits(),
        broken_utf8(),
        terms(),
        pieces(),
        options(),
        bom()
    end).

encoded(Encoding) ->
    io:format("~w~n", [Encoding]),
    {ok, W} = file:open("e", [write, {encoding, Encoding}]),
    ?SHOW(io:put_chars(W, "plain\n")),
    ?SHOW(io:put_chars(W, ?TEXT)),
    ?SHOW(file:close(W)),
    ?SHOW(file:read_file("e")),
    [begin
         {ok, R} = file:open("e", [read, {encoding, Encoding} | Type]),
         ?SHOW(io:get_line(R, "")),
         ?SHOW(io:get_chars(R, "", 2)),
         ?SHOW(file:read(R, 100)),
         ?SHOW(io:get_line(R, "")),
         ?SHOW(file:close(R))
     end || Type <- [[], [binary]]].

latin1_limits() ->
    {ok, W} = file:open("l", [write]),
    ?SHOW(io:put_chars(W, [16#E5, $\n])),
    ?SHOW(file:write(W, [16#E5])),
    ?SHOW(io:format(W, "~ts", [[16#3B1]])),
    ?SHOW(io:put_chars(W, [16#3B1])),
    ?SHOW(file:close(W)),
    ?SHOW(file:read_file("l")).

broken_utf8() ->
    ok = file:write_file("b", <<"ok\n", 255, 254, "x\n", 16#C3>>),
    {ok, R} = file:open("b", [read, {encoding, utf8}]),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(file:close(R)).

terms() ->
    {ok, W} = file:open("t", [write]),
    ?SHOW(io:format(W, "~p.~n~w.~n% remark~n\"text\" ++.~n[1,~n2].~nfoo", [{a, "b", #{c => 1.5}}, <<1, 2>>])),
    ?SHOW(io:write(W, x)),
    ?SHOW(file:close(W)),
    {ok, R} = file:open("t", [read]),
    ?SHOW(io:read(R, "")),
    ?SHOW(io:read(R, "")),
    ?SHOW(io:read(R, "")),
    ?SHOW(io:read(R, "", 1)),
    ?SHOW(io:read(R, "")),
    ?SHOW(io:read(R, "")),
    ?SHOW(file:position(R, 0)),
    ?SHOW(io:scan_erl_exprs(R, "")),
    ?SHOW(io:parse_erl_exprs(R, "")),
    ?SHOW(file:close(R)),
    ?SHOW(io:read(R, "")).

pieces() ->
    ok = file:write_file("p", "12 34 abc\n\nlast line without end"),
    {ok, R} = file:open("p", [read]),
    ?SHOW(io:fread(R, "", "~d ~d")),
    ?SHOW(io:fread(R, "", "~s")),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_chars(R, "", 5)),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:get_chars(R, "", 1)),
    ?SHOW(file:position(R, bof)),
    ?SHOW(io:request(R, {get_until, unicode, "", io_lib, collect_line, []})),
    ?SHOW(io:request(R, unknown)),
    ?SHOW(io:requests(R, [{get_line, ""}, {get_line, ""}])),
    ?SHOW(io:columns(R)),
    ?SHOW(io:rows(R)),
    ?SHOW(file:close(R)).

options() ->
    ok = file:write_file("o", <<"\303\245\n\303\245\n">>),
    {ok, R} = file:open("o", [read]),
    ?SHOW(lists:sort(io:getopts(R))),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:setopts(R, [binary, {encoding, unicode}])),
    ?SHOW(lists:sort(io:getopts(R))),
    ?SHOW(io:get_line(R, "")),
    ?SHOW(io:setopts(R, [foo])),
    ?SHOW(file:close(R)),
    ?SHOW(io:setopts(R, [binary])).

bom() ->
    [begin
         Bom = unicode:encoding_to_bom(E),
         ok = file:write_file("m", [Bom, unicode:characters_to_binary("x\n", unicode, E)]),
         {ok, R} = file:open("m", [read, binary]),
         {ok, Start} = file:read(R, 4),
         {Type, Size} = unicode:bom_to_encoding(Start),
         {ok, Size} = file:position(R, Size),
         ?SHOW(io:setopts(R, [{encoding, Type}])),
         ?SHOW({Type, io:get_line(R, "")}),
         ok = file:close(R)
     end || E <- [utf8, {utf16, big}, {utf16, little}, {utf32, big}, {utf32, little}]].
