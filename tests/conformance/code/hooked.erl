%% SPDX-License-Identifier: Apache-2.0
%% hooked.erl - A helper: a module whose on_load function takes its time.
-module(hooked).
-export([runs/0]).
-on_load(prepare/0).

prepare() ->
    timer:sleep(100),
    persistent_term:put(?MODULE, persistent_term:get(?MODULE, 0) + 1),
    ok.

runs() -> persistent_term:get(?MODULE).
