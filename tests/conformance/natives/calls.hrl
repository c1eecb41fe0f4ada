%% SPDX-License-Identifier: Apache-2.0
%% calls.hrl - Calls natives by apply, so that nothing is inlined, and prints one line per call: the
%% call, then its value, or the error and the first entry of its stack trace.

-include("../ordered.hrl").

-compile([no_copt, no_ssa_opt, {nowarn_unused_function, [{calls, 3}, {call, 3}, {operate, 3}]}]).

%% Function with each list of arguments.
calls(Module, Function, ArgumentLists) ->
    [call(Module, Function, Arguments) || Arguments <- ArgumentLists].

call(Module, Function, Arguments) ->
    Text = try apply(Module, Function, Arguments) of
        Value -> io_lib:format(?TERM, [Value])
    catch
        Class:Reason:Stack -> io_lib:format("~w " ?TERM ", " ?TERM, [Class, Reason, entry(hd(Stack), Arguments)])
    end,
    io:format("~w:~w(~s) = ~s~n", [Module, Function, shortened(arguments(Arguments)), shortened(Text)]).

arguments(Arguments) ->
    Text = lists:flatten(io_lib:format(?TERM, [list_to_tuple([named(A) || A <- Arguments])])),
    lists:sublist(Text, 2, length(Text) - 2).

%% Large maps have an order of their own, pids numbers.
named(Map) when is_map(Map), map_size(Map) > 32 -> {map_with, map_size(Map)};
named(Pid) when is_pid(Pid) -> {pid_of, node(Pid)};
named(Term) -> Term.

entry({Module, Function, Arguments, Info}, Arguments) -> {Module, Function, same_arguments, Info};
entry({Module, Function, Arity, _}, _) -> {Module, Function, Arity}.

%% Long texts by their ends and a checksum.
shortened(Text) -> shortened(Text, unicode:characters_to_binary(Text)).
shortened(_, Bytes) when byte_size(Bytes) =< 400 -> [printable(C) || <<C>> <= Bytes];
shortened(_, Bytes) ->
    Size = byte_size(Bytes),
    [shortened(a, binary:part(Bytes, 0, 40)), "...", integer_to_list(Size), " bytes, ",
     integer_to_list(erlang:crc32(Bytes)), "...", shortened(a, binary:part(Bytes, Size - 40, 40))].

printable(C) when C >= 32, C < 127 -> C;
printable(C) -> ["\\x{", integer_to_list(C, 16), "}"].

%% An operator as the instruction that the compiler makes of it.
operate(Label, Fun, Arguments) ->
    Text = try apply(Fun, Arguments) of
        Value -> io_lib:format(?TERM, [Value])
    catch
        Class:Reason -> io_lib:format("~w " ?TERM, [Class, Reason])
    end,
    io:format("~s ~s = ~s~n", [Label, shortened(arguments(Arguments)), shortened(Text)]).
