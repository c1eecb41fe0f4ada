%% SPDX-License-Identifier: Apache-2.0
%% json_tool.erl - Reads, prints, changes and queries JSON text.
-module(json_tool).
-export([start/0]).

start() ->
    Document = document(),
    Value = decode(Document),
    io:format("compact:~n~s~n", [encode(Value)]),
    io:format("indented:~n~s~n", [pretty(Value, 0)]),
    io:format("round trip: ~w~n", [decode(encode(Value)) =:= Value]),
    [io:format("~s = ~s~n", [lists:join(".", [part(P) || P <- Path]), encode(fetch(Path, Value))])
     || Path <- paths()],
    Changed = store([<<"stations">>, 1, <<"on">>], false, Value),
    io:format("changed: ~s~n", [encode(fetch([<<"stations">>], Changed))]),
    io:format("sum of readings: ~w~n", [sum_numbers(fetch([<<"stations">>], Value))]),
    lists:foreach(fun try_text/1, texts()),
    big(),
    ok.

document() ->
    <<"{ \"name\" : \"weather\", \"version\": 3, \"ratio\": -1.25e2,\n"
      "  \"stations\": [ {\"id\": 1, \"readings\": [20.5, 21, -3], \"on\": true},\n"
      "                  {\"id\": 2, \"readings\": [], \"on\": true, \"note\": null} ],\n"
      "  \"text\": \"tab\\t quote\\\" slash\\/ back\\\\ \\u00e5 \\ud83d\\ude00\",\n"
      "  \"empty\": {} }\n">>.

paths() ->
    [[<<"name">>], [<<"stations">>, 0, <<"readings">>, 1], [<<"stations">>, 1, <<"note">>],
     [<<"ratio">>], [<<"empty">>]].

part(Key) when is_binary(Key) -> Key;
part(Index) -> integer_to_list(Index).

%% Text that is right and text that is not.
texts() ->
    [<<"0">>, <<"-0.5">>, <<"[1,[2,[3,[]]]]">>, <<"\"\"">>, <<" [ ] ">>, <<"12345678901234567890">>,
     <<"1e400">>, <<"[1,]">>, <<"{\"a\" 1}">>, <<"{\"a\":1,\"a\":2}">>, <<"tru">>, <<"\"open">>,
     <<"\"\\q\"">>, <<"\"\\u12\"">>, <<"[1] 2">>, <<"01">>, <<"-">>, <<"1.">>, <<"">>, <<"{">>,
     <<"\"\\ud800\"">>, <<"nul">>, <<"+1">>, <<"[\"a\nb\"]">>].

try_text(Text) ->
    Result = try {ok, iolist_to_binary(encode(decode(Text)))}
             catch throw:{json, Why, Position} -> {error, Why, Position}
             end,
    io:format("~0p: ~0p~n", [Text, Result]).

big() ->
    Value = [{object, [{<<"n">>, N}, {<<"text">>, integer_to_binary(N * N)}]}
             || N <- lists:seq(1, 500)],
    Text = iolist_to_binary(encode(Value)),
    io:format("big: ~w bytes, equal ~w~n", [byte_size(Text), decode(Text) =:= Value]).

%% Decoding. Objects keep their order: {object, [{Key, Value}]}.

decode(Text) ->
    {Value, Rest} = value(skip(Text)),
    case skip(Rest) of
        <<>> -> Value;
        Left -> fail(trailing, Left)
    end.

%% Positions are counted from the end, for the whole text is not at hand everywhere.

fail(Why, Rest) -> throw({json, Why, {bytes_left, byte_size(Rest)}}).

skip(<<C, Rest/binary>>) when C =:= $\s; C =:= $\t; C =:= $\n; C =:= $\r -> skip(Rest);
skip(Text) -> Text.

value(<<"null", Rest/binary>>) -> {null, Rest};
value(<<"true", Rest/binary>>) -> {true, Rest};
value(<<"false", Rest/binary>>) -> {false, Rest};
value(<<$", Rest/binary>>) -> string(Rest, <<>>);
value(<<$[, Rest/binary>>) ->
    case skip(Rest) of
        <<$], After/binary>> -> {[], After};
        Items -> array(Items, [])
    end;
value(<<${, Rest/binary>>) ->
    case skip(Rest) of
        <<$}, After/binary>> -> {{object, []}, After};
        Members -> object(Members, [])
    end;
value(<<C, _/binary>> = Text) when C =:= $-; C >= $0, C =< $9 -> number(Text);
value(Text) -> fail(expected_value, Text).

array(Text, Acc) ->
    {Value, Rest} = value(Text),
    case skip(Rest) of
        <<$,, More/binary>> -> array(skip(More), [Value | Acc]);
        <<$], After/binary>> -> {lists:reverse(Acc, [Value]), After};
        Left -> fail(expected_comma, Left)
    end.

object(<<$", Text/binary>>, Acc) ->
    {Key, Rest} = string(Text, <<>>),
    case skip(Rest) of
        <<$:, AfterColon/binary>> ->
            {Value, Rest2} = value(skip(AfterColon)),
            lists:keymember(Key, 1, Acc) andalso fail(duplicate_key, Rest2),
            next_member(skip(Rest2), [{Key, Value} | Acc]);
        Left -> fail(expected_colon, Left)
    end;
object(Text, _) -> fail(expected_key, Text).

next_member(<<$,, More/binary>>, Acc) -> object(skip(More), Acc);
next_member(<<$}, After/binary>>, Acc) -> {{object, lists:reverse(Acc)}, After};
next_member(Left, _) -> fail(expected_comma, Left).

string(<<$", Rest/binary>>, Acc) -> {Acc, Rest};
string(<<$\\, $u, Rest/binary>>, Acc) ->
    {Code, Rest2} = code_point(Rest),
    string(Rest2, <<Acc/binary, Code/utf8>>);
string(<<$\\, C, Rest/binary>> = Text, Acc) ->
    case lists:keyfind(C, 1, escapes()) of
        {C, Plain} -> string(Rest, <<Acc/binary, Plain>>);
        false -> fail(bad_escape, Text)
    end;
string(<<C/utf8, Rest/binary>>, Acc) when C >= 32 -> string(Rest, <<Acc/binary, C/utf8>>);
string(Text, _) -> fail(bad_string, Text).

escapes() ->
    [{$", $"}, {$\\, $\\}, {$/, $/}, {$b, $\b}, {$f, $\f}, {$n, $\n}, {$r, $\r}, {$t, $\t}].

code_point(Text) ->
    case hex4(Text) of
        {High, <<$\\, $u, Rest/binary>>} when High >= 16#d800, High < 16#dc00 ->
            case hex4(Rest) of
                {Low, After} when Low >= 16#dc00, Low < 16#e000 ->
                    {16#10000 + ((High - 16#d800) bsl 10) + Low - 16#dc00, After};
                _ -> fail(bad_surrogate, Text)
            end;
        {Code, _} when Code >= 16#d800, Code < 16#e000 -> fail(bad_surrogate, Text);
        Plain -> Plain
    end.

hex4(<<Digits:4/binary, Rest/binary>> = Text) ->
    try {binary_to_integer(Digits, 16), Rest}
    catch error:badarg -> fail(bad_escape, Text)
    end;
hex4(Text) -> fail(bad_escape, Text).

number(Text) ->
    {Sign, Rest} = optional("-", Text),
    {Whole, Rest2} = digits(Rest),
    case Whole of
        [$0, _ | _] -> fail(leading_zero, Text);
        _ -> ok
    end,
    {Fraction, Rest3} = fraction(Rest2),
    {Exponent, Rest4} = exponent(Rest3),
    {make_number(Sign ++ Whole, Fraction, Exponent, Text), Rest4}.

make_number(Whole, "", "", _) -> list_to_integer(Whole);
make_number(Whole, "", Exponent, Text) -> make_number(Whole, "0", Exponent, Text);
make_number(Whole, Fraction, "", Text) -> make_number(Whole, Fraction, "0", Text);
make_number(Whole, Fraction, Exponent, Text) ->
    try list_to_float(Whole ++ "." ++ Fraction ++ "e" ++ Exponent)
    catch error:badarg -> fail(out_of_range, Text)
    end.

optional(Characters, <<C, Rest/binary>> = Text) ->
    case lists:member(C, Characters) of
        true -> {[C], Rest};
        false -> {"", Text}
    end;
optional(_, <<>>) -> {"", <<>>}.

digits(Text) ->
    case take_digits(Text, "") of
        {"", Rest} -> fail(expected_digit, Rest);
        Taken -> Taken
    end.

take_digits(<<C, Rest/binary>>, Acc) when C >= $0, C =< $9 -> take_digits(Rest, [C | Acc]);
take_digits(Rest, Acc) -> {lists:reverse(Acc), Rest}.

fraction(<<$., Rest/binary>>) -> digits(Rest);
fraction(Rest) -> {"", Rest}.

exponent(<<C, Rest/binary>>) when C =:= $e; C =:= $E ->
    {Sign, Rest2} = optional("+-", Rest),
    {Digits, Rest3} = digits(Rest2),
    {Sign ++ Digits, Rest3};
exponent(Rest) -> {"", Rest}.

%% Encoding.

encode(null) -> <<"null">>;
encode(true) -> <<"true">>;
encode(false) -> <<"false">>;
encode(N) when is_integer(N) -> integer_to_binary(N);
encode(F) when is_float(F) -> io_lib:format("~w", [F]);
encode(Text) when is_binary(Text) -> [$", quoted(Text), $"];
encode(List) when is_list(List) -> [$[, lists:join($,, [encode(V) || V <- List]), $]];
encode({object, Members}) ->
    [${, lists:join($,, [[encode(K), $:, encode(V)] || {K, V} <- Members]), $}].

quoted(Text) -> [quote(C) || C <- unicode:characters_to_list(Text)].

quote($") -> "\\\"";
quote($\\) -> "\\\\";
quote($\n) -> "\\n";
quote($\t) -> "\\t";
quote(C) when C < 32; C > 126, C < 16#10000 -> io_lib:format("\\u~4.16.0b", [C]);
quote(C) when C >= 16#10000 ->
    [quote_unit(16#d800 + ((C - 16#10000) bsr 10)), quote_unit(16#dc00 + (C band 1023))];
quote(C) -> C.

quote_unit(Unit) -> io_lib:format("\\u~4.16.0b", [Unit]).

pretty({object, [_ | _] = Members}, Indent) ->
    Lines = [[margin(Indent + 1), encode(K), ": ", pretty(V, Indent + 1)] || {K, V} <- Members],
    ["{\n", lists:join(",\n", Lines), $\n, margin(Indent), $}];
pretty([_ | _] = List, Indent) ->
    Lines = [[margin(Indent + 1), pretty(V, Indent + 1)] || V <- List],
    ["[\n", lists:join(",\n", Lines), $\n, margin(Indent), $]];
pretty(Value, _) -> encode(Value).

margin(N) -> lists:duplicate(2 * N, $\s).

%% Queries.

fetch([], Value) -> Value;
fetch([Key | Path], {object, Members}) -> fetch(Path, proplists:get_value(Key, Members));
fetch([Index | Path], List) -> fetch(Path, lists:nth(Index + 1, List)).

store([], New, _) -> New;
store([Key | Path], New, {object, Members}) ->
    {Key, Old} = lists:keyfind(Key, 1, Members),
    {object, lists:keyreplace(Key, 1, Members, {Key, store(Path, New, Old)})};
store([Index | Path], New, List) ->
    {Before, [Old | After]} = lists:split(Index, List),
    Before ++ [store(Path, New, Old) | After].

sum_numbers(N) when is_number(N) -> N;
sum_numbers(List) when is_list(List) -> lists:sum([sum_numbers(V) || V <- List]);
sum_numbers({object, Members}) -> sum_numbers(proplists:get_value(<<"readings">>, Members));
sum_numbers(_) -> 0.
