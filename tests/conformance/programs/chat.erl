%% SPDX-License-Identifier: Apache-2.0
%% chat.erl - A chat server with rooms over plain processes, links and monitors.
-module(chat).
-export([start/0]).

start() ->
    Server = spawn(fun() -> server(#{}, #{}) end),
    register(chat_server, Server),
    Users = [{Name, user(Name)} || Name <- ["ann", "bob", "cid"]],
    script(Users),
    crash(Users),
    many(),
    Ref = monitor(process, Server),
    chat_server ! stop,
    receive {'DOWN', Ref, process, Server, Why} -> io:format("server: ~w~n", [Why]) end,
    [io:format("~s alive: ~w~n", [Name, is_process_alive(Pid)]) || {Name, Pid} <- Users],
    ok.

script(Users) ->
    [Ann, Bob, Cid] = [Pid || {_, Pid} <- Users],
    [step(Pid, Command) || {Pid, Command} <-
        [{Ann, {join, "lobby"}}, {Bob, {join, "lobby"}},
         {Ann, {say, "lobby", "hello, who is here?"}},
         {Bob, {say, "lobby", "me!"}}, {Cid, {say, "lobby", "can you hear me?"}},
         {Cid, {join, "lobby"}}, {Cid, {join, "lobby"}}, {Cid, {say, "lobby", "now you can"}},
         {Bob, {join, "garden"}}, {Bob, {say, "garden", "alone among flowers"}},
         {Ann, {whisper, "bob", "psst"}}, {Ann, {whisper, "zoe", "anyone?"}},
         {Ann, rooms}, {Bob, {leave, "lobby"}}, {Bob, {leave, "lobby"}},
         {Ann, {members, "lobby"}}, {Ann, {members, "cellar"}}]],
    [io:format("~s heard:~n~s", [Name, heard(Pid)]) || {Name, Pid} <- Users].

%% One command at a time; the user answers when the server has.
step(User, Command) ->
    Ref = make_ref(),
    User ! {do, self(), Ref, Command},
    receive {Ref, Name, Answer} -> io:format("~s: ~0p -> ~0p~n", [Name, Command, Answer]) end.

heard(User) ->
    Ref = make_ref(),
    User ! {heard, self(), Ref},
    receive {Ref, Lines} -> [["  ", Line, $\n] || Line <- Lines] end.

%% When a user's process dies it leaves its rooms; the others are told.
crash(Users) ->
    {"bob", Bob} = lists:keyfind("bob", 1, Users),
    {"ann", Ann} = lists:keyfind("ann", 1, Users),
    step(Bob, {join, "lobby"}),
    exit(Bob, lost_connection),
    wait_for_line(Ann, "lobby: bob has gone (lost_connection)"),
    step(Ann, {members, "lobby"}),
    step(Ann, rooms).

wait_for_line(User, Line) ->
    Lines = heard(User),
    case lists:member(["  ", Line, $\n], Lines) of
        true -> io:format("ann heard: ~s~n", [Line]);
        false -> timer:sleep(1), wait_for_line(User, Line)
    end.

%% Thirty users greet each other in one room; everyone hears everyone once.
many() ->
    Names = ["user" ++ integer_to_list(N) || N <- lists:seq(1, 30)],
    Pids = [user(Name) || Name <- Names],
    [request(Pid, {join, "hall"}) || Pid <- Pids],
    [heard(Pid) || Pid <- Pids],
    Self = self(),
    Talkers = [spawn_monitor(fun() ->
                                 request(Pid, {say, "hall", "hi from " ++ Name}),
                                 Self ! said
                             end) || {Name, Pid} <- lists:zip(Names, Pids)],
    [receive {'DOWN', Ref, _, _, normal} -> ok end || {_, Ref} <- Talkers],
    [receive said -> ok end || _ <- Talkers],
    Counts = [length([L || L <- lists:map(fun lists:flatten/1, heard(Pid)),
                           string:find(L, "hi from") =/= nomatch]) || Pid <- Pids],
    io:format("greetings heard: ~w~n", [lists:usort(Counts)]),
    [exit(Pid, shutdown) || Pid <- Pids].

request(User, Command) ->
    Ref = make_ref(),
    User ! {do, self(), Ref, Command},
    receive {Ref, _, Answer} -> Answer end.

%% A user's process: passes commands on, keeps what it hears.

user(Name) ->
    Pid = spawn(fun() -> user_loop(Name, []) end),
    chat_server ! {enter, self(), Name, Pid},
    receive {entered, Pid} -> Pid end.

user_loop(Name, Lines) ->
    receive
        {do, From, Ref, Command} ->
            Ask = make_ref(),
            chat_server ! {command, self(), Ask, Command},
            receive {Ask, Answer} -> From ! {Ref, Name, Answer} end,
            user_loop(Name, Lines);
        {line, Line} -> user_loop(Name, [Line | Lines]);
        {heard, From, Ref} ->
            From ! {Ref, lists:reverse(Lines)},
            user_loop(Name, Lines);
        closed -> ok
    end.

%% The server: Users maps pids to names, Rooms names to lists of pids in order of arrival.

server(Users, Rooms) ->
    receive
        {enter, From, Name, Pid} ->
            monitor(process, Pid),
            From ! {entered, Pid},
            server(Users#{Pid => Name}, Rooms);
        {command, From, Ref, Command} ->
            {Answer, NewRooms} = command(Command, From, Users, Rooms),
            From ! {Ref, Answer},
            server(Users, NewRooms);
        {'DOWN', _, process, Pid, Why} ->
            {Name, Rest} = maps:take(Pid, Users),
            Text = io_lib:format("~s has gone (~w)", [Name, Why]),
            Left = maps:map(fun(Room, Members) -> gone(Room, Members, Pid, Text) end, Rooms),
            server(Rest, maps:filter(fun(_, Members) -> Members =/= [] end, Left));
        stop ->
            [Pid ! closed || Pid <- maps:keys(Users)],
            wait_for_all(maps:size(Users))
    end.

wait_for_all(0) -> exit(all_gone);
wait_for_all(N) -> receive {'DOWN', _, process, _, _} -> wait_for_all(N - 1) end.

gone(Room, Members, Pid, Text) ->
    Rest = lists:delete(Pid, Members),
    _ = Rest =/= Members andalso tell(Rest, Room, Text),
    Rest.

command({join, Room}, From, Users, Rooms) ->
    Members = maps:get(Room, Rooms, []),
    case lists:member(From, Members) of
        true -> {already_there, Rooms};
        false ->
            tell(Members, Room, [maps:get(From, Users), " joins"]),
            {welcome, Rooms#{Room => Members ++ [From]}}
    end;
command({leave, Room}, From, Users, Rooms) ->
    Members = maps:get(Room, Rooms, []),
    case lists:member(From, Members) of
        true ->
            Rest = lists:delete(From, Members),
            tell(Rest, Room, [maps:get(From, Users), " leaves"]),
            {bye, Rooms#{Room := Rest}};
        false -> {not_there, Rooms}
    end;
command({say, Room, Text}, From, Users, Rooms) ->
    Members = maps:get(Room, Rooms, []),
    case lists:member(From, Members) of
        true -> tell(Members, Room, [maps:get(From, Users), ": ", Text]), {said, Rooms};
        false -> {not_there, Rooms}
    end;
command({whisper, Name, Text}, From, Users, Rooms) ->
    case [Pid || {Pid, N} <- maps:to_list(Users), N =:= Name] of
        [Pid] -> tell([Pid], "whisper", [maps:get(From, Users), ": ", Text]), {said, Rooms};
        [] -> {nobody, Rooms}
    end;
command(rooms, _, _, Rooms) ->
    {lists:sort([{Room, length(Members)} || {Room, Members} <- maps:to_list(Rooms)]), Rooms};
command({members, Room}, _, Users, Rooms) ->
    {[maps:get(Pid, Users) || Pid <- maps:get(Room, Rooms, [])], Rooms}.

tell(Pids, Room, Text) ->
    Line = lists:flatten([Room, ": ", Text]),
    [Pid ! {line, Line} || Pid <- Pids],
    ok.
