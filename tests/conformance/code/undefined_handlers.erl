%% SPDX-License-Identifier: Apache-2.0
%% undefined_handlers.erl - Who takes the calls of functions that are not there.
-module(undefined_handlers).
-export([start/0, '$handle_undefined_function'/2, undefined_function/3]).
-include("../show.hrl").

start() ->
    ?SHOW(?MODULE:anything(1, two)),
    ?SHOW(apply(?MODULE, something, [])),
    ?SHOW((fun ?MODULE:third/1)(x)),
    ?SHOW(trace(fun() -> no_such_module:f(1, 2) end)),
    ?SHOW(trace(fun() -> lists:no_such_function() end)),
    ?SHOW(trace(fun() -> erlang:no_such_function(x) end)),
    ?SHOW(process_flag(error_handler, ?MODULE)),
    ?SHOW(process_info(self(), error_handler)),
    ?SHOW(no_such_module:f(3)),
    ?SHOW(?MODULE:fourth()),
    ?SHOW(process_flag(error_handler, error_handler)),
    ?SHOW(no_such_module:f(4)),
    concurrent().

'$handle_undefined_function'(Function, Arguments) -> {handled, Function, Arguments}.

undefined_function(Module, Function, Arguments) -> {instead_of, Module, Function, Arguments}.

trace(Fun) ->
    try
        Fun()
    catch
        Class:Reason:Trace -> {Class, Reason, [hd(Trace)]}
    end.

%% Many processes miss the same module at once.
concurrent() ->
    Parent = self(),
    Tree = fun(N) -> gb_trees:to_list(gb_trees:from_orddict([{N, x}])) end,
    Pids = [spawn_link(fun() -> Parent ! {self(), Tree(N)} end)
            || N <- lists:seq(1, 50)],
    ?SHOW(lists:usort([receive {Pid, [{_, x}]} -> ok end || Pid <- Pids])).
