%% SPDX-License-Identifier: Apache-2.0
%% Where modules are looked for: changing it, folders of applications, files of modules.
-module(code_paths).
-export([start/0]).

-include("../show.hrl").

start() ->
    Base = filename:join(["/tmp", "mote_code_paths_" ++ os:getpid()]),
    try
        changes(Base),
        loading(Base)
    after
        file:del_dir_r(Base)
    end.

%% The path without what differs between machines.
paths(Base) ->
    [lists:nthtail(length(Base), Folder) || Folder <- code:get_path(), lists:prefix(Base, Folder)].

first(Base) -> lists:prefix(Base, hd([Folder || Folder <- code:get_path(), Folder =/= "."])).

changes(Base) ->
    [A, B, C] = [filename:join([Base, Name, "ebin"]) || Name <- ["one-1.0", "one-2.0", "two"]],
    [ok = filelib:ensure_path(Folder) || Folder <- [A, B, C]],
    Missing = Base ++ "/missing/ebin",
    ?SHOW(code:add_patha(A)),
    ?SHOW(first(Base)),
    ?SHOW(code:add_patha(Missing)),
    ?SHOW(code:add_pathz(Missing)),
    ?SHOW(code:add_path(C)),
    ?SHOW(code:add_pathz(A)),
    ?SHOW(paths(Base)),
    ?SHOW(code:add_patha(C ++ "/")),
    ?SHOW(paths(Base)),
    ?SHOW(code:add_pathsa([A, Missing, B])),
    ?SHOW(paths(Base)),
    ?SHOW(code:add_pathsz([A])),
    ?SHOW(paths(Base)),
    ?SHOW(lists:nthtail(length(Base), code:lib_dir(one))),
    ?SHOW(lists:nthtail(length(Base), code:lib_dir("two"))),
    ?SHOW(code:lib_dir(no_such_application)),
    ?SHOW(code:priv_dir(no_such_application)),
    ?SHOW(lists:nthtail(length(Base), code:priv_dir(two))),
    ?SHOW(lists:nthtail(length(Base), code:lib_dir(two, include))),
    ?SHOW(code:del_path(two)),
    ?SHOW(code:del_path(two)),
    ?SHOW(paths(Base)),
    ?SHOW(code:del_path(A)),
    ?SHOW(code:del_path(Missing)),
    ?SHOW(paths(Base)),
    ?SHOW(code:replace_path(one, A)),
    ?SHOW(paths(Base)),
    ?SHOW(code:replace_path(two, C)),
    ?SHOW(code:replace_path(one, C)),
    ?SHOW(code:replace_path(missing, Missing)),
    ?SHOW(paths(Base)),
    Path = code:get_path(),
    ?SHOW(code:set_path([C | Path])),
    ?SHOW(code:set_path([Missing])),
    ?SHOW(code:set_path(Path)),
    ?SHOW(paths(Base)),
    ?SHOW(filename:basename(code:where_is_file("stdlib.app"))),
    ?SHOW(code:where_is_file("no_such_file.app")),
    ?SHOW(filename:basename(code:lib_dir())),
    ?SHOW(filename:join(code:root_dir(), "lib") =:= code:lib_dir()).

loading(Base) ->
    Folder = filename:join([Base, "three", "ebin"]),
    ok = filelib:ensure_path(Folder),
    Name = made_in_three,
    ?SHOW(code:ensure_loaded(Name)),
    write(Folder, Name, 1),
    ?SHOW(code:load_abs(filename:join(Folder, "made_in_three"))),
    ?SHOW(Name:version()),
    ?SHOW({code:delete(Name), code:purge(Name)}),
    ?SHOW(code:ensure_loaded(Name)),
    ?SHOW(code:add_patha(Folder)),
    ?SHOW(code:ensure_loaded(Name)),
    ?SHOW(Name:version()),
    write(Folder, Name, 2),
    ?SHOW(code:ensure_loaded(Name)),
    ?SHOW(Name:version()),
    ?SHOW(code:load_file(Name)),
    ?SHOW(Name:version()),
    ?SHOW(lists:nthtail(length(Base), code:which(Name))),
    {Name, Code, File} = code:get_object_code(Name),
    ?SHOW({is_binary(Code), lists:nthtail(length(Base), File)}),
    ?SHOW(code:get_object_code(no_such_module)),
    ?SHOW(code:load_file(no_such_module)),
    ?SHOW(code:load_abs(filename:join(Folder, "missing"))),
    ok = file:write_file(filename:join(Folder, "damaged.beam"), <<"FOR1">>),
    ?SHOW(code:load_file(damaged)).

write(Folder, Name, Version) ->
    Forms = [{attribute, 1, module, Name}, {attribute, 1, export, [{version, 0}]},
             {function, 1, version, 0, [{clause, 1, [], [], [{integer, 1, Version}]}]}],
    {ok, Name, Code} = compile:forms(Forms),
    ok = file:write_file(filename:join(Folder, atom_to_list(Name) ++ ".beam"), Code).
