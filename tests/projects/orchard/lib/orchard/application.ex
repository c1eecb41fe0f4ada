defmodule Orchard.Application do
  use Application

  @impl true
  def start(_type, _args) do
    children = [
      {Registry, keys: :unique, name: Orchard.Names},
      {Registry, keys: :duplicate, name: Orchard.Bells, partitions: 2},
      {DynamicSupervisor, name: Orchard.Trees, strategy: :one_for_one, max_restarts: 5},
      {Task.Supervisor, name: Orchard.Pickers},
      {Orchard.Basket, []},
      {Task, &Orchard.harvest/0}
    ]

    Supervisor.start_link(children, strategy: :rest_for_one, name: Orchard.Supervisor)
  end
end
