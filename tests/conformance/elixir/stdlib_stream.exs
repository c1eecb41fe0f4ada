# SPDX-License-Identifier: Apache-2.0
# Stream: lazy, resources closed, errors inside, many sources.
show = fn value -> IO.inspect(value, width: 110) end
log = fn x -> IO.puts("saw #{inspect(x)}"); x end
show.(1..1_000_000_000 |> Stream.map(log) |> Stream.filter(&(rem(&1, 2) == 0)) |> Enum.take(2))
show.(Stream.cycle([1, 2, 3]) |> Stream.chunk_every(4, 2) |> Enum.take(3)); show.(Stream.iterate({0, 1}, fn {a, b} -> {b, a + b} end) |> Stream.map(&elem(&1, 0)) |> Enum.at(80))
show.(Stream.unfold(5, fn 0 -> nil; n -> {n, n - 1} end) |> Enum.to_list()); show.(Stream.transform(1..10, 0, fn x, sum -> if sum > 12, do: {:halt, sum}, else: {[{x, sum}], sum + x} end) |> Enum.to_list())
resource = fn label -> Stream.resource(fn -> IO.puts("open #{label}"); 3 end, fn 0 -> {:halt, 0}; n -> {[n, n * 10], n - 1} end, fn left -> IO.puts("close #{label} #{left}") end) end
show.(resource.(:all) |> Enum.to_list()); show.(resource.(:some) |> Enum.take(3)); show.(try do resource.(:raise) |> Enum.map(&if(&1 == 2, do: raise("two"), else: &1)) rescue e -> e end)
show.(catch_throw = try do resource.(:throw) |> Stream.each(&(&1 > 2 && throw(:big))) |> Stream.run() catch x -> x end); _ = catch_throw
show.(Stream.zip(resource.(:left), resource.(:right)) |> Enum.take(2)); show.(Stream.concat([1..2, resource.(:c)]) |> Enum.take(3)); show.(Stream.flat_map(1..2, fn n -> resource.(n) end) |> Enum.take(7))
show.(Stream.transform(1..3, fn -> IO.puts("start"); 0 end, fn x, acc -> {[x + acc], acc + 1} end, fn acc -> {[{:last, acc}], acc} end, fn acc -> IO.puts("after #{acc}") end) |> Enum.to_list())
for {name, args} <- [chunk_by: [&(&1 > 3)], dedup: [], dedup_by: [&div(&1, 2)], drop: [2], drop: [-2], drop_every: [2], drop_while: [&(&1 < 3)], intersperse: [0], into: [[]], map_every: [3, &(-&1)], reject: [&(&1 == 3)], scan: [&+/2], scan: [1, &*/2],
    take: [2], take: [-2], take_every: [3], take_while: [&(&1 < 4)], uniq: [], uniq_by: [&rem(&1, 3)], with_index: [], with_index: [2], chunk_every: [3, 3, :discard], chunk_every: [3, 3, [0]], filter: [&(&1 > 4)], flat_map: [&[&1, -&1]], each: [fn _ -> :ok end],
    chunk_while: [0, fn x, sum -> if sum + x > 5, do: {:cont, sum, x}, else: {:cont, sum + x} end, fn sum -> {:cont, sum, nil} end]] do
  show.({name, apply(Stream, name, [1..6 | args]) |> Enum.to_list()})
end
show.(Stream.zip_with([1..3, [10, 20]], fn [a, b] -> a + b end) |> Enum.to_list()); show.(Stream.zip([1..2, [:a, :b], ["x", "y"]]) |> Enum.to_list()); show.(Stream.interval(1) |> Enum.take(3)); show.(Stream.timer(1) |> Enum.to_list())
show.(Stream.repeatedly(fn -> :r end) |> Enum.take(2)); show.(Stream.duplicate(:d, 2) |> Enum.to_list()); {:ok, io} = StringIO.open("one\ntwo\nthree"); show.(IO.stream(io, :line) |> Stream.map(&String.trim/1) |> Enum.to_list())
show.(File.stream!(__ENV__.file) |> Enum.take(1)); show.(Stream.map([1], & &1) |> inspect() |> String.replace(~r/#Function<.*?>/, "fun")); show.(Enum.count(Stream.take(Stream.cycle([1]), 1000)))
show.(Enumerable.reduce(1..3, {:suspend, []}, fn x, acc -> {:suspend, [x | acc]} end) |> then(fn {:suspended, acc, next} -> {acc, next.({:cont, acc}) |> elem(1)} end)); show.(try do Stream.cycle([]) |> Enum.take(1) rescue e -> Exception.message(e) end)
show.(Stream.run(Stream.each(1..2, log)))
