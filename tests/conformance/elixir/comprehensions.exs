# SPDX-License-Identifier: Apache-2.0
# Comprehensions: filters, several generators, bit strings, into, reduce, uniq.

IO.inspect(for x <- 1..10, rem(x, 2) == 0, x > 4, do: x * x)
IO.inspect(for {k, v} when v > 1 <- [a: 1, b: 2, c: 3], do: {v, k})
IO.inspect(for {:ok, x} <- [{:ok, 1}, :error, {:ok, 3}], do: x)
IO.inspect(for a <- 1..3, b <- 1..3, a < b, into: MapSet.new(), do: {a, b})
IO.inspect(for <<c <- "hello">>, c in ?a..?k, into: "", do: <<c - 32>>)
IO.inspect(for <<r::5, g::6, b::5 <- <<0xF8, 0x1F, 0x07, 0xE0>> >>, do: {r, g, b})
IO.inspect(for x <- ["b", "a", "b"], uniq: true, into: [], do: String.to_atom(x))
IO.inspect(for w <- ~w(to be or not to be), reduce: %{} do acc -> Map.update(acc, w, 1, &(&1 + 1)) end)
IO.inspect(for x <- [1, [2, [3]]], y <- List.wrap(x), z <- List.wrap(y), do: z)
IO.inspect(for x <- 1..3, y = x * 2, y > 2, do: {x, y})
for i <- 1..2, j <- ~w(a b), do: IO.puts("#{i}#{j}")
IO.inspect(for {n, i} <- Enum.with_index(~w(x y z)), rem(i, 2) == 0, into: %{}, do: {n, i})
IO.inspect(for x <- Stream.cycle([1, 2]) |> Stream.take(5), do: x + 0.5)
IO.inspect(try do for x <- Process.get(:none, 5), do: x rescue e -> e.__struct__ end)
matrix = [[1, 2, 3], [4, 5, 6]]
IO.inspect(for i <- 0..2, do: for(row <- matrix, do: Enum.at(row, i)))
IO.inspect(for {_, %{n: n}} <- %{1 => %{n: 1}, 2 => %{m: 2}}, do: n)
