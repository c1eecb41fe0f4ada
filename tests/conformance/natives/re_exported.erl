%% SPDX-License-Identifier: Apache-2.0
%% re_exported.erl - Patterns that go to other nodes: re:compile/2 with export, re:import/1. What code
%% stands in them is the implementation's.
-module(re_exported).
-export([start/0]).
-include("../show.hrl").

start() ->
    exporting(),
    importing(),
    marks(),
    sources(),
    options(),
    others().

exporting() ->
    [io:format("~0p ~0p: ~0p~n", [S, O, shown(fun() -> re:compile(S, O) end)])
     || S <- ["a(b)", <<"b">>, ["x", [<<"y">>]], <<"ä"/utf8>>, [1000, $b], "(", <<1:4>>, [$a | b], unaligned(<<"(a)">>)],
        O <- [[export], [caseless, export], [unicode, export, {newline, cr}], [export, export], [export, global], [export | x],
              [exported]]],
    ?SHOW(re:run("ab", "a", [export])).

importing() ->
    {ok, Pattern} = re:compile("(?<x>a)(b)?", [export, caseless]),
    Imported = re:import(Pattern),
    ?SHOW(element(2, Imported)),
    ?SHOW(re:run("xAb", Imported, [{capture, all, binary}])),
    ?SHOW(re:split("1ab2a3", Imported, [{return, list}])),
    ?SHOW(re:replace("1ab2a3", Imported, "-", [global, {return, list}])),
    ?SHOW(re:inspect(Imported, namelist)),
    shown(fun() -> re:import(Imported) end),
    Copy = binary_to_term(term_to_binary(Pattern)),
    ?SHOW(re:run("xAb", re:import(Copy))),
    [show_import(X) || X <- [x, {}, "ab", {re_exported_pattern}, {re_exported_pattern, 1, 2, 3, 4},
                             setelement(1, foreign(), re_pattern), erlang:append_element(foreign(), 1),
                             erlang:delete_element(5, foreign())]],
    {ok, Unicode} = re:compile([1000, $+], [export, unicode]),
    ?SHOW(re:run([$a, 1000, 1000], re:import(Unicode), [{capture, all, list}])).

%% Another format than the implementation's own: the source is compiled anew.
foreign() ->
    {ok, Pattern} = re:compile("a(b)", [export]),
    <<Name:8/binary, _:5/binary, Unicode>> = element(2, Pattern),
    setelement(5, setelement(2, Pattern, <<Name/binary, 0:40, Unicode>>), <<>>).

marks() ->
    Pattern = foreign(),
    Mark = element(2, Pattern),
    [show_import(setelement(2, Pattern, M))
     || M <- [Mark, <<Mark/binary, 1>>, binary:part(Mark, 0, 13), binary:part(Mark, 0, 8), <<>>, binary_to_list(Mark), a,
              <<"xx-PCRE2", 0:48>>, <<1:4>>, unaligned(Mark)]].

sources() ->
    [show_import(setelement(4, setelement(3, foreign(), S), O))
     || S <- [<<"x">>, <<>>, <<"(">>, "x", [<<"x">>], a, <<1:4>>, <<200>>, <<"ä"/utf8>>, unaligned(<<"x+">>)],
        O <- [[], [unicode]]].

options() ->
    [show_import(setelement(4, foreign(), O))
     || O <- [[], [export], [caseless, dupnames, {newline, any}], [global], [a], a, [{offset, 1}], [caseless | caseless]]].

others() ->
    show_import(setelement(5, foreign(), a)),
    show_import(setelement(5, foreign(), [<<"x">>])),
    ?SHOW(re:run("ab", foreign())),
    ?SHOW(erlang:function_exported(re, import, 1)).

show_import(Pattern) ->
    Run = fun() -> re:run("xxABab", re:import(Pattern)) end,
    Shown = if element(1, Pattern) =:= re_exported_pattern, tuple_size(Pattern) > 4 -> {element(2, Pattern), element(3, Pattern), element(4, Pattern)}; true -> Pattern end,
    io:format("~0p: ~0p~n", [Shown, shown(Run)]).

shown(Fun) ->
    try Fun() of
        {error, {[_ | _], _}} -> {error, pcre2};
        {ok, {re_exported_pattern, <<Name:8/binary, _:5/binary, Unicode>>, Source, Options, Code}} ->
            {ok, {Name, Unicode, Source, Options, is_binary(Code)}};
        Other -> Other
    catch
        Class:Reason:Stack ->
            {M, F, A, Info} = hd(Stack),
            {Class, Reason, M, F, is_list(A), [I || {error_info, _} = I <- Info]}
    end.

unaligned(Binary) ->
    <<_:1, Whole/binary>> = <<0:1, Binary/binary>>,
    Whole.
