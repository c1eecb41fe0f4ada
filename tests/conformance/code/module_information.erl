%% SPDX-License-Identifier: Apache-2.0
%% module_information.erl - What modules say of themselves, and which are there.
-module(module_information).
-export([start/0, exported/1]).
-author("nobody").
-tag([one, {two, 2}]).
-include("../show.hrl").

start() ->
    ?SHOW(module_information:module_info(module)),
    ?SHOW(lists:sort(module_information:module_info(exports))),
    ?SHOW(lists:member({exported, 1}, module_information:module_info(functions))),
    ?SHOW(lists:member({local, 2}, module_information:module_info(functions))),
    ?SHOW(length(module_information:module_info(functions))),
    ?SHOW(lists:keydelete(vsn, 1, module_information:module_info(attributes))),
    ?SHOW([Key || {Key, _} <- module_information:module_info(compile)]),
    ?SHOW(byte_size(module_information:module_info(md5))),
    ?SHOW(module_information:module_info(native)),
    ?SHOW(module_information:module_info(nifs)),
    ?SHOW([Key || {Key, _} <- module_information:module_info()]),
    ?SHOW(module_information:module_info(no_such_item)),
    ?SHOW(erlang:get_module_info(no_such_module)),
    ?SHOW(erlang:get_module_info(no_such_module, exports)),
    ?SHOW(erlang:get_module_info(17)),
    ?SHOW(local(1, 2)),
    loaded(),
    exported().

exported(X) -> X.
local(X, Y) -> {X, Y}.

loaded() ->
    ?SHOW(erlang:module_loaded(?MODULE)),
    ?SHOW(erlang:module_loaded(no_such_module)),
    ?SHOW(erlang:module_loaded("lists")),
    ?SHOW(erlang:module_loaded(array)),
    ?SHOW(array:size(array:new())),
    ?SHOW(erlang:module_loaded(array)),
    ?SHOW(lists:member(array, erlang:loaded())),
    ?SHOW(lists:member(no_such_module, erlang:loaded())),
    ?SHOW(code:ensure_loaded(queue)),
    ?SHOW(code:ensure_loaded(no_such_module)),
    ?SHOW(code:is_loaded(no_such_module)),
    {file, Path} = code:is_loaded(queue),
    ?SHOW(filename:basename(Path)),
    ?SHOW(filename:basename(code:which(queue))),
    ?SHOW(filename:basename(code:lib_dir(stdlib, ebin))),
    ?SHOW(code:lib_dir(no_such_application)),
    ?SHOW(lists:keymember(queue, 1, code:all_loaded())),
    ?SHOW(code:ensure_modules_loaded([lists, gb_sets, orddict])),
    ?SHOW(erlang:module_loaded(orddict)),
    ?SHOW(code:ensure_modules_loaded([lists, no_such_module])),
    ?SHOW(code:get_mode()).

exported() ->
    ?SHOW(erlang:function_exported(?MODULE, exported, 1)),
    ?SHOW(erlang:function_exported(?MODULE, exported, 2)),
    ?SHOW(erlang:function_exported(?MODULE, local, 2)),
    ?SHOW(erlang:function_exported(?MODULE, module_info, 0)),
    ?SHOW(erlang:function_exported(no_such_module, f, 0)),
    ?SHOW(erlang:function_exported(erlang, self, 0)),
    ?SHOW(erlang:function_exported(lists, map, 300)),
    ?SHOW(erlang:function_exported(lists, map, -1)),
    ?SHOW(erlang:function_exported(lists, "map", 2)),
    ?SHOW(no_such_module:f(1)),
    ?SHOW(?MODULE:no_such_function()),
    ?SHOW(apply(no_such_module, f, [])),
    ?SHOW((fun no_such_module:f/1)(2)).
