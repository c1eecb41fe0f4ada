%% SPDX-License-Identifier: Apache-2.0
%% masked.hrl - Calls natives by apply and prints one line per call: the call, then its value, or the
%% error and the first entry of its stack trace. Pids, references and funs are shown by their kind.

-include("../ordered.hrl").

-compile([no_copt, no_ssa_opt,
          {nowarn_unused_function, [{calls, 3}, {call, 3}, {value, 2}, {told, 2}]}]).

%% Function with each list of arguments.
calls(Module, Function, ArgumentLists) ->
    [call(Module, Function, Arguments) || Arguments <- ArgumentLists],
    ok.

%% The value, or a tuple {Class, Reason}.
call(Module, Function, Arguments) ->
    {Result, Text} = try apply(Module, Function, Arguments) of
        Value -> {Value, io_lib:format(?TERM, [masked(Value)])}
    catch
        Class:Reason:Stack ->
            Shown = [masked(Reason), entry(Stack, Arguments)],
            {{Class, Reason}, io_lib:format("~w " ?TERM ", " ?TERM, [Class | Shown])}
    end,
    Called = lists:join(", ", [io_lib:format(?TERM, [masked(A)]) || A <- Arguments]),
    io:format("~w:~tw(~ts) = ~ts~n", [Module, Function, Called, Text]),
    Result.

entry([{Module, Function, Arguments, Info} | _], Arguments) ->
    {Module, Function, same_arguments, [I || {error_info, _} = I <- Info]};
entry([{Module, Function, Arity, _} | _], _) -> {Module, Function, masked(Arity)};
entry([], _) -> none.

%% For what is no call of a native by itself.
value(Label, Value) -> io:format("~s: " ?TERM "~n", [Label, masked(Value)]).

%% Only what kind of term it is.
told(Label, Value) -> io:format("~s: ~w~n", [Label, kind(Value)]).

kind(T) when is_integer(T) -> integer;
kind(T) when is_float(T) -> float;
kind(T) when is_atom(T) -> T;
kind(T) when is_binary(T) -> binary;
kind(T) when is_pid(T) -> pid;
kind(T) when is_reference(T) -> reference;
kind(T) when is_map(T) -> lists:sort([{K, kind(V)} || {K, V} <- maps:to_list(T)]);
kind([]) -> [];
kind(T) when is_list(T) ->
    case lists:all(fun is_integer/1, T) of
        true -> list_of_integers;
        false -> [kind(E) || E <- T]
    end;
kind(T) when is_tuple(T) -> list_to_tuple([kind(E) || E <- tuple_to_list(T)]);
kind(_) -> other.

masked(T) when is_pid(T) -> '<pid>';
masked(T) when is_reference(T) -> '<reference>';
masked(T) when is_port(T) -> '<port>';
masked(T) when is_function(T) ->
    case erlang:fun_info(T, type) of
        {type, external} -> T;
        {type, local} -> '<fun>'
    end;
masked([H | T]) -> [masked(H) | masked(T)];
masked(T) when is_tuple(T) -> list_to_tuple([masked(E) || E <- tuple_to_list(T)]);
masked(T) when is_map(T) -> maps:map(fun(_, V) -> masked(V) end, T);
masked(T) -> T.
