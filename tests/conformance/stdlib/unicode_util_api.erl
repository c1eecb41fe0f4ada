%% SPDX-License-Identifier: Apache-2.0
%% unicode_util_api.erl - Code points, grapheme clusters, case mappings, white space.
-module(unicode_util_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(unicode_util:cp("abc")),
    ?SHOW(unicode_util:cp(<<195, 165, "x">>)),
    ?SHOW(unicode_util:cp([<<>>, [[], "q"]])),
    ?SHOW(unicode_util:cp([])),
    ?SHOW(unicode_util:cp(<<255, 1>>)),
    ?SHOW(unicode_util:gc("e\x{301}x")),
    ?SHOW(unicode_util:gc("\r\nx")),
    ?SHOW(unicode_util:gc("\n\rx")),
    ?SHOW(unicode_util:gc([16#1F1E9, 16#1F1EA, 16#1F1EB])),
    ?SHOW(unicode_util:gc([16#1100, 16#1161, 16#11a8, $x])),
    ?SHOW(unicode_util:gc([16#1F44B, 16#1F3FD, $!])),
    ?SHOW(unicode_util:gc([16#0915, 16#094D, 16#0937])),
    ?SHOW(unicode_util:gc([16#200D, $a])),
    ?SHOW(unicode_util:gc(<<>>)),
    ?SHOW(unicode_util:uppercase([16#df, $a])),
    ?SHOW(unicode_util:lowercase([16#130, $A])),
    ?SHOW(unicode_util:titlecase([16#1c4])),
    ?SHOW(unicode_util:casefold([16#1e9e])),
    ?SHOW(unicode_util:uppercase([])),
    ?SHOW(unicode_util:nfc([$a, 16#30a, $b])),
    ?SHOW(unicode_util:nfd([16#e5, $b])),
    ?SHOW(unicode_util:nfkc([16#fb01])),
    ?SHOW(unicode_util:nfkd([16#2460])),
    ?SHOW(lists:sort(unicode_util:whitespace())),
    ?SHOW([unicode_util:is_whitespace(C) || C <- [$\s, $\t, $a, 16#2028]]),
    ?SHOW(clusters("no\x{308}el \x{915}\x{93f}!")),
    ?SHOW(unicode_util:cp(a)),
    ?SHOW(unicode_util:gc([a])).

clusters(Text) ->
    case unicode_util:gc(Text) of
        [] -> [];
        [Cluster | Rest] -> [Cluster | clusters(Rest)]
    end.
