# SPDX-License-Identifier: Apache-2.0
# Supervisor and DynamicSupervisor: strategies, restarts, children.

Logger.configure(level: :none)
defmodule Worker do
  use GenServer
  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: name)
  def init(name) do
    IO.puts("start #{name}")
    {:ok, name}
  end
  def handle_call(:crash, _, _), do: raise("crash")
  def handle_call(:ping, _, s), do: {:reply, {:pong, s}, s}
end
defmodule Await do
  def new(name, old) do
    case Process.whereis(name) do
      pid when is_pid(pid) and pid != old -> pid
      _ -> Process.sleep(1); new(name, old)
    end
  end
end
for strategy <- [:one_for_one, :one_for_all, :rest_for_one] do
  IO.inspect(strategy)
  children = for n <- [:a, :b, :c], do: Supervisor.child_spec({Worker, n}, id: n)
  {:ok, sup} = Supervisor.start_link(children, strategy: strategy)
  old = Process.whereis(:b)
  last = Process.whereis(:c)
  catch_exit = try do GenServer.call(:b, :crash) catch :exit, {{%RuntimeError{message: m}, _}, _} -> m end
  Await.new(:b, old)
  if strategy != :one_for_one, do: Await.new(:c, last)
  GenServer.call(:c, :ping)
  IO.inspect(catch_exit)
  IO.inspect(Enum.map([:a, :b, :c], &GenServer.call(&1, :ping)))
  IO.inspect(Supervisor.count_children(sup) |> Enum.sort())
  IO.inspect(Supervisor.which_children(sup) |> Enum.map(fn {id, pid, type, mods} -> {id, is_pid(pid), type, mods} end))
  IO.inspect(Supervisor.terminate_child(sup, :a))
  IO.inspect(elem(Supervisor.restart_child(sup, :a), 0))
  IO.inspect(Supervisor.delete_child(sup, :a))
  IO.inspect(Supervisor.stop(sup))
end
{:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 2)
{:ok, w} = DynamicSupervisor.start_child(d, {Worker, :dyn1})
IO.inspect(elem(DynamicSupervisor.start_child(d, {Worker, :dyn2}), 0))
IO.inspect(DynamicSupervisor.start_child(d, {Worker, :dyn3}))
IO.inspect(DynamicSupervisor.count_children(d) |> Enum.sort())
IO.inspect(DynamicSupervisor.terminate_child(d, w))
IO.inspect(length(DynamicSupervisor.which_children(d)))
IO.inspect(Process.whereis(:dyn1))
IO.inspect(DynamicSupervisor.stop(d))
Process.flag(:trap_exit, true)
{:ok, sup} = Supervisor.start_link([{Worker, :once}], strategy: :one_for_one, max_restarts: 0)
try do GenServer.call(:once, :crash) catch :exit, _ -> :ok end
receive do {:EXIT, ^sup, reason} -> IO.inspect(reason) end
defmodule App.Sup do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg, name: __MODULE__)
  def init(arg), do: Supervisor.init([{Agent, fn -> arg end}, {Task, fn -> IO.puts("task ran"); Process.sleep(:infinity) end}], strategy: :rest_for_one)
end
{:ok, s} = App.Sup.start_link(:argument)
{_, agent, _, _} = List.keyfind(Supervisor.which_children(s), Agent, 0)
IO.inspect(Agent.get(agent, & &1))
Process.sleep(10)
