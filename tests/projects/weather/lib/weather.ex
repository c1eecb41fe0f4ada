defmodule Weather do
  require Logger
  alias Weather.{Describe, Reading, Station}

  def run do
    names = Application.fetch_env!(:weather, :stations)
    for name <- names, do: {:ok, _} = DynamicSupervisor.start_child(Weather.Stations, {Station, name})
    readings = names |> Task.async_stream(&Station.read/1) |> Enum.map(&elem(&1, 1))
    IO.puts(Describe.describe(readings))
    IO.puts("#{hd(readings)} #{inspect(hd(readings))}")
    IO.inspect(Stream.repeatedly(fn -> Station.read("north").degrees end) |> Enum.take(3))
    IO.inspect(Agent.get(Weather.Log, &length/1))
    IO.inspect(Regex.scan(~r/(\w+)=(\d+)/, "low=1 high=22", capture: :all_but_first))
    IO.inspect(Date.range(~D[2024-02-28], ~D[2024-03-01]) |> Enum.map(&Date.to_string/1))
    IO.inspect(Protocol.consolidated?(Describe))
    IO.inspect(try do Describe.describe(1.5) rescue e -> Exception.message(e) end)
    IO.inspect(Application.get_env(:weather, :limits) |> Enum.sort())
    Logger.warning("it is #{%Reading{degrees: 3}}")
    Logger.debug("not shown")
    Logger.flush()
    System.stop(4)
  end
end
