# SPDX-License-Identifier: Apache-2.0
# Sigils of one's own, heredocs, module documentation, calendars in sigils.

defmodule Sigils do
  def sigil_i(text, []), do: String.to_integer(text)
  def sigil_i(text, [?n]), do: -String.to_integer(text)
  defmacro sigil_u({:<<>>, _, [text]}, _), do: String.upcase(text)
end
defmodule Uses do
  @moduledoc """
  What it is for.
  """
  import Sigils
  @doc "Gives numbers."
  @doc since: "1.0"
  def run, do: {~i(42), ~i(7)n, ~u(shout), ~s(a #{1 + 1} b), ~S(a #{x}), ~w(x y)a, ~D[2024-02-29]}
  @deprecated "use run/0"
  def old, do: :old
end
IO.inspect(Uses.run())
IO.inspect(apply(Uses, :old, []))
IO.inspect("""
one
  two \
three
""")
IO.inspect({~N[2024-01-02 03:04:05.678], ~U[2024-01-02 03:04:05Z], ~T[03:04:05]})
IO.inspect(~s|pipe "quoted"| <> ~s<angle>)
IO.inspect({?\n, ?\s, ?é})
IO.inspect(Code.fetch_docs(Enum) |> elem(0))
IO.inspect(Code.fetch_docs(NoSuchModule))
IO.inspect(:"quoted atom")
IO.inspect([{:"a b", 1}, {:ok?, 2}])
IO.inspect(%{"a b": 1})
