%% SPDX-License-Identifier: Apache-2.0
%% failing_program.erl - A program that fails
%% OTP: a crash dump and a long term
%% Mote: a report as the shell prints it, on standard error; status 1
%% why: it is read by people
%% erl prints:
%%   {"init terminating in do_boot",{{badmatch,2},[{failing_program,start,0,*
%%   init terminating in do_boot (*
%%   *
%% status 1
%% mote prints:
%%   \*\* exception error: no match of right hand side value 2
%%        in function  failing_program:start/0 (*
%% status 1
-module(failing_program).
-export([start/0]).

start() -> 1 = 1 + length(application:get_env(no_such_application, x, [1])).
