%% SPDX-License-Identifier: Apache-2.0
%% open_modes.erl - Opening files in each mode, reading and writing through processes and raw.
-module(open_modes).
-export([start/0]).
-include("../show.hrl").
-include("temp.hrl").

start() ->
    in_folder(fun() ->
        [modes(Raw) || Raw <- [[], [raw]]],
        [buffered(Raw, Type) || Raw <- [[], [raw]], Type <- [[], [binary]]],
        bad_modes(),
        sizes()
    end).

modes(Raw) ->
    io:format("modes ~w~n", [Raw]),
    ?SHOW(file:write_file("a", "0123456789", Raw)),
    ?SHOW(file:open("no", [read | Raw])),
    ?SHOW(file:open("a", [exclusive | Raw])),
    {ok, Append} = file:open("a", [append | Raw]),
    ?SHOW(file:write(Append, "tail")),
    ?SHOW(file:position(Append, 0)),
    ?SHOW(file:write(Append, "more")),
    ?SHOW(file:close(Append)),
    ?SHOW(file:read_file("a")),
    {ok, Both} = file:open("a", [read, write | Raw]),
    ?SHOW(file:write(Both, "AB")),
    ?SHOW(file:read(Both, 3)),
    ?SHOW(file:position(Both, {eof, -2})),
    ?SHOW(file:truncate(Both)),
    ?SHOW(file:position(Both, 0)),
    ?SHOW(file:read(Both, 1000)),
    ?SHOW(file:read(Both, 1)),
    ?SHOW(file:pread(Both, 3, 4)),
    ?SHOW(file:pread(Both, [{0, 1}, {100, 1}])),
    ?SHOW(file:pwrite(Both, 30, "far")),
    ?SHOW(file:pwrite(Both, [{0, "x"}, {1, <<"y">>}])),
    ?SHOW(file:sync(Both)),
    ?SHOW(file:datasync(Both)),
    ?SHOW(file:advise(Both, 0, 10, normal)),
    ?SHOW(file:allocate(Both, 0, 64)),
    ?SHOW(file:close(Both)),
    ?SHOW(file:read_file("a")),
    {ok, Write} = file:open("a", [write, sync | Raw]),
    ?SHOW(file:read(Write, 1)),
    ?SHOW(file:write(Write, [<<"x">>, ["y", [[]], $z]])),
    ?SHOW(file:write(Write, [a])),
    ?SHOW(file:write(Write, [300])),
    ?SHOW(file:close(Write)),
    ?SHOW(file:close(Write)),
    ?SHOW(file:read_file("a")),
    {ok, New} = file:open("new", [exclusive, write | Raw]),
    ?SHOW(file:close(New)),
    ?SHOW(file:open("new", [exclusive, write | Raw])),
    ?SHOW(file:delete("new")).

buffered(Raw, Type) ->
    io:format("buffered ~w~n", [Raw ++ Type]),
    Lines = [[integer_to_list(N), " line\r\n", integer_to_list(N), " next\n"] || N <- lists:seq(1, 3000)],
    {ok, W} = file:open("b", [write, {delayed_write, 1000, 100} | Raw]),
    ?SHOW([file:write(W, L) || L <- Lines] =:= [ok || _ <- Lines]),
    ?SHOW(file:position(W, cur)),
    ?SHOW(file:close(W)),
    {ok, Plain} = file:open("b", [read | Raw ++ Type]),
    ?SHOW(file:read_line(Plain)),
    ?SHOW(file:read_line(Plain)),
    ?SHOW(file:read(Plain, 10)),
    ?SHOW(file:close(Plain)),
    {ok, R} = file:open("b", [read, {read_ahead, 100} | Raw ++ Type]),
    ?SHOW(file:read_line(R)),
    ?SHOW(file:read(R, 250)),
    ?SHOW(file:position(R, cur)),
    ?SHOW(file:read_line(R)),
    ?SHOW(file:position(R, {cur, -5})),
    ?SHOW(file:read_line(R)),
    ?SHOW(erlang:md5(all_lines(R))),
    ?SHOW(file:read_line(R)),
    ?SHOW(file:close(R)),
    {ok, RW} = file:open("b", [read, write, read_ahead, delayed_write | Raw ++ Type]),
    ?SHOW(file:read_line(RW)),
    ?SHOW(file:write(RW, "REPLACED")),
    ?SHOW(file:read_line(RW)),
    ?SHOW(file:position(RW, bof)),
    ?SHOW(file:read(RW, 30)),
    ?SHOW(file:close(RW)).

all_lines(F) ->
    case file:read_line(F) of
        {ok, Line} -> [Line | all_lines(F)];
        eof -> []
    end.

bad_modes() ->
    ?SHOW(element(1, file:open("a", read))),
    ?SHOW(element(1, file:open("a", [foo]))),
    ?SHOW(element(1, file:open("a", [raw, foo]))),
    ?SHOW(file:open("a", [{encoding, foo}])),
    ?SHOW(element(1, file:open("a", [{read_ahead, foo}]))),
    ?SHOW(file:open(1, [read])),
    ?SHOW(file:open([1 | 2], [read])),
    ?SHOW(file:open("a\0b", [raw])),
    ?SHOW(file:open("", [read])),
    ?SHOW(file:open("a/b", [read])),
    ?SHOW(file:open(".", [read])),
    ?SHOW(file:read_file("a/")),
    ?SHOW(file:write_file(".", "x")),
    ?SHOW(file:write_file("x", a)),
    ?SHOW(file:read(foo, 1)),
    ?SHOW(file:write(foo, "x")),
    ?SHOW(file:position(foo, 1)),
    ?SHOW(file:pread(foo, 1, 1)),
    ?SHOW(file:close(foo)).

sizes() ->
    [begin
         Data = binary:copy(<<"x">>, Size),
         ok = file:write_file("s", Data),
         {ok, Data} = file:read_file("s"),
         {ok, F} = file:open("s", [read, binary, raw]),
         case file:read(F, Size + 1) of
             {ok, Data} -> ok;
             eof -> ok = check_empty(Size)
         end,
         ok = file:close(F),
         io:format("~w ", [Size])
     end || Size <- [0, 1, 63, 64, 65, 255, 256, 4095, 4096, 65535, 65536, 1000000]],
    io:nl().

check_empty(0) -> ok.
