%% SPDX-License-Identifier: Apache-2.0
%% alloc.erl - Each piece of work with its first allocation failing, then its second, and so on: the
%% process may end with an error, and the VM goes on with nothing lost.
-module(alloc).
-export([main/1, parked/0]).

-define(MOST, 3000). % allocations of one piece of work

main(Names) ->
    mote:fail_allocation(0), % Undefined where the build is another.
    logger_there(),
    Chosen = [Work || {Name, _} = Work <- work(), Names =:= [] orelse lists:member(Name, Names)],
    Results = [piece(Name, Fun) || {Name, Fun} <- Chosen],
    Failed = length([failed || failed <- Results]),
    say("stress alloc: ~b passed, ~b failed", [length(Results) - Failed, Failed]),
    Failed =:= 0 orelse halt(1).

%% What reports need is loaded before anything is measured.
logger_there() ->
    spawn(fun() -> error(this_report_is_wanted) end),
    timer:sleep(500),
    logger:notice("so is this").

piece(Name, Fun) ->
    {{ok, Value}, _} = run(Fun, 0),
    try twice(Fun, {ok, Value}) of
        {Count, Ended, Lost} ->
            say("~s: ~b allocations, ~b ended the process", [Name, Count, Ended]),
            leaks(Name, Lost)
    catch
        throw:Wrong -> say("FAIL ~s: ~0p", [Name, Wrong]), failed
    end.

say(Format, Values) -> io:format(standard_error, Format ++ "~n", Values).

%% The first time loads modules and makes tables grow.
twice(Fun, Expected) ->
    all(Fun, Expected, 1, 0),
    Before = memory(),
    {Count, Ended} = all(Fun, Expected, 1, 0),
    {Count, Ended, lost(Before, Count, 10)}.

%% What is lost each time is more than what tables grow by. Reports may still be on their way.
lost(Before, Count, Tries) ->
    case memory() - Before - 64 * Count of
        Lost when Lost > 65536, Tries > 0 -> timer:sleep(100), lost(Before, Count, Tries - 1);
        Lost -> Lost
    end.

leaks(Name, Lost) when Lost > 65536 -> say("FAIL ~s: ~b bytes lost", [Name, Lost]), failed;
leaks(_, _) -> passed.

%% Once all reports are written.
memory() ->
    Others = processes() -- [self()],
    case [busy || Pid <- Others, process_info(Pid, status) =/= {status, waiting}] of
        [] -> [erlang:garbage_collect(Pid) || Pid <- processes()], erlang:memory(total);
        _ -> timer:sleep(20), memory()
    end.

all(_, _, N, _) when N > ?MOST -> throw({more_allocations_than, ?MOST});
all(Fun, Expected, N, Ended) ->
    case run(Fun, N) of
        {Expected, Left} when Left > 0 -> {N - 1, Ended};
        {Expected, 0} -> all(Fun, Expected, N + 1, Ended);
        {{error, _}, _} -> all(Fun, Expected, N + 1, Ended + 1);
        {Other, _} -> throw({allocation, N, gave, Other, instead_of, Expected})
    end.

%% In a process of its own: {{ok, Value} | {error, Reason}, Left}.
run(Fun, N) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        receive start -> ok end,
        mote:fail_allocation(N),
        Value = Fun(),
        Self ! {self(), Value}
    end),
    Pid ! start,
    Ended = receive {'DOWN', Ref, process, Pid, Reason} -> Reason end,
    Left = mote:fail_allocation(0),
    receive {Pid, Value} -> {{ok, Value}, Left}
    after 0 -> {{error, Ended}, Left}
    end.

work() ->
    [{"list", fun() -> length(lists:seq(1, 2000)) end},
     {"deep", fun() -> deep(2000) end},
     {"map", fun() -> maps:size(maps:from_list([{N, N} || N <- lists:seq(1, 200)])) end},
     {"map put", fun() -> maps:size(lists:foldl(fun(N, M) -> M#{N => N} end, #{}, lists:seq(1, 100))) end},
     {"merge", fun() -> maps:size(maps:merge(numbers(100), maps:map(fun(_, {N, F}) -> {N, F + 1} end, numbers(50)))) end},
     {"big", fun() -> lists:foldl(fun(N, F) -> N * F end, 1, lists:seq(1, 200)) rem 1000007 end},
     {"digits", fun() -> length(integer_to_list(1 bsl 4000)) end},
     {"bytes", fun() -> byte_size(lists:foldl(fun(N, B) -> <<B/binary, N:32>> end, <<>>, lists:seq(1, 300))) end},
     {"matching", fun() -> <<A:100/binary, B/binary>> = binary:copy(<<"abc">>, 100), {byte_size(A), byte_size(B)} end},
     {"external", fun() -> T = {numbers(60), lists:seq(1, 300), 1 bsl 200, <<0:4000>>, self(), fun lists:map/2},
                           binary_to_term(term_to_binary(T)) =:= T end},
     {"compressed", fun() -> byte_size(term_to_binary(lists:duplicate(200, abc))) end},
     {"compare", fun() -> nested(2000, 1) < nested(2000, 2) end},
     {"hash", fun() -> erlang:phash2(nested(2000, 1)) end},
     {"sort", fun() -> hd(lists:usort([N rem 97 || N <- lists:seq(1, 500)])) end},
     {"text", fun() -> unicode:characters_to_list(unicode:characters_to_binary([["grün", 8364], <<"x">>])) end},
     {"iolist", fun() -> byte_size(iolist_to_binary(nested(1000, 1))) end},
     {"format", fun() -> lists:flatten(io_lib:format("~p ~s ~.3f~n", [numbers(5), "abc", 1.5])) end},
     {"atom", fun() -> lists:foreach(fun(N) -> list_to_atom("stress_" ++ integer_to_list(N)) end, lists:seq(1, 20)) end},
     {"dictionary", fun() -> [put(N, {N}) || N <- lists:seq(1, 100)], length(get()) end},
     {"send", fun() -> [self() ! {N, lists:seq(1, 50)} || N <- lists:seq(1, 50)], received(50) end},
     {"spawn", fun() -> length([spawn(?MODULE, parked, []) || _ <- lists:seq(1, 50)]) end},
     {"spawn fun", fun() -> {P, R} = spawn_monitor(fun() -> exit(lists:seq(1, 50)) end),
                            receive {'DOWN', R, process, P, List} -> length(List) end end},
     {"links", fun() -> process_flag(trap_exit, true), P = spawn_link(fun() -> exit(why) end),
                        receive {'EXIT', P, why} -> linked end end},
     {"monitors", fun() -> P = spawn(fun() -> receive stop -> ok end end),
                           Rs = [monitor(process, P) || _ <- lists:seq(1, 20)], P ! stop,
                           [receive {'DOWN', R, process, P, normal} -> ok end || R <- Rs], down end},
     {"alias", fun() -> A = alias(), A ! hello, receive hello -> unalias(A) end end},
     {"timers", fun() -> [erlang:send_after(1, self(), N) || N <- lists:seq(1, 20)], received(20) end},
     {"name", fun() -> register(stress_name, self()), stress_name ! hello,
                       receive hello -> unregister(stress_name) end end},
     {"ets", fun() -> T = ets:new(t, [set]), [ets:insert(T, {N, numbers(3)}) || N <- lists:seq(1, 200)],
                      [{7, _}] = ets:lookup(T, 7), ets:info(T, size) end},
     {"ets ordered", fun() -> T = ets:new(t, [ordered_set]), [ets:insert(T, {N, N}) || N <- lists:seq(1, 100)],
                              ets:delete(T, 3), ets:first(T) end},
     {"persistent", fun() -> persistent_term:put(stress, numbers(10)), persistent_term:erase(stress) end},
     {"info", fun() -> length(process_info(self(), [messages, links, monitors, dictionary, memory])) end},
     {"raise", fun() -> try error({why, lists:seq(1, 20)}) catch error:{why, L}:S -> {length(L), is_list(S)} end end},
     {"stack trace", fun() -> try deep_error(50) catch error:badarith:S -> is_list(S) end end},
     {"collect", fun() -> L = lists:seq(1, 1000), erlang:garbage_collect(), length(L) end},
     {"closures", fun() -> lists:sum([F(1) || F <- [fun(X) -> X + N end || N <- lists:seq(1, 100)]]) end}].

parked() -> ok.

deep(0) -> 0;
deep(N) -> 1 + deep(N - 1).

deep_error(0) -> 1 / length(get());
deep_error(N) -> 1 + deep_error(N - 1).

numbers(Count) -> maps:from_list([{N, {N, float(N)}} || N <- lists:seq(1, Count)]).

nested(0, Leaf) -> [Leaf];
nested(N, Leaf) -> [nested(N - 1, Leaf), N band 127].

received(0) -> ok;
received(N) -> receive _ -> received(N - 1) end.
