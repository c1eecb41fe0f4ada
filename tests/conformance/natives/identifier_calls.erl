%% SPDX-License-Identifier: Apache-2.0
%% identifier_calls.erl - Pids, ports, references and funs as text.
-module(identifier_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    calls(erlang, list_to_pid, [[X] || X <- ["<0.1.0>", "<0.32767.0>", "<0.32768.0>", "<0.1.8191>", "<0.1>",
                                             "<0.1.0", "<0.1.0>x", "<0.-1.0>", "< 0.1.0>", a, "<0.01.0>",
                                             "<0.0.0>", "<0.99999999999999999999.0>", "<0.1.0.>", [],
                                             ["<0.1.0>"], [60 | a]]]),
    calls(erlang, list_to_port, [[X] || X <- ["#Port<0.1>", "#Port<0.268435455>", "#Port<0.99999999999999999999>",
                                              "#Port<1.1>", "#Port<0.1", "Port<0.1>", a]]),
    calls(erlang, list_to_ref, [[X] || X <- ["#Ref<0.1.2.3>", "#Ref<0.1.2>", "#Ref<0.4294967295.2.3>",
                                             "#Ref<0.4294967296.2.3>", "#Ref<0.1.2.262143>", "#Ref<0.1.2.262144>",
                                             "#Ref<0.1.2.3.4>", "#Ref<0.1>", a]]),
    Pid = list_to_pid("<0.100.3>"),
    Port = list_to_port("#Port<0.7>"),
    Ref = list_to_ref("#Ref<0.1.2.3>"),
    io:format("~s ~s ~s~n", [pid_to_list(Pid), port_to_list(Port), ref_to_list(Ref)]),
    [calls(erlang, F, [[a], [1], [[]], [<<"x">>]]) || F <- [pid_to_list, port_to_list, ref_to_list, fun_to_list]],
    calls(erlang, fun_to_list, [[fun lists:map/2], [fun 'A b':'c d'/3]]),
    "#Fun<identifier_calls.0." ++ _ = erlang:fun_to_list(fun(X) -> X end),
    Refs = [make_ref() || _ <- lists:seq(1, 1000)],
    io:format("~w~n", [[length(lists:usort(Refs)), Refs =:= lists:sort(Refs), is_reference(hd(Refs)),
                        list_to_ref(ref_to_list(hd(Refs))) =:= hd(Refs),
                        list_to_pid(pid_to_list(self())) =:= self()]]).
