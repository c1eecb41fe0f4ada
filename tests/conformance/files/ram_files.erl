%% SPDX-License-Identifier: Apache-2.0
%% ram_files.erl - Files in memory: file:open with `ram`, and the port below it.
-module(ram_files).
-export([start/0]).
-include("../show.hrl").

start() ->
    reading(),
    writing(),
    positions(),
    several(),
    requests(),
    ends(),
    large().

reading() ->
    {ok, F} = file:open("hello world", [ram, binary]),
    ?SHOW(file:read(F, 5)),
    ?SHOW(file:read(F, 0)),
    ?SHOW(file:read(F, 100)),
    ?SHOW(file:read(F, 1)),
    ?SHOW(file:read(F, -1)),
    ?SHOW(file:pread(F, 6, 3)),
    ?SHOW(file:pread(F, 100, 3)),
    ?SHOW(file:pread(F, 100, 0)),
    ?SHOW(file:write(F, "x")),
    ?SHOW(file:truncate(F)),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(ram_file:get_size(F)),
    ?SHOW(file:close(F)),
    ?SHOW(file:read(F, 1)),
    ?SHOW(file:close(F)),
    {ok, L} = file:open(<<"a list">>, [ram, read]),
    ?SHOW(file:read(L, 10)),
    ?SHOW(ram_file:get_file(L)),
    ?SHOW(file:close(L)),
    ?SHOW(file:open("x", [ram, foo])),
    ?SHOW(file:open(a, [ram])),
    ?SHOW(file:open([a], [ram])).

writing() ->
    {ok, F} = file:open("hello world", [ram, binary, read, write]),
    ?SHOW(file:write(F, ["HE", <<"LL">>])),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:pwrite(F, 20, <<"far">>)),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:write(F, [])),
    ?SHOW(file:write(F, a)),
    ?SHOW(file:read(F, 3)),
    ?SHOW(file:truncate(F)),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:sync(F)),
    ?SHOW(file:datasync(F)),
    ?SHOW(file:advise(F, 0, 5, normal)),
    ?SHOW(file:advise(F, 0, 5, no_reuse)),
    ?SHOW(file:advise(F, 0, 5, foo)),
    ?SHOW(file:allocate(F, 0, 5)),
    ?SHOW(file:allocate(F, 0, 100)),
    ?SHOW(ram_file:get_size(F)),
    ?SHOW(file:close(F)),
    {ok, W} = file:open("", [ram, binary, write]),
    ?SHOW(file:write(W, "abc")),
    ?SHOW(file:read(W, 1)),
    ?SHOW(file:pread(W, 0, 1)),
    ?SHOW(ram_file:get_file(W)),
    ?SHOW(file:position(W, 1)),
    ?SHOW(file:truncate(W)),
    ?SHOW(ram_file:get_file(W)),
    ?SHOW(file:close(W)).

positions() ->
    {ok, F} = file:open("0123456789", [ram, read, write]),
    [?SHOW({P, file:position(F, P)})
     || P <- [3, bof, eof, cur, {bof, 4}, {cur, 2}, {cur, -6}, {cur, -1}, {eof, -3}, {eof, 4},
              {eof, -11}, {bof, -1}, 1 bsl 31, -1 bsl 31, {cur, 1 bsl 31 - 1}, foo, {foo, 1}]],
    ?SHOW(file:position(F, 12)),
    ?SHOW(file:read(F, 1)),
    ?SHOW(file:truncate(F)),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:position(F, {eof, 3})),
    ?SHOW(file:write(F, "end")),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:close(F)).

several() ->
    {ok, F} = file:open("0123456789", [ram, read, write, binary]),
    ?SHOW(file:pread(F, [{0, 2}, {8, 5}, {10, 1}, {3, 0}])),
    ?SHOW(file:pread(F, [{-1, 2}])),
    ?SHOW(file:pread(F, -1, 2)),
    ?SHOW(file:pwrite(F, [{1, "a"}, {12, [<<"b">>]}])),
    ?SHOW(file:pwrite(F, [{1, "a"}, {-1, "b"}, {2, "c"}])),
    ?SHOW(file:pwrite(F, -1, "a")),
    ?SHOW(ram_file:get_file(F)),
    ?SHOW(file:position(F, cur)),
    {ok, G} = file:open("", [ram, write, read]),
    ?SHOW(file:copy(F, G)),
    ?SHOW(ram_file:get_file(G)),
    ?SHOW(file:close(F)),
    ?SHOW(file:close(G)).

%% What goes through the port itself.
requests() ->
    Port = open_port({spawn, "ram_file_drv"}, [binary]),
    ?SHOW(erlang:port_info(Port, name)),
    ?SHOW(ask(Port, [<<1, 3:32>> | "data"])),
    ?SHOW(ask(Port, <<2, 2:32>>)),
    ?SHOW(ask(Port, <<37>>)),
    ?SHOW(ask(Port, <<30>>)),
    ?SHOW(ask(Port, <<4, "more">>)),
    ?SHOW(ask(Port, <<3, 0:32, 2:32>>)),
    ?SHOW(ask(Port, <<3, 0:32, 3:32>>)),
    ?SHOW(ask(Port, <<99>>)),
    Port ! {self(), {command, <<37>>}},
    ?SHOW(receive {Port, Message} -> Message end),
    ?SHOW(port_close(Port)),
    Driver = open_port({spawn_driver, "ram_file_drv"}, []),
    ?SHOW(ask(Driver, <<1, 1:32, "data">>)),
    ?SHOW(ask(Driver, <<2, 2:32>>)),
    ?SHOW(ask(Driver, <<4, 1>>)),
    ?SHOW(port_close(Driver)),
    ?SHOW(open_port({spawn_driver, "no_such_driver"}, [])).

ask(Port, Request) ->
    port_command(Port, Request),
    receive {Port, Answer} -> Answer after 1000 -> nothing end.

%% A file ends with its owner.
ends() ->
    Self = self(),
    {Pid, Monitor} = spawn_monitor(fun() ->
                                       {ok, F} = file:open("abc", [ram]),
                                       Self ! {file, F},
                                       receive stop -> ok end
                                   end),
    File = receive {file, F} -> F end,
    Pid ! stop,
    receive {'DOWN', Monitor, process, Pid, _} -> ok end,
    ?SHOW(file:read(File, 1)).

large() ->
    {ok, F} = file:open(binary:copy(<<"0123456789">>, 200000), [ram, read, write, binary]),
    ?SHOW(ram_file:get_size(F)),
    {ok, All} = file:read(F, 3000000),
    ?SHOW({byte_size(All), erlang:md5(All)}),
    [ok = file:write(F, <<N:32>>) || N <- lists:seq(1, 1000)],
    {ok, More} = ram_file:get_file(F),
    ?SHOW({byte_size(More), erlang:md5(More)}),
    ?SHOW(file:close(F)).
