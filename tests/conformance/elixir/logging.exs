# SPDX-License-Identifier: Apache-2.0
# Logger: levels, metadata, formats, backends of the time, errors of processes.

require Logger
defmodule Mask do
  # Without what differs from run to run.
  def format(level, message, _, metadata) do
    text = IO.chardata_to_string(message) |> String.replace(~r/#PID<[\d.]+>/, "PID")
    "[#{level}] #{inspect(Enum.sort(metadata))} #{text}\n"
  end
end
Logger.configure_backend(:console, format: {Mask, :format}, metadata: [:user, :n], colors: [enabled: false])
Logger.info("plain")
Logger.debug(fn -> "lazy" end)
Logger.warning("careful", user: "ann")
Logger.error("bad", n: 3, user: :bob)
Logger.metadata(user: "always")
Logger.info("with metadata")
Logger.info(["io", ?d, ["ata"]])
Logger.notice(%{report: 1})
Logger.info([key: "value", other: 2])
Logger.flush()
IO.inspect(Logger.metadata())
Logger.reset_metadata()
Logger.configure(level: :warning)
Logger.info("not shown")
Logger.critical("shown")
Logger.flush()
IO.inspect(Logger.level())
IO.inspect(Logger.enabled?(self()))
IO.inspect(Logger.compare_levels(:info, :error))
Logger.configure(level: :debug)
:logger.info("erlang ~p", [1])
:logger.error(%{a: 1})
Logger.put_module_level(__ENV__.module || :none, :error)
Logger.delete_module_level(__ENV__.module || :none)
result = Logger.bare_log(:info, "bare")
Logger.flush()
IO.inspect(result)
Logger.flush()
defmodule Failing do
  use GenServer
  def init(s), do: {:ok, s}
  def handle_call(:fail, _, _), do: raise("in server")
end
{:ok, pid} = GenServer.start(Failing, :state, name: Failing)
try do GenServer.call(pid, :fail) catch :exit, _ -> :ok end
Logger.flush()
Process.sleep(50)
Logger.remove_backend(:console)
Logger.error("to nobody")
Logger.flush()
IO.puts("end")
