# SPDX-License-Identifier: Apache-2.0
# What a run of ExUnit prints by itself; it ends with status 2.
ExUnit.start(seed: 0, colors: [enabled: false], max_failures: 10, slowest: 0)
defmodule ReportTest do
  use ExUnit.Case, async: false
  test "maps differ", do: assert(%{1 => [1, 2], "b" => 2} == %{1 => [1, 3], "b" => 2})
  test "strings differ", do: assert("hello world" == "hello there")
  test "comparison", do: assert(1 > 2)
  test "pattern", do: assert(%{x: [_ | _]} = %{x: []})
  test "call", do: assert(Enum.empty?([1]))
  test "refute", do: refute(1 == 1)
  test "raised", do: raise(ArgumentError, "no")
  test "clause", do: String.upcase(:a)
  test "exit", do: exit({:shutdown, :x})
  test "good", do: assert(true)
  @tag :skip
  test "skip", do: :ok
end
# Times and the seed are the run's own.
ExUnit.after_suite(fn r -> IO.inspect({r.failures, r.total, r.skipped}) end)
{:ok, io} = StringIO.open("")
old = Process.group_leader()
Process.group_leader(self(), io)
ExUnit.configure(autorun: false)
ExUnit.run()
Process.group_leader(self(), old)
{_, text} = StringIO.contents(io)
IO.puts(text |> String.replace(~r/Finished in .*/, "Finished") |> String.replace(~r/Running ExUnit.*|Randomized.*/, "seed") |> String.replace(~r/#PID<[^>]*>/, "PID"))
System.halt(2)
