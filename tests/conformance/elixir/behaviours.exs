# SPDX-License-Identifier: Apache-2.0
# Behaviours, module attributes, types and docs of a module.

defmodule Shape do
  @callback area(term) :: number
  @callback name() :: String.t()
  @optional_callbacks name: 0
  @type t :: {atom, number}
  @spec describe(module, term) :: String.t()
  def describe(mod, s), do: "#{inspect(mod)} has #{mod.area(s)}"
  defmacro __using__(_) do
    quote do
      @behaviour Shape
      def name, do: __MODULE__ |> Module.split() |> List.last()
      defoverridable name: 0
    end
  end
end
defmodule Square do
  use Shape
  @impl true
  def area(a), do: a * a
end
defmodule Circle do
  use Shape
  @pi 3
  Module.register_attribute(__MODULE__, :note, accumulate: true, persist: true)
  @note :one
  @note :two
  @impl true
  def area(r), do: @pi * r * r
  @impl true
  def name, do: "overridden " <> super()
  def notes, do: @note
end
IO.puts(Shape.describe(Square, 3))
IO.puts(Shape.describe(Circle, 2))
IO.inspect({Square.name(), Circle.name(), Circle.notes()})
IO.inspect(Circle.__info__(:attributes) |> Keyword.get_values(:note))
IO.inspect(Shape.behaviour_info(:callbacks) |> Enum.sort())
IO.inspect(Shape.behaviour_info(:optional_callbacks))
IO.inspect(Square.__info__(:module))
IO.inspect(Square.module_info(:attributes) |> Keyword.get(:behaviour))
defmodule Outer do
  defmodule Inner do
    def where, do: __MODULE__
  end
  alias Outer.Inner, as: I
  alias String, as: S
  import Enum, only: [sum: 1]
  def run, do: {I.where(), S.upcase("x"), sum([1, 2]), __MODULE__}
end
IO.inspect(Outer.run())
defmodule Generated do
  for {name, value} <- [a: 1, b: 2] do
    def unquote(name)(), do: unquote(value)
  end
  @external Enum.map(1..3, &(&1 * 2))
  def external, do: @external
end
IO.inspect({Generated.a(), Generated.b(), Generated.external()})
IO.inspect(Module.create(Dynamic, quote(do: def(f, do: :dynamic)), Macro.Env.location(__ENV__)) |> elem(0))
IO.inspect(Dynamic.f())
