%% SPDX-License-Identifier: Apache-2.0
%% programs_as_ports.erl - Programs of the system: started, written to, read from, ended.
-module(programs_as_ports).
-export([start/0]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    refused(),
    streams(),
    packets(),
    lines(),
    ends(),
    environment(),
    owners(),
    commands(),
    information(),
    shells(),
    much().

%% What comes until nothing has come for a while, with what belongs together put together.
flush() -> joined([masked(M) || M <- collect()]).

collect() -> receive M -> [M | collect()] after 300 -> [] end.

joined([{P, {data, A}}, {P, {data, B}} | Rest]) when is_list(A), is_list(B) -> joined([{P, {data, A ++ B}} | Rest]);
joined([M | Rest]) -> [M | joined(Rest)];
joined([]) -> [].

%% All up to the end of the port.
all(Port) ->
    receive
        {'EXIT', Port, Why} -> [{exit, Why}];
        {Port, What} -> joined([{port, What} | all(Port)])
    after 10000 -> [late]
    end.

masked(T) when is_port(T) -> port;
masked(T) when is_pid(T) -> pid;
masked(T) when is_reference(T) -> reference;
masked(T) when is_tuple(T) -> list_to_tuple(masked(tuple_to_list(T)));
masked([H | T]) -> [masked(H) | masked(T)];
masked(T) -> T.

open(Name, Settings) -> masked(open_port(Name, Settings)).

refused() ->
    ?SHOW(open({spawn_executable, "/no/such/program"}, [])),
    ?SHOW(open({spawn_executable, "/etc/passwd"}, [])),
    ?SHOW(open({spawn_executable, "no\0name"}, [])),
    ?SHOW(open({spawn, foo}, [foo])),
    ?SHOW(open({spawn, "cat"}, [{packet, 3}])),
    ?SHOW(open({spawn, "cat"}, [{line, 0}])),
    ?SHOW(open({spawn, "cat"}, [{line, a}])),
    ?SHOW(open({spawn, "cat"}, [binary | x])),
    ?SHOW(open({spawn, "cat"}, [{env, [{"A=B", "x"}]}])),
    ?SHOW(open({spawn, "cat"}, [{env, foo}])),
    ?SHOW(open({spawn, "cat"}, foo)),
    ?SHOW(open({spawn, [a, b]}, [])),
    ?SHOW(open({spawn, 1}, [])),
    ?SHOW(open({spawn_driver, "no such driver"}, [])),
    ?SHOW(open({fd, a, 1}, [])),
    ?SHOW(open({fd, -1, 1}, [])),
    ?SHOW(open({what, "cat"}, [])),
    ?SHOW(collect()).

streams() ->
    Port = open_port({spawn, "cat"}, []),
    ?SHOW(port_command(Port, ["ab", [<<"c">>, 100], <<"ef">>])),
    ?SHOW(flush()),
    ?SHOW(Port ! {self(), {command, "ghi"}} =/= x),
    ?SHOW(flush()),
    ?SHOW(port_command(Port, [])),
    ?SHOW(port_command(Port, foo)),
    ?SHOW(port_command(Port, [a])),
    ?SHOW(port_command(Port, "x", [foo])),
    ?SHOW(port_command(Port, "x", [nosuspend, force])),
    ?SHOW(flush()),
    ?SHOW(erlang:port_control(Port, 1, "x")),
    ?SHOW(erlang:port_call(Port, 1, "x")),
    ?SHOW(port_close(Port)),
    ?SHOW(flush()),
    ?SHOW(port_close(Port)),
    ?SHOW(port_command(Port, "x")),
    ?SHOW(port_connect(Port, self())),
    ?SHOW(erlang:port_info(Port)),
    ?SHOW(erlang:port_info(Port, id)),
    ?SHOW(Port ! {self(), close} =:= x),
    ?SHOW(flush()).

packets() ->
    [begin
         Port = open_port({spawn, "cat"}, [{packet, N}, binary]),
         [true = port_command(Port, binary:copy(<<"x">>, Size)) || Size <- [0, 1, 255, 3]],
         Sizes = [receive {Port, {data, D}} -> byte_size(D) after 5000 -> late end || _ <- lists:seq(1, 4)],
         ?SHOW({N, Sizes}),
         true = port_close(Port),
         ?SHOW(flush())
     end || N <- [1, 2, 4]],
    Large = open_port({spawn, "cat"}, [{packet, 1}]),
    ?SHOW(port_command(Large, lists:duplicate(256, $x))),
    ?SHOW(flush()),
    Half = open_port({spawn, "printf '\\0\\3abc\\0\\4ab'"}, [{packet, 2}, exit_status]),
    ?SHOW(all(Half)).

lines() ->
    Print = fun(Text, Settings) -> all(open_port({spawn, "printf '" ++ Text ++ "'"}, Settings)) end,
    ?SHOW(Print("one\\ntwo\\n\\nthree", [{line, 10}])),
    ?SHOW(Print("one\\ntwo two\\nlonger than that", [{line, 5}, binary])),
    ?SHOW(Print("12345\\n123456\\n", [{line, 5}])),
    ?SHOW(Print("", [{line, 5}])).

ends() ->
    Run = fun(Command, Settings) -> all(open_port({spawn_executable, "/bin/sh"}, [{args, ["-c", Command]} | Settings])) end,
    ?SHOW(Run("exit 0", [exit_status])),
    ?SHOW(Run("exit 7", [exit_status])),
    ?SHOW(Run("kill -9 $$", [exit_status])),
    ?SHOW(Run("echo out; echo err >&2", [exit_status, stderr_to_stdout])),
    ?SHOW(Run("echo out", [])),
    ?SHOW(Run("echo over >&4", [nouse_stdio])),
    ?SHOW(Run("no_such_command_here 2>/dev/null", [exit_status])),
    ?SHOW(Run("exit 3", [exit_status, {cd, "/no/such/folder"}, stderr_to_stdout])),
    Eof = open_port({spawn, "true"}, [eof]),
    ?SHOW(flush()),
    ?SHOW(port_close(Eof)),
    ?SHOW(flush()),
    [begin
         Port = open_port({spawn, "cat"}, []),
         Ref = monitor(port, Port),
         true = exit(Port, Why),
         ?SHOW(lists:sort(flush())),
         ?SHOW(demonitor(Ref, [flush]))
     end || Why <- [kill, oops, normal]],
    ?SHOW(element(4, receive M -> M after 0 -> monitor(port, Eof), receive M -> M end end) =:= Eof).

environment() ->
    Run = fun(Settings) -> all(open_port({spawn_executable, "/bin/sh"}, [exit_status | Settings])) end,
    os:putenv("MOTE_ONE", "1"),
    os:putenv("MOTE_TWO", "2"),
    Show = "echo $MOTE_ONE,$MOTE_TWO,$MOTE_THREE",
    ?SHOW(Run([{args, ["-c", Show]}])),
    ?SHOW(Run([{args, ["-c", Show]}, {env, [{"MOTE_ONE", false}, {"MOTE_TWO", "changed"}, {"MOTE_THREE", "x=y"}]}])),
    ?SHOW(Run([{args, ["-c", "echo $0 $1 $#", "zero", "a b", <<"c">>]}])),
    ?SHOW(Run([{args, ["-c", "pwd"]}, {cd, "/"}])),
    ?SHOW(Run([{arg0, "other"}, {args, ["-c", "echo $0"]}])).

owners() ->
    Self = self(),
    Owner = spawn(fun() -> P = open_port({spawn, "cat"}, []), Self ! {port, P}, receive stop -> ok end end),
    Port = receive {port, P} -> P end,
    Ref = monitor(port, Port),
    ?SHOW(erlang:port_info(Port, connected) =:= {connected, Owner}),
    Owner ! stop,
    ?SHOW(receive {'DOWN', Ref, port, Port, Why} -> Why after 5000 -> late end),
    Mine = open_port({spawn, "cat"}, []),
    Other = spawn(fun() -> receive stop -> Self ! {other, masked(collect())} end end),
    ?SHOW(port_connect(Mine, Other)),
    ?SHOW(port_connect(Mine, foo)),
    ?SHOW(erlang:port_info(Mine, connected) =:= {connected, Other}),
    ?SHOW(port_command(Mine, "for the other")),
    timer:sleep(100),
    Other ! stop,
    ?SHOW(receive {other, Got} -> Got after 5000 -> late end),
    ?SHOW(flush()),
    Again = open_port({spawn, "cat"}, []),
    ?SHOW((Again ! {self(), {connect, self()}}) =:= x),
    ?SHOW(flush()),
    ?SHOW(unlink(Again)),
    ?SHOW(erlang:port_info(Again, links)),
    ?SHOW(link(Again)),
    ?SHOW(erlang:port_info(Again, links) =:= {links, [self()]}),
    ?SHOW(port_close(Again)),
    ?SHOW(flush()),
    ?SHOW(catch link(Again)),
    ?SHOW(flush()).

commands() ->
    Port = open_port({spawn, "cat"}, []),
    [begin
         Port ! Bad,
         ?SHOW(flush())
     end || Bad <- [foo, {self(), foo}, {self(), {command, foo}}, {whereis(init), {command, "x"}}, {self(), {connect, x}}]],
    ?SHOW(port_command(Port, "alive")),
    ?SHOW(flush()),
    ?SHOW(port_close(Port)).

information() ->
    Port = open_port({spawn, "cat -u"}, [binary]),
    ?SHOW([element(1, I) || I <- erlang:port_info(Port)]),
    ?SHOW(lists:member(Port, erlang:ports())),
    ?SHOW(lists:member(Port, processes())),
    ?SHOW([masked(erlang:port_info(Port, I)) || I <- [name, links, connected, registered_name, monitors, monitored_by,
                                                     parallelism, queue_size, locking, input, output]]),
    ?SHOW(is_integer(element(2, erlang:port_info(Port, os_pid)))),
    ?SHOW(is_integer(element(2, erlang:port_info(Port, id)))),
    ?SHOW(erlang:port_info(Port, foo)),
    ?SHOW(erlang:port_info(foo)),
    ?SHOW(erlang:port_info(1)),
    ?SHOW(erlang:port_info(1, id)),
    ?SHOW(register(the_port, Port)),
    ?SHOW(whereis(the_port) =:= Port),
    ?SHOW(erlang:port_info(the_port, registered_name)),
    ?SHOW(port_command(the_port, "12345")),
    ?SHOW(receive {Port, {data, D}} -> D end),
    ?SHOW(erlang:port_info(Port, input)),
    ?SHOW(erlang:port_info(Port, output)),
    the_port ! {self(), {command, "by name"}},
    ?SHOW(flush()),
    ?SHOW(port_close(the_port)),
    ?SHOW(whereis(the_port)),
    ?SHOW(lists:member(Port, erlang:ports())),
    ?SHOW(flush()),
    ?SHOW(port_close(the_port)).

shells() ->
    ?SHOW(os:cmd("echo a; echo b >&2; exit 3")),
    ?SHOW(os:cmd("cat")),
    ?SHOW(os:cmd("echo 12345678", #{max_size => 3})),
    ?SHOW(os:cmd([$e, "cho ", 'x'])),
    ?SHOW(os:cmd("printf '\\303\\245'")),
    ?SHOW(os:cmd(1)),
    ?SHOW(os:find_executable("sh") =/= false),
    ?SHOW(os:find_executable("no such program")),
    ?SHOW(os:find_executable("sh", "/no/such/folder")).

much() ->
    Data = binary:copy(<<"0123456789abcdef">>, 100000),
    Port = open_port({spawn, "cat"}, [binary]),
    true = port_command(Port, Data),
    ?SHOW(receive_all(Port, byte_size(Data), []) =:= Data),
    true = port_close(Port),
    ?SHOW(flush()),
    Ports = [open_port({spawn, "cat"}, [binary]) || _ <- lists:seq(1, 20)],
    [true = port_command(P, integer_to_binary(N)) || {P, N} <- lists:zip(Ports, lists:seq(1, 20))],
    ?SHOW([receive {P, {data, D}} -> D end || P <- Ports]),
    [true = port_close(P) || P <- Ports],
    ?SHOW(length(flush())).

receive_all(_, 0, Got) -> iolist_to_binary(lists:reverse(Got));
receive_all(Port, Left, Got) ->
    receive {Port, {data, D}} -> receive_all(Port, Left - byte_size(D), [D | Got]) end.
