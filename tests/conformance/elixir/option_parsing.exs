# SPDX-License-Identifier: Apache-2.0
# OptionParser, Version, URI, Base and other small modules.

IO.inspect(OptionParser.parse(["--name", "x", "-v", "--count", "3", "file", "--no-color", "--bad=1"], strict: [name: :string, verbose: :boolean, count: :integer, color: :boolean], aliases: [v: :verbose]))
IO.inspect(OptionParser.parse(["--a", "1", "--", "--b"], switches: [a: :integer]))
IO.inspect(try do OptionParser.parse!(["--n", "x"], strict: [n: :integer]) rescue e -> Exception.message(e) end)
IO.inspect(OptionParser.split("a 'b c' \"d e\""))
IO.inspect(OptionParser.to_argv(name: "x", flag: true, off: false))
IO.inspect(Version.parse("1.2.3-rc.1+build"))
IO.inspect(Version.compare("1.10.0", "1.9.9"))
IO.inspect({Version.match?("1.5.2", "~> 1.4"), Version.match?("2.0.0", ">= 1.0.0 and < 2.0.0"), Version.match?("1.0.0-dev", "> 0.9.0")})
IO.inspect(Version.parse("x"))
IO.inspect(URI.parse("https://user:pw@example.com:8080/p/a?q=1&r=a%20b#frag") |> Map.from_struct() |> Enum.sort())
IO.inspect(URI.encode("a b/é?"))
IO.inspect(URI.encode_www_form("a b&c"))
IO.inspect(URI.decode("a%20b%C3%A9"))
IO.inspect(URI.encode_query(a: 1, b: "x y"))
IO.inspect(URI.decode_query("a=1&b=x+y") |> Enum.sort())
IO.inspect(URI.merge("http://a.com/b/c", "../d") |> to_string())
IO.inspect(URI.query_decoder("x=1&y=2") |> Enum.to_list())
IO.inspect(URI.new("ht tp://x") |> elem(0))
IO.inspect(EEx.eval_string("Hello <%= name %>!<%= for x <- xs do %> <%= x * 2 %><% end %>", name: "you", xs: [1, 2]))
IO.inspect(EEx.eval_string("<%# comment %><%% raw %>a\n<%= if @ok do %>yes<% else %>no<% end %>", assigns: [ok: false]))
defmodule Templates do
  require EEx
  EEx.function_from_string(:def, :greet, "Hi <%= who %>", [:who])
end
IO.inspect(Templates.greet("ann"))
require Record
defmodule Rec do
  require Record
  Record.defrecord(:point, x: 0, y: 0)
  def run do
    p = point(x: 1)
    {p, point(p, :x), point(p, y: 5), Record.is_record(p, :point)}
  end
end
IO.inspect(Rec.run())
IO.inspect(Atom.to_string(:abc))
IO.inspect(Atom.to_charlist(:"é"))
IO.inspect(Application.get_env(:no_app, :key, :default))
IO.inspect({Application.put_env(:my_app, :k, 1), Application.fetch_env!(:my_app, :k), Application.delete_env(:my_app, :k)})
IO.inspect(Application.ensure_all_started(:eex))
IO.inspect(Application.spec(:elixir, :applications))
IO.inspect(try do Application.fetch_env!(:my_app, :k) rescue e -> e.__struct__ end)
IO.inspect(Config.Reader.merge([a: [x: 1]], a: [y: 2]))
IO.inspect(List.keymember?(Application.started_applications(), :elixir, 0))
IO.inspect(:crypto |> is_atom())
