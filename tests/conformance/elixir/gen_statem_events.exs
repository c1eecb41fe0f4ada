# SPDX-License-Identifier: Apache-2.0
# Erlang's behaviours from Elixir: gen_statem, gen_event, timer, pg-free parts.

defmodule Door do
  @behaviour :gen_statem
  def callback_mode, do: [:state_functions, :state_enter]
  def init({code, parent}), do: {:ok, :locked, %{code: code, tries: 0, parent: parent}}
  def locked(:enter, old, d), do: (send(d.parent, {:enter, :locked, old}); :keep_state_and_data)
  def locked({:call, from}, {:code, c}, %{code: c} = d), do: {:next_state, :open, d, [{:reply, from, :opened}]}
  def locked({:call, from}, {:code, _}, d), do: {:keep_state, %{d | tries: d.tries + 1}, [{:reply, from, {:wrong, d.tries + 1}}]}
  def open(:enter, old, d), do: (send(d.parent, {:enter, :open, old}); {:keep_state_and_data, []})
  def open(:state_timeout, :close, d), do: {:next_state, :locked, d}
  def open({:call, from}, _, _), do: {:keep_state_and_data, [{:reply, from, :already}, {:state_timeout, 10, :close}]}
end
{:ok, d} = :gen_statem.start_link(Door, {42, self()}, [])
IO.inspect(:gen_statem.call(d, {:code, 1}))
IO.inspect(:gen_statem.call(d, {:code, 42}))
IO.inspect(:gen_statem.call(d, {:code, 1}))
back = receive do {:enter, :locked, :open} = m -> m end
IO.inspect(:gen_statem.call(d, {:code, 2}))
IO.inspect(:gen_statem.stop(d))
IO.inspect(for(_ <- 1..2, do: receive(do: ({:enter, _, _} = m -> m))) ++ [back])
defmodule Handler do
  @behaviour :gen_event
  def init(x), do: {:ok, x}
  def handle_event(e, s), do: (IO.inspect({:event, e}); {:ok, [e | s]})
  def handle_call(:all, s), do: {:ok, s, s}
end
{:ok, m} = :gen_event.start_link()
IO.inspect(:gen_event.add_handler(m, Handler, []))
:gen_event.notify(m, 1)
:gen_event.sync_notify(m, 2)
IO.inspect(:gen_event.call(m, Handler, :all))
IO.inspect(:gen_event.which_handlers(m))
{:ok, t} = :timer.send_after(5, :tick)
IO.inspect(is_tuple(t))
IO.inspect(receive do :tick -> :ticked after 1000 -> :late end)
IO.inspect(:timer.tc(fn -> 5 end) |> elem(1))
IO.inspect(:rand.uniform(1))
IO.inspect(:persistent_term.put(:pt, [1]) == :ok and :persistent_term.get(:pt) == [1])
c = :counters.new(2, [])
:counters.add(c, 1, 5)
IO.inspect(:counters.get(c, 1))
IO.inspect(:proc_lib.start_link(:erlang, :apply, [fn -> :proc_lib.init_ack({:ok, :acked}) end, []]))
