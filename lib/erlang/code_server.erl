%% SPDX-License-Identifier: Apache-2.0
%% code_server.erl - What OTP's module `code` asks, sent to the process of that name (mote_code).
%%
%% It stands for OTP's module, which keeps a table of all modules with their files and the folders
%% that it looks through. Here the VM knows the modules, and finds them.
-module(code_server).
-export([call/1, is_loaded/1, is_sticky/1, get_mode/0, absname/1]).

-spec call(term()) -> term().
call(Request) ->
    Server = whereis(?MODULE),
    Ref = erlang:monitor(process, Server),
    Server ! {code_call, self(), Request},
    receive
        {?MODULE, Answer} -> erlang:demonitor(Ref, [flush]), Answer;
        {'DOWN', Ref, process, _, _} -> exit({?MODULE, terminated})
    end.

-spec is_loaded(module()) -> {file, string() | preloaded} | false.
is_loaded(Module) -> call({is_loaded, Module}).

-spec is_sticky(module()) -> boolean().
is_sticky(Module) -> call({is_sticky, Module}).

-spec get_mode() -> interactive.
get_mode() -> interactive.

%% Asked since release 26.
-spec absname(file:filename()) -> file:filename().
absname(File) -> filename:absname(File).
