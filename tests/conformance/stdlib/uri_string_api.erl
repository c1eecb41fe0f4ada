%% SPDX-License-Identifier: Apache-2.0
%% uri_string_api.erl - Parsing, recomposing, resolving, normalising, queries, quoting.
-module(uri_string_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(parsed("http://user@example.com:8042/over/there?name=ferret#nose")),
    ?SHOW(parsed(<<"urn:example:animal:ferret:nose">>)),
    ?SHOW(parsed("//host/path")),
    ?SHOW(parsed("ftp://[2001:db8::7]/c=GB?objectClass?one")),
    ?SHOW(parsed("../a/b?q#f")),
    ?SHOW(parsed("")),
    ?SHOW(parsed("http://a b")),
    ?SHOW(parsed("http://host:port/")),
    ?SHOW(parsed("foo://%zz/")),
    ?SHOW(uri_string:recompose(#{scheme => "http", host => "h", port => 80, path => "/p"})),
    ?SHOW(uri_string:recompose(#{path => "a", query => "q", fragment => "f"})),
    ?SHOW(uri_string:recompose(#{scheme => <<"s">>, path => <<"x:y">>})),
    ?SHOW(uri_string:recompose(#{host => "h", path => "relative"})),
    [show(Ref, fun() -> uri_string:resolve(Ref, "http://a/b/c/d;p?q") end) || Ref <- references()],
    ?SHOW(uri_string:resolve("g", "not absolute")),
    ?SHOW(uri_string:normalize("/a/b/c/./../../g")),
    ?SHOW(uri_string:normalize("HTTP://localHOST:80/%7eb/../x")),
    ?SHOW(uri_string:normalize(<<"mid/content=5/../6">>)),
    ?SHOW(uri_string:compose_query([{"foo bar", "1"}, {"city", "\x{f6}rebro"}, {"flag", true}])),
    ?SHOW(uri_string:compose_query([{<<"a">>, <<"&=">>}], [{encoding, latin1}])),
    ?SHOW(uri_string:dissect_query("foo+bar=1&city=%C3%B6rebro&flag")),
    ?SHOW(uri_string:dissect_query(<<"a=%26&b=">>)),
    ?SHOW(uri_string:dissect_query("a=%zz")),
    ?SHOW(uri_string:percent_decode("%41%42%c3%a5")),
    ?SHOW(uri_string:percent_decode("%4")),
    ?SHOW(uri_string:quote("a b/c?~")),
    ?SHOW(uri_string:quote(<<"a b/c">>, "/")),
    ?SHOW(uri_string:unquote("a%20b")),
    ?SHOW(uri_string:transcode(<<"foo%00%00%00%F6bar">>,
                               [{in_encoding, utf32}, {out_encoding, utf8}])),
    ?SHOW(lists:sort([Key || {Key, _} <- uri_string:allowed_characters()])),
    ?SHOW(uri_string:parse(atom)).

references() ->
    ["g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", ";x", "", ".", "..", "../g",
     "../../..", "/./g", "g.", "..g", "./../g", "g;x=1/../y"].

parsed(Uri) ->
    case uri_string:parse(Uri) of
        Map when is_map(Map) -> lists:sort(maps:to_list(Map));
        Error -> Error
    end.
