%% SPDX-License-Identifier: Apache-2.0
%% full_disc.erl - Output to a full disc that is written just before the end
%% OTP: lost, status 0
%% Mote: status 1
%% why: nothing is lost in silence
%% output to /dev/full
%% erl prints:
%% mote prints:
%% status 1
-module(full_disc).
-export([start/0]).

start() -> io:put_chars("text\n").
