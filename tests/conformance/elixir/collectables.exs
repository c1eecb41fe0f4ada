# SPDX-License-Identifier: Apache-2.0
# Protocols of the library for types of our own: Enumerable, Collectable, Inspect, String.Chars, List.Chars, Access.
show = fn value -> IO.inspect(value, width: 80) end
defmodule Ring do
  defstruct items: [], size: 3
  @behaviour Access
  def new(size), do: %Ring{size: size}
  @impl Access
  def fetch(r, i) when is_integer(i), do: Enum.fetch(r.items, i)
  def fetch(_, _), do: :error
  @impl Access
  def get_and_update(r, i, f) do
    case f.(Enum.at(r.items, i)) do
      {got, new} -> {got, %{r | items: List.replace_at(r.items, i, new)}}
      :pop -> pop(r, i)
    end
  end
  @impl Access
  def pop(r, i), do: {Enum.at(r.items, i), %{r | items: List.delete_at(r.items, i)}}
  defimpl Enumerable do
    def count(r), do: {:ok, length(r.items)}
    def member?(r, x), do: {:ok, x in r.items}
    def slice(_), do: {:error, __MODULE__}
    def reduce(r, acc, f), do: Enumerable.List.reduce(r.items, acc, f)
  end
  defimpl Collectable do
    def into(r), do: {r, fn r, {:cont, x} -> %{r | items: Enum.take(r.items ++ [x], -r.size)}; r, :done -> r; _, :halt -> :ok end}
  end
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(r, opts), do: container_doc("#Ring<", r.items, ">", opts, &to_doc/2, break: :flex)
  end
  defimpl String.Chars, do: def(to_string(r), do: "ring of #{length(r.items)}")
  defimpl List.Chars, do: def(to_charlist(r), do: ~c"ring #{length(r.items)}")
end
ring = Enum.into(1..5, Ring.new(3))
show.({ring, "#{ring}", to_charlist(ring), Enum.count(ring), 4 in ring, Enum.map(ring, & &1), Enum.slice(ring, 1, 2), Enum.zip(ring, [:a, :b])})
show.({ring[1], ring[9], ring[:x], put_in(ring[0], :new), update_in(ring[2], &(&1 * 10)), pop_in(ring[1]), get_and_update_in(ring[0], &{&1, -1})})
show.(for x <- ring, into: Ring.new(2), do: x * x); show.(Enum.into(1..60, Ring.new(60))); show.(for(x <- ring, y <- ring, x < y, do: {x, y})); show.(Stream.concat(ring, ring) |> Stream.dedup() |> Enum.to_list())
show.(Enum.reduce_while(ring, 0, fn x, a -> if x > 3, do: {:halt, a}, else: {:cont, a + x} end)); show.(try do Enum.into([1], 5) rescue e -> e.__struct__ end); show.(try do "#{%{}}" rescue e -> e.__struct__ end); show.(try do to_charlist({1}) rescue e -> e.__struct__ end)
show.({Enumerable.impl_for(ring), Collectable.impl_for([]), Inspect.impl_for(1.5), String.Chars.impl_for({}), Protocol.assert_impl!(Enumerable, Ring), Enumerable.__protocol__(:functions) |> Enum.sort(), Ring.__struct__() |> Map.keys() |> Enum.sort()})
show.({Enum.into(%{a: 1}, []), Enum.into([a: 1], %{}), Enum.into(["a", "b"], ""), Enum.into([1, 2, 1], MapSet.new()) |> MapSet.size(), Enum.into(["x"], <<>>), for(<<b::1 <- <<5>> >>, into: <<>>, do: <<1 - b::1>>)})
show.({Keyword.merge([a: 1, b: 2], [a: 3], fn _, x, y -> x + y end), Keyword.validate([a: 1], [:a, b: 2]), Keyword.validate([c: 1], [:a]), Keyword.pop_values([a: 1, a: 2], :a), Keyword.get_values([a: 1, b: 2, a: 3], :a), Keyword.update([a: 1], :b, 0, & &1), Keyword.split([a: 1, b: 2], [:b]), Keyword.replace([a: 1], :z, 2), Keyword.keyword?([{1, 2}])})
show.({Map.merge(%{a: 1}, %{a: 2}, fn _, x, y -> {x, y} end), Map.update(%{a: 1}, :a, 0, &(&1 + 1)), Map.get_and_update(%{a: 1}, :a, fn _ -> :pop end), Map.split(%{a: 1, b: 2}, [:a]), Map.pop_lazy(%{}, :a, fn -> :lazy end), Map.new([1, 2], &{&1, &1}), Map.filter(%{a: 1, b: 2}, fn {_, v} -> v > 1 end), Map.reject(%{a: 1}, fn _ -> true end), Map.equal?(%{}, %{}), Map.take(%{a: 1}, [:a, :z])})
show.((try do Map.fetch!(%{a: 1}, :b) rescue e -> e end)); show.(try do Keyword.fetch!([a: 1], :b) rescue e -> Exception.message(e) |> String.split(":") |> hd() end); show.(try do Map.put(:no, :a, 1) rescue e -> {e.__struct__, Exception.message(e)} end); show.(try do struct!(Ring, nope: 1) rescue e -> e.__struct__ end); show.(struct(Ring, nope: 1, size: 9))
show.({MapSet.union(MapSet.new([1]), MapSet.new([2])) |> Enum.sort(), MapSet.disjoint?(MapSet.new([1]), MapSet.new([2])), MapSet.subset?(MapSet.new([1]), MapSet.new([1, 2])), MapSet.new([3]) == MapSet.new([3]), MapSet.symmetric_difference(MapSet.new([1, 2]), MapSet.new([2, 3])) |> Enum.sort(), MapSet.new(1..3) |> MapSet.delete(2)})
show.({List.flatten([1, [2, [3 | [4]]]]), List.foldr([1, 2], 0, &-/2), List.insert_at([1], -1, 2), List.keyfind([a: 1], :a, 0), List.keytake([a: 1, b: 2], :b, 0), List.myers_difference([1, 2, 3], [1, 3, 4]), List.starts_with?([1], []), List.to_tuple([1]), List.wrap(nil), List.zip([[1, 2], [3, 4]]), List.improper?([1 | 2]), List.ascii_printable?(~c"ab"), List.duplicate(:x, 2), List.update_at([1, 2], 1, &(&1 + 1)), List.keystore([a: 1], :b, 0, {:b, 2}), List.to_string([?a, "b", [?c]])})
show.({Tuple.duplicate(1, 2), Tuple.insert_at({1}, 0, 0), Tuple.delete_at({1, 2}, 0), Range.new(1, 5, 2), Range.size(1..0//1), Range.disjoint?(1..2, 3..4), Enum.to_list(5..1//-2), 3 in 1..5//2, 1..3 == 1..3//1, Enum.sum(1..1_000_000)})
