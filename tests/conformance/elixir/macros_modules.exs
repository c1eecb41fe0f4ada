# SPDX-License-Identifier: Apache-2.0
# Kernel's special forms, macros, modules that write themselves.
show = fn value -> IO.inspect(value, width: 110) end
defmodule Tracer do
  defmacro __using__(opts) do
    quote do
      Module.register_attribute(__MODULE__, :traced, accumulate: true)
      @on_definition Tracer
      @before_compile Tracer
      @after_compile Tracer
      @level unquote(opts[:level] || 1)
      def level, do: @level
      defoverridable level: 0
    end
  end
  def __on_definition__(env, kind, name, args, guards, body), do: Module.put_attribute(env.module, :traced, {kind, name, length(args), guards != [], body != nil})
  defmacro __before_compile__(env), do: (traced = Module.get_attribute(env.module, :traced) |> Enum.reverse(); quote(do: def(traced, do: unquote(Macro.escape(traced)))))
  def __after_compile__(env, bytes), do: IO.inspect({:compiled, env.module, is_binary(bytes)})
end
defmodule Used do
  use Tracer, level: 3
  @doc "adds"
  @spec add(integer, integer) :: integer
  def add(a, b \\ 1) when is_integer(a), do: a + b
  defp hidden(x), do: x
  def level, do: super() * 10 + hidden(0)
  defdelegate upcase(s), to: String
  defdelegate rev(list), to: Enum, as: :reverse
  defguard is_even(n) when is_integer(n) and rem(n, 2) == 0
  defmacro twice(expr), do: quote(do: (unquote(expr); unquote(expr)))
  for {name, n} <- [one: 1, two: 2], do: def(unquote(name)(), do: unquote(n))
  def unquote(:"odd name")(x), do: x
end
show.({Used.level(), Used.traced(), Used.upcase("x"), Used.rev([1, 2]), Used.one() + Used.two(), apply(Used, :"odd name", [:ok])})
defmodule UseUsed do
  require Used
  import Used, only: [is_even: 1]
  def run do
    Used.twice(IO.puts("again"))
    for n <- [1, 2, :a], do: (case n do x when is_even(x) -> :even; _ -> :no end)
  end
end
show.(UseUsed.run())
defmodule Hygiene do
  defmacro leak(name, value), do: quote(do: var!(unquote(name)) = unquote(value))
  defmacro clean(value), do: quote(do: (hidden = unquote(value); hidden * 2))
  defmacro env, do: (Macro.Env.stacktrace(__CALLER__) |> length() |> Kernel.>(0))
  defmacro pipe_all({:|>, _, _} = pipe), do: Macro.unpipe(pipe) |> Enum.map(fn {e, pos} -> {Macro.to_string(e), pos} end) |> Macro.escape()
  defmacro bound(x), do: quote(bind_quoted: [x: x], do: {x, x})
end
defmodule UseHygiene do
  require Hygiene
  def run do
    hidden = 1
    Hygiene.leak(fresh, 5)
    {hidden, fresh, Hygiene.clean(21), Hygiene.env(), Hygiene.pipe_all(1 |> f(2) |> g()), Hygiene.bound((IO.puts("once"); 7))}
  end
end
show.(UseHygiene.run())
for source <- ["a + b * c", "fn x when x > 1 -> x end", "%{m | a: 1}", "<<x::8, r::binary>>", "if a, do: b, else: c", "@spec f(x) :: y when x: z", "x |> f |> g(1)", "~s(a\#{b}c)", "for a <- b, c, into: d, do: e", "&(&1 + &2)", "not a and b or !c", "a..b//c", "foo.bar[1].baz", "unquote(x)", "[a | b]", "{a, b}", "{}", "x -> y", "\"\"\"\nhi\n\"\"\"", "'c'", "?a", "a = b = c", "with {:ok, a} <- b do a else _ -> c end"] do
  case Code.string_to_quoted(source) do
    {:ok, quoted} -> show.({quoted |> Macro.prewalk(&Macro.update_meta(&1, fn _ -> [] end)), Macro.to_string(quoted)})
    {:error, {_meta, message, token}} -> show.({:error, message, token})
  end
end
show.({Macro.camelize("foo_bar/baz"), Macro.underscore("FooBar.BazHTTP"), Macro.var(:x, nil), Macro.operator?(:+, 2), Macro.quoted_literal?([1, {:a, "b"}]), Macro.inspect_atom(:key, :"a b"), Macro.classify_atom(:Foo)})
show.(Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; o -> o end) |> Code.eval_quoted() |> elem(0)); show.(Macro.postwalk(quote(do: f(g(1))), [], fn {n, _, a} = x, acc when is_list(a) -> {x, [n | acc]}; x, acc -> {x, acc} end) |> elem(1))
show.(Macro.decompose_call(quote(do: A.b(1, 2))) |> elem(1)); show.(Macro.expand(quote(do: unless(true, do: 1)), __ENV__) |> Macro.to_string()); show.(Macro.generate_arguments(2, __MODULE__) |> length()); show.(Macro.path(quote(do: [1, [2]]), &(&1 == 2)))
show.(Macro.validate({:a, 1})); show.(Macro.validate({:a, self(), 1}) |> elem(0)); show.(quote(unquote: false, do: unquote(x)) |> Macro.to_string()); show.(quote(do: [unquote_splicing([1, 2]), 3]))
alias String, as: S
x = 5
show.(case {1, 5} do {_, ^x} -> :pinned; _ -> :no end); show.(cond do x > 9 -> :big; true -> :small end); show.(receive do _ -> :never after 0 -> :nothing end)
show.(with {:ok, a} <- {:ok, 1}, b = a + 1, true <- b > 5 do b else false -> :small end); show.(for <<c <- "abc">>, c != ?b, into: "", do: <<c + 1>>); show.(for x <- [1, 2, 3], y <- [x, x], reduce: 0 do acc -> acc + y end)
show.(try do throw(:t) catch :throw, v -> {:caught, v} after IO.puts("after") end); show.(try do :ok else :ok -> :else end); show.(try do raise "x" rescue RuntimeError -> :rescued end); show.(try do exit(:bye) catch :exit, r -> r end)
<<size::8, text::binary-size(size), rest::bits>> = <<3, "abc", 1::3>>; show.({size, text, rest}); <<a::utf8, b::utf16, c::little-signed-16>> = <<"é"::utf8, "x"::utf16, -2::little-16>>; show.({a, b, c})
%{k: [%{n: deep} | _]} = %{k: [%{n: 1}]}; show.(deep); show.({__MODULE__, __ENV__.function, __ENV__.line, __DIR__ == Path.dirname(__ENV__.file), S}); show.(S.upcase("alias"))
show.({Module.concat(A, "B"), Module.split(A.B.C), Module.safe_concat([String, Chars]), function_exported?(Used, :add, 1), macro_exported?(Used, :twice, 1), Used.__info__(:functions), Used.__info__(:macros), Used.__info__(:attributes) |> Keyword.keys()})
show.(binding() |> Keyword.keys()); show.(match?({:ok, n} when n > 1, {:ok, 2})); show.(tap(1, &IO.inspect/1) |> then(&(&1 + 1))); show.(get_in(%{a: [%{b: 1}, %{b: 2}]}, [:a, Access.all(), :b])); show.(update_in(%{a: %{b: 1}}.a.b, &(&1 + 1))); show.(pop_in(%{a: [b: 1]}, [:a, :b])); show.(put_in(%{a: {1, 2}}, [:a, Access.elem(1)], 9))
show.(if(nil, do: 1)); show.(1 in 1..3 and :x not in [:y]); show.("a" <> "b" <> _ = "abc"); show.(is_struct(~D[2024-01-01], Date)); show.(is_map_key(%{a: 1}, :a)); show.(to_charlist("é")); show.("#{[1, [2]] |> Enum.map(&to_string(inspect(&1)))}"); show.({min(1, :a), max("a", %{}), [1, 2] -- [2], [1] ++ 2, 7 |> div(2), rem(-7, 3), Integer.mod(-7, 3), 2 ** 10, 2 ** -1, -3 |> abs()})
