defmodule Orchard do
  alias Orchard.{Basket, Fruit, Leaf, Tree, Weigh}
  require Logger

  def harvest do
    trees = Application.fetch_env!(:orchard, :trees)
    IO.puts("#{Application.fetch_env!(:orchard, :place)}: #{Enum.map_join(trees, ", ", &elem(&1, 0))}")
    Enum.each(trees, &plant/1)
    pick(trees)
    ring()
    restart()
    calendar()
    texts(Path.join(System.tmp_dir!(), "orchard#{System.pid()}"))
    evaluate()
    Logger.error("the end")
    Logger.flush()
    System.stop(3)
  end

  # Blooms are logged one behind the other.
  defp plant(tree) do
    {:ok, pid} = DynamicSupervisor.start_child(Orchard.Trees, {Tree, tree})
    :sys.get_state(pid)
    Logger.flush()
  end

  defp pick(trees) do
    picked =
      trees
      |> Stream.flat_map(fn {kind, fruits} -> List.duplicate(kind, fruits - 1) end)
      |> Task.async_stream(&Tree.pick/1, max_concurrency: 1, ordered: true)
      |> Enum.map(fn {:ok, {:ok, fruit}} -> fruit end)

    Enum.each(picked, &Basket.put/1)
    IO.inspect(picked)
    IO.inspect(Basket.counts())
    IO.inspect([Weigh.grams(picked), Weigh.grams(%Leaf{}), Weigh.grams([%Leaf{}, :stone])])
    IO.inspect(Map.from_struct(hd(picked)) |> Enum.sort())
    IO.inspect({Protocol.consolidated?(Weigh), Weigh.impl_for(1), Weigh.impl_for(%Fruit{kind: :fig})})
  end

  defp ring do
    me = self()
    Registry.dispatch(Orchard.Bells, :noon, fn entries -> for {pid, _} <- entries, do: send(pid, {:bell, me}) end)
    heard = for _ <- 1..3, do: receive(do: ({:heard, kind, left} -> {kind, left}))
    IO.inspect(Enum.sort(heard))
    GenServer.cast(Tree.name(:pear), {:grow, 2})
    IO.inspect(for _ <- 1..3, do: Tree.pick(:pear))
    IO.inspect(Tree.pick(:pear))
  end

  defp restart do
    [{pid, :tree}] = Registry.lookup(Orchard.Names, :plum)
    watch = Process.monitor(pid)
    Process.exit(pid, :kill)
    reason = receive do: ({:DOWN, ^watch, _, _, reason} -> reason)
    picked = again(fn -> Tree.pick(:plum) end)
    Logger.flush()
    IO.inspect({reason, picked})
    task = Task.Supervisor.async_nolink(Orchard.Pickers, fn -> exit(:ladder) end)
    result = Task.yield(task, 5000)
    Logger.flush()
    IO.inspect(result)
  end

  defp again(fun) do
    fun.()
  catch
    :exit, _ -> Process.sleep(5) && again(fun)
  end

  defp calendar do
    IO.inspect(Date.range(~D[2024-02-27], ~D[2024-03-01]) |> Enum.map(&Date.day_of_week/1))
    IO.inspect(DateTime.add(~U[2024-12-31 23:59:58Z], 3) |> Calendar.strftime("%a %d %b %Y %H:%M:%S"))
    IO.inspect({Date.diff(~D[2025-03-01], ~D[2024-03-01]), Time.add(~T[23:00:00], 2, :hour), ~N[2024-01-01 00:00:00]})
    IO.inspect(Date.from_iso8601("2023-02-29"))
  end

  defp texts(file) do
    File.write!(file, Stream.iterate(1, &(&1 * 3)) |> Enum.take(5) |> Enum.map_join("\n", &"tree-#{&1}: ä#{&1}"))
    IO.inspect(file |> File.stream!() |> Stream.map(&String.trim/1) |> Enum.map(&Regex.named_captures(~r/(?<kind>\w+)-(?<n>\d+)/u, &1)))
    IO.inspect(File.read!(file) |> String.upcase() |> String.split(~r/[\n:]\s*/))
    IO.inspect({File.rm(file), File.read(file)})
  end

  defp evaluate do
    {value, binding} = Code.eval_string("fruits = for x <- 1..n, rem(x, 2) == 1, do: x * x; Enum.sum(fruits)", n: 5)
    IO.inspect({value, binding |> Enum.sort()})
    [{module, _}] = Code.compile_string("defmodule Orchard.Fresh do\n  def new(n), do: %Orchard.Fruit{kind: n}\nend")
    IO.inspect(module.new(:quince))
    IO.inspect(with {:ok, date} <- Date.new(2024, 2, 30), do: date)
    IO.puts(try do raise ArgumentError, "no more" rescue e -> Exception.format(:error, e) end)
  end
end
