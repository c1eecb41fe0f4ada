%% SPDX-License-Identifier: Apache-2.0
%% time_calls.erl - Clocks, units, unique integers and dates by apply.
-module(time_calls).
-export([start/0]).
-include("masked.hrl").

start() ->
    clocks(),
    unique(),
    dates().

clocks() ->
    Good = [second, millisecond, microsecond, nanosecond, native, perf_counter, seconds, milli_seconds, micro_seconds,
            nano_seconds, 1, 3, 1000, 1 bsl 40],
    Bad = [x, 0, -1, "second", 1.0, -(1 bsl 70), []],
    [begin
         value(F, [is_integer(erlang:F(U)) || U <- Good]),
         calls(erlang, F, [[U] || U <- Bad]),
         value(F, is_integer(erlang:F()))
     end || F <- [monotonic_time, system_time, time_offset]],
    value("large units", [erlang:system_time(1 bsl N) > 1 bsl (N + 30) || N <- [61, 62, 63, 64, 80]]),
    %% All three belong together.
    M1 = erlang:monotonic_time(), S = erlang:system_time(), O = erlang:time_offset(), M2 = erlang:monotonic_time(),
    value("offset", {S - O >= M1 - 100000000, S - O =< M2 + 100000000}),
    value("monotonic", [erlang:monotonic_time() =< erlang:monotonic_time() || _ <- lists:seq(1, 5)]),
    Seconds = erlang:system_time(second),
    value("units", [abs(erlang:system_time(U) div P - Seconds) =< 1 ||
                       {U, P} <- [{millisecond, 1000}, {microsecond, 1000000}, {nanosecond, 1000000000}, {7, 7}]]),
    {Mega, Sec, Micro} = erlang:timestamp(),
    value("timestamp", {abs(Mega * 1000000 + Sec - Seconds) =< 1, Micro >= 0 andalso Micro < 1000000}),
    Nows = [erlang:now() || _ <- lists:seq(1, 1000)],
    value("now", {Nows =:= lists:usort(Nows), tuple_size(hd(Nows))}),
    value("convert", [erlang:convert_time_unit(1500, U1, U2) || U1 <- [second, millisecond, 7], U2 <- [microsecond, second, 3]]),
    value("units of native", [erts_internal:time_unit(), erts_internal:perf_counter_unit()]).

unique() ->
    calls(erlang, unique_integer, [[[x]], [x], [[positive | x]], [[monotonic, x]], [1]]),
    [begin
         L = [erlang:unique_integer(O) || _ <- lists:seq(1, 1000)],
         value(io_lib:write(O), {length(lists:usort(L)), lists:all(fun is_integer/1, L)})
     end || O <- [[], [positive], [monotonic], [positive, monotonic]]],
    value("positive", lists:all(fun(N) -> N > 0 end, [erlang:unique_integer([positive]) || _ <- lists:seq(1, 100)])),
    value("monotonic", begin L = [erlang:unique_integer([monotonic]) || _ <- lists:seq(1, 100)], L =:= lists:sort(L) end),
    value("unique_integer/0", length(lists:usort([erlang:unique_integer() || _ <- lists:seq(1, 100)]))).

dates() ->
    Dates = [{{Y, M, D}, T} || {Y, M, D} <- [{1970, 1, 1}, {1969, 12, 31}, {1600, 1, 1}, {1900, 3, 1}, {1902, 1, 1}, {2000, 2, 29},
                                             {2024, 2, 29}, {2023, 2, 29}, {2024, 2, 30}, {2024, 13, 1}, {2024, 0, 1}, {2024, 1, 0},
                                             {2038, 1, 19}, {9999, 12, 31}, {20000, 1, 1}, {1, 1, 1}, {0, 1, 1}, {-1, 1, 1}],
                           T <- [{0, 0, 0}, {23, 59, 59}]],
    Bad = [x, {}, {{2024, 1, 1}}, {{2024, 1}, {0, 0, 0}}, {{2024, 1, 1}, {0, 0}}, {{a, 1, 1}, {0, 0, 0}},
           {{2024, 1, 1}, {24, 0, 0}}, {{2024, 1, 1}, {0, 60, 0}}, {{2024, 1, 1}, {0, 0, 60}}, {{2024, 1, 1}, {-1, 0, 0}},
           {{2024, 1.0, 1}, {0, 0, 0}}, {{1 bsl 70, 1, 1}, {0, 0, 0}}, {{3000000000, 1, 1}, {0, 0, 0}}],
    [calls(erlang, F, [[D] || D <- Dates ++ Bad]) ||
        F <- [universaltime_to_posixtime, universaltime_to_localtime, localtime_to_universaltime]],
    calls(erlang, localtime_to_universaltime, [[{{2024, 7, 1}, {12, 0, 0}}, B] || B <- [false, undefined, x, 1]]),
    calls(erlang, posixtime_to_universaltime,
          [[S] || S <- [0, -1, 1, 86399, 86400, 951782400, 1709164800, 4102444800, -2208988800, 253402300799, 253402300800, 1 bsl 50,
                        1 bsl 60, 1 bsl 70, -(1 bsl 70), a, 1.0]]),
    %% Every day of some years, there and back.
    value("days", [D || D <- lists:seq(-25000 * 86400, 60000 * 86400, 13 * 86400),
                        erlang:universaltime_to_posixtime(erlang:posixtime_to_universaltime(D + 4711)) =/= D + 4711]),
    U1 = erlang:universaltime(), L = erlang:localtime(), {D1, T1} = {erlang:date(), erlang:time()},
    {D2, T2} = erlang:localtime(),
    Gap = calendar:datetime_to_gregorian_seconds(erlang:localtime_to_universaltime(L)) - calendar:datetime_to_gregorian_seconds(U1),
    value("now", {Gap >= 0 andalso Gap =< 2, {D1, T1} >= L, {D1, T1} =< {D2, T2}}).
