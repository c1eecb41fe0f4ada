%% SPDX-License-Identifier: Apache-2.0
%% covered.erl - The module cover counts calls, whether or not the VM could do that for it.
-module(covered).
-export([start/0]).
-include("../show.hrl").

-define(SOURCE, "-module(counted).\n-export([called/1, other/0]).\n"
                "called(1) -> one;\ncalled(_) -> more.\nother() -> ok.\n").

start() ->
    {ok, _} = cover:start(),
    {ok, Here} = file:get_cwd(),
    File = filename:join(Here, "counted.erl"),
    ok = file:write_file(File, ?SOURCE),
    ?SHOW(cover:compile_module(File)),
    ?SHOW([counted:called(N) || N <- [1, 1]]),
    ?SHOW(cover:analyse(counted, coverage, function)),
    ?SHOW(cover:analyse(counted, calls, function)),
    ?SHOW(cover:analyse(counted, coverage, clause)),
    ?SHOW(cover:analyse(counted, calls, line)),
    ?SHOW(is_boolean(erlang:function_exported(code, coverage_support, 0) andalso code:coverage_support())),
    cover:stop(),
    file:delete(File).
