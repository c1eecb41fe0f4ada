%% SPDX-License-Identifier: Apache-2.0
%% error_calls.erl - error, exit, throw, raise, nif_error by apply: what is raised, and the trace.
-module(error_calls).
-export([start/0, first/1]).
-include("masked.hrl").

start() ->
    [shown(F, A) || {F, A} <-
        [{error, [x]}, {error, [{badmatch, 1}]}, {error, [x, [1, 2]]}, {error, [x, foo]}, {error, [x, none]},
         {error, [x, [1 | 2]]}, {error, [x, []]}, {error, [x, none, []]}, {error, [x, [1], [{error_info, #{cause => a}}]]},
         {error, [x, [1], [{error_info, a}]]}, {error, [x, [1], foo]}, {error, [x, none, [{error_info, #{module => m}}]]},
         {exit, [x]}, {exit, [normal]}, {throw, [x]}, {throw, [{a, b}]},
         {nif_error, [x]}, {nif_error, [x, [1]]}, {nif_error, [x, z]},
         {raise, [foo, x, []]}, {raise, [error, x, foo]}, {raise, [error, x, [foo]]}, {raise, [error, x, [{a, b}]]},
         {raise, [error, x, [{a, b, c}]]}, {raise, [error, x, [{a, b, -1}]]}, {raise, [error, x, [{a, b, 1} | y]]},
         {raise, [error, x, [{1, b, 1}]]}, {raise, [error, x, [{a, b, 1, c}]]}, {raise, [1, x, []]},
         {raise, [error, x, []]}, {raise, [exit, x, []]}, {raise, [throw, x, []]},
         {raise, [error, x, [{a, b, 2}]]}, {raise, [exit, x, [{a, b, [1]}, {c, d, 3, []}]]},
         {raise, [throw, x, [{a, b, 1, [{file, "f"}, {line, 7}]}]]}, {raise, [error, x, [{fun first/1, [1]}]]},
         {raise, [error, x, [{fun first/1, [1], []}]]}]],
    calls(erlang, halt, [[a], [-1], [1, x], [1, [x]], [1, [{flush, x}]], [1, [{flush, true} | x]], [[a]], ["abc" | [x]]]),
    %% Instructions and calls give the same.
    value("error", caught(fun() -> error({my, reason}) end)),
    value("error/2", caught(fun() -> error({my, reason}, [a, b]) end)),
    value("error/3", caught(fun() -> error({my, reason}, [a, b], [{error_info, #{module => ?MODULE}}]) end)),
    value("first", caught(fun() -> first(a) end)),
    value("catch", [element(2, catch error(a)) =/= a, catch exit(b), catch throw(c)]),
    value("again", caught(fun() -> try error(one) catch error:one:S -> erlang:raise(exit, two, S) end end)),
    value("nested", caught(fun() -> try error(one) catch _:_ -> error(two) after ok end end)).

shown(Function, Arguments) ->
    Text = try apply(erlang, Function, Arguments) of
        Value -> io_lib:format("~0tp", [Value])
    catch
        Class:Reason:Stack -> io_lib:format("~w ~0tp, ~0tp", [Class, Reason, [top(E) || E <- lists:sublist(Stack, 2)]])
    end,
    io:format("~w~0tp = ~s~n", [Function, masked(Arguments), Text]).

caught(Fun) ->
    try Fun() of
        Value -> Value
    catch
        Class:Reason:Stack -> {Class, Reason, [top(E) || E <- lists:sublist(Stack, 2)]}
    end.

top({F, A}) -> {masked(F), A};
top({F, A, L}) -> {masked(F), A, L};
top({M, F, A, L}) -> {M, F, A, [case I of {line, N} when M =:= ?MODULE, is_integer(N) -> line; _ -> I end || I <- L]}.

first(A) -> hd(A).
