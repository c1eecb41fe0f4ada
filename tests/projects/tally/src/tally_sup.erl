%% SPDX-License-Identifier: Apache-2.0
%% tally_sup.erl - A tally, those who count, and who asks them.
-module(tally_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Worker = fun(Id, Module, Arguments, Restart) ->
        #{id => Id, start => {Module, start_link, Arguments}, restart => Restart}
    end,
    Flags = #{strategy => one_for_one, intensity => 3, period => 5},
    {ok, {Flags, [Worker(tally, tally_server, [], permanent), Worker(door, tally_door, [closed], permanent),
                  Worker(main, tally_main, [], transient)]}}.
