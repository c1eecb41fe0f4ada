%% SPDX-License-Identifier: Apache-2.0
%% zlib_calls.erl - Streams and checksums of module zlib, in every state and with bad arguments.
-module(zlib_calls).
-compile([nowarn_deprecated_function]).
-export([start/0]).

start() ->
    at_once(),
    fresh(),
    deflating(),
    inflating(),
    ends(),
    dictionaries(),
    parameters(),
    owners(),
    closed(),
    no_stream(),
    long().

%% Streams have numbers of their own: arguments are printed without them.
call(Function, Arguments) ->
    Text = try apply(zlib, Function, Arguments) of
        Value -> io_lib:format("~w", [Value])
    catch
        Class:Reason:Stack ->
            {M, F, A, _} = hd(Stack),
            Arity = if is_list(A) -> length(A); true -> A end,
            io_lib:format("~w ~W in ~w:~w/~w", [Class, Reason, 30, M, F, Arity])
    end,
    Shown = [if is_reference(A) -> stream; is_pid(A) -> pid; true -> A end || A <- Arguments],
    io:format("~w ~W = ~s~n", [Function, Shown, 30, shortened(lists:flatten(Text))]).

shortened(Text) when length(Text) < 300 -> Text;
shortened(Text) -> io_lib:format("~s... ~w ~w", [lists:sublist(Text, 80), length(Text), erlang:crc32(Text)]).

calls(Stream, Calls) -> [call(F, [Stream | As]) || {F, As} <- Calls].

at_once() ->
    Texts = [<<>>, [], <<"hello">>, ["hello ", [<<"hello ">>, $h], <<"ello">>], binary:copy(<<"abc">>, 1000),
             << <<(I * I rem 251)>> || I <- lists:seq(1, 40000)>>, a, [a], [1 | 2], <<1:3>>],
    [begin
         call(Pack, [T]),
         try zlib:Unpack(zlib:Pack(T)) =:= iolist_to_binary(T) of Same -> io:format("~w~n", [Same])
         catch error:E -> io:format("~w~n", [E]) end
     end || T <- Texts, {Pack, Unpack} <- [{compress, uncompress}, {zip, unzip}, {gzip, gunzip}]],
    C = zlib:compress(<<"hello hello hello">>),
    [call(F, [B]) || F <- [uncompress, unzip, gunzip],
                     B <- [<<>>, <<1, 2, 3>>, <<1, 2, 3, 4, 5, 6, 7, 8, 9>>, C, [C, C], binary:part(C, 0, byte_size(C) - 1), a, [C | x]]],
    call(gunzip, [[zlib:gzip("ab"), zlib:gzip("cd")]]),
    call(gunzip, [[zlib:gzip("ab"), "x"]]).

fresh() ->
    calls(zlib:open(), [{deflate, [<<"abc">>]}, {deflateEnd, []}, {inflateEnd, []}, {deflateReset, []}, {inflateReset, []},
                        {crc32, []}, {getBufSize, []}, {deflateSetDictionary, [<<"abc">>]},
                        {inflateSetDictionary, [<<"abc">>]}, {inflateGetDictionary, []}, {deflateParams, [3, default]},
                        {inflate, [<<"abc">>]}, {setBufSize, [16]}, {setBufSize, [100]}, {getBufSize, []}, {setBufSize, [a]}]).

deflating() ->
    Z = zlib:open(),
    calls(Z, [{deflateInit, []}, {deflateInit, []}, {inflateInit, []}, {crc32, []}, {deflate, [<<"abc">>]},
              {deflate, [<<"abc">>, sync]}, {deflate, [<<"abc">>, full]}, {deflate, [<<"abc">>, finish]}, {crc32, []},
              {deflate, [<<"abc">>]}, {deflate, [<<"abc">>, finish]}, {deflateEnd, []}, {crc32, []},
              {deflateInit, [9]}, {deflate, [a]}, {deflate, [<<"abcd">>, a]}, {inflate, [<<"abcd">>]}, {deflate, [<<"abcd">>]},
              {deflateReset, []}, {inflateReset, []}, {inflateEnd, []}, {deflateEnd, []}, {deflateEnd, []},
              {deflateInit, [default, deflated, -15, 8, default]}, {deflate, [["ab", "cd"], finish]}, {crc32, []},
              {deflateReset, []}, {crc32, []}, {deflate, [<<"abcd">>, none]}, {crc32, []}, {deflate, [<<>>, finish]},
              {crc32, []}, {deflateEnd, []},
              {deflateInit, [default, deflated, 31, 8, default]}, {deflate, [<<"abcd">>, finish]}, {crc32, []},
              {deflateEnd, []}]),
    [begin calls(Z, [{deflateInit, [L, M, W, Mem, S]}]), catch zlib:deflateEnd(Z) end
     || {L, M, W, Mem, S} <- [{none, deflated, 15, 1, filtered}, {best_speed, deflated, 9, 9, huffman_only},
                              {best_compression, deflated, 8, 8, rle}, {10, deflated, 15, 8, default},
                              {1, x, 15, 8, default}, {1, deflated, 48, 8, default}, {1, deflated, 7, 8, default},
                              {1, deflated, -16, 8, default}, {1, deflated, -8, 8, default}, {1, deflated, 47, 8, default},
                              {1, deflated, 15, 10, default}, {1, deflated, 15, 0, default}, {1, deflated, 15, 8, x}]].

inflating() ->
    C = zlib:compress(<<"hello hello hello">>),
    Z = zlib:open(),
    calls(Z, [{inflateInit, []}, {inflateInit, []}, {crc32, []}, {deflate, [C]}, {deflateReset, []}, {deflateEnd, []},
              {inflate, [C]}, {crc32, []}, {inflate, [C]}, {inflate, [<<>>]}, {inflateEnd, []},
              {inflateInit, [15, cut]}, {inflate, [<<1, 2, 3>>]}, {inflate, [C]}, {inflateReset, []},
              {inflate, [binary:part(C, 0, 6)]}, {safeInflate, [[]]}, {safeInflate, [a]}, {inflateEnd, []},
              {inflateInit, [-15]}, {inflate, [zlib:zip(<<"hello hello hello">>)]}, {crc32, []}, {inflateGetDictionary, []},
              {inflateEnd, []}, {inflateInit, [47]}, {setBufSize, [17]},
              {inflateChunk, [zlib:gzip(binary:copy(<<"hello">>, 10))]}, {inflateChunk, []}, {inflateChunk, []},
              {inflateChunk, []}, {inflateChunk, []}, {crc32, []}, {inflateEnd, []}]),
    [begin calls(Z, [{inflateInit, [W]}]), catch zlib:inflateEnd(Z) end || W <- [-8, 8, 16, 20, 32, 33, 7, 48, a]],
    calls(Z, [{inflateInit, [15, x]}]).

ends() ->
    C = zlib:compress(<<"hello hello hello">>),
    [begin
         io:format("~w~n", [End]),
         calls(zlib:open(), [{inflateInit, [15, End]}, {inflate, [[C, C]]}, {inflate, [C]}, {inflate, [<<>>]},
                             {inflateGetDictionary, []}, {inflateEnd, []}])
     end || End <- [error, reset, cut]].

dictionaries() ->
    Z = zlib:open(),
    calls(Z, [{deflateInit, []}, {deflateSetDictionary, [["hello", <<"abc">>]]}, {deflateSetDictionary, [a]},
              {deflateSetDictionary, [[a]]}]),
    D = zlib:deflate(Z, <<"hello hello">>, finish),
    calls(Z, [{deflateSetDictionary, [<<"late">>]}]),
    calls(zlib:open(), [{inflateInit, []}, {inflate, [D]}, {inflate, [<<>>, [{exception_on_need_dict, false}]]},
                        {inflateSetDictionary, [<<"wrong">>]}, {inflateSetDictionary, [a]},
                        {inflateSetDictionary, [["hello", $a | <<"bc">>]]}, {inflate, [[]]},
                        {inflateSetDictionary, [<<"helloabc">>]}, {inflateEnd, []}]),
    calls(zlib:open(), [{inflateInit, []}, {inflate, [D, [{exception_on_need_dict, false}]]}, {safeInflate, [<<>>]},
                        {inflateSetDictionary, [lists:duplicate(300000, $x)]}, {inflateReset, []}, {safeInflate, [D]}]).

parameters() ->
    Z = zlib:open(),
    calls(Z, [{deflateInit, [1]}, {deflate, [binary:copy(<<"abcde">>, 10000)]}, {deflateParams, [9, filtered]},
              {deflateParams, [10, default]}, {deflateParams, [1, x]}, {deflate, [<<"abc">>]}, {deflateParams, [0, default]},
              {deflate, [<<"abc">>, finish]}, {deflateParams, [9, filtered]}, {deflateEnd, []}]).

owners() ->
    Z = zlib:open(),
    Self = self(),
    Other = spawn_link(fun() ->
        call(deflateInit, [Z]),
        Self ! tried,
        receive yours -> ok end,
        [call(deflateInit, [Z]), call(set_controlling_process, [Z, Self])],
        Self ! yours
    end),
    receive tried -> ok end,
    calls(Z, [{set_controlling_process, [a]}, {set_controlling_process, [Other]}]),
    Other ! yours,
    receive yours -> ok end,
    calls(Z, [{deflate, [<<"abc">>, finish]}, {deflateEnd, []}]),
    {Dead, Monitor} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    call(set_controlling_process, [Z, Dead]),
    calls(Z, [{F, As} || {F, As} <- functions()]).

functions() ->
    [{close, []}, {deflateInit, []}, {inflateInit, []}, {deflate, [<<"a">>]}, {inflate, [<<"a">>]}, {crc32, []}, {getBufSize, []},
     {setBufSize, [100]}, {inflateEnd, []}, {deflateEnd, []}, {deflateReset, []}, {inflateReset, []},
     {set_controlling_process, [self()]}, {set_controlling_process, [a]}, {deflateSetDictionary, [<<"a">>]},
     {deflateSetDictionary, [a]}, {inflateSetDictionary, [<<"a">>]}, {inflateGetDictionary, []}, {deflateParams, [1, default]},
     {inflateChunk, []}, {safeInflate, [<<"a">>]}].

closed() ->
    Z = zlib:open(),
    zlib:deflateInit(Z),
    zlib:deflate(Z, <<"abc">>),
    calls(Z, [{close, []} | functions()]).

no_stream() ->
    Atomics = atomics:new(1, []),
    [calls(X, functions()) || X <- [a, make_ref(), Atomics]],
    [call(F, As) || {F, As} <- [{crc32, [Atomics, "abc"]}, {crc32, [Atomics, 1, "abc"]}, {crc32, [a, "abc"]},
                                {crc32_combine, [Atomics, 1, 2, 3]}, {adler32, [Atomics, "abc"]},
                                {adler32, [Atomics, 1, "abc"]}, {adler32_combine, [Atomics, 1, 2, 3]}]].

%% More than a slice's work, input of many pieces, output of many chunks.
long() ->
    Data = << <<(erlang:phash2(I)):16>> || I <- lists:seq(1, 200000)>>,
    Zeros = binary:copy(<<0>>, 3000000),
    Pieces = [Data, [[B, <<B>>, binary:copy(<<B>>, 300)] || B <- lists:seq(0, 255)], Zeros],
    [begin
         Packed = zlib:Pack(X),
         io:format("~w ~w ~w~n", [Pack, byte_size(Packed), erlang:md5(zlib:Unpack(Packed))])
     end || X <- [Data, Zeros, Pieces], {Pack, Unpack} <- [{compress, uncompress}, {zip, unzip}, {gzip, gunzip}]],
    Z = zlib:open(),
    zlib:inflateInit(Z),
    io:format("~w~n", [chunks(Z, zlib:safeInflate(Z, zlib:compress(Pieces)), [])]),
    zlib:inflateEnd(Z),
    zlib:inflateInit(Z),
    zlib:setBufSize(Z, 1000000),
    {more, Chunk} = zlib:inflateChunk(Z, zlib:compress(Zeros)),
    io:format("~w~n", [iolist_size(Chunk)]).

chunks(Z, {continue, Chunk}, Sizes) -> chunks(Z, zlib:safeInflate(Z, []), [iolist_size(Chunk) | Sizes]);
chunks(_, {finished, Chunk}, Sizes) -> lists:reverse(Sizes, [iolist_size(Chunk)]).
