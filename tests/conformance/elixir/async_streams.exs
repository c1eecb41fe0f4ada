# SPDX-License-Identifier: Apache-2.0
# Task: async_stream in every way, timeouts, exits, yield_many, supervisors.
require Logger
Logger.configure(level: :none)
show = fn value -> IO.inspect(value, width: 110) end
Process.flag(:trap_exit, true)
show.(Task.async_stream(1..5, &(&1 * 2)) |> Enum.to_list()); show.(Task.async_stream([30, 1, 15], fn n -> Process.sleep(n); n end, ordered: false, max_concurrency: 3) |> Enum.sort()); show.(Task.async_stream([1, :infinity, 2], fn n -> Process.sleep(n); n end, timeout: 150, on_timeout: :kill_task, max_concurrency: 3) |> Enum.to_list())
show.(Task.async_stream([1, 2, 3], fn 2 -> exit(:two); n -> n end) |> Enum.to_list()); show.(Task.async_stream(["a", "b"], String, :duplicate, [2]) |> Enum.to_list()); show.(try do Task.async_stream([:infinity], &Process.sleep/1, timeout: 20) |> Enum.to_list() catch :exit, reason -> reason |> elem(0) end)
show.(Task.async_stream([1, 2], fn 2 -> Process.sleep(:infinity); n -> n end, timeout: 60, on_timeout: :kill_task, zip_input_on_exit: true) |> Enum.to_list()); show.(Task.async_stream(Stream.cycle([1, 2]), & &1, max_concurrency: 2) |> Enum.take(3)); flush = fn f, n -> receive do {:EXIT, _, _} -> f.(f, n + 1) after 0 -> n end end
_ = flush.(flush, 0)
tasks = for n <- [1, 2, :infinity], do: Task.async(fn -> Process.sleep(n); n end)
show.(Task.yield_many(tasks, 200) |> Enum.map(fn {t, r} -> r || Task.shutdown(t, :brutal_kill) end)); t = Task.async(fn -> Process.sleep(:infinity) end); show.({Task.yield(t, 0), Task.shutdown(t)}); t = Task.async(fn -> :done end); show.({Task.await(t), try do Task.await(t, 10) catch :exit, {why, {m, f, _}} -> {why, m, f} end})
t = Task.async(fn -> :ignored end); show.(Task.ignore(t)); show.(Task.await_many([Task.async(fn -> 1 end), Task.async(fn -> 2 end)])); show.(Task.completed(:now) |> Task.await()); show.(try do Task.async(fn -> raise "in task" end) |> Task.await() catch :exit, {{%{message: m}, _}, {Task, :await, _}} -> m end)
t = Task.async(fn -> 1 end); show.(spawn(fn -> exit(try do Task.await(t) rescue e -> e.__struct__ end) end) |> then(fn pid -> ref = Process.monitor(pid); receive do {:DOWN, ^ref, _, _, r} -> r end end))
{:ok, sup} = Task.Supervisor.start_link(); show.(Task.Supervisor.async_stream(sup, [1, 2], &(&1 + 1)) |> Enum.to_list()); show.(Task.Supervisor.async_stream_nolink(sup, [1, 2], fn 1 -> exit(:x); n -> n end) |> Enum.to_list()); show.(Task.Supervisor.async_nolink(sup, fn -> exit(:nolink) end) |> Task.yield())
me = self(); {:ok, pid} = Task.Supervisor.start_child(sup, fn -> send(me, {:child, Process.get(:"$callers") == [me]}); Process.sleep(:infinity) end); show.(receive do {:child, x} -> x end); show.({Task.Supervisor.children(sup) == [pid], Task.Supervisor.terminate_child(sup, pid), Task.Supervisor.children(sup)})
{:ok, agent} = Agent.start_link(fn -> 0 end); {:ok, _} = Task.Supervisor.start_child(sup, fn -> if Agent.get_and_update(agent, &{&1, &1 + 1}) < 2, do: exit(:again), else: send(me, :third) end, restart: :transient); show.({receive do :third -> :third end, Agent.get(agent, & &1)})
show.(Task.Supervisor.async_stream(sup, 1..3, &(&1), shutdown: 100, max_concurrency: 1) |> Stream.map(&elem(&1, 1)) |> Enum.sum()); show.(Task.start(fn -> :ok end) |> elem(0)); {:ok, p} = Task.start_link(fn -> exit(:linked) end); show.(receive do {:EXIT, ^p, r} -> r end)
defmodule Job do
  use Task, restart: :temporary
  def start_link(arg), do: Task.start_link(__MODULE__, :run, [arg])
  def run(to), do: send(to, {:job, __MODULE__.child_spec(1) |> Map.take([:id, :restart]) |> Enum.sort()})
end
{:ok, _} = Supervisor.start_link([{Job, me}], strategy: :one_for_one); show.(receive do {:job, x} -> x end)
if Code.ensure_loaded?(PartitionSupervisor) do
  {:ok, _} = PartitionSupervisor.start_link(child_spec: {Agent, fn -> 0 end}, name: Parts, partitions: 3)
  for n <- 0..5, do: Agent.update({:via, PartitionSupervisor, {Parts, n}}, &(&1 + n))
  show.({PartitionSupervisor.partitions(Parts), PartitionSupervisor.count_children(Parts) |> Enum.sort(), for(n <- 0..2, do: Agent.get({:via, PartitionSupervisor, {Parts, n}}, & &1))})
end
