defmodule Weather.Station do
  use GenServer, restart: :transient
  require Logger

  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: via(name))
  def read(name), do: GenServer.call(via(name), :read)
  def via(name), do: {:via, Registry, {Weather.Names, name}}

  @impl true
  def init(name) do
    Logger.info("station #{name} starts")
    {:ok, {name, 10}}
  end

  @impl true
  def handle_call(:read, _from, {name, degrees}) do
    Agent.update(Weather.Log, &[{name, degrees} | &1])
    {:reply, %Weather.Reading{degrees: degrees}, {name, degrees + 1}}
  end
end
