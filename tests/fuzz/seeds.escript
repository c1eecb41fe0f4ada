#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% seeds.escript - Writes good inputs for the decoders: seeds.escript FOLDER BEAM_FOLDER...
-mode(compile).

main([Folder | Beams]) ->
    write(filename:join(Folder, "etf"), [term_to_binary(T, O) || T <- terms(), O <- [[], [{minor_version, 2}]]]),
    write(filename:join(Folder, "re"), [[<<O:32, (length(S))>>, S, R] || R <- patterns(), {O, S} <- [{0, "abcabc"}, {1, "x\ny z"}]]),
    write(filename:join(Folder, "match"), [term_to_binary(S) || S <- specifications()]),
    write(filename:join(Folder, "bits"), bits()),
    Files = [F || B <- Beams, F <- filelib:wildcard(filename:join(B, "*.beam")), filelib:file_size(F) < 20000],
    write(filename:join(Folder, "beam"), [plain(F) || F <- Files]).

write(Folder, Files) ->
    ok = filelib:ensure_dir(filename:join(Folder, "x")),
    [ok = file:write_file(filename:join(Folder, io_lib:format("~4..0w", [N])), B)
     || {N, B} <- lists:zip(lists:seq(1, length(Files)), Files)].

%% Only the chunks that are read: damage in others finds nothing.
plain(File) ->
    {ok, _, Chunks} = beam_lib:all_chunks(File),
    Read = ["AtU8", "Atom", "Code", "StrT", "ImpT", "ExpT", "FunT", "LitT", "Line", "Type", "Attr", "CInf", "LocT"],
    {ok, Bytes} = beam_lib:build_module([C || {Id, _} = C <- Chunks, lists:member(Id, Read)]),
    Bytes.

patterns() ->
    ["(a|b)+c", "^(?<n>a)\\k<n>?$", "[[:alpha:]a-c\\d]*?x", "(?i)\\bA{2,3}+", "(?(1)a|b)", "(?<=ab)c(?!d)", "\\p{L}\\x{e9}\\X",
     "(?R)?a(?1)", "(*CRLF)\\R\\K\\G", "(?|(a)|(b))\\1", "\\Qa.b\\E#x", "(?#c)(?>a*)(*SKIP)b", "\\o{12}\\012\\cA"].

terms() ->
    Leaves = [0, -1, 255, 1 bsl 31, 1 bsl 62, -(1 bsl 64), 1 bsl 3000, 1.5, -0.0, a, '', 'ärger', true, [], {},
              "text", [300, 301], <<>>, <<"bytes">>, <<1:3>>, binary:copy(<<"long">>, 50), #{}, self(), make_ref(),
              fun lists:map/2, hd(erlang:ports())],
    Small = maps:from_list([{L, L} || L <- Leaves]),
    Large = maps:from_list([{I, [I]} || I <- lists:seq(1, 100)]),
    X = length(Leaves),
    Leaves ++ [list_to_tuple(Leaves), Leaves, [a | b], Small, Large, {Large, #{k => Small}}, fun() -> X end,
     fun(_) -> {Small, X} end, lists:foldl(fun(_, A) -> [A] end, x, lists:seq(1, 100)),
     list_to_tuple(lists:seq(1, 300)), {<<3:7>>, [<<5:5>>]}].

specifications() ->
    Guards = [true, {is_atom, '$1'}, {'>', '$1', {'+', '$2', 1}}, {'andalso', {is_list, '$1'}, {'orelse', {'==', {hd, '$1'}, x}, {is_map_key, k, '$2'}}},
              {'and', true, {'not', {'==', '$1', '$2'}}, {is_record, '$_', rec, 3}}, {'=:=', {element, 1, '$_'}, {const, {'$1', [a]}}}, {'<', {size, '$_'}, 4},
              {'==', {binary_part, '$2', 0, 1}, <<1>>}, {'/', '$1', '$2'}, {'bsl', '$1', 3}, {'==', {self}, {node}}],
    Bodies = ['$_', '$$', {{'$2', '$1'}}, [a, '$1' | '$2'], #{k => '$1', '$2' => {{'$_'}}}, {const, {x, ['$1']}}, {{{hd, '$1'}, [{{'$1', "text"}}]}}, {map_get, k, '$1'},
              {binary_part, '$2', 1, 2}, {'orelse', '$1', {tl, '$2'}}, {{{element, 1, '$_'}, new}}, 1.5, 1 bsl 70, <<"bin">>],
    Heads = [{'$1', '$2'}, {'$1', '$2', '_'}, {{a, '$1'}, ['$2' | '_']}, {#{k => '$1', 1.5 => '_'}, '$2'}, {rec, '$1', '$2'}, {<<"bin">>, 1 bsl 70, {'$2', '$2', '$1'}},
             {{k, '$1', [1, 2 | '$2']}, 0.0}],
    [[{H, [G], [B]}] || H <- Heads, G <- Guards, B <- Bodies] ++ [[{H, Guards, Bodies} || H <- Heads]].

%% Bytes of texts and numbers, and steps that are as good as any other.
bits() ->
    Subjects = [<<"a text of some bytes, longer than what a heap holds of a binary by itself">>, <<1.5:16/float, 2.5:32/float, -3.5/float, -1:72>>,
                <<"aé€𝄞"/utf8, "é𝄞"/utf16-little, "𝄞"/utf32>>, <<>>],
    rand:seed(exsss, 1),
    [[byte_size(S), S, [rand:uniform(256) - 1 || _ <- lists:seq(1, 100)]] || S <- Subjects, _ <- lists:seq(1, 10)].
