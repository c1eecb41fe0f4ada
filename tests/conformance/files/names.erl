%% SPDX-License-Identifier: Apache-2.0
%% names.erl - Folders, links and what names stand for; module filelib; names that are not ASCII.
-module(names).
-export([start/0]).
-include_lib("kernel/include/file.hrl").
-include("../show.hrl").
-include("temp.hrl").

start() ->
    in_folder(fun() ->
        folders(),
        links(),
        times(),
        unusual(),
        wildcards(),
        finding(),
        copies()
    end).

sorted({ok, Names}) -> {ok, lists:sort(Names)};
sorted(Other) -> Other.

folders() ->
    ?SHOW(filelib:ensure_dir("d/e/f/file")),
    ?SHOW(filelib:ensure_dir("d/e/f/file")),
    ?SHOW(filelib:ensure_path("d/p/q")),
    ?SHOW(file:write_file("d/e/f/file", "x")),
    ?SHOW(filelib:ensure_dir("d/e/f/file/x/y")),
    ?SHOW(filelib:is_dir("d/e")),
    ?SHOW(filelib:is_dir("d/e/f/file")),
    ?SHOW(filelib:is_file("d/e")),
    ?SHOW(filelib:is_regular("d/e")),
    ?SHOW(filelib:is_regular("d/e/f/file")),
    ?SHOW(filelib:is_file("no")),
    ?SHOW(filelib:file_size("d/e/f/file")),
    ?SHOW(filelib:file_size("no")),
    ?SHOW(sorted(file:list_dir("d"))),
    ?SHOW(file:list_dir("no")),
    ?SHOW(file:del_dir("d")),
    ?SHOW(file:del_dir_r("d/p")),
    ?SHOW(file:rename("d/e", "d/g")),
    ?SHOW(file:rename("d/no", "d/g")),
    ?SHOW(sorted(file:list_dir("d"))),
    ?SHOW(file:make_dir("d/g")),
    ?SHOW(file:make_dir("no/no")),
    {ok, Here} = file:get_cwd(),
    ?SHOW(file:set_cwd("d/g")),
    ?SHOW(filename:absname("x") =:= Here ++ "/d/g/x"),
    ?SHOW(file:set_cwd(Here)),
    ?SHOW(file:set_cwd("no")),
    ?SHOW(file:set_cwd(foo)),
    ?SHOW(filename:absname_join("/a", "b")),
    ?SHOW(filelib:safe_relative_path("a/../b", Here)),
    ?SHOW(filelib:safe_relative_path("a/../../b", Here)).

links() ->
    ok = file:write_file("target", "12345"),
    ?SHOW(file:make_symlink("target", "soft")),
    ?SHOW(file:make_link("target", "hard")),
    ?SHOW(file:read_link("soft")),
    ?SHOW(file:read_link("target")),
    ?SHOW(file:read_link_all("soft")),
    {ok, Info} = file:read_link_info("soft"),
    ?SHOW(Info#file_info.type),
    {ok, #file_info{links = Links, type = Type, size = Size}} = file:read_file_info("soft"),
    ?SHOW({Links, Type, Size}),
    ?SHOW(file:make_symlink("nowhere", "dangling")),
    ?SHOW(file:read_file_info("dangling")),
    ?SHOW(filelib:is_file("dangling")),
    ?SHOW(file:delete("dangling")),
    ?SHOW(file:delete("dangling")),
    ?SHOW(file:altname("target")).

times() ->
    When = {{2021, 3, 4}, {5, 6, 8}},
    ?SHOW(file:write_file_info("target", #file_info{mode = 8#600, atime = When, mtime = When})),
    {ok, Info} = file:read_file_info("target"),
    ?SHOW({Info#file_info.mode band 8#777, Info#file_info.atime, Info#file_info.mtime}),
    ?SHOW(file:write_file_info("target", #file_info{atime = 0, mtime = 1000000000}, [{time, posix}])),
    [begin
         {ok, #file_info{atime = A, mtime = M}} = file:read_file_info("target", Options),
         ?SHOW({Options, A, M})
     end || Options <- [[{time, posix}], [{time, universal}], [raw, {time, posix}]]],
    ?SHOW(file:change_time("target", When)),
    ?SHOW(filelib:last_modified("target")),
    ?SHOW(filelib:last_modified("no")),
    ?SHOW(file:change_mode("target", 8#444)),
    {ok, #file_info{mode = Mode}} = file:read_file_info("target"),
    ?SHOW(Mode band 8#777),
    ?SHOW(file:change_mode("no", 8#444)),
    ?SHOW(file:change_owner("no", 1)),
    ?SHOW(file:read_file_info("target", [{time, foo}])),
    ?SHOW(file:read_file_info("no", [raw])),
    {ok, F} = file:open("target", [read, raw]),
    {ok, #file_info{size = S}} = file:read_file_info(F),
    ?SHOW(S),
    ?SHOW(file:close(F)).

unusual() ->
    ok = file:make_dir("u"),
    Name = [$u, $/, 16#E5, 16#3B1, 16#1F600],
    ?SHOW(file:write_file(Name, "unicode")),
    ?SHOW(file:read_file(unicode:characters_to_binary(Name))),
    ?SHOW(file:list_dir("u")),
    ?SHOW(file:write_file(<<"u/raw", 255>>, "raw")),
    ?SHOW(length(element(2, file:list_dir("u")))),
    ?SHOW(sorted(file:list_dir_all("u"))),
    ?SHOW(file:read_file(<<"u/raw", 255>>)),
    ?SHOW(file:delete(<<"u/raw", 255>>)),
    ?SHOW(file:read_file([$u, [$/, 'x'], "y"])),
    ?SHOW(file:read_file('target')),
    ?SHOW(file:read_file("target\0")),
    ?SHOW(file:read_file([-1])),
    ?SHOW(file:read_file([16#D800])),
    ?SHOW(file:native_name_encoding()),
    ?SHOW(filename:basename(Name)).

wildcards() ->
    [ok = filelib:ensure_dir(F) || F <- ["w/a/x", "w/b/x"]],
    [ok = file:write_file("w/" ++ F, "") || F <- ["a/f1.erl", "a/f2.erl", "b/f1.hrl", "b/g.erl", "top.txt", ".hidden"]],
    [?SHOW({W, filelib:wildcard(W, "w")})
     || W <- ["*", "*/*.erl", "**/*.erl", "*/f?.*", "{a,b}/f1*", "[ab]/g.erl", "a/f[1-2].erl", "nothing*", "top.txt",
              "*/..", ".*", "a/f[!1].erl", "**"]],
    ?SHOW(filelib:wildcard("w/*/f1*")),
    ?SHOW(filelib:wildcard("w/{top,none}.txt")),
    ?SHOW(filelib:wildcard("{a")),
    ?SHOW(filelib:wildcard(1)).

finding() ->
    ?SHOW(filelib:find_file("f1.erl", "w/a")),
    ?SHOW(filelib:find_file("no.erl", "w/a")),
    ?SHOW(file:path_open(["w/b", "w/a"], "f2.erl", [read]) =/= foo),
    ?SHOW(element(3, file:path_open(["w/b", "w/a"], "f2.erl", [read]))),
    ?SHOW(file:path_open(["w"], "no", [read])).

copies() ->
    Data = binary:copy(<<"0123456789">>, 20000),
    ok = file:write_file("c1", Data),
    ?SHOW(file:copy("c1", "c2")),
    ?SHOW(file:copy("c1", "c3", 77777)),
    ?SHOW([filelib:file_size(F) || F <- ["c2", "c3"]]),
    ?SHOW(file:copy("no", "c4")),
    ?SHOW(file:copy("c1", "no/c4")),
    {ok, From} = file:open("c1", [read, binary]),
    {ok, To} = file:open("c4", [write]),
    ?SHOW(file:copy(From, To, 10)),
    ?SHOW(file:copy(From, {"c5", [append]})),
    ?SHOW(file:close(From)),
    ?SHOW(file:close(To)),
    ?SHOW(file:read_file("c4")),
    ?SHOW(filelib:file_size("c5")).
