# SPDX-License-Identifier: Apache-2.0
# Binaries and bit strings: building, matching, comprehensions.

<<a::4, b::12, rest::binary>> = <<0xAB, 0xCD, 1, 2, 3>>
IO.inspect({a, b, rest})
IO.inspect(<<1::size(3), 2::size(5), 3::16-little>>)
IO.inspect(<<3.14::float-32>>)
IO.inspect(<<-5::signed-16>>)
<<x::signed-little-32, y::float-64, z::bits>> = <<1::little-32, 2.5::64, 5::3>>
IO.inspect({x, y, z})
IO.inspect(for <<r::8, g::8, b::8 <- <<1, 2, 3, 4, 5, 6>> >>, do: {r, g, b})
IO.inspect(for <<c <- "abc">>, into: "", do: <<c + 1>>)
IO.inspect(for <<b::1 <- <<0b10110010>> >>, do: b)
IO.inspect(<<"héllo"::utf16>>)
<<"hé"::utf8, tail::binary>> = "héllo"
IO.inspect(tail)
<<cp::utf8, _::binary>> = "日本"
IO.inspect(cp)
IO.inspect(byte_size(<<1, 2, 3>>))
IO.inspect(bit_size(<<1::7>>))
IO.inspect(binary_part("abcdef", 1, 3))
IO.inspect(:binary.split("a:b:c", ":", [:global]))
IO.inspect(Base.encode16(<<255, 1, 171>>))
IO.inspect(Base.decode16("ff01AB", case: :mixed))
IO.inspect(Base.encode64("hello world!?"))
IO.inspect(Base.url_encode64(<<251, 255>>))
IO.inspect(Base.decode64!("aGVsbG8="))
IO.inspect(Base.encode32("foobar"))
IO.inspect(Base.hex_encode32("foobar", padding: false))
IO.inspect(try do Base.decode16!("zz") rescue e -> Exception.message(e) end)
parse = fn <<len::16, body::binary-size(len), rest::binary>> -> {body, rest} end
IO.inspect(parse.(<<3::16, "abcdef">>))
IO.inspect(match?(<<_::8>>, "ab"))
IO.inspect(<<0::1, 1::1, 1::6>>)
IO.inspect(:binary.bin_to_list("abc"))
IO.inspect(String.to_charlist("héllo"))
IO.inspect(:erlang.crc32("hello"))
IO.inspect(:erlang.md5("hello") |> Base.encode16(case: :lower))
IO.inspect(:zlib.gunzip(:zlib.gzip("compress me " |> String.duplicate(50))) |> byte_size())
IO.inspect(:erlang.binary_to_term(:erlang.term_to_binary(%{1 => [a: {1.5, "x"}]})))
