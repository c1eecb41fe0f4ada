# SPDX-License-Identifier: Apache-2.0
# Timeouts and work in many processes at once: nothing is lost, order per sender.

parent = self()
for p <- 1..20 do
  spawn(fn -> for i <- 1..100, do: send(parent, {p, i}) end)
end
got = for _ <- 1..2000, do: receive(do: (m -> m))
IO.inspect(length(got))
IO.inspect(Enum.group_by(got, &elem(&1, 0), &elem(&1, 1)) |> Enum.all?(fn {_, l} -> l == Enum.to_list(1..100) end))
acc = Enum.reduce(1..100_000, %{}, fn i, m -> Map.update(m, rem(i, 97), 1, &(&1 + 1)) end)
IO.inspect({map_size(acc), Enum.sum(Map.values(acc))})
IO.inspect(1..4 |> Task.async_stream(fn n -> Enum.reduce(1..50_000, 0, &(&1 * n + &2)) end, timeout: :infinity) |> Enum.map(&elem(&1, 1)))
fib = fn f, n -> if n < 2, do: n, else: f.(f, n - 1) + f.(f, n - 2) end
IO.inspect(fib.(fib, 18))
primes = Enum.reduce(2..2000, [], fn n, ps -> if Enum.any?(ps, &(rem(n, &1) == 0)), do: ps, else: [n | ps] end)
IO.inspect({length(primes), hd(primes)})
words = String.duplicate("the quick brown fox ", 500) |> String.split()
IO.inspect(Enum.frequencies(words) |> Enum.sort())
IO.inspect(words |> Enum.map(&String.capitalize/1) |> Enum.join() |> byte_size())
IO.inspect(for(x <- 1..100, y <- x..100, z = :math.sqrt(x * x + y * y), trunc(z) == z, z <= 100, do: {x, y, trunc(z)}) |> length())
sorted = Enum.sort_by(1..5000, &rem(&1 * 7919, 5003))
IO.inspect({hd(sorted), List.last(sorted), Enum.at(sorted, 2500)})
IO.inspect(:erlang.phash2(Enum.to_list(1..1000)))
IO.inspect(Stream.iterate(1, &rem(&1 * 3, 1009)) |> Stream.take(1008) |> Enum.uniq() |> length())
s = Enum.reduce(1..10_000, "", fn i, s -> s <> <<rem(i, 26) + ?a>> end)
IO.inspect({byte_size(s), String.slice(s, 100, 10), :erlang.crc32(s)})
IO.inspect(receive do _ -> :something after 5 -> :nothing end)
