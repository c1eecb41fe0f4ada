%% SPDX-License-Identifier: Apache-2.0
%% re_offset.erl - An offset behind the end, in `re:run/3`
%% OTP: an error that cannot be caught in OTP 25
%% Mote: `badarg`
%% why: nobody wants the other
%% erl prints:
%%   {internal_error,[{re,run,*
%%   *
%% mote prints:
%%   {'EXIT',{badarg,[{re,run,*
-module(re_offset).
-export([start/0]).

start() ->
    {_, Ref} = spawn_monitor(fun() -> exit(catch re:run("a", "a", [{offset, 5}])) end),
    receive {'DOWN', Ref, process, _, Why} -> io:format("~0p~n", [Why]) end.
