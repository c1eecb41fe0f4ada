%% SPDX-License-Identifier: Apache-2.0
%% heart.erl - A program called like a module of OTP's kernel or stdlib
%% OTP: not loaded where OTP's is already
%% Mote: takes its place, with a warning
%% why: the program is what was asked for
%% erl prints:
%% mote prints:
%%   mote run: * takes the place of OTP's own module heart,*
%%   the program
-module(heart).
-export([start/0]).

start() -> io:format("the program~n").
