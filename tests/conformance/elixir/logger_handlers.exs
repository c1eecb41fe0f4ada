# SPDX-License-Identifier: Apache-2.0
# Logger: levels, metadata, a handler of our own, translated reports, lazy messages, compile-time purging.
require Logger
show = fn value -> IO.inspect(value, width: 110) end
defmodule Keep do
  def log(event, %{config: %{to: to}}), do: send(to, {:event, event})
  def adding_handler(config), do: {:ok, config}
  def removing_handler(_), do: :ok
end
:ok = :logger.remove_handler(:default) |> then(fn _ -> :ok end); if Code.ensure_loaded?(Logger.Backends.Console) and function_exported?(Logger, :remove_backend, 1), do: (try do Logger.remove_backend(:console) catch _, _ -> :ok end)
:ok = :logger.add_handler(:keep, Keep, %{config: %{to: self()}, level: :all}); Logger.configure(level: :debug)
take_within = fn time -> receive do {:event, %{level: l, msg: m, meta: meta}} -> {l, (case m do {:string, s} -> IO.chardata_to_string(s); {:report, r} when is_map(r) -> {:report, Map.keys(r)}; other -> other end), Map.take(meta, [:user, :n, :module, :function, :line, :file, :mfa, :domain, :application, :crash_reason]) |> Map.drop([:mfa, :file, :crash_reason]) |> Enum.sort()} after time -> :none end end
take = fn -> take_within.(0) end
wait = fn -> take_within.(10_000) |> elem(0) end
for l <- [:debug, :info, :notice, :warning, :error, :critical, :alert, :emergency] do Logger.log(l, "m #{l}", n: 1); show.(take.()) end
Logger.info(fn -> "lazy" end); show.(take.()); Logger.info(fn -> {"lazy with", [user: 1]} end); show.(take.()); Logger.warning(["io", ?d, [" ", "ata"]]); show.(take.()); Logger.error(key: 1, other: "x"); show.(take.()); Logger.error(%{map: 1}); show.(take.()); Logger.bare_log(:info, "bare", user: 2); show.(take.())
Logger.metadata(user: :ann); Logger.info("with"); show.(take.()); show.(Logger.metadata()); Logger.metadata(user: nil); show.(Logger.metadata()); Logger.reset_metadata(n: 1); show.(Logger.metadata()); show.(Logger.level()); Logger.configure(level: :error); Logger.warning(fn -> raise "not called" end); show.(take.()); Logger.configure(level: :debug)
show.({Logger.compare_levels(:info, :error), Logger.enabled?(self()), Logger.disable(self()), Logger.enabled?(self())}); Logger.error("disabled"); show.(take.()); Logger.enable(self()); Logger.put_module_level(Some, :error) |> show.(); show.(Logger.get_module_level(Some)); Logger.delete_module_level(Some) |> show.()
defmodule Inside do
  require Logger
  def go, do: Logger.info("inside", user: 3)
end
Inside.go(); show.(take.()); Logger.put_module_level(Inside, :error); Inside.go(); show.(take.()); Logger.delete_all_module_levels()
Task.start(fn -> raise "in task" end); show.(wait.()); spawn(fn -> raise ArgumentError, "in process" end); show.(wait.()); {:ok, p} = Agent.start(fn -> 0 end); caught = try do Agent.get(p, fn _ -> exit(:boom) end) catch :exit, {r, _} -> r end; show.({caught, wait.()})
for {l, m} <- [{:error, {:report, %{label: {:gen_server, :terminate}, name: :x, last_message: :m, state: :s, log: [], reason: {:r, []}, client_info: :undefined}}}, {:info, {:format, "~p ~s", [1, "a"]}}, {:error, {:string, "plain"}}], do: show.((try do Logger.Translator.translate(:debug, l, (case m do {:format, _, _} -> :format; {:report, _} -> :report; _ -> :string end), (case m do {:format, f, a} -> {f, a}; {:report, r} -> {:logger, r}; {_, s} -> s end)) rescue e -> e.__struct__ end) |> then(fn {:ok, t} -> IO.chardata_to_string(t); {:ok, t, _} -> IO.chardata_to_string(t); o -> o end))
if function_exported?(Logger.Formatter, :new, 1) do {m, c} = apply(Logger.Formatter, :new, [[format: "$level|$metadata|$message", metadata: [:user, :n], colors: [enabled: false]]]); show.(apply(m, :format, [%{level: :error, msg: {:string, "hi"}, meta: %{time: 0, user: "u", n: 1, pid: self(), gl: self()}}, c]) |> IO.chardata_to_string()) end
show.(Logger.Formatter.compile("$time [$level] $message\n") |> is_list()); show.(Logger.Formatter.format(Logger.Formatter.compile("$level: $message $metadata\n"), :info, "text", {{2024, 1, 1}, {1, 2, 3, 4}}, a: 1, b: :c) |> IO.chardata_to_string()); show.(Logger.Formatter.prune(["a\xff", 0x10FFFF]) |> IO.chardata_to_string()); :logger.remove_handler(:keep); show.(Logger.flush())
