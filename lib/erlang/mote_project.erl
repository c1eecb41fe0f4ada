%% SPDX-License-Identifier: Apache-2.0
%% mote_project.erl - Programs that are applications: started, and kept running.
-module(mote_project).
-export([start/2]).

-spec start(binary(), [string()]) -> term().
start(_, _) -> mote_boot:refuse("projects come later").
