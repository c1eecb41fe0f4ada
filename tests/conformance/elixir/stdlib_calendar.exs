# SPDX-License-Identifier: Apache-2.0
# Date, Time, NaiveDateTime, DateTime, Calendar: arithmetic, texts, mistakes.
show = fn value -> IO.inspect(value, width: 110) end
guard = fn fun -> show.(try do fun.() rescue e -> {e.__struct__, Exception.message(e)} end) end
for {y, m, d} <- [{2024, 2, 29}, {2023, 2, 29}, {2024, 13, 1}, {0, 1, 1}, {-1, 12, 31}, {9999, 12, 31}, {1970, 1, 1}], do: guard.(fn -> with {:ok, date} <- Date.new(y, m, d), do: {date, Date.day_of_week(date), Date.day_of_year(date), Date.quarter_of_year(date), Date.leap_year?(date), Date.to_gregorian_days(date), Date.beginning_of_week(date), Date.end_of_month(date), Date.days_in_month(date), Date.day_of_era(date), Date.year_of_era(date)} end)
for s <- ["2024-02-29", "2024-2-9", "20240229", "-0001-01-01", "2024-02-30", ""], do: show.(Date.from_iso8601(s))
for s <- ["23:59:59", "23:59:59.123456", "23:59:60", "T01:02:03,5", "24:00:00", "1:2:3", "01:02"], do: show.(Time.from_iso8601(s))
for s <- ["2024-02-29T23:59:59Z", "2024-02-29 23:59:59.5+02:00", "2024-02-29T23:59:59-0330", "2024-02-29T23:59:59", "2024-02-29T23:59:59+25:00", "20240229T235959Z"], do: show.(DateTime.from_iso8601(s))
for s <- ["2024-02-29T23:59:59Z", "2024-02-29 01:02:03.000", "x"], do: show.(NaiveDateTime.from_iso8601(s))
show.({Date.add(~D[2024-02-28], 366), Date.diff(~D[2025-01-01], ~D[2024-01-01]), Date.compare(~D[2024-01-01], ~D[2024-01-02]), Date.range(~D[2024-01-01], ~D[2024-01-10], 3) |> Enum.to_list(), Date.range(~D[2024-01-03], ~D[2024-01-01], -1) |> Enum.count()})
show.({~D[2024-01-01] in Date.range(~D[2023-12-31], ~D[2024-02-01]), inspect(Date.range(~D[2024-01-01], ~D[2024-01-03])), Date.to_erl(~D[2024-01-01]), Date.from_erl({2024, 2, 30}), Date.to_iso8601(~D[2024-01-01], :basic), Date.from_gregorian_days(700_000)})
show.({Time.add(~T[23:59:59], 2), Time.add(~T[00:00:00.000], -1, :millisecond), Time.diff(~T[10:00:00], ~T[09:00:00], :minute), Time.truncate(~T[01:02:03.456789], :millisecond), Time.compare(~T[01:00:00], ~T[01:00:00.000]), Time.to_seconds_after_midnight(~T[01:00:01.5]), Time.from_seconds_after_midnight(3661)})
show.({NaiveDateTime.add(~N[2024-02-28 23:59:59], 1), NaiveDateTime.diff(~N[2024-03-01 00:00:00], ~N[2024-02-28 00:00:00], :hour), NaiveDateTime.to_gregorian_seconds(~N[2024-01-01 00:00:00.25]), NaiveDateTime.truncate(~N[2024-01-01 00:00:00.987654], :second), NaiveDateTime.to_erl(~N[2024-01-01 12:00:00])})
show.({DateTime.from_unix(1_700_000_000), DateTime.from_unix(-1, :millisecond), DateTime.to_unix(~U[2024-01-01 00:00:00.123Z], :microsecond), DateTime.add(~U[2024-12-31 23:59:59Z], 1, :day), DateTime.diff(~U[2024-01-02 00:00:00Z], ~U[2024-01-01 00:00:00Z], :minute), DateTime.compare(~U[2024-01-01 00:00:00Z], ~U[2024-01-01 00:00:01Z])})
show.({DateTime.new(~D[2024-01-01], ~T[10:00:00]), DateTime.to_date(~U[2024-01-01 00:00:00Z]), DateTime.to_naive(~U[2024-01-01 00:00:00Z]), DateTime.now("Europe/Berlin"), DateTime.shift_zone(~U[2024-01-01 00:00:00Z], "Etc/UTC"), DateTime.from_unix(10_000_000_000_000_000), DateTime.truncate(~U[2024-01-01 00:00:00.5Z], :second)})
for f <- ["%Y-%m-%d %H:%M:%S", "%a %A %b %B %p %P", "%I:%M %% %j %u %q", "%-d/%-m %_H %03d %^a", "%c | %x | %X", "%f %z %Z", "%y %s"], do: guard.(fn -> Calendar.strftime(~U[2024-02-09 07:05:03.012345Z], f) end)
show.(Calendar.strftime(~D[2024-02-09], "%A", day_of_week_names: fn d -> "day#{d}" end)); guard.(fn -> Calendar.strftime(~D[2024-02-09], "%H") end); guard.(fn -> Date.new!(2024, 2, 30) end); guard.(fn -> Time.new!(25, 0, 0) end); guard.(fn -> Date.from_iso8601!("x") end)
show.(Enum.map([~D[2024-01-01], ~T[00:00:00], ~N[2024-01-01 00:00:00], ~U[2024-01-01 00:00:00Z]], &{to_string(&1), inspect(&1), &1.__struct__}))
show.({~D[2024-01-01] == ~D[2024-01-01], Date.compare(~D[2024-01-01], ~N[2024-01-01 10:00:00]), Calendar.ISO.date_to_string(2024, 1, 1), Calendar.ISO.days_in_month(2024, 2), Calendar.ISO.day_rollover_relative_to_midnight_utc(), Calendar.ISO.valid_time?(1, 1, 60, {0, 0})})
show.(DateTime.utc_now().time_zone); show.(match?(%Date{}, Date.utc_today())); show.(DateTime.diff(DateTime.utc_now(), DateTime.utc_now()) in [0, -1])
show.(:calendar.datetime_to_gregorian_seconds({{2024, 1, 1}, {0, 0, 0}}))
