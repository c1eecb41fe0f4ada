%% SPDX-License-Identifier: Apache-2.0
%% code_helper.erl - A module to be loaded and forgotten.
-module(code_helper).
-export([value/0]).

value() -> 42.
