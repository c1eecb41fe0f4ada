defprotocol Orchard.Weigh do
  @fallback_to_any true
  @doc "Grams."
  def grams(thing)
end

defmodule Orchard.Fruit do
  @enforce_keys [:kind]
  defstruct [:kind, ripe: ~D[2024-09-01], grams: 100]

  defimpl Inspect do
    import Inspect.Algebra
    def inspect(fruit, opts), do: concat(["#Fruit<", to_doc(fruit.kind, opts), " ", to_string(fruit.ripe), ">"])
  end
end

defimpl Orchard.Weigh, for: Orchard.Fruit do
  def grams(fruit), do: fruit.grams
end

defimpl Orchard.Weigh, for: [List, Stream] do
  def grams(things), do: things |> Stream.map(&Orchard.Weigh.grams/1) |> Enum.sum()
end

defimpl Orchard.Weigh, for: Any do
  defmacro __deriving__(module, _struct, options) do
    quote do
      defimpl Orchard.Weigh, for: unquote(module) do
        def grams(_), do: unquote(options[:grams])
      end
    end
  end

  def grams(_), do: 0
end

defmodule Orchard.Leaf do
  @derive {Orchard.Weigh, grams: 1}
  defstruct []
end
