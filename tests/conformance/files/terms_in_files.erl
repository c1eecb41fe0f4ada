%% SPDX-License-Identifier: Apache-2.0
%% terms_in_files.erl - consult, eval, script and their path_ forms; format_error.
-module(terms_in_files).
-export([start/0]).
-include("../show.hrl").
-include("temp.hrl").

without_trace({error, {Line, file, {Class, Reason, _}}}) -> {error, {Line, file, {Class, Reason}}}.

start() ->
    in_folder(fun() ->
        ok = file:make_dir("p"),
        ok = file:write_file("terms", "{a, \"b\"}.\n% remark\n[1,2].\n#{k => v}."),
        ok = file:write_file("p/broken", "ok.\n{a, }.\n"),
        ok = file:write_file("unicode", <<"%% coding: utf-8\n\"\303\245\".\n">>),
        ok = file:write_file("latin1", <<"%% coding: latin-1\n\"\345\".\n">>),
        ok = file:write_file("p/exprs", "X = 1,\nput(evaluated, X + 1).\nX * 10."),
        ok = file:write_file("failing", "error(oops)."),
        ok = file:write_file("unbound", "Y = Z."),
        ?SHOW(file:consult("terms")),
        ?SHOW(file:consult("unicode")),
        ?SHOW(file:consult("latin1")),
        ?SHOW(file:consult("p/broken")),
        ?SHOW(file:consult("no")),
        ?SHOW(file:path_consult(["no", "p", "."], "broken")),
        ?SHOW(file:path_consult(["no", "p", "."], "terms")),
        ?SHOW(file:path_consult(["p"], "terms")),
        ?SHOW(file:eval("p/exprs")),
        ?SHOW(get(evaluated)),
        ?SHOW(file:eval("p/exprs", [{'X', 1}])),
        ?SHOW(without_trace(file:eval("p/exprs", [{'X', 2}]))),
        ?SHOW(without_trace(file:eval("failing"))),
        ?SHOW(without_trace(file:eval("unbound"))),
        ?SHOW(file:eval("p/broken")),
        ?SHOW(file:script("p/exprs")),
        ?SHOW(file:script("terms")),
        ?SHOW(file:script("unbound", [{'Z', 7}])),
        ?SHOW(file:script("no")),
        ?SHOW(file:path_eval(["no", "p"], "exprs")),
        ?SHOW(file:path_script(["no", "p"], "exprs")),
        ?SHOW(file:path_script(["no", "p"], "other")),
        {error, Error} = file:consult("p/broken"),
        ?SHOW(lists:flatten(file:format_error(Error))),
        [?SHOW(lists:flatten(file:format_error(E))) || E <- [enoent, eacces, terminated, badarg, system_limit, foo]]
    end).
