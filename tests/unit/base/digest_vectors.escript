#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Writes digest_vectors.inc: OTP's MD5, CRC-32 and Adler-32 of bytes I * 7 + I div 256.
%% Usage: escript digest_vectors.escript > digest_vectors.inc

main(_) ->
    io:format("/* SPDX-License-Identifier: Apache-2.0 */~n"
              "/* digest_vectors.inc - written by digest_vectors.escript. */~n"
              "static const DigestVector vectors[] = {~n"),
    [vector(Size) || Size <- lists:seq(0, 130) ++ [1000, 5551, 5552, 5553, 20000]],
    io:format("};~n").

vector(Size) ->
    Bytes = << <<(I * 7 + I div 256)>> || I <- lists:seq(0, Size - 1) >>,
    Md5 = lists:append([io_lib:format("~2.16.0b", [B]) || <<B>> <= erlang:md5(Bytes)]),
    io:format("    {~w, \"~s\", ~wu, ~wu},~n",
              [Size, Md5, erlang:crc32(Bytes), erlang:adler32(Bytes)]).
