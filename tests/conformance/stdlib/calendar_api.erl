%% SPDX-License-Identifier: Apache-2.0
%% calendar_api.erl - calendar: days, weeks, leap years, seconds, RFC 3339 text, conversions.
-module(calendar_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(calendar:date_to_gregorian_days(2000, 1, 1)),
    ?SHOW(calendar:date_to_gregorian_days({0, 1, 1})),
    ?SHOW(calendar:gregorian_days_to_date(730485)),
    ?SHOW(calendar:datetime_to_gregorian_seconds({{1970, 1, 1}, {0, 0, 0}})),
    ?SHOW(calendar:gregorian_seconds_to_datetime(62167219200 + 86399)),
    ?SHOW([Y || Y <- [1900, 2000, 2023, 2024], calendar:is_leap_year(Y)]),
    ?SHOW([calendar:last_day_of_the_month(2023, M) || M <- lists:seq(1, 12)]),
    ?SHOW(calendar:last_day_of_the_month(2024, 2)),
    ?SHOW(calendar:day_of_the_week(2026, 1, 1)),
    ?SHOW(calendar:day_of_the_week({2000, 2, 29})),
    ?SHOW([calendar:iso_week_number(D) || D <- [{2020, 12, 31}, {2021, 1, 1}, {2021, 1, 4}]]),
    ?SHOW(calendar:valid_date(2023, 2, 29)),
    ?SHOW(calendar:valid_date({2024, 2, 29})),
    ?SHOW(calendar:valid_date(2024, 13, 1)),
    ?SHOW(calendar:seconds_to_daystime(100000)),
    ?SHOW(calendar:seconds_to_daystime(-1)),
    ?SHOW(calendar:seconds_to_time(86399)),
    ?SHOW(calendar:time_to_seconds({23, 59, 59})),
    ?SHOW(calendar:time_difference({{2020, 2, 28}, {0, 0, 0}}, {{2020, 3, 1}, {1, 0, 0}})),
    ?SHOW(calendar:now_to_datetime({1000, 0, 0})),
    ?SHOW(calendar:now_to_universal_time({1700, 123456, 7})),
    ?SHOW(calendar:system_time_to_universal_time(1000000000, second)),
    ?SHOW(calendar:system_time_to_universal_time(-1, millisecond)),
    rfc3339(),
    ?SHOW(lists:all(fun day_round_trip/1, lists:seq(0, 800000, 97))),
    bad().

rfc3339() ->
    Z = [{offset, "Z"}],
    ?SHOW(calendar:system_time_to_rfc3339(0, Z)),
    ?SHOW(calendar:system_time_to_rfc3339(1234567, [{unit, millisecond} | Z])),
    ?SHOW(calendar:system_time_to_rfc3339(0, [{offset, "+02:00"}, {time_designator, $\s}])),
    ?SHOW(calendar:system_time_to_rfc3339(-5, [{offset, 3600}])),
    ?SHOW(calendar:rfc3339_to_system_time("1970-01-01T00:00:00Z")),
    ?SHOW(calendar:rfc3339_to_system_time("2018-02-01T16:17:58.5+01:00", [{unit, millisecond}])),
    ?SHOW(calendar:rfc3339_to_system_time("2018-02-01 15:18:02Z")),
    ?SHOW(calendar:rfc3339_to_system_time("2018-02-01")).

day_round_trip(Day) ->
    calendar:date_to_gregorian_days(calendar:gregorian_days_to_date(Day)) =:= Day.

bad() ->
    ?SHOW(calendar:date_to_gregorian_days(2023, 2, 29)),
    ?SHOW(calendar:date_to_gregorian_days(-1, 1, 1)),
    ?SHOW(calendar:gregorian_days_to_date(a)),
    ?SHOW(calendar:is_leap_year(-4)),
    ?SHOW(calendar:day_of_the_week(2023, 13, 1)),
    ?SHOW(calendar:last_day_of_the_month(2023, 13)),
    ?SHOW(calendar:seconds_to_time(86400)),
    ?SHOW(calendar:time_to_seconds({24, 0, x})).
