# SPDX-License-Identifier: Apache-2.0
# inspect: every kind of term, its options, Inspect of structs.
defmodule Point do
  defstruct [:x, y: 0]
end
defmodule Secret do
  @derive {Inspect, only: [:name]}
  defstruct [:name, :password]
end
defmodule Custom do
  defstruct [:n]
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(%{n: n}, opts), do: concat(["#Custom<", to_doc(n, opts), ">"])
  end
end
defmodule Main1 do
  def run do
    for term <- [1, -1.0, 1.0e100, 1.5e-7, :atom, :"with space", nil, true, Foo.Bar, Elixir, "str", "q\"uote", <<0, 255>>, <<1::3>>,
                 'chars', [], [1 | 2], [a: 1, b: 2], [{:a, 1}, 2], {}, {1, 2}, %{}, %{a: 1}, %{"k" => 1}, %{1 => 2}, 1..5, 1..10//2,
                 &String.length/1, ~r/a+b/i, ~D[2020-01-02], ~T[10:11:12.5], ~N[2020-01-02 03:04:05], ~U[2020-01-02 03:04:05Z],
                 %Point{x: 1}, %Secret{name: "n", password: "p"}, %Custom{n: [1]}, MapSet.new([1]), :"Elixir.Odd mod", :+, :foo?, :"9x",
                 [0, 7, 8], "\e\n\t\0", "日本", %{nil => nil}] do
      IO.puts(inspect(term))
    end
    IO.puts(inspect(Enum.to_list(1..200)))
    IO.puts(inspect(Enum.to_list(1..200), limit: 5))
    IO.puts(inspect(Enum.to_list(1..60), limit: :infinity, width: 40, pretty: true))
    IO.puts(inspect(%{"long key number one" => "long value number one", "long key number two" => ["a", "b"]}, pretty: true, width: 30))
    IO.puts(inspect('abc', charlists: :as_lists))
    IO.puts(inspect("abc", binaries: :as_binaries))
    IO.puts(inspect(255, base: :hex))
    IO.puts(inspect(<<10, 20>>, base: :binary))
    IO.puts(inspect(%Point{x: 1}, structs: false, custom_options: [sort_maps: true]))
    IO.puts(inspect(String.duplicate("x", 5000), printable_limit: 10))
    IO.puts(inspect([a: {1, "two", :three}], syntax_colors: [number: :red, string: :green, atom: :blue]))
    IO.inspect([1, 2], label: "labelled")
    IO.puts(inspect({:a, fn -> 1 end} |> elem(0)))
    IO.puts(inspect(%{a: %{b: %{c: %{d: [1, [2, [3]]]}}}}, pretty: true, width: 10))
    IO.puts(inspect(List.duplicate("some text", 12), pretty: true))
    doc = Inspect.Algebra.container_doc("<", ["a", "b", "c"], ">", %Inspect.Opts{width: 3}, fn s, _ -> s end)
    IO.puts(Inspect.Algebra.format(doc, 3))
  end
end
Main1.run()
