# SPDX-License-Identifier: Apache-2.0
# What came with later Elixirs: JSON, Duration, Date.shift; what is not there says so.
show = fn value -> IO.inspect(value, width: 110) end
guard = fn label, fun -> show.({label, try do fun.() rescue e -> {e.__struct__, Exception.message(e) |> String.slice(0, 200)} end}) end
if Code.ensure_loaded?(JSON) do
  for t <- [1, -2.5, "é\n\"\\/\u0001", [1, nil, true, %{"a" => []}], %{}, %{1 => 2}, :atom, ~D[2024-01-01], ~U[2024-01-01 00:00:00Z], 1.0e300, 123456789012345678901234567890, {1}, <<255>>, [a: 1]], do: guard.(:encode, fn -> apply(JSON, :encode!, [t]) end)
  for s <- ["1", "[1,2.5e3,-0,\"\\u00e9\\ud83d\\ude00\"]", "{\"a\":{\"b\":[true,false,null]}}", "", "[1,]", "{\"a\" 1}", "\"\\x\"", "01", "nul", " [ ] ", "[1] x", "1e400", "\"\xff\""], do: show.({s, apply(JSON, :decode, [s])})
  guard.(:decode!, fn -> apply(JSON, :decode!, ["{"]) end)
  show.(apply(JSON, :decode, ["[1,{\"k\":2}]", [], [object_push: fn k, v, acc -> [{String.to_atom(k), v} | acc] end, object_finish: fn acc, old -> {Enum.reverse(acc), old} end, array_finish: fn acc, old -> {List.to_tuple(Enum.reverse(acc)), old} end]]))
  Code.eval_string("""
  defmodule Point do
    @derive {JSON.Encoder, only: [:x]}
    defstruct [:x, :y]
  end
  IO.puts(JSON.encode!(struct(Point, x: 1, y: 2)))
  IO.puts(JSON.encode_to_iodata!([struct(Point, x: 1)]) |> IO.iodata_to_binary())
  """)
end
if Code.ensure_loaded?(Duration) do
  show.(apply(Duration, :new!, [[year: 1, month: -2, day: 3, hour: 4, second: 5, microsecond: {500, 3}]]) |> inspect())
  for s <- ["P1Y2M3W4DT5H6M7.5S", "PT1H", "P", "P1S", "-P1D", "P-1DT-2H"], do: show.({s, apply(Duration, :from_iso8601, [s])})
  d = apply(Duration, :new!, [[month: 1, day: 1]])
  show.({apply(Duration, :to_iso8601, [d]), apply(Duration, :add, [d, d]), apply(Duration, :negate, [d]), apply(Duration, :multiply, [d, 3])})
  show.({apply(Date, :shift, [~D[2024-01-31], [month: 1]]), apply(DateTime, :shift, [~U[2024-01-31 23:59:59Z], [month: 1, second: 1]]), apply(Time, :shift, [~T[23:00:00], [hour: 2]]), apply(NaiveDateTime, :shift, [~N[2024-02-29 00:00:00], [year: -1]])})
  guard.(:bad, fn -> apply(Date, :shift, [~D[2024-01-31], [hour: 1]]) end)
end
for {m, f, a} <- [{Enum, :product_by, [[1, 2], &(&1 + 1)]}, {Enum, :sum_by, [[1, 2], &(&1 * 2)]}, {List, :ends_with?, [[1, 2], [2]]}, {String, :replace_invalid, ["a\xffb"]}, {Keyword, :split_with, [[a: 1, b: 2], fn {_, v} -> v > 1 end]}, {Map, :intersect, [%{a: 1, b: 2}, %{a: 3}]}, {Process, :set_label, [:x]}, {Process, :alias, []}, {Integer, :floor_div, [-7, 2]}, {Range, :split, [1..10, 3]}, {Kernel, :is_non_struct_map, [%{}]}, {Base, :valid16?, ["AB"]}, {Tuple, :sum, [{1, 2}]}, {Enum, :slide, [1..4, 0, 2]}, {Date, :before?, [~D[2024-01-01], ~D[2024-01-02]]}, {Regex, :to_embed, [~r/a/i]}, {URI, :append_path, [URI.parse("http://h/a"), "/b"]}, {Access, :find, [&(&1 > 1)]}, {Integer, :ceil_div, [7, 2]}, {List, :pop_at, [[1, 2], 0]}, {Keyword, :intersect, [[a: 1], [a: 2]]}, {String, :count, ["banana", "an"]}] do
  Code.ensure_loaded(m)
  if function_exported?(m, f, length(a)), do: show.({m, f, apply(m, f, a) |> then(&if(is_reference(&1) or is_function(&1), do: :opaque, else: &1))})
end
