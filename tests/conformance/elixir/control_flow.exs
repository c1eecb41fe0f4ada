# SPDX-License-Identifier: Apache-2.0
# case, cond, with, guards, pin, pattern matching, pipes, captures.

defmodule Flow do
  defguard is_small(x) when is_integer(x) and x < 10
  def kind(x) when is_small(x), do: :small
  def kind(x) when is_integer(x), do: :big
  def kind("pre" <> rest), do: {:prefixed, rest}
  def kind(%{type: t}), do: {:map, t}
  def kind([h | _]) when h in [:a, :b], do: {:list, h}
  def kind({_, _} = t), do: {:pair, t}
  def kind(f) when is_function(f, 1), do: :fun1
  def kind(nil), do: nil
  def kind(_), do: :other
  def defaults(a, b \\ 2, c \\ 3), do: {a, b, c}
  def sum([]), do: 0
  def sum([h | t]), do: h + sum(t)
  def fact(n, acc \\ 1)
  def fact(0, acc), do: acc
  def fact(n, acc), do: fact(n - 1, n * acc)
  defdelegate up(s), to: String, as: :upcase
  @doc false
  defp private, do: :private
  def call_private, do: private()
  def withs(m) do
    with {:ok, a} <- Map.fetch(m, "a"),
         b = a + 1,
         {:ok, c} when c > 1 <- Map.fetch(m, "c") do
      {a, b, c}
    else
      :error -> :missing
      {:ok, c} -> {:too_small, c}
    end
  end
end
IO.inspect(Enum.map([5, 50, "prefix", %{type: 1}, [:a], {1, 2}, &(&1), nil, 1.5], &Flow.kind/1))
IO.inspect({Flow.defaults(1), Flow.defaults(1, 9), Flow.defaults(1, 9, 8)})
IO.inspect({Flow.sum([1, 2, 3]), Flow.fact(25), Flow.up("x"), Flow.call_private()})
IO.inspect(Enum.map([%{"a" => 1, "c" => 2}, %{"a" => 1}, %{"a" => 1, "c" => 0}], &Flow.withs/1))
x = 1
IO.inspect(case 1 do ^x -> :pinned; _ -> :no end)
IO.inspect(cond do x > 5 -> :a; x == 1 -> :b; true -> :c end)
IO.inspect(if(nil, do: 1))
IO.inspect(unless(x == 2, do: :ran))
{a, [b | c], %{k: d}} = {1, [2, 3], %{k: 4, z: 5}}
IO.inspect({a, b, c, d})
[first, _ | rest] = [1, 2, 3, 4]
IO.inspect({first, rest})
"id:" <> id = "id:77"
IO.inspect(id)
IO.inspect([1, 2, 3] |> Enum.map(&(&1 + 1)) |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.sum())
add = &+/2
IO.inspect({add.(1, 2), (&{&1, &2}).(1, 2), (&"#{&1}!").(5)})
IO.inspect(then(5, &(&1 * 2)))
IO.inspect(tap(5, fn v -> IO.puts("tapped #{v}") end))
IO.inspect([a: 1] ++ [b: 2])
IO.inspect([1, 2, 2, 3] -- [2])
IO.inspect(3 in [1, 2, 3] and not (4 in [1]))
IO.inspect(match?({:ok, _}, {:ok, 1}))
IO.inspect(is_map_key(%{a: 1}, :a))
IO.inspect({hd([1]), tl([1, 2]), length([1, 2]), elem({1, 2}, 1), put_elem({1, 2}, 0, :x), tuple_size({})})
IO.inspect(binding() |> Keyword.take([:x, :id]) |> Enum.sort())
try do
  case :nothing do :something -> 1 end
rescue
  e in CaseClauseError -> IO.inspect(e)
end
IO.inspect(try do throw(:up) catch v -> v end)
IO.inspect(for n <- 1..15 do
  case {rem(n, 3), rem(n, 5)} do
    {0, 0} -> "FizzBuzz"
    {0, _} -> "Fizz"
    {_, 0} -> "Buzz"
    _ -> n
  end
end)
IO.inspect(dbg_free = :ok)
IO.inspect(dbg_free)
IO.inspect({~w(a b)a, ~w(x y)c, ~s("q"), ~c(abc), ~S(\n), 'single'})
IO.inspect(self() |> is_pid() && is_reference(make_ref()))
