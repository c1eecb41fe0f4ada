%% SPDX-License-Identifier: Apache-2.0
%% calls.erl - calls that are traced: local, global, meta, with their ends, of natives and funs.
-module(calls).
-export([start/0, outer/1, middle/1, deep/1, id/1, fail/2, sum/2, both/2]).
-include("../show.hrl").

outer(X) -> [id(x) | middle(X)].
middle(X) -> Y = id(X), inner(Y).
inner(X) -> ?MODULE:id(X) + 1.
deep(0) -> id(bottom);
deep(N) -> id(deep(N - 1)).
id(X) -> X.
fail(error, X) -> erlang:error(id(X));
fail(exit, X) -> exit(id(X));
fail(throw, X) -> throw(id(X));
fail(match, X) -> a = id(X);
fail(native, X) -> [1 | erlang:atom_to_list(id(X))];
fail(last, X) -> erlang:atom_to_list(id(X));
fail(apply, X) -> erlang:apply(erlang, id(error), [X]);
fail(clause, X) -> fail(id({no, X}), X);
fail(undef, X) -> ?MODULE:nowhere(X).
sum(<<X, Rest/binary>>, Sum) -> sum(Rest, Sum + X);
sum(<<>>, Sum) -> Sum.
both(A, B) -> {A, B}.

%% Messages to the tracer, without what differs from run to run.
collect(Traced) ->
    Reference = erlang:trace_delivered(Traced),
    collect(Traced, Reference).
collect(Traced, Reference) ->
    receive
        {trace_delivered, Traced, Reference} -> ok;
        M when element(1, M) =:= trace; element(1, M) =:= trace_ts ->
            io:format("  ~0p~n", [plain(timeless(M), Traced)]),
            collect(Traced, Reference)
    end.

timeless(M) when element(1, M) =:= trace -> M;
timeless(M) ->
    Time = case element(tuple_size(M), M) of
        {_, _, _} -> timestamp;
        {_, _} -> strict;
        T when is_integer(T) -> monotonic
    end,
    setelement(tuple_size(M), M, Time).

plain(Traced, Traced) -> traced;
plain(T, Traced) when is_tuple(T) -> list_to_tuple(plain(tuple_to_list(T), Traced));
plain([H | T], Traced) -> [plain(H, Traced) | plain(T, Traced)];
plain(F, _) when is_function(F) -> a_fun;
plain(R, _) when is_reference(R) -> a_reference;
plain(P, _) when is_pid(P) -> a_pid;
plain(X, _) -> X.

%% Runs Fun in a process that is traced with these flags.
traced(Flags, Fun) ->
    Self = self(),
    {P, M} = spawn_monitor(fun() -> receive go -> Self ! {result, (catch Fun())} end end),
    1 = erlang:trace(P, true, Flags),
    P ! go,
    receive
        {result, R} -> io:format("  result ~0p~n", [plain(R, P)]);
        {'DOWN', M, _, _, Why} -> io:format("  end ~0p~n", [plain(no_trace(Why), P)])
    end,
    erlang:demonitor(M, [flush]),
    collect(P).

no_trace({Why, [{_, _, _, _} | _]}) -> Why;
no_trace(Why) -> Why.

title(Text) -> io:format("~s~n", [Text]).

start() ->
    global(), local(), ends(), exceptions(), natives(), specs(), meta(), counting(), flags(),
    loading().

set(Functions, Spec, Flags) ->
    lists:sum([erlang:trace_pattern({?MODULE, F, '_'}, Spec, Flags) || F <- Functions]).
off() ->
    [erlang:trace_pattern({'_', '_', '_'}, false, F) || F <- [[], [local], [meta], [call_count]]].

global() ->
    title("global"),
    ?SHOW(set([outer, middle, inner, id], true, [])),
    traced([call], fun() -> ?MODULE:outer(1) end),
    off().

local() ->
    title("local"),
    ?SHOW(set([outer, middle, inner, id], true, [local])),
    traced([call], fun() -> ?MODULE:outer(1) end),
    traced([call, arity], fun() -> outer(1) end),
    traced([call], fun() -> apply(fun ?MODULE:outer/1, [2]) end),
    ?SHOW(set([outer, id], true, [global])),
    traced([call], fun() -> outer(1) end),
    ?SHOW(set([sum], true, [local])),
    traced([call], fun() -> sum(<<1, 2, 3>>, 0) end),
    off().

ends() ->
    title("return_to and return_trace"),
    Ends = [{'_', [], [{return_trace}]}],
    set([outer, middle, inner, id, deep], true, [local]),
    traced([call, return_to], fun() -> outer(1) end),
    set([outer, middle, inner, id, deep], Ends, [local]),
    traced([call, return_to], fun() -> outer(1) end),
    traced([call], fun() -> deep(3) end),
    set([outer, middle, inner, id, deep], Ends, []),
    traced([call, return_to], fun() -> ?MODULE:outer(1) end),
    off().

exceptions() ->
    title("exception_trace"),
    Kinds = [error, exit, throw, match, native, last, apply, clause, undef],
    [begin
         set([fail, id], [{'_', [], [{exception_trace}]}], Flags),
         io:format("~p ~p~n", [Flags, Kind]),
         traced([call, return_to], fun() -> element(1, catch_it(Kind)) end)
     end || Flags <- [[local], [global]], Kind <- Kinds],
    set([fail], [{'_', [], [{return_trace}]}], [local]),
    [traced([call, procs], fun() -> element(1, catch_it(K)) end) || K <- [exit, throw]],
    set([fail], [{'_', [], [{exception_trace}]}], [local]),
    traced([call], fun() -> spawn_it(throw) end),
    off().

catch_it(Kind) -> try fail(Kind, 1) catch C:R -> {C, R} end.
spawn_it(Kind) ->
    {P, M} = spawn_monitor(?MODULE, fail, [Kind, 1]),
    receive {'DOWN', M, process, P, Why} -> no_trace(Why) end.

natives() ->
    title("natives"),
    [begin
         Spec = [{'_', [], [{exception_trace}]}],
         ?SHOW(erlang:trace_pattern({erlang, integer_to_list, 1}, Spec, Flags)),
         ?SHOW(erlang:trace_pattern({erlang, atom_to_list, 1}, Spec, Flags)),
         ?SHOW(erlang:trace_pattern({erlang, put, 2}, Spec, Flags)),
         ?SHOW(erlang:trace_pattern({lists, reverse, 2}, [{'_', [], [{message, {caller}}]}], Flags)),
         traced([call, return_to], fun use_natives/0),
         off()
     end || Flags <- [[local], [global]]].

use_natives() ->
    X = erlang:integer_to_list(id(17)),
    Y = lists:reverse(id(X), id([])),
    [] = apply(erlang, integer_to_list, [18]) -- "18",
    Z = (catch erlang:atom_to_list(id(1))),
    erlang:put(key, {Y, element(1, element(2, Z))}),
    last(long).
last(long) -> length(lists:reverse(lists:seq(1, 30000), [])), erlang:integer_to_list(id(1)).

specs() ->
    title("specifications"),
    Specs = [
        [{['_', a], [], []}],
        [{['$1', '$1'], [], [{message, '$1'}]}],
        [{['$1', '$2'], [{is_integer, '$2'}], [{message, {{'$2', '$1'}}}]}],
        [{'_', [], [{message, false}]}],
        [{'_', [], [{message, {caller}}]}],
        [{'_', [], [{message, {caller_line}}]}],
        [{'_', [], [{silent, true}]}],
        [{['$1', '_'], [{'=:=', '$1', {const, {x}}}], [{message, '$_'}]}],
        [{['$1', '_'], [{'>', {get_tcw}, 0}], [{message, {set_tcw, 0}}]},
         {'_', [], [{set_tcw, 7}, {message, {get_tcw}}]}],
        [{[a, '_'], [], [{disable_trace, call}]}, {'_', [], [{message, other}]}],
        [{'_', [], [{trace, [call], [arity]}]}],
        [{'_', [], [{message, {hd, a}}]}]
    ],
    [begin
         io:format("~0p~n", [Spec]),
         set([both], Spec, [local]),
         traced([call], fun() -> both(a, a), both(1, 2), both({x}, b), ok end)
     end || Spec <- Specs],
    ?SHOW(erlang:system_info(trace_control_word)),
    ?SHOW(erlang:system_flag(trace_control_word, 16#FFFFFFFF)),
    ?SHOW(erlang:system_flag(trace_control_word, 0)),
    ?SHOW(erlang:system_flag(trace_control_word, 16#100000000)),
    set([both], [{'_', [], [{message, {process_dump}}]}], [local]),
    traced_dump(),
    off().

traced_dump() ->
    P = spawn(fun() -> receive go -> both(1, 2) end end),
    erlang:trace(P, true, [call]),
    P ! go,
    receive {trace, P, call, {?MODULE, both, [1, 2]}, Dump} -> ?SHOW(is_binary(Dump)) end.

meta() ->
    title("meta"),
    ?SHOW(set([both, id], true, [meta])),
    traced([], fun() -> both(id(1), ?MODULE:id(2)) end),
    Self = self(),
    Spec = [{'_', [], [{trace, [], [call, {{tracer, Self}}]}, {exception_trace}]}],
    set([both, id], Spec, [meta, local]),
    traced([], fun() -> both(id(1), ?MODULE:id(2)), both(3, 4) end),
    traced([], fun() -> ?MODULE:fail(error, 1) end),
    off().

counting() ->
    title("call_count"),
    Count = fun() -> erlang:trace_info({?MODULE, id, 1}, call_count) end,
    ?SHOW(set([id], true, [call_count])),
    deep(10),
    ?SHOW(Count()),
    ?SHOW(set([id], pause, [call_count])),
    deep(10),
    ?SHOW(Count()),
    ?SHOW(set([id], true, [call_count])),
    deep(1),
    ?SHOW(Count()),
    ?SHOW(set([id], restart, [call_count])),
    ?SHOW(Count()),
    ?SHOW(set([id], false, [call_count])),
    ?SHOW(Count()).

flags() ->
    title("flags"),
    set([both], true, [local]),
    [traced([call, F], fun() -> both(1, 2) end)
     || F <- [silent, timestamp, strict_monotonic_timestamp, monotonic_timestamp]],
    off().

%% A new generation is not traced, unless on_load says so.
loading() ->
    title("loading"),
    ?SHOW(erlang:trace_pattern(on_load, [{'_', [], [{message, new}]}], [local])),
    Code = generation(1),
    code:load_binary(made, "made.erl", Code),
    traced([call], fun() -> made:f(1) end),
    ?SHOW(erlang:trace_info(on_load, all)),
    ?SHOW(erlang:trace_pattern(on_load, false, [local])),
    erlang:trace_pattern({made, '_', '_'}, true, []),
    traced([call], fun() -> made:f(1) end),
    code:purge(made),
    code:load_binary(made, "made.erl", generation(2)),
    traced([call], fun() -> made:f(1) end),
    off().

generation(N) ->
    Forms = [{attribute, 1, module, made}, {attribute, 1, export, [{f, 1}]},
             {function, 1, f, 1, [{clause, 1, [{var, 1, 'X'}], [],
                                   [{tuple, 1, [{integer, 1, N}, {call, 1, {atom, 1, g}, [{var, 1, 'X'}]}]}]}]},
             {function, 1, g, 1, [{clause, 1, [{var, 1, 'X'}], [], [{var, 1, 'X'}]}]}],
    {ok, made, Code} = compile:forms(Forms, [no_inline, inline_list_funcs]),
    Code.
