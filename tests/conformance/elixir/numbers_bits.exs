# SPDX-License-Identifier: Apache-2.0
# Integer, Float, Bitwise, binaries as numbers, big numbers; inspect's ways to show them.
import Bitwise
show = fn value -> IO.inspect(value, width: 100, limit: :infinity) end
guard = fn fun -> show.(try do fun.() rescue e -> {e.__struct__, Exception.message(e)} end) end
big = 3 ** 200
require Integer
show.({Integer.digits(1234), Integer.digits(255, 16), Integer.undigits([1, 0, 1], 2), Integer.gcd(48, -18), Integer.extended_gcd(240, 46), Integer.floor_div(-7, 2), Integer.mod(-7, 3), Integer.pow(2, 100), Integer.is_odd(3), Integer.to_string(-255, 16), Integer.to_charlist(10, 2), Integer.parse("-0x1f"), Integer.parse("1f", 16)})
show.({band(12, 10), bor(12, 10), bxor(12, 10), bnot(5), 1 <<< 70, -1 >>> 3, big >>> 250, band(big, 0xFFFF), bnot(big) + big, 5 &&& 3, 5 ||| 3})
show.({Float.round(2.675, 2), Float.round(-2.5), Float.floor(1.29, 1), Float.ceil(1.21, 1), Float.ratio(0.75), Float.to_string(1.0e22), Float.to_charlist(0.1), Float.parse("1.0e-400"), Float.pow(2.0, 0.5), 0.1 + 0.2})
guard.(fn -> 1.0e308 * String.to_integer("10") end); guard.(fn -> div(1, String.to_integer("0")) end); guard.(fn -> String.to_integer("1.5") end); guard.(fn -> Integer.digits(-1, 1) end); guard.(fn -> Float.round(1.0, 16) end); guard.(fn -> Integer.pow(2, -1) end); guard.(fn -> 1 + Process.get(:none) end)
show.({trunc(-2.7), round(-2.5), ceil(2.1), floor(-2.1), abs(-3), 7 / 2, rem(-7, 2), 10 ** 20 / 10 ** 18, :math.pow(2, 10), :math.sqrt(2), big |> Integer.to_string() |> String.length(), big == 3 ** 200 * 1, 1 == 1.0, 1 === 1.0, max(1, 1.0), -0.0 == 0.0})
for o <- [[base: :hex], [base: :binary], [base: :octal], [charlists: :as_lists], [binaries: :as_binaries], [limit: 2], [printable_limit: 2], [pretty: true, width: 5], [syntax_colors: [number: :red]], [safe: false]], do: IO.puts(inspect([255, ~c"abc", "héllo", %{a: 1.5}, -10, <<255, 1>>], o))
for n <- [0.0, 1.0, 1.5e-10, 1.0e16, 1.0e15, 123456789.123456789, 5.0e-324, 1.7976931348623157e308, 0.1, 100.0, 1.0e21], do: show.({n, to_string(n), :erlang.float_to_binary(n, scientific: 3), :io_lib.format("~.4e ~g", [n, n]) |> IO.iodata_to_binary()})
<<sign::1, exp::11, frac::52>> = <<-1.5::float>>; show.({sign, exp, frac}); <<f::float-32-little>> = <<1.5::float-32-little>>; show.(f); show.({<<big::256>>, byte_size(<<big::unit(8)-size(40)>>), <<-1::signed-16>>, <<1.0::16>>, <<5::3, 1::5>>, <<1::size(3)>>, bit_size(<<1::7>>)})
show.(for <<hi::4, lo::4 <- <<0x12, 0xAB>> >>, do: {hi, lo}); show.(<<0x1F600::utf8, ?a::utf16-little, 0x20AC::utf32>>); guard.(fn -> <<0xD800 + Process.get(:n, 0)::utf8>> end); guard.(fn -> <<(Process.get(:s, "x"))::integer>> end); show.(case <<1, 2, 3, 4>> do <<n::24-big, r::binary>> -> {n, r} end)
show.({:binary.decode_unsigned(<<1, 0, 0>>), :binary.encode_unsigned(big) |> byte_size(), :binary.part("hello", 1, 3), :binary.matches("abab", "b"), :binary.split("a-b-c", "-", [:global]), :binary.bin_to_list("ab"), :binary.copy("ab", 2), :binary.longest_common_prefix(["abc", "abd"])})
show.({:erlang.phash2(big), :erlang.crc32("mote"), :erlang.adler32("mote"), :erlang.md5("mote") |> Base.encode16(), :erlang.term_to_binary({big, 1.5, "x", :a}) |> :erlang.binary_to_term() == {big, 1.5, "x", :a}, :erlang.external_size([1, 2])})
:rand.seed(:exsss, 42); show.({:rand.uniform(100), :rand.uniform() |> Float.round(6), :rand.normal() |> Float.round(6), Enum.random(1..100), :rand.bytes(4)})
