%% SPDX-License-Identifier: Apache-2.0
%% otp_internal_api.erl - otp_internal: what is obsolete, said so in words.
-module(otp_internal_api).
-export([start/0]).
-include("../show.hrl").

start() ->
    ?SHOW(kind(otp_internal:obsolete(erlang, now, 0))),
    ?SHOW(kind(otp_internal:obsolete(lists, reverse, 1))),
    ?SHOW(kind(otp_internal:obsolete(random, uniform, 0))),
    ?SHOW(kind(otp_internal:obsolete(no_module, no_function, 3))),
    ?SHOW(kind(otp_internal:obsolete(erlang, hash, 2))),
    ?SHOW(otp_internal:obsolete_type(lists, nope, 0)).

kind(no) -> no;
kind({Tag, Text}) when is_list(Text) -> {Tag, is_list(Text)};
kind({Tag, _, _}) -> Tag.
