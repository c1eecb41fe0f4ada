# SPDX-License-Identifier: Apache-2.0
# Exceptions: raising, rescuing, messages, traces as Elixir writes them.
defmodule MyError do
  defexception [:code, message: "my default"]
end
defmodule Other do
  defexception [:x]
  @impl true
  def message(e), do: "other #{inspect(e.x)}"
  @impl true
  def exception(opts), do: %__MODULE__{x: opts}
end
defmodule Fails do
  def run(f) do
    try do
      f.()
    rescue
      e -> {:rescued, e.__struct__, Exception.message(e)}
    catch
      kind, value -> {:caught, kind, value}
    else
      v -> {:fine, v}
    after
      IO.puts("after")
    end
  end
  def clause(1), do: 1
  def guarded(x) when is_atom(x) and x != nil, do: x
  def trace(f) do
    try do
      f.()
    rescue
      e -> IO.puts(Exception.format(:error, e, __STACKTRACE__ |> Enum.take(3)))
    end
  end
  def deep(0), do: raise("bottom")
  def deep(n), do: 1 + deep(n - 1)
end
defmodule Main1 do
  def run do
    fails = [
      fn -> 42 end, fn -> raise "boom" end, fn -> raise MyError end, fn -> raise MyError, code: 1, message: "given" end,
      fn -> raise Other, [1] end, fn -> throw(:ball) end, fn -> exit(:bye) end, fn -> 1 / Process.get(:none, 0) end,
      fn -> Fails.clause(2) end, fn -> Fails.guarded(1) end, fn -> Fails.missing() end, fn -> NoSuchModule.f(1) end,
      fn -> case Process.get(:none) do 1 -> 1 end end, fn -> cond do Process.get(:none) -> 1 end end,
      fn -> with 1 <- Process.get(:none) do 1 else 2 -> 2 end end, fn -> {:ok, _} = Process.get(:none, :error) end,
      fn -> :erlang.error({:custom, 1}) end, fn -> hd(Process.get(:none, [])) end, fn -> String.to_integer(Process.get(:none, :a)) end,
      fn -> Process.get(:none, 5).(1) end, fn -> Process.get(:none, 5).foo end,
      fn -> :ets.lookup(:no_such_table, 1) end, fn -> Map.get(5, :a) end, fn -> "a" + Process.get(:none, 1) end,
      fn -> <<Process.get(:none, "x")::8>> end, fn -> File.read!("/no/such/file") end, fn -> Process.get(:none, 1) && raise(ArgumentError) end,
      fn -> raise KeyError, key: :a, term: %{b: 1} end, fn -> not Process.get(:none, 1) end, fn -> Enum.fetch!([], 1) end,
      fn -> String.duplicate("x", Process.get(:none, -1)) end, fn -> binary_part("abc", 2, 5) end, fn -> elem({1}, Process.get(:none, 3)) end
    ]
    for f <- fails, do: IO.inspect(Fails.run(f))
    Fails.trace(fn -> Fails.deep(2) end)
    Fails.trace(fn -> Fails.clause(:two) end)
    Fails.trace(fn -> Fails.guarded("x") end)
    Fails.trace(fn -> :lists.nth(5, [1]) end)
    Fails.trace(fn -> Integer.parse(:x) end)
    IO.puts(Exception.format_banner(:exit, {:noproc, {GenServer, :call, [:x, :y, 5000]}}))
    IO.puts(Exception.format_exit({:timeout, {GenServer, :call, [:x, :y, 5000]}}))
    IO.puts(Exception.format_exit(:normal))
    IO.puts(Exception.format_exit({%RuntimeError{message: "x"}, []}))
    IO.puts(Exception.format_mfa(Foo, :bar, 2))
    IO.puts(Exception.format_fa(fn -> 1 end, 0) |> String.replace(~r/#Function<[^>]*>/, "#Function<>"))
    IO.puts(Exception.format_stacktrace_entry({Fails, :deep, 1, [file: 'lib/a.ex', line: 3]}))
    IO.inspect(Exception.normalize(:error, :badarith))
    IO.inspect(Exception.normalize(:error, {:badmatch, 1}))
    IO.inspect(Exception.exception?(%MyError{}))
    IO.inspect(try do raise "a" rescue _ in [ArgumentError] -> 1; e in RuntimeError -> e.message end)
    IO.inspect(try do reraise "again", [] rescue e -> e.message end)
    IO.inspect(catch_it = try do exit({:shutdown, 3}) catch :exit, r -> r end)
    IO.inspect(catch_it)
  end
end
Main1.run()
