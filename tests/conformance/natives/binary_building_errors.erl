%% SPDX-License-Identifier: Apache-2.0
%% binary_building_errors.erl - what a failed construction of a binary says about itself.
-module(binary_building_errors).
-export([start/0]).

start() ->
    integers(),
    floats(),
    binaries(),
    unicode(),
    sizes(),
    places().

%% The reason, what the trace knows, and the text that the shell would print.
-define(FAIL(Expr), fail(??Expr, fun() -> Expr end)).

fail(Text, Fun) ->
    try Fun() of
        Value -> io:format("~s = ~w~n", [Text, Value])
    catch
        error:Reason:Trace ->
            [{_, _, _, Location} | _] = Trace,
            case proplists:get_value(error_info, Location) of
                undefined -> io:format("~s: ~w, nothing more~n", [Text, Reason]);
                Info -> report(Text, Reason, Info, Trace)
            end
    end.

report(Text, Reason, #{module := Module, function := Function} = Info, Trace) ->
    io:format("~s: ~w~n    ~0p~n", [Text, Reason, Info]),
    Told = Module:Function(Reason, Trace),
    [io:format("    ~w: ~s~n", [Key, Line]) || {Key, Line} <- lists:sort(maps:to_list(Told))].

id(X) -> X.

integers() ->
    ?FAIL(<<(id(a)):8>>),
    ?FAIL(<<(id(1.5)):16>>),
    ?FAIL(<<(id([1])):16/little>>),
    ?FAIL(<<(id(<<1>>)):3>>),
    ?FAIL(<<(id(make_tuple())):(id(7))/signed>>),
    ?FAIL(<<1:8, (id(a)):0>>).

make_tuple() -> {a, "b"}.

floats() ->
    ?FAIL(<<(id(a)):32/float>>),
    ?FAIL(<<(id(<<>>)):(id(64))/float>>),
    ?FAIL(<<(id(1.0)):(id(17))/float>>),
    ?FAIL(<<(id(2)):(id(8))/float>>),
    ?FAIL(<<(id(1.0e300)):32/float>>),
    ?FAIL(<<(id(1.0e300)):16/float>>),
    ?FAIL(<<(id(70000.0)):16/float>>),
    ?FAIL(<<(id(1 bsl 2000)):64/float>>),
    ?FAIL(<<(id(1 bsl 200)):32/float>>),
    ?FAIL(<<(id(a)):(id(17))/float>>).

binaries() ->
    ?FAIL(<<(id(a))/binary>>),
    ?FAIL(<<1, (id(a))/binary>>),
    ?FAIL(<<(id(<<1>>)):2/binary>>),
    ?FAIL(<<1, (id(<<1>>)):(id(2))/binary>>),
    ?FAIL(<<(id(<<1:3>>))/binary>>),
    ?FAIL(<<1, (id(<<1:3>>))/binary>>),
    ?FAIL(<<1, (id(<<1:3>>)):1/binary>>),
    ?FAIL(<<1, (id(a)):(id(2))/bitstring>>),
    ?FAIL(<<1, (id(<<1:3>>)):(id(4))/bitstring>>),
    ?FAIL(<<(id(<<1:3>>))/binary-unit:2>>),
    ?FAIL(<<(id([1]))/bitstring>>),
    ?FAIL(<<(id(a)):(id(-1))/binary>>).

unicode() ->
    ?FAIL(<<(id(55296))/utf8>>),
    ?FAIL(<<(id(a))/utf8>>),
    ?FAIL(<<(id(16#110000))/utf8>>),
    ?FAIL(<<(id(-1))/utf16>>),
    ?FAIL(<<(id(56000))/utf16-little>>),
    ?FAIL(<<(id(1 bsl 70))/utf16>>),
    ?FAIL(<<(id(56000))/utf32>>),
    ?FAIL(<<(id("x"))/utf32>>).

sizes() ->
    ?FAIL(<<1:(id(-1))>>),
    ?FAIL(<<1:(id(a))>>),
    ?FAIL(<<1:(id(1.0))>>),
    ?FAIL(<<(id(a)):(id(-1))>>),
    ?FAIL(<<1.0:(id(-1))/float>>),
    ?FAIL(<<1.0:(id(a))/float>>),
    ?FAIL(<<(id(<<1>>)):(id(-1))/binary>>),
    ?FAIL(<<(id(<<1>>)):(id(a))/binary>>),
    ?FAIL(<<1:(id(-(1 bsl 70)))>>),
    ?FAIL(<<1:(id(1 bsl 70))>>),
    ?FAIL(<<1:8, 1:(id(1 bsl 80))/unit:8>>),
    ?FAIL(<<1:(id(1 bsl 58))/unit:256>>).

places() ->
    ?FAIL(<<1, 2:7, "text", (id(a)):8, (id(b)):8>>),
    ?FAIL(<<"text"/utf8, (id(<<2>>))/binary, (id(b))/utf8>>),
    ?FAIL(<<(id(<<2>>))/binary, 1:4, (id(b)):4>>),
    ?FAIL(<< <<X:4>> || X <- [1, 2, x] >>),
    ?FAIL(append(<<>>, [1, 2, x])),
    ?FAIL(append(x, [1])),
    %% Several that are wrong.
    ?FAIL(<<(id(a)):8, 1:(id(-1))>>),
    ?FAIL(<<(id(a)):8, (id(b))/binary>>),
    ?FAIL(<<(id(a)):8, (id(b))/utf8>>),
    ?FAIL(<<(id(a)):8, (id(<<1>>)):(id(9))/binary>>),
    ?FAIL(<<(id(x))/binary, 1:(id(-1))>>),
    ?FAIL(<<(id(x))/binary, (id(a)):8>>),
    ?FAIL(<<(id(a)):32/float, (id(a)):8>>),
    ?FAIL(<<(id(1.0)):(id(3))/float-unit:8>>),
    ?FAIL(<<(id(1.0)):(id(1 bsl 70))/float>>),
    ?FAIL(<<(id(<<1>>)):(id(1 bsl 70))/binary>>),
    %% Caught in a guard, and without a trace.
    ?FAIL(case id(a) of A when <<A:8>> =:= <<1>> -> yes; _ -> no end).

append(Binary, [X | Rest]) -> append(<<Binary/binary, X>>, Rest);
append(Binary, []) -> Binary.
