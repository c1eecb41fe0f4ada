# SPDX-License-Identifier: Apache-2.0
# Code and Macro: strings to terms, quoting, macros, bindings, compiling modules.

IO.inspect(Code.eval_string("a + b * 2", a: 1, b: 2) |> elem(0))
IO.inspect(Code.eval_string("x = 5; y = x * x", []) |> elem(1) |> Enum.sort())
IO.inspect(Code.string_to_quoted("1 + 2 * foo(x)"))
IO.inspect(Code.string_to_quoted("1 +"))
IO.puts(Macro.to_string(quote do: if(a, do: b, else: c)))
IO.puts(Code.format_string!("foo( 1,2 )\nif x do y end") |> IO.iodata_to_binary())
IO.inspect(quote do: unquote(1 + 2) + x)
IO.inspect(Macro.expand(quote(do: unless(a, do: b)), __ENV__) |> elem(0))
IO.inspect(Macro.prewalk(quote(do: 1 + 2), fn x when is_integer(x) -> x * 10; x -> x end) |> Macro.to_string())
IO.inspect(Macro.camelize("foo_bar/baz"))
IO.inspect(Macro.underscore("FooBar.BazQux"))
IO.inspect(Macro.escape({1, %{2 => [3]}}))
[{mod, bin}] = Code.compile_string("defmodule Made do def f(x), do: x * 3 end")
IO.inspect({mod, is_binary(bin), mod.f(4)})
defmodule Macros do
  defmacro twice(x), do: quote(do: unquote(x) + unquote(x))
  defmacro def_getter(name, value) do
    quote do
      def unquote(name)(), do: unquote(value)
    end
  end
  defmacro __using__(opts) do
    quote do
      import Macros
      @opts unquote(opts)
      def opts, do: @opts
      @before_compile Macros
    end
  end
  defmacro __before_compile__(_), do: quote(do: def(injected, do: :yes))
  defmacro my_unless(c, do: block), do: quote(do: if(!unquote(c), do: unquote(block)))
end
defmodule User do
  use Macros, level: 3
  def_getter(:answer, 42)
  def sum(n), do: twice(n + 1)
  def maybe(x), do: my_unless(x, do: :was_false)
end
IO.inspect({User.opts(), User.answer(), User.sum(4), User.injected(), User.maybe(false), User.maybe(1)})
IO.inspect(try do Code.eval_string("foo(") rescue e -> {e.__struct__, String.slice(Exception.message(e), 0, 40)} end)
IO.inspect(try do Code.eval_string("undefined_fun_here(1)") rescue e -> e.__struct__ end)
defmodule Redefined do
  def v, do: 1
end
Code.compiler_options(ignore_module_conflict: true)
old = &Redefined.v/0
Code.eval_string("defmodule Redefined do def v, do: 2 end")
IO.inspect({Redefined.v(), old.()})
IO.inspect(:code.purge(Redefined))
IO.inspect(Code.ensure_loaded(Redefined))
IO.inspect(Code.ensure_loaded?(NotThere))
IO.inspect(function_exported?(User, :sum, 1))
IO.inspect(User.__info__(:functions))
IO.inspect(Macros.__info__(:macros))
IO.inspect(Module.concat(["Foo", Bar]))
IO.inspect(Module.split(Foo.Bar.Baz))
IO.inspect(Enum.reduce(1..20, 0, fn i, acc -> acc + elem(Code.eval_string("i * 2", i: i), 0) end))
fun = Code.eval_string("fn x -> x + y end", y: 10) |> elem(0)
IO.inspect(fun.(5))
IO.inspect(Code.eval_quoted(quote(do: var!(z) * 2), z: 21) |> elem(0))
IO.inspect(__ENV__.line)
