%% SPDX-License-Identifier: Apache-2.0
%% hooked_badly.erl - A helper: a module whose on_load function refuses.
-module(hooked_badly).
-export([runs/0]).
-on_load(prepare/0).

prepare() -> {error, not_here}.

runs() -> never.
