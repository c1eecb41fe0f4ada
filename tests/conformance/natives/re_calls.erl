%% SPDX-License-Identifier: Apache-2.0
%% re_calls.erl - Module re: every option, every shape of result, bad arguments. Compiled patterns hold
%% other bytes than on OTP and are not printed.
-module(re_calls).
-export([start/0]).

start() ->
    simple(),
    captures(),
    options(),
    newlines(),
    text(),
    global(),
    patterns(),
    compiling(),
    errors(),
    limits(),
    internal(),
    library(),
    long().

call(Function, Arguments) ->
    Text = try apply(re, Function, Arguments) of
        Value -> io_lib:format("~w", [shown(Value)])
    catch
        Class:Reason:Stack ->
            {M, F, A, Info} = hd(Stack),
            Arity = if is_list(A) -> length(A); true -> A end,
            %% Where the module's own functions raise, their line counts for nothing.
            io_lib:format("~w ~w in ~w:~w/~w ~w", [Class, Reason, M, F, Arity, [I || {error_info, _} = I <- Info]])
    end,
    io:format("~w ~s = ~s~n", [Function, shortened(io_lib:format("~W", [[shown(A) || A <- Arguments], 60])), shortened(Text)]).

shown({ok, {re_pattern, _, _, _, _} = Pattern}) -> {ok, shown(Pattern)};
shown({re_pattern, A, B, C, D}) when is_binary(D), byte_size(D) > 11; is_reference(D) -> {re_pattern, A, B, C};
%% From OTP 28 on texts and places are those of the installed PCRE2, whatever version that is.
shown({error, {Text, At}} = Error) when is_list(Text), is_integer(At) ->
    case list_to_integer(erlang:system_info(otp_release)) < 28 of
        true -> Error;
        false -> {error, pcre2}
    end;
shown({error, {compile, Error}}) -> {error, {compile, element(2, shown({error, Error}))}};
shown(Other) -> Other.

shortened(Text) -> shorten(lists:flatten(Text)).
shorten(Text) when length(Text) < 300 -> Text;
shorten(Text) -> io_lib:format("~s... ~w ~w", [lists:sublist(Text, 80), length(Text), erlang:crc32(Text)]).

run(Subject, Pattern) -> call(run, [Subject, Pattern]).
run(Subject, Pattern, Options) -> call(run, [Subject, Pattern, Options]).

simple() ->
    io:format("~w~n", [is_binary(re:version())]),
    [run(S, R) || S <- ["abc", <<"abc">>, ["a", [<<"b">>, $c]], "", [], <<>>, unaligned(<<"abc">>), a, [a], [1024], <<1:4>>, 1],
                  R <- ["b", <<"b">>, ["b"], "", "x", "(a)|(x)", "(x)|(a)", unaligned(<<"b">>), a, [a], [1024], <<1:4>>, "("]],
    [run("abc", "a", O) || O <- [a, [a], [{a, b}], [{a, b, c}], [[]], [anchored | b], {anchored}, [{capture}], [1]]].

captures() ->
    Specs = [all, first, all_but_first, none, all_names, [], [0], [1, 2], [0, 5, 100], [-1], [1 bsl 70], [x], ["x"], [<<"x">>],
             [x, "y", z, "", 0], ["y", q], x, [1.0], [{}], ["x" | y], [0 | a], '', [[1, 1024]], [<<1:3>>], [lists:duplicate(1000, $a)]],
    [run("zabcd", R, [{capture, S, T}]) || R <- ["b", "(?<x>b)(?<y>c)?(?<z>x)?", "(q)|(b)|(c)(d)", "nothing"], S <- Specs,
                                          T <- [index, list, binary, other]],
    [run("zabcd", "(?<x>b)(c)", [{capture, S}]) || S <- Specs],
    [run("abc", "a", O) || O <- [[{capture, all, list}, {capture, none}], [{capture, none}, {capture, all, list}]]],
    [run(S, "(?<n>a)|(?<n>b)", [dupnames, {capture, C, list}]) || S <- ["a", "b"], C <- [all_names, [n], all, [1, 2]]],
    run("abc", "(?<n>a)|(?<n>b)", []),
    run(lists:seq(200, 255), "(.)(.)", [{capture, all, list}]).

options() ->
    Subjects = ["abc", "ABC", "a b", "a\nb", "xabc\n", "aab", "A", <<"\x{e5}\x{e4}"/utf8>>, <<229, 228>>],
    Patterns = ["abc", "b", "a b", "a.b", "^b", "c$", "a+", "(a)(b)", "\\w+", "$", "^"],
    Options = [anchored, caseless, dollar_endonly, dotall, extended, firstline, multiline, no_auto_capture, ungreedy, notbol,
               noteol, notempty, notempty_atstart, no_start_optimize, ucp, never_utf, unicode, report_errors, bsr_anycrlf,
               bsr_unicode, {offset, 0}, {offset, 1}, {newline, lf}, dupnames],
    [run(S, P, [O]) || S <- Subjects, P <- Patterns, O <- Options],
    [run("abc", "c", [{offset, N}]) || N <- [2, 3, -1, a, 1 bsl 70, 1.0]],
    [run("abc", "c", [{newline, N}]) || N <- [cr, lf, crlf, any, anycrlf, x, 1]],
    [run("abc", "(*UTF8)a", O) || O <- [[], [never_utf], [never_utf, report_errors]]],
    run("abc", "a", [unicode, never_utf]).

newlines() ->
    [run(S, P, [multiline, {newline, N}]) || S <- ["a\nb", "a\rb", "a\r\nb", "a\x{85}b", "a\x{b}b"], P <- ["^b", "a$", "a.b", ".+"],
                                            N <- [cr, lf, crlf, any, anycrlf]],
    [begin
         run(S, "a\\Rb", [B]),
         {ok, P} = re:compile("a\\Rb", [B]),
         [run(S, P, [C]) || C <- [bsr_anycrlf, bsr_unicode]]
     end || S <- ["a\nb", "a\r\nb", "a\x{85}b"], B <- [bsr_anycrlf, bsr_unicode]],
    [begin
         {ok, P} = re:compile("^b", [multiline, {newline, A}]),
         [run(S, P, [{newline, B}]) || S <- ["a\nb", "a\rb"], B <- [cr, lf, x]]
     end || A <- [cr, lf, crlf, any, anycrlf]],
    [run(S, ".", [global, {newline, N}]) || S <- ["a\r\nb", "\n\r"], N <- [cr, lf, crlf, any, anycrlf]].

text() ->
    [io:format("~s ~w~n", [R, [C || C <- lists:seq(0, 255), re:run([C], R) =/= nomatch]])
     || R <- ["\\w", "\\s", "\\d", "\\h", "\\v", "\\R", "[[:alpha:]]", "[[:upper:]]", "[[:lower:]]", "[[:punct:]]", "[[:graph:]]",
              "[[:print:]]", "[[:cntrl:]]", "[[:xdigit:]]", "[[:alnum:]]"]],
    io:format("~w~n", [[[C, D] || C <- lists:seq(128, 255), D <- lists:seq(128, 255), C =/= D,
                                  re:run([C], [D], [caseless]) =/= nomatch]]),
    U = <<"\x{e5}\x{e4}\x{f6}\x{20ac}\x{1f600}x"/utf8>>,
    [run(S, P, [unicode | O]) || S <- [U, [U], [229, 228, 246, 8364, 16#1f600, $x], "abc", <<255, "abc">>, <<"abc", 255>>, <<"abc", 195>>,
                                      [16#d800], [-1], [1 bsl 40], unaligned(U)],
                                 P <- [[228], <<"\x{e4}"/utf8>>, "x", ".", "\\x{20ac}", [16#1f600], <<255>>, [1 bsl 40]],
                                 O <- [[], [{capture, all, list}], [{capture, all, binary}], [global], [global, {capture, all, list}]]],
    [run(U, "x", [unicode, {offset, N}]) || N <- [0, 1, 2, 3, 4]],
    [run(U, <<"x">>, [unicode, {offset, N}]) || N <- [0, 1, 2, 3, 4]],
    [run([229, 230], R, [unicode]) || R <- ["\\w+", "[\\w]", "[\\w]+", "\\W", "\\W+", "[[:alpha:]]", "^\\w+$", "\\bx", "(?i)\x{c5}"]],
    run(<<"a\x{e5}xx"/utf8>>, <<"(*UTF8).x">>, []),
    run(<<"a", 229, "xx">>, <<"(*UTF8).x">>, []),
    {ok, P} = re:compile([228], [unicode]),
    [run(S, P) || S <- [U, [U], [228], <<255>>, [<<255>>], "abc"]],
    [run(U, R, [unicode, ucp, {capture, all, list}]) || R <- ["\\w+", "\\p{L}+", "\\p{Sc}", "\\X", "[[:alpha:]]+", "(?i)\x{c5}"]].

global() ->
    [run(S, P, [global | O]) || S <- ["aXbXc", "", "aab"], P <- ["X", "(X)(b)?", "x", "x?", "\\b", "", "(?<n>b)|(X)", "(", "$", "^"],
                                O <- [[], [{capture, all, list}], [{capture, all_but_first, binary}], [{capture, none}],
                                      [{capture, first, list}], [{capture, all_names, list}], [{capture, [0, n], list}],
                                      [report_errors], [unicode], [anchored], [notempty], [{capture, x}]]],
    [run("aXbXc", element(2, re:compile("X(.)")), [global | O]) || O <- [[], [{capture, [1], list}], [caseless]]].

patterns() ->
    {ok, {_, N, U, C, B} = P} = re:compile("a(b)?(?<n>c)?"),
    [run("abc", R) || R <- [P, {re_pattern, 7, 0, 1, B}, {re_pattern, a, U, C, B}, {re_pattern, N, a, C, B}, {re_pattern, N, U, a, B},
                            {re_pattern, N, U, C, a}, {re_pattern, N, U, C, <<>>}, {re_pattern, N, U, C}, {}]],
    io:format("~w~n", [try re:run("abc", {foo, N, U, C, B}) catch error:E -> E end]),
    [run("abc", P, [O]) || O <- [caseless, dotall, extended, firstline, multiline, no_auto_capture, dupnames, ungreedy, unicode,
                                 dollar_endonly, no_start_optimize, ucp, never_utf, anchored, notbol, noteol, notempty,
                                 notempty_atstart, {newline, cr}, bsr_anycrlf, {offset, 1}, report_errors]],
    Self = self(),
    spawn(fun() -> Self ! re:run("xabc", binary_to_term(term_to_binary(P))) end),
    receive R -> io:format("~w~n", [R]) end,
    [call(inspect, A) || A <- [[P, namelist], [P, foo], [a, namelist], [{re_pattern, 1, 0, 0, <<"abc">>}, namelist],
                               [element(2, re:compile("a")), namelist], [element(2, re:compile("(?<z>a)(?<b>b)|(?<z>c)", [dupnames])), namelist]]].

compiling() ->
    [call(compile, [R]) || R <- ["a(b)", <<"(">>, a, [a], [1024], <<1:3>>, [<<"a">>, "b"], unaligned(<<"ab">>), ""]],
    [call(compile, ["a.b", O]) || O <- [[], [caseless, dotall], [unicode], [unicode, ucp], [{newline, crlf}], [{newline, any}], [{newline, anycrlf}],
                                        [{newline, cr}], [{newline, lf}], [{newline, x}], [bsr_anycrlf], [bsr_unicode], [foo], [global],
                                        [notbol], [{offset, 0}], [report_errors], [{capture, all}], [{match_limit, 5}], a, [anchored | b]]],
    [call(compile, [R, []]) || R <- ["(*CRLF)a", "(*UTF8)a", "(*ANY)a", "(*UCP)a", "(*BSR_ANYCRLF)a", "(?i)a", "(a)(?<n>b)"]],
    [call(compile, [R, [unicode]]) || R <- [[1024], [255], <<255>>, <<"a", 195>>, [16#d800], [a], a]].

%% Texts and places of what PCRE2 sees as PCRE does.
errors() ->
    [call(compile, [R]) || R <-
        ["(", "*", "a**", "[a", "a)", "(?<n>a)(?<n>b)", "\\", "(?<>a)", "(?P<1>a)", "[[:foo:]]", "\\p{Foo}", "\\pb", "(?z)", "a{2,1}", "\\1",
         "\\2z", "(?1)", "(?<=a*)b", "(?<=(a|b*))c", "[z-a]", "(?P>foo)", "\\x{100}", "\\c", "\\c\x{e9}", "(*FOO)a", "\\g", "\\k", "(?#",
         "[[.a.]]", "[[=a=]]", "\\N{name}", "(?R", "(?P", "(?<", "(?(", "(?i", "(?:", "a{99999}", "\\o{9}", "\\o", "\\x{zz}", "(?C256)", "(?C1",
         "(?'n", "(?(DEFINE)a|b)", "[\\", "\\u", "\\L", "[a-\\d]", "\\E*", "x{,3}", "\\p", "\\p{", "(?P=", "(?&", "(?P>", "\\k{", "(*1", "(* )",
         ":(?C", "(?(1", "(?(R", "[:a:]", "(?|(", "\\Qabc"]],
    call(compile, ["\\x{110000}", [unicode]]),
    call(compile, [lists:duplicate(70000, $a)]),
    call(compile, [lists:duplicate(1300, $() ++ lists:duplicate(1300, $))]).

limits() ->
    S = lists:duplicate(40, $a) ++ "dc",
    [run(S, "(a+)*dd", O) || O <- [[], [report_errors], [{match_limit, 1000}], [{match_limit, 1000}, report_errors],
                                   [{match_limit_recursion, 10}, report_errors], [{match_limit_recursion, 10}]]],
    [run("aaaa", "a", [{K, L}]) || K <- [match_limit, match_limit_recursion], L <- [a, -1, (1 bsl 31) - 1, 1 bsl 31, 1 bsl 70]],
    run("aaaa", "a", [{match_limit, 0}, report_errors]),
    run(S, "(a+)*dd", [global, report_errors]).

internal() ->
    {ok, P} = re:compile("a(b)?"),
    {ok, U} = re:compile("a(b)?", [unicode]),
    [call(internal_run, [S, R, O, F]) || S <- ["xab", <<"xab">>, a], R <- [P, U, "a", "(", a], O <- [[], [{offset, 1}], [global], a],
                                         F <- [true, false, foo]],
    call(internal_run, [<<"abc", 255>>, U, [], true]).

library() ->
    [call(replace, A) || A <- [["aXbXc", "X", "-"], ["aXbXc", "X", "-", [global]], ["aXbXc", "(.)X", "[&\\1]", [global, {return, list}]],
                               ["aXbXc", "x", "-", [caseless, {return, binary}]], [[228, 1024], [1024], [228], [unicode, {return, list}]],
                               ["abc", "(", "x"], ["abc", "b", "x", [foo]], ["abc", "b", "x", [{return, foo}]], [a, "b", "x"]]],
    [call(split, A) || A <- [["a,b,,c", ","], ["a,b,,c", ",", [{return, list}]], ["a,b,,c", "(,)", [group, {return, list}]],
                             ["a,b,,c,", ",", [trim]], ["a,b,c", ",", [{parts, 2}]], ["abc", "", [{return, binary}]],
                             [[228, 1024, 228], [1024], [unicode, {return, list}]], ["abc", "("], ["abc", "b", [global]], [a, "b"]]].

%% Subjects larger than what is looked at in one go, matches that need all of it, and other work at the same time.
long() ->
    Line = << <<(I rem 26 + $a)>> || I <- lists:seq(1, 3000)>>,
    Big = << <<Line/binary, $\n>> || _ <- lists:seq(1, 30)>>,
    Text = << <<"\x{e5}\x{20ac}bc">> || _ <- lists:seq(1, 30000)>>,
    [run(S, P, O) || S <- [Big], P <- ["zzz", "a.*z", "\\Aq", "(b|c|d)+\\n\\z", "\\n\\z", "q(?=.{2900})", "$", "\\Ga", "(*COMMIT)q"],
                     O <- [[], [multiline], [firstline], [{offset, 5}]]],
    run(unicode:characters_to_binary(Text, latin1), "\\x{20ac}bc\\z", [unicode]),
    run(Line, "(?s)a.*z$", []),
    run([Big, <<0>>, Big], "\\0a", []),
    io:format("~w~n", [erlang:crc32(re:replace(Big, "[aeiou]", "<&>", [global, {return, binary}]))]),
    io:format("~w~n", [length(re:split(Big, "\n"))]),
    io:format("~w~n", [erlang:phash2(re:run(Big, "^b.*c", [global, multiline]))]),
    run(lists:duplicate(300000, $a), "(a|b)*", [{capture, first}]),
    run(binary:copy(<<"ab">>, 100000), "^(a(b))*$", []),
    run(<<(binary:copy(<<"a">>, 5000))/binary, "\r\nb">>, "^b", [multiline, {newline, any}]),
    {ok, _} = re:compile(lists:duplicate(30000, $a)),
    Self = self(),
    [spawn(fun() -> Self ! {N, re:run(Big, "z(?=[^z]*$).*" ++ integer_to_list(N) ++ "?", [])} end) || N <- lists:seq(1, 20)],
    io:format("~w~n", [[receive {N, R} -> R end || N <- lists:seq(1, 20)]]).

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
