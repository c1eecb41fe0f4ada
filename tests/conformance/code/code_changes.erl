%% SPDX-License-Identifier: Apache-2.0
%% code_changes.erl - Where modules are looked for, and what they are loaded from.
-module(code_changes).
-export([start/0]).
-include("../show.hrl").
-include("../files/temp.hrl").

start() ->
    {ok, Here} = file:get_cwd(),
    true = code:add_pathz(Here),
    in_folder(fun() ->
        places(),
        changes(),
        modules()
    end).

places() ->
    Root = code:root_dir(),
    Lib = code:lib_dir(),
    ?SHOW(Lib =:= Root ++ "/lib"),
    ?SHOW(filename:dirname(code:lib_dir(stdlib)) =:= Lib),
    ?SHOW(hd(string:split(filename:basename(code:lib_dir(kernel)), "-"))),
    ?SHOW(code:lib_dir(no_such_application)),
    ?SHOW(code:priv_dir(stdlib) =:= code:lib_dir(stdlib) ++ "/priv"),
    ?SHOW(code:priv_dir("kernel") =:= code:lib_dir(kernel) ++ "/priv"),
    ?SHOW(code:priv_dir(no_such_application)),
    ?SHOW(code:lib_dir(kernel, ebin) =:= code:lib_dir(kernel) ++ "/ebin"),
    ?SHOW(code:which(lists) =:= code:lib_dir(stdlib) ++ "/ebin/lists.beam"),
    ?SHOW(code:which(no_such_module)),
    ?SHOW(code:where_is_file("lists.beam") =:= code:which(lists)),
    ?SHOW(code:where_is_file("no_such.file")),
    ?SHOW(filename:basename(code:where_is_file("stdlib.app"))),
    ?SHOW(code:get_mode()),
    ?SHOW(lists:all(fun is_list/1, code:get_path())),
    ?SHOW(code:is_loaded(lists) =:= {file, code:which(lists)}),
    ?SHOW(code:is_loaded(no_such_module)),
    ?SHOW(lists:member({lists, code:which(lists)}, code:all_loaded())).

changes() ->
    {ok, Here} = file:get_cwd(),
    [ok = filelib:ensure_dir(D ++ "/x") || D <- ["demo-1.0/ebin", "demo-1.0/priv", "demo-2.0/ebin", "other/ebin"]],
    ok = file:make_dir("plain"),
    Below = fun(D) -> Here ++ "/" ++ D end,
    Shown = fun() -> [lists:nthtail(length(Here), D) || D <- code:get_path(), lists:prefix(Here, D)] end,
    ?SHOW(code:add_patha(Below("demo-1.0/ebin"))),
    ?SHOW(code:add_pathz(Below("plain"))),
    ?SHOW(code:add_path(Below("nothing"))),
    ?SHOW(Shown()),
    ?SHOW(code:lib_dir(demo) =:= Below("demo-1.0")),
    ?SHOW(code:priv_dir(demo) =:= Below("demo-1.0/priv")),
    ?SHOW(code:add_pathsa([Below("other/ebin"), Below("nothing"), Below("demo-2.0/ebin")])),
    ?SHOW(Shown()),
    ?SHOW(code:lib_dir(demo) =:= Below("demo-2.0")),
    ?SHOW(code:add_paths([Below("other/ebin"), Below("demo-1.0/priv")])),
    ?SHOW(Shown()),
    ?SHOW(code:del_path(demo)),
    ?SHOW(Shown()),
    ?SHOW(code:del_path(Below("plain"))),
    ?SHOW(code:del_path(Below("plain"))),
    ?SHOW(code:replace_path(demo, Below("demo-2.0/ebin"))),
    ?SHOW(code:replace_path(foo, Below("demo-2.0/ebin"))),
    ?SHOW(code:replace_path(demo, Below("demo-3.0/ebin"))),
    ?SHOW(Shown()),
    Path = code:get_path(),
    ?SHOW(code:set_path([Below("other/ebin")])),
    ?SHOW(Shown()),
    ?SHOW(code:set_path([Below("nothing")])),
    ?SHOW(code:set_path(Path)),
    ?SHOW(code:get_path() =:= Path),
    [?SHOW(element(1, catch code:add_patha(D))) || D <- ["", [a], "a\0b"]],
    ok.

modules() ->
    {ok, Here} = file:get_cwd(),
    {code_helper, Bytes, File} = code:get_object_code(code_helper),
    ?SHOW(filename:basename(File)),
    ?SHOW(code:get_object_code(no_such_module)),
    ?SHOW(code:is_loaded(code_helper)),
    ok = file:make_dir("m"),
    ok = file:write_file("m/code_helper.beam", Bytes),
    ?SHOW(code:add_patha(Here ++ "/m")),
    ?SHOW(code:ensure_loaded(code_helper)),
    ?SHOW(code:which(code_helper) =:= Here ++ "/m/code_helper.beam"),
    ?SHOW(code_helper:value()),
    ?SHOW(code:load_binary(code_helper, "made.up", Bytes)),
    ?SHOW(code:is_loaded(code_helper)),
    ?SHOW(code:which(code_helper)),
    ?SHOW(code:purge(code_helper)),
    ?SHOW(code:load_abs(Here ++ "/m/code_helper")),
    ?SHOW(code:load_abs(Here ++ "/m/no_such_module")),
    ?SHOW(code:load_file(no_such_module)),
    ?SHOW(code:soft_purge(code_helper)),
    ?SHOW(code:delete(code_helper)),
    ?SHOW(code:is_loaded(code_helper)),
    ?SHOW(code_helper:value()),
    ?SHOW(code:load_binary(code_helper, "damaged", <<"no code">>)),
    ?SHOW(code:load_binary(code_helper, a, Bytes)),
    ?SHOW(code:ensure_loaded(no_such_module)),
    ok = file:write_file("m/damaged.beam", "no code"),
    ?SHOW(code:ensure_loaded(damaged)),
    ?SHOW(code:ensure_modules_loaded([code_helper, sets])),
    ?SHOW(code:load_file(code_helper)),
    ?SHOW(code:is_sticky(code_helper)).
