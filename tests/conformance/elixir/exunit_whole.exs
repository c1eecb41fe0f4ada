# SPDX-License-Identifier: Apache-2.0
# A whole run of ExUnit, as `elixir file_test.exs` does it: setups, tags, describe, captures, doctests, a formatter.
defmodule Show do
  use GenServer
  def init(_), do: {:ok, []}
  def handle_cast({:test_finished, t}, s), do: {:noreply, [{t.module, t.name, t.tags[:describe], state(t.state)} | s]}
  def handle_cast({:suite_finished, _}, s), do: (Enum.each(Enum.reverse(s), &IO.inspect/1); {:noreply, s})
  def handle_cast(_, s), do: {:noreply, s}
  defp state({:failed, list}), do: {:failed, for({kind, e, _} <- list, do: {if(is_tuple(kind), do: :EXIT, else: kind), if(is_exception(e), do: Exception.message(e) |> String.split("\n") |> hd(), else: e)})}
  defp state(other), do: other
end
ExUnit.start(autorun: false, seed: 0, formatters: [Show], exclude: [:slow], max_cases: 1, colors: [enabled: false])
defmodule WholeTest do
  use ExUnit.Case, async: false
  import ExUnit.{CaptureIO, CaptureLog}
  require Logger
  setup_all do
    on_exit(fn -> IO.puts("all over") end)
    {:ok, shared: 1}
  end
  setup [:first, :second]
  setup context do
    on_exit(fn -> IO.puts("exit of #{context.test}") end)
    :ok
  end
  defp first(_), do: %{a: 1}
  defp second(%{a: a}), do: [b: a + 1]
  test "context", %{shared: s, a: a, b: b}, do: assert({s, a, b} == {1, 1, 2})
  describe "grouped" do
    @describetag :group
    @tag kind: :x
    test "tags", context, do: assert(context.kind == :x and context.group and context.describe == "grouped")
    @tag :slow
    test "slow", do: flunk("never")
    @tag skip: "why"
    test "skipped", do: flunk("never")
    @tag timeout: 40
    test "time", do: Process.sleep(:infinity)
  end
  test "captures" do
    assert capture_io(fn -> IO.write("out") end) == "out"
    assert capture_io(:stderr, fn -> IO.write(:stderr, "err") end) == "err"
    assert capture_io("in\n", fn -> IO.puts(String.upcase(IO.gets("> "))) end) == "> IN\n\n"
    assert {7, "x"} = with_io(fn -> IO.write("x"); 7 end)
    assert capture_log(fn -> Logger.error("logged") end) =~ "logged"
  end
  test "messages" do
    send(self(), {:hello, 1})
    assert_receive {:hello, n} when n > 0
    refute_received :other
    assert_raise ArgumentError, ~r/bad/, fn -> raise ArgumentError, "bad thing" end
    assert catch_throw(throw(:x)) == :x
    assert catch_exit(exit(:y)) == :y
    assert_in_delta 1.0, 1.05, 0.1
  end
  test "wrong receive", do: assert_receive(:nothing, 1)
  test "wrong raise", do: assert_raise(KeyError, fn -> raise "other" end)
  test "wrong match", do: assert({:ok, 1} = {:error, 2})
  test "exits", do: exit(:bad)
  test "throws", do: throw(:ball)
  test "linked", do: (spawn_link(fn -> exit(:linked) end); Process.sleep(:infinity))
  test "supervised" do
    pid = start_supervised!({Agent, fn -> 3 end})
    assert Agent.get(pid, & &1) == 3
    assert stop_supervised(Agent) == :ok
  end
  test "later"
  @tag :tmp_dir
  test "folder", %{tmp_dir: dir}, do: (File.write!(Path.join(dir, "f"), "x"); assert(File.ls!(dir) == ["f"]); File.rm_rf!(Path.dirname(Path.dirname(dir))))
end
defmodule DocTest do
  use ExUnit.Case
  doctest Range, only: [size: 1]
  doctest Tuple, only: [insert_at: 3, to_list: 1], import: true
end
Logger.configure(level: :error)
result = ExUnit.run()
IO.inspect(Map.take(result, [:excluded, :failures, :skipped, :total]) |> Enum.sort())
