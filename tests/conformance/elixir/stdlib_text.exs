# SPDX-License-Identifier: Apache-2.0
# String, URI, Base, Version, Path.
show = fn value -> IO.inspect(value, limit: :infinity, printable_limit: :infinity) end
show.(for f <- [:upcase, :downcase, :capitalize, :reverse, :length, :trim, :graphemes, :codepoints, :next_codepoint, :first, :last],
  s <- ["", "aB c", " éÉß ", "ΣΑΣ", "👨‍👩‍👧x", "e\u0301"], do: {f, s, apply(String, f, [s])})
show.(String.upcase("iİıß", :turkic)); show.(String.downcase("ΣΑΣ", :greek)); show.(String.upcase("é", :ascii))
show.(for n <- -3..6, do: {String.at("héllo", n), String.slice("héllo", n, 2), String.split_at("héllo", n)})
show.(for r <- [0..1, 1..-1//1, -3..-2, 4..9, 7..8, 0..-1//2], do: String.slice("hello", r))
show.(String.split("a,b;c,,d", [",", ";"])); show.(String.split("a,b,,", ",", trim: true)); show.(String.split("a1b2c", ~r/\d/, include_captures: true, parts: 2))
show.(String.splitter("a,b,c", ",") |> Enum.take(2)); show.(String.split("äbc", "")); show.(String.split(" a  b\u00a0c\td "))
show.(String.pad_leading("7", 4, ["0", "-"])); show.(String.pad_trailing("é", 3)); show.(String.duplicate("ab", 3))
show.(String.replace("a.b.c", ".", "-", global: false)); show.(String.replace("abc", ["a", "c"], fn x -> x <> x end)); show.(String.replace_prefix("abab", "ab", "x")); show.(String.replace_suffix("abab", "ab", ""))
show.(for {a, b} <- [{"", "a"}, {"martha", "marhta"}, {"same", "same"}], do: String.jaro_distance(a, b)); show.(String.myers_difference("abcdef", "abxef"))
show.({String.valid?("a\xff"), String.printable?("a\x00"), String.printable?("é"), String.normalize("e\u0301", :nfc) == "é", String.normalize("é", :nfd), String.normalize("ﬁ", :nfkc), String.equivalent?("é", "e\u0301")})
show.(String.chunk("a\x00\xffb", :printable)); show.(String.chunk("abc\xff", :valid)); show.(String.bag_distance("abc", "abd"))
show.({String.to_integer("-12"), String.to_integer("ff", 16), Integer.parse("12abc"), Float.parse("1.5e3x"), String.to_float("-2.5"), Integer.parse("zz"), Float.parse(".5")})
show.({String.starts_with?("abc", ["x", "ab"]), String.ends_with?("abc", ""), String.contains?("abc", []), String.match?("abc", ~r/b/)})
show.(for s <- ["1.2.3", "2.0.0-rc.1+build.5", "1.2", "a", "01.1.1"], do: Version.parse(s))
show.(for {v, r} <- [{"1.2.3", "~> 1.2"}, {"2.0.0", "~> 1.2"}, {"1.2.3-dev", "~> 1.2.0"}, {"1.5.0", ">= 1.0.0 and < 1.5.1"}, {"1.0.0", "!= 1.0.0 or == 1.0.0"}], do: Version.match?(v, r))
show.({Version.compare("1.0.0-alpha", "1.0.0-alpha.1"), Version.compare("1.10.0", "1.9.0"), to_string(Version.parse!("1.0.0-a.1+b")), Version.parse_requirement("bad")})
show.(try do Version.match?("1.0", "~> 1") rescue e -> {e.__struct__, Exception.message(e)} end)
bytes = :binary.list_to_bin(Enum.to_list(0..20) ++ [255, 254])
for {e, d} <- [{:encode16, :decode16}, {:encode32, :decode32}, {:encode64, :decode64}, {:url_encode64, :url_decode64}, {:hex_encode32, :hex_decode32}] do
  text = apply(Base, e, [bytes, []])
  show.({e, text, apply(Base, d, [text, []]) == {:ok, bytes}, apply(Base, d, ["!?", []]), apply(Base, e, ["a", []])})
end
show.({Base.encode16("é", case: :lower), Base.decode16("c3A9", case: :mixed), Base.decode16("c3"), Base.encode64("a", padding: false), Base.decode64("YQ", padding: false), Base.decode64(" YQ==\n", ignore: :whitespace), Base.url_encode64(<<251, 255>>)})
show.(try do Base.decode16!("0") rescue e -> {e.__struct__, Exception.message(e)} end)
show.(try do Base.decode64!("*") rescue e -> {e.__struct__, Exception.message(e)} end)
for u <- ["http://a:b@host:81/p/q?x=1&y=%20z#frag", "mailto:a@b", "//host/path", "/only?q", "", "urn:isbn:123", "HTTP://[::1]/", "http://x/ä"] do
  show.(URI.parse(u) |> Map.from_struct() |> Map.delete(:authority) |> Enum.sort()); show.(URI.parse(u) |> to_string())
end
show.(for s <- ["http://ok/", "http://a b/", "http://x:99999999/", "%zz"], do: URI.new(s) |> elem(0))
show.({URI.encode("a b/ä?&"), URI.encode_www_form("a b&ä"), URI.decode("%41+%C3%A4"), URI.decode_www_form("a+b%26"), URI.encode("a:b", &(&1 != ?:)), URI.char_reserved?(?:), URI.default_port("https")})
show.({URI.encode_query([a: 1, b: "x y"]), URI.decode_query("a=1&b=x+y&c"), URI.query_decoder("a=1&a=2") |> Enum.to_list(), URI.merge("http://h/a/b", "../c?d"), URI.append_query(URI.parse("http://h/?x=1"), "y=2")})
show.(try do URI.decode("%4") rescue e -> {e.__struct__, Exception.message(e)} end)
for p <- ["a/b.c/d.tar.gz", "/", "", "a/", "/x/../y/./z", "~x", "../a", ".hidden", "a//b"] do
  show.({p, Path.basename(p), Path.dirname(p), Path.extname(p), Path.rootname(p), Path.split(p), Path.type(p), Path.expand(p, "/base/dir"), Path.join("root", p), Path.absname(p, "/abs")})
end
show.({Path.relative_to("/usr/local/foo", "/usr/local"), Path.relative_to("/a", "/b"), Path.join(["a", "/b", "c/"]), Path.basename("a.ex", ".ex"), Path.relative("/a/b"), Path.rootname("a.b.c", ".c")})
