# SPDX-License-Identifier: Apache-2.0
# IEx without a console: helpers, what it prints of values and their types, its evaluator.
{:ok, _} = Application.ensure_all_started(:iex)
Application.put_env(:elixir, :ansi_enabled, false)
import IEx.Helpers, except: [c: 1]
for v <- [1, 1.5, :a, "é", 'list', [1], {1}, %{}, %{a: 1}, ~D[2024-01-01], fn -> 1 end, 1..2, <<1::3>>, <<255>>, nil, String, ~r/a/, MapSet.new()], do: IO.puts(IEx.Info.info(v) |> Enum.reject(fn {k, _} -> k in ["Raw representation", "Description", "Source", "Reference modules", "Module bytecode"] end) |> inspect(pretty: true) |> String.replace(~r/#Function<[^>]*>/, "fun"))
i(:atom)
v = IEx.width()
IO.inspect(is_integer(v))
IO.inspect(IEx.color(:eval_info, "plain")); IO.inspect(IEx.configuration() |> Keyword.keys() |> Enum.member?(:inspect))
defmodule Doc do
  @moduledoc "A module."
  @typedoc "a type"
  @type t :: integer
  @callback go(t) :: :ok
  @doc "A function."
  def f(x), do: x
end
exports(Doc)
h(Doc)
h(Enum.no_such)
b(GenServer)
t(Enum)
IO.inspect(pwd() && :ok)
flush()
send(self(), :hi); flush()
IO.inspect(pid("0.0.0") |> is_pid())
IO.inspect(IEx.Autocomplete.expand(Enum.reverse(~c"Enum.map_r")) |> inspect())
