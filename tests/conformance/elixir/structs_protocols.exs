# SPDX-License-Identifier: Apache-2.0
# Structs, protocols, Enumerable and Collectable of one's own.
defprotocol Size do
  @fallback_to_any true
  def size(x)
end
defimpl Size, for: BitString do
  def size(s), do: byte_size(s)
end
defimpl Size, for: [List, Tuple] do
  def size(l) when is_list(l), do: length(l)
  def size(t), do: tuple_size(t)
end
defimpl Size, for: Any do
  def size(_), do: :unknown
end
defmodule User do
  @enforce_keys [:name]
  defstruct [:name, age: 18, tags: []]
  defimpl String.Chars do
    def to_string(u), do: "user " <> u.name
  end
end
defmodule Derived do
  @derive [Size]
  defstruct a: 1
end
defprotocol NoFallback do
  def f(x)
end
defmodule Main1 do
  def run do
    IO.inspect(Enum.map(["abc", [1, 2], {1, 2, 3}, 5, %User{name: "x"}, %Derived{}], &Size.size/1))
    IO.puts("#{%User{name: "bob"}}")
    u = %User{name: "ann"}
    IO.inspect(u)
    IO.inspect(%{u | age: 3})
    IO.inspect(%User{name: n} = u)
    IO.inspect(n)
    IO.inspect(is_struct(u, User))
    IO.inspect(Map.from_struct(u) |> Enum.sort())
    IO.inspect(struct(User, name: "z", bogus: 1))
    IO.inspect(try do struct!(User, age: 1) rescue e -> {e.__struct__, Exception.message(e)} end)
    IO.inspect(try do struct!(User, name: 1, bogus: 1) rescue e -> {e.__struct__, Exception.message(e)} end)
    IO.inspect(try do NoFallback.f(1) rescue e -> {e.__struct__, Exception.message(e)} end)
    IO.inspect(try do to_string({1}) rescue e -> {e.__struct__, Exception.message(e)} end)
    IO.inspect(try do Enum.count(u) rescue e -> {e.__struct__, String.slice(Exception.message(e), 0, 60)} end)
    IO.inspect(Size.impl_for("x"))
    IO.inspect(Size.impl_for(:x))
    IO.inspect(NoFallback.impl_for(1))
    IO.inspect(Size.__protocol__(:functions))
  end
end
Main1.run()
defmodule Countdown do
  defstruct [:from]
  defimpl Enumerable do
    def count(%{from: n}), do: {:ok, n}
    def member?(%{from: n}, x), do: {:ok, x in 1..n}
    def slice(_), do: {:error, __MODULE__}
    def reduce(_, {:halt, acc}, _), do: {:halted, acc}
    def reduce(c, {:suspend, acc}, f), do: {:suspended, acc, &reduce(c, &1, f)}
    def reduce(%{from: 0}, {:cont, acc}, _), do: {:done, acc}
    def reduce(%{from: n} = c, {:cont, acc}, f), do: reduce(%{c | from: n - 1}, f.(n, acc), f)
  end
end
defmodule Main2 do
  def run do
    c = %Countdown{from: 5}
    IO.inspect({Enum.to_list(c), Enum.count(c), 3 in c, Enum.take(c, 2), Enum.zip(c, 1..9), Enum.slice(c, 1, 2)})
  end
end
Main2.run()
defmodule Bag do
  defstruct items: []
  defimpl Collectable do
    def into(bag) do
      {bag, fn
        b, {:cont, x} -> %{b | items: [x | b.items]}
        b, :done -> b
        _, :halt -> :ok
      end}
    end
  end
end
defmodule Main3 do
  def run do
    IO.inspect(Enum.into(1..3, %Bag{}))
    IO.inspect(for x <- 1..3, into: %Bag{items: [0]}, do: x * x)
    IO.inspect(Protocol.assert_impl!(Size, BitString))
    IO.inspect(try do Protocol.assert_impl!(NoFallback, Atom) rescue e -> Exception.message(e) end)
  end
end
Main3.run()
