# SPDX-License-Identifier: Apache-2.0
# GenServer: calls, casts, infos, timeouts, continues, stops, replies.

defmodule Counter do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: __MODULE__)
  @impl true
  def init(:stop), do: {:stop, :refused}
  def init(:ignore), do: :ignore
  def init(n), do: {:ok, n, {:continue, :go}}
  @impl true
  def handle_continue(:go, n), do: {:noreply, n + 100}
  @impl true
  def handle_call(:get, _, n), do: {:reply, n, n}
  def handle_call({:add, x}, _, n), do: {:reply, :ok, n + x}
  def handle_call(:later, from, n) do
    send(self(), {:answer, from})
    {:noreply, n}
  end
  def handle_call(:slow, _, n), do: {:noreply, n}
  def handle_call(:stop, _, n), do: {:stop, :normal, :stopping, n}
  @impl true
  def handle_cast({:set, x}, _), do: {:noreply, x}
  def handle_cast(:idle, n), do: {:noreply, n, 1}
  @impl true
  def handle_info({:answer, from}, n) do
    GenServer.reply(from, {:late, n})
    {:noreply, n}
  end
  def handle_info(:timeout, n), do: {:noreply, n + 1000}
  def handle_info(m, n) do
    IO.inspect(m)
    {:noreply, n}
  end
  @impl true
  def terminate(reason, n), do: IO.inspect({:terminate, reason, n})
end
{:ok, pid} = Counter.start_link(5)
IO.inspect(GenServer.call(pid, :get))
IO.inspect(GenServer.call(Counter, {:add, 1}))
IO.inspect(GenServer.call(Counter, :later))
IO.inspect(GenServer.cast(Counter, {:set, 7}))
IO.inspect(GenServer.call(Counter, :get))
send(pid, :hello)
GenServer.cast(pid, :idle)
Process.sleep(20)
IO.inspect(GenServer.call(Counter, :get))
IO.inspect(match?({:error, {:already_started, ^pid}}, Counter.start_link(1)))
IO.inspect(GenServer.whereis(Counter) == pid)
IO.inspect(:sys.get_state(pid))
IO.inspect(:sys.replace_state(pid, &(&1 * 2)))
IO.inspect(try do GenServer.call(pid, :slow, 10) catch :exit, {r, {m, f, [_, msg, t]}} -> {r, m, f, msg, t} end)
IO.inspect(GenServer.call(pid, :stop))
Process.sleep(5)
IO.inspect(Process.alive?(pid))
IO.inspect(try do GenServer.call(Counter, :get) catch :exit, r -> r end)
Process.flag(:trap_exit, true)
IO.inspect(Counter.start_link(:ignore))
IO.inspect(Counter.start_link(:stop))
{:ok, pid} = GenServer.start(Counter, 1)
IO.inspect(GenServer.stop(pid, :shutdown))
IO.inspect(GenServer.multi_call([node()], :none, :x))
IO.inspect(Counter.child_spec(3))
IO.inspect(Supervisor.child_spec({Counter, 3}, id: :other, restart: :temporary))
receive do m -> IO.inspect(elem(m, 0)) after 0 -> IO.puts("nothing") end
