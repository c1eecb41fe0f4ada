# SPDX-License-Identifier: Apache-2.0
# EEx, Config, Code: templates, settings, code as text.
show = fn value -> IO.inspect(value, width: 110) end
guard = fn fun -> show.(try do fun.() rescue e -> {e.__struct__, Exception.message(e) |> String.split("\n") |> hd()} end) end
IO.puts(EEx.eval_string("Hi <%= name %>!\n<%= for x <- xs do %>\n* <%= x %><%# no %>\n<% end %><%% raw %>\n<%= if xs == [] do %>none<% else %>some<% end %>", name: "Ann", xs: [1, 2]))
IO.puts(EEx.eval_string("<%= @a %> <%= @missing || :nil %>", [assigns: [a: 1]])); IO.puts(EEx.eval_string("a <% x = 1 %>\n<%= x %>\n  b", [], trim: true))
defmodule View do
  require EEx
  EEx.function_from_string(:def, :page, "<b><%= t %></b>", [:t])
  EEx.function_from_string(:def, :list, "<%= for i <- @items do %>[<%= i %>]<% end %>", [:assigns])
end
show.({View.page("x"), View.list(items: [1, 2])})
for bad <- ["<%= a", "<% end %>", "<%= if true do %>", "<%= 1 + %>"], do: guard.(fn -> EEx.eval_string(bad) end)
defmodule Upper do
  @behaviour EEx.Engine
  defdelegate init(o), to: EEx.Engine
  defdelegate handle_begin(s), to: EEx.Engine
  defdelegate handle_end(s), to: EEx.Engine
  defdelegate handle_body(s), to: EEx.Engine
  defdelegate handle_expr(s, m, e), to: EEx.Engine
  def handle_text(state, meta, text), do: EEx.Engine.handle_text(state, meta, String.upcase(text))
end
IO.puts(EEx.eval_string("quiet <%= 1 %>", [], engine: Upper))
file = Path.join(System.tmp_dir!(), "settings#{System.pid()}.exs")
File.write!(file, "import Config\nconfig :app, key: 1, nested: [a: 1]\nconfig :app, Mod, x: config_env()\nconfig :app, nested: [b: 2]\nif config_target() == :host, do: config(:other, :k, v: 1)\n")
show.(Config.Reader.read!(file, env: :prod, target: :host)); show.(Config.Reader.merge([a: [b: [c: 1]]], a: [b: [d: 2]])); File.write!(file, "import Config\nconfig :x, 1"); guard.(fn -> Config.Reader.read!(file) end); File.rm!(file)
IO.puts(Code.format_string!("defmodule   A do\n def f( x,y ),do: x+y\n  @x %{a:   1,\n b: 2}\nend") |> IO.iodata_to_binary())
IO.puts(Code.format_string!("foo bar: 1, baz: [1,2,3] |> Enum.map(fn x->x+1 end) |> Enum.filter(&(&1>2)) |> Enum.reduce(0, fn x,acc -> x + acc end)") |> IO.iodata_to_binary())
show.(Code.eval_string("x = 1; y = x + 1; {x, y, z}", z: 3) |> then(fn {v, b} -> {v, Enum.sort(b)} end)); show.(Code.eval_quoted(quote(do: var!(a) + 1), a: 1) |> elem(0)); show.(Code.string_to_quoted!("a.b(1)", columns: true)); show.(Code.string_to_quoted("a(", []) |> elem(0))
show.(Code.compile_string("defmodule C1 do\n def x, do: 1\nend\ndefmodule C2 do\n def y, do: C1.x()\nend") |> Enum.map(&elem(&1, 0))); show.({C2 |> apply(:y, []), Code.ensure_loaded(C1), Code.ensure_loaded(Nope), Code.ensure_compiled(Nope)})
for bad <- ["1 +", "foo(", "x = ]", "\"abc", "defmodule X do", "undefined_here()", "%Nope{}", "raise \"in eval\"", "1 + :a", "\u00a0x", "case 1 do 2 -> 3 end", "fn a, b -> 1; c -> 2 end", "@foo 1", "import Nope", "'\\x{110000}'"] do

  show.({bad, try do Code.eval_string(bad) |> elem(0) rescue e -> e.__struct__ end})
end
show.(Code.fetch_docs(Enum) |> elem(0)); show.(Code.fetch_docs(C1)); :code.purge(C1); :code.delete(C1); show.(function_exported?(C1, :x, 0)); show.(Code.Fragment.cursor_context("Enum.ma")); show.(Code.Fragment.cursor_context("foo.bar(")); show.(Code.Fragment.container_cursor_to_quoted("f(a, [b") |> elem(0))
show.(Code.eval_string("__ENV__.module", [], __ENV__) |> elem(0)); show.(Code.required_files() |> Enum.map(&Path.basename/1)); show.(Code.compiler_options() |> is_map()); show.(Code.can_await_module_compilation?()); show.(Code.get_compiler_option(:docs))
show.(Code.quoted_to_algebra(quote(do: a + b)) |> Inspect.Algebra.format(80) |> IO.iodata_to_binary()); show.(Macro.unescape_string("a\\nb\\x41"))
