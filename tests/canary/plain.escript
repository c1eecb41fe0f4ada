#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% plain.escript - A .beam as a machine without zlib can read it, and no larger than need be:
%% plain.escript FROM TO.

main([From, To]) ->
    {ok, _, Chunks} = beam_lib:all_chunks(From),
    {ok, Bytes} = beam_lib:build_module([plain(C) || {Id, _} = C <- Chunks, not lists:member(Id, useless())]),
    ok = file:write_file(To, Bytes).

plain({"LitT", <<Size:32, Packed/binary>>}) when Size > 0 -> {"LitT", <<0:32, (zlib:uncompress(Packed))/binary>>};
plain(Chunk) -> Chunk.

useless() -> ["Dbgi", "Docs", "CInf", "LocT", "Abst", "ExCk"].
