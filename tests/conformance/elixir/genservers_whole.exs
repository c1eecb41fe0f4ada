# SPDX-License-Identifier: Apache-2.0
# GenServer beyond calls: continue, timeouts, hibernation, sys, names, replies later, ends of every kind.
Logger.configure(level: :none)
show = fn value -> IO.inspect(value, width: 110) end
defmodule Full do
  use GenServer
  def init({:stop, r}), do: {:stop, r}
  def init(:ignore), do: :ignore
  def init({:continue, c}), do: {:ok, [], {:continue, c}}
  def init(:raise), do: raise("in init")
  def init({:timeout, to}), do: {:ok, to, 5}
  def init(s), do: {:ok, s}
  def handle_continue({:then, n}, s) when n > 0, do: {:noreply, [n | s], {:continue, {:then, n - 1}}}
  def handle_continue({:then, 0}, s), do: {:noreply, s}
  def handle_call(:state, _, s), do: {:reply, s, s}
  def handle_call(:later, from, s), do: {:noreply, {from, s}}
  def handle_call(:hibernate, _, s), do: {:reply, :slept, s, :hibernate}
  def handle_call({:stop, r}, _, s), do: {:stop, r, :stopping, s}
  def handle_call(:raise, _, _), do: raise("in call")
  def handle_call(:throw, _, _), do: throw({:reply, :thrown, :thrown_state})
  def handle_call(:bad, _, _), do: :nonsense
  def handle_call(:exit, _, _), do: exit(:out)
  def handle_cast(:answer, {from, s}), do: (GenServer.reply(from, :late); {:noreply, s})
  def handle_cast(m, s), do: {:noreply, [m | List.wrap(s)]}
  def handle_info(:timeout, to), do: (send(to, {:timed_out, self()}); {:noreply, to})
  def handle_info(m, s), do: {:noreply, [{:info, m} | List.wrap(s)]}
  def terminate(r, _), do: (if p = Process.whereis(:watcher), do: send(p, {:terminate, r}))
  def code_change(old, s, extra), do: {:ok, {old, s, extra}}
  def format_status(status), do: Map.put(status, :state, :hidden)
end
Process.flag(:trap_exit, true); Process.register(self(), :watcher)
defmodule Wait do
  def down(pid, act) do
    ref = Process.monitor(pid)
    act.()
    receive do {:DOWN, ^ref, _, _, r} -> r end
  end
end
exits = fn -> receive do {:EXIT, _, {%{__exception__: true} = e, _}} -> {:EXIT, e}; {:EXIT, _, {r, [_ | _]}} -> {:EXIT, r}; {:EXIT, _, r} -> {:EXIT, r} after 1000 -> :none end end
for a <- [{:stop, :why}, :ignore, {:stop, :normal}, {:stop, {:shutdown, 1}}], do: show.({a, GenServer.start_link(Full, a), if(a != :ignore, do: exits.())})
show.(match?({:error, {%RuntimeError{}, _}}, GenServer.start(Full, :raise))); {:ok, p} = GenServer.start_link(Full, {:continue, {:then, 3}}); show.(GenServer.call(p, :state))
GenServer.cast(p, :c); send(p, :i); show.(:sys.get_state(p)); show.({GenServer.call(p, :hibernate), Process.info(p, :current_function)}); task = Task.async(fn -> GenServer.call(p, :later) end); Process.sleep(20); GenServer.cast(p, :answer); show.(Task.await(task)); receive do {:EXIT, q, :normal} when q == task.pid -> :ok end; show.(GenServer.call(p, :throw))
show.({:sys.suspend(p), :sys.change_code(p, Full, :v1, :extra), :sys.resume(p), GenServer.call(p, :state)}); show.(:sys.replace_state(p, fn _ -> :replaced end)); {:status, _, {:module, m}, [_, state, _, _, misc]} = :sys.get_status(p); show.({m, state, is_list(misc)})
show.(try do GenServer.call(p, :raise) catch :exit, {{e, _}, {GenServer, :call, [_, :raise, 5000]}} -> e end); show.(exits.()); show.(receive do {:terminate, {e, _}} -> e end)
for r <- [:normal, :shutdown, {:shutdown, :x}, :boom], do: (({:ok, p} = GenServer.start_link(Full, 1)); show.({GenServer.call(p, {:stop, r}), exits.(), receive do {:terminate, r} -> r end}))
for m <- [:bad, :exit], do: (({:ok, p} = GenServer.start_link(Full, 1)); show.(try do GenServer.call(p, m) catch :exit, {r, _} -> r end); show.(exits.()); receive do {:terminate, _} -> :ok end)
{:ok, p} = GenServer.start_link(Full, 1, name: :named); show.(GenServer.start_link(Full, 2, name: :named) |> then(fn {:error, {:already_started, q}} -> q == p end)); show.({GenServer.whereis(:named) == p, GenServer.whereis(:nobody), GenServer.stop(:named, :shutdown), exits.(), Process.whereis(:named)}); receive do {:terminate, _} -> :ok end
show.(try do GenServer.call(:nobody, :x) catch :exit, r -> r end); show.(try do GenServer.call(self(), :x) catch :exit, {r, _} -> r end); {:ok, p} = GenServer.start_link(Full, 1); show.(try do GenServer.call(p, :later, 10) catch :exit, {r, {_, f, [_ | a]}} -> {r, f, a} end)
show.(GenServer.cast(:nobody, :x)); show.(try do GenServer.stop(:nobody) catch :exit, {r, _} -> r end); {:ok, p} = GenServer.start_link(Full, {:timeout, self()}); show.(receive do {:timed_out, ^p} -> :timeout after 1000 -> :no end); GenServer.stop(p); show.(exits.()); receive do {:terminate, _} -> :ok end
{:ok, p} = GenServer.start_link(Full, 1, name: {:global, :everywhere}); show.({:global.whereis_name(:everywhere) == p, GenServer.call({:global, :everywhere}, :state)}); show.(GenServer.abcast([node()], :nobody, :x)); show.(GenServer.multi_call([node()], :nobody, :x, 50) |> then(fn {r, bad} -> {r, length(bad)} end))
{:ok, p} = GenServer.start_link(Full, 1, timeout: 100, debug: [:statistics], hibernate_after: 5, spawn_opt: [priority: :high]); GenServer.call(p, :state); {:ok, s} = :sys.statistics(p, :get); show.({s[:messages_in], Process.info(p, :priority)}); :sys.trace(p, false)
{:ok, sup} = Supervisor.start_link([%{id: :a, start: {GenServer, :start_link, [Full, 0, [name: :kid]]}}, {Registry, keys: :unique, name: Reg}], strategy: :one_for_all)
old = Process.whereis(:kid); show.(Wait.down(old, fn -> Process.exit(old, :kill) end)); again = fn again -> case Process.whereis(:kid) do nil -> Process.sleep(1); again.(again); q -> q end end; show.(again.(again) != old); show.(Supervisor.which_children(sup) |> Enum.map(fn {id, p, t, m} -> {id, is_pid(p), t, m} end) |> Enum.sort()); show.(Supervisor.stop(sup)); show.(exits.())
pid = spawn(fn -> receive do :go -> :ok end end); show.(Wait.down(pid, fn -> send(pid, :go) end)); show.(Process.alive?(pid)); t = Process.send_after(self(), :tick, 5); show.(is_integer(Process.read_timer(t))); show.(receive do :tick -> Process.cancel_timer(t) end); show.({Process.put(:k, 1), Process.get(:k), Process.delete(:k), Process.get(:k, :d), Process.get_keys() |> is_list()}); show.(Process.demonitor(Process.monitor(self()), [:flush])); show.(Process.flag(:priority, :low)); show.(Process.exit(self(), :normal)); show.(exits.()); show.(Process.unregister(:watcher)); show.(Process.registered() |> Enum.member?(:watcher))
