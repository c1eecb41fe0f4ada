# SPDX-License-Identifier: Apache-2.0
# Every function of Enum, by name, on lists, ranges, maps and streams; errors of some.
show = fn value -> IO.inspect(value, limit: :infinity, width: 110) end
try_ = fn label, fun -> show.({label, try do fun.() rescue e -> {e.__struct__, Exception.message(e)} catch k, v -> {k, v} end}) end
sources = [list: [3, 1, 2, 3], range: 1..4, down: 4..1//-1, step: 0..10//4, empty: [], stream: Stream.map([5, 6], & &1)]
calls = [
  all?: [], any?: [], concat: [[9]], count: [], dedup: [], drop: [2], drop: [-1], empty?: [], frequencies: [], intersperse: [0], max: [], min: [], min_max: [],
  reverse: [], reverse: [[7]], sort: [], sort: [:desc], sum: [], product: [], take: [2], take: [-2], take_every: [2], drop_every: [2], to_list: [], uniq: [], with_index: [], with_index: [5],
  slice: [1..2], slice: [1, 2], slide: [0, 1], split: [1], split: [-1], at: [1], at: [-1], at: [9, :none], fetch: [0], fetch!: [9], member?: [3], chunk_every: [2], chunk_every: [2, 1], chunk_every: [3, 2, [0]],
  join: ["-"], zip: [[:a, :b]], zip: [1..9], unzip: [], random: [], scan: [&+/2], scan: [10, &+/2], reduce: [&-/2], reduce: [1, &*/2], map: [&(&1 * 2)], filter: [&(&1 > 2)], reject: [&(&1 > 2)],
  find: [&(&1 > 2)], find_index: [&(&1 > 2)], find_value: [&(&1 > 2 && {:v, &1})], flat_map: [&[&1, &1]], flat_map_reduce: [0, &{[&1], &1 + &2}], group_by: [&rem(&1, 2)], map_every: [2, &(-&1)], map_intersperse: [:x, &(&1)],
  map_join: [",", &to_string/1], map_reduce: [0, &{&1 + &2, &2 + 1}], max_by: [&(-&1)], min_by: [&(-&1)], min_max_by: [&(-&1)], chunk_by: [&(&1 > 2)], dedup_by: [&rem(&1, 2)], uniq_by: [&rem(&1, 2)], drop_while: [&(&1 < 3)],
  take_while: [&(&1 < 3)], split_while: [&(&1 < 3)], split_with: [&(&1 < 3)], frequencies_by: [&rem(&1, 2)], sort_by: [&(-&1)], sort_by: [& &1, :desc], reduce_while: [0, fn x, acc -> if x > 3, do: {:halt, acc}, else: {:cont, acc + x} end],
  zip_with: [[1, 1], &+/2], zip_reduce: [[1, 1], 0, &(&1 + &2 + &3)], into: [[]], each: [&send(self(), &1)], count: [&(&1 > 1)], count_until: [2], any?: [&(&1 > 4)], all?: [&(&1 < 9)], product: [], chunk_while: [[], &{:cont, [&1 | &2], []}, &{:cont, &1, []}],
  slice: [1..-1//2], slice: [-2, 5], max: [fn -> :nothing end], max_by: [& &1, &<=/2, fn -> :none end], sum: []]
for {name, args} <- calls, name != :random, {label, source} <- sources do
  try_.({name, label}, fn -> apply(Enum, name, [source | args]) end)
end
show.(Enum.map(%{b: 2, a: 1}, fn {k, v} -> {v, k} end) |> Enum.sort()); show.(Enum.into([a: 1], %{b: 2}) |> Enum.sort()); show.(Enum.into(1..3, MapSet.new()) |> Enum.sort())
show.(Enum.zip([1..3, [:a, :b], %{x: 1}])); show.(Enum.zip_with([[1, 2], [3, 4], [5, 6]], &Enum.sum/1)); show.(Enum.sort([~D[2024-02-01], ~D[2023-12-31]], Date)); show.(Enum.sort([~D[2024-02-01], ~D[2023-12-31]], {:desc, Date}))
show.(Enum.max([~T[10:00:00], ~T[09:59:59]], Time)); show.(Enum.min_max_by(["aa", "b"], &String.length/1)); show.(Enum.sort_by([b: 1, a: 1, c: 0], &elem(&1, 1)))
:rand.seed(:exsss, {1, 2, 3}); show.({Enum.random(1..1000), Enum.shuffle(1..8), Enum.take_random([:a, :b, :c], 2)})
try_.(:atom, fn -> Enum.map(:atom, & &1) end); try_.(:arity, fn -> Enum.map([1], &Integer.pow/2) end); try_.(:improper, fn -> Enum.map([1 | 2], & &1) end); try_.(:out, fn -> Enum.fetch!([], 0) end); try_.(:step, fn -> Enum.take_every([1], -1) end)
try_.(:chunk, fn -> Enum.chunk_every([1], 0) end); try_.(:throw, fn -> Enum.each(1..3, &throw/1) end)
