# SPDX-License-Identifier: Apache-2.0
# ExUnit: a run with passes, failures, setup, tags and doctests' cousin.

ExUnit.start(autorun: false, seed: 0, colors: [enabled: false], exclude: [:skipped_tag])
defmodule MathTest do
  use ExUnit.Case, async: false
  setup do
    on_exit(fn -> :ok end)
    {:ok, n: 2}
  end
  test "passes", %{n: n} do
    assert n + n == 4
    refute n == 3
    assert_raise ArithmeticError, fn -> 1 / Process.get(:none, 0) end
    assert_in_delta 1.0, 1.01, 0.1
    send(self(), {:msg, 1})
    assert_receive {:msg, _}
    refute_received :other
  end
  test "fails with a comparison" do
    assert [1, 2, 3] == [1, 5, 3]
  end
  test "fails with a match" do
    assert {:ok, _} = Process.get(:none, {:error, 1})
  end
  test "raises" do
    raise "on purpose"
  end
  @tag :skip
  test "is skipped" do
    flunk("never")
  end
  @tag :skipped_tag
  test "is excluded" do
    flunk("never")
  end
  describe "a group" do
    test "has a test" do
      assert ExUnit.CaptureIO.capture_io(fn -> IO.puts("x") end) == "x\n"
    end
  end
end
defmodule Quiet do
  use GenServer
  def init(_), do: {:ok, %{failures: 0, names: []}}
  def handle_cast({:test_finished, t}, s) do
    kind = case t.state do nil -> :passed; {k, _} -> k end
    IO.inspect({t.name, kind})
    case t.state do
      {:failed, failures} -> IO.puts(ExUnit.Formatter.format_test_failure(t, failures, 1, 80, fn _, m -> m end) |> String.replace(~r/\(ex_unit[^)]*\)/, ""))
      _ -> :ok
    end
    {:noreply, s}
  end
  def handle_cast(_, s), do: {:noreply, s}
end
ExUnit.configure(formatters: [Quiet])
IO.inspect(ExUnit.run() |> Enum.sort())
