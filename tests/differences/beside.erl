%% SPDX-License-Identifier: Apache-2.0
%% beside.erl - What missing_module calls.
-module(beside).
-export([hello/0]).

hello() -> "hello".
