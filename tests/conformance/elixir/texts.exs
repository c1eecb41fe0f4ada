# SPDX-License-Identifier: Apache-2.0
# Sigils, heredocs, escapes, iodata, Unicode: what a program prints, byte for byte.

IO.puts("a\tb\\ \u00e9 \x41 #{"nested #{1}"}")
IO.write(["iodata ", [?x, ' y ', "z"], ?\n])
IO.puts(:an_atom)
IO.puts(12.50)
IO.puts([104, 105])
IO.inspect("multi\nline")
IO.puts(~s{braces "quotes" #{1 + 1}})
IO.puts(~S"""
raw heredoc \n #{no}
""")
IO.puts('charlist #{:x}')
IO.puts(String.pad_leading(to_string(3.5), 8) <> "|")
:io.format("~p ~s ~w ~.2f ~5b|~-5w|~e~n", [[1, 2], "str", :a, 3.14159, 42, 7, 1.5])
:io.format("~ts ~tp~n", ["日本", "é"])
IO.puts(:io_lib.format("~b ~.16b ~c", [255, 255, ?x]))
IO.puts(inspect("\u200b\u{1F468}\u200D\u{1F469}"))
IO.puts(Enum.map_join(["a", :b, 3], ", ", &inspect/1))
for s <- ["naïve", "Ω≈ç√", "\u{10FFFF}", "مرحبا", "नमस्ते", "한국어", "🇩🇪🇫🇷", "a\u0308"] do
  IO.puts("#{s} #{String.length(s)} #{byte_size(s)} #{inspect(String.graphemes(s))} #{String.upcase(s)} #{String.reverse(s)}")
end
IO.inspect(String.normalize("ﬁ ①", :nfkc))
IO.inspect(:unicode.characters_to_binary("é", :utf8, :latin1))
IO.inspect(String.valid?("\xff"))
IO.inspect(<<0xF0, 0x9F>> <> "x")
IO.inspect(String.to_charlist("日本"))
IO.inspect(:unicode.characters_to_nfd_list("é"))
IO.puts(:stdio, "to stdio")
IO.puts(String.capitalize("éCLAIR"))
IO.inspect(Enum.sort(["b", "A", "a", "é", "z"]))
IO.inspect(String.codepoints("e\u0301x"))
IO.write("no newline at the end")
