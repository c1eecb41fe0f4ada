defmodule Orchard.Tree do
  use GenServer, restart: :transient
  require Logger

  def start_link({kind, fruits}), do: GenServer.start_link(__MODULE__, {kind, fruits}, name: name(kind))
  def name(kind), do: {:via, Registry, {Orchard.Names, kind, :tree}}
  def pick(kind), do: GenServer.call(name(kind), :pick)

  @impl true
  def init({kind, fruits}) do
    Logger.metadata(tree: kind)
    {:ok, _} = Registry.register(Orchard.Bells, :noon, kind)
    {:ok, {kind, fruits}, {:continue, :bloom}}
  end

  @impl true
  def handle_continue(:bloom, {kind, fruits} = state) do
    Logger.info("#{kind} blooms for #{fruits}")
    {:noreply, state}
  end

  @impl true
  def handle_call(:pick, _from, {_, 0} = state), do: {:stop, :normal, :empty, state}

  def handle_call(:pick, _from, {kind, fruits}) do
    fruit = %Orchard.Fruit{kind: kind, ripe: Date.add(~D[2024-08-30], fruits)}
    {:reply, {:ok, fruit}, {kind, fruits - 1}, 5000}
  end

  @impl true
  def handle_cast({:grow, fruits}, {kind, old}), do: {:noreply, {kind, old + fruits}}

  @impl true
  def handle_info({:bell, from}, {kind, fruits} = state) do
    send(from, {:heard, kind, fruits})
    {:noreply, state}
  end
end
