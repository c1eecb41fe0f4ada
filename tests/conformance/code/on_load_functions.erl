%% SPDX-License-Identifier: Apache-2.0
%% on_load_functions.erl - Modules with on_load functions that are loaded when they are first called.
-module(on_load_functions).
-export([start/0]).
-include("../show.hrl").

start() ->
    %% Many call it at once: it is loaded once, and all wait for it.
    Parent = self(),
    Call = fun() -> Parent ! {self(), catch hooked:runs()} end,
    Pids = [spawn_link(Call) || _ <- lists:seq(1, 20)],
    ?SHOW(lists:usort([receive {Pid, Runs} -> Runs end || Pid <- Pids])),
    ?SHOW(code:load_file(hooked)),
    ?SHOW(hooked:runs()),
    ?SHOW({erlang:check_old_code(hooked), code:soft_purge(hooked)}),
    ?SHOW(hooked_badly:runs()),
    ?SHOW(code:ensure_loaded(hooked_badly)),
    ?SHOW(code:load_file(hooked_badly)),
    ?SHOW(erlang:module_loaded(hooked_badly)).
