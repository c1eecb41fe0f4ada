defmodule Weather.Application do
  use Application

  @impl true
  def start(type, args) do
    IO.inspect({type, args, Application.get_env(:weather, :stations)})

    children = [
      {Registry, keys: :unique, name: Weather.Names},
      {DynamicSupervisor, name: Weather.Stations, strategy: :one_for_one},
      {Agent, fn -> [] end} |> Supervisor.child_spec(id: :log, start: {Agent, :start_link, [fn -> [] end, [name: Weather.Log]]}),
      {Task, &Weather.run/0}
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: Weather.Supervisor)
  end

  @impl true
  def stop(state), do: IO.inspect({:stop, state})
end
