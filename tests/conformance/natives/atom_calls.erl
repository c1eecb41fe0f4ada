%% SPDX-License-Identifier: Apache-2.0
%% atom_calls.erl - Atoms from text, and text of atoms.
-module(atom_calls).
-export([start/0]).
-include("calls.hrl").

start() ->
    Long = lists:duplicate(255, 1000),
    TooLong = [$a | Long],
    Atom = list_to_atom(Long),
    calls(erlang, atom_to_list, [[a], ['Hello w'], [''], [Atom], [1], ["a"], ['\x{e5}\x{e4}']]),
    calls(erlang, atom_to_binary, [[X, E] || X <- [a, '', Atom, '\x{e5}', 1, "a"],
                                             E <- [latin1, utf8, unicode, foo, 1]]),
    calls(erlang, atom_to_binary, [[a], [1], ['\x{e5}']]),
    Texts = ["abc", "", Long, TooLong, TooLong ++ [-1], [-1 | TooLong], [55296], [16#10ffff], [16#110000],
             [a], "a" ++ b, a, <<"a">>, [1.0], [1 bsl 70], [0], "erlang"],
    [calls(erlang, F, [[T] || T <- Texts]) || F <- [list_to_atom, list_to_existing_atom]],
    calls(erlang, list_to_existing_atom, [["no such atom in this program"], ["erlang"]]),
    Bytes = [<<"abc">>, <<>>, <<255>>, <<"\x{e5}"/utf8>>, unicode:characters_to_binary(Long),
             unicode:characters_to_binary(TooLong), binary:copy(<<"a">>, 256), binary:copy(<<"b">>, 255),
             <<(binary:copy(<<"a">>, 256))/binary, 255>>, binary:copy(<<255>>, 255), <<1:4>>, a, "abc",
             <<237, 160, 128>>, <<195>>, binary:copy(<<240, 159, 152, 128>>, 255),
             binary:copy(<<240, 159, 152, 128>>, 256), unaligned(<<"abc">>), unaligned(<<"\x{e5}"/utf8>>)],
    [calls(erlang, F, [[B, E] || B <- Bytes, E <- [latin1, utf8, unicode, x]])
     || F <- [binary_to_atom, binary_to_existing_atom]],
    [calls(erlang, F, [[B] || B <- [<<"abc">>, <<"\x{e5}"/utf8>>, <<255>>, a]])
     || F <- [binary_to_atom, binary_to_existing_atom]].

unaligned(Binary) ->
    <<_:3, Rest/bitstring>> = <<5:3, Binary/bitstring>>,
    Rest.
