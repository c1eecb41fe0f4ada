defmodule Orchard.Basket do
  use Agent

  def start_link(_), do: Agent.start_link(fn -> %{} end, name: __MODULE__)
  def put(fruit), do: Agent.update(__MODULE__, &Map.update(&1, fruit.kind, [fruit], fn all -> [fruit | all] end))
  def counts, do: Agent.get(__MODULE__, fn all -> Enum.sort(for {kind, fruits} <- all, do: {kind, length(fruits)}) end)
end
