%% SPDX-License-Identifier: Apache-2.0
%% base64_api.erl - base64 both ways: padding, white space, broken input, all byte values.
-module(base64_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    [show(Text, fun() -> base64:encode(Text) end)
     || Text <- ["", "f", "fo", "foo", "foob", "fooba", "foobar"]],
    ?SHOW(base64:encode(<<0, 255, 128, 62, 63>>)),
    ?SHOW(base64:encode_to_string(<<"any carnal pleas">>)),
    ?SHOW(base64:encode_to_string("list")),
    [show(Text, fun() -> base64:decode(Text) end)
     || Text <- ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]],
    ?SHOW(base64:decode(<<"AP+APj8=">>)),
    ?SHOW(base64:decode_to_string("Zm9v\nYmFy")),
    ?SHOW(base64:mime_decode("Zm9v!?YmFy")),
    ?SHOW(base64:mime_decode(<<"Zg=\n=">>)),
    ?SHOW(base64:mime_decode("Zm9vYg")),
    ?SHOW(base64:mime_decode_to_string("Z*m*9*v")),
    All = list_to_binary(lists:seq(0, 255)),
    ?SHOW(base64:decode(base64:encode(All)) =:= All),
    ?SHOW(lists:all(fun round_trip/1, lists:seq(0, 70))),
    ?SHOW(base64:encode(a)),
    ?SHOW(base64:encode([256])),
    ?SHOW(base64:encode(<<1:3>>)),
    ?SHOW(base64:decode("Zg")),
    ?SHOW(base64:decode("Z===")),
    ?SHOW(base64:decode("Zm9*")),
    ?SHOW(base64:decode(a)).

round_trip(N) ->
    Bin = << <<(I * I)>> || I <- lists:seq(1, N) >>,
    base64:decode(base64:encode(Bin)) =:= Bin
        andalso base64:decode_to_string(base64:encode_to_string(Bin)) =:= binary_to_list(Bin).
