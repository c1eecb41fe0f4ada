%% SPDX-License-Identifier: Apache-2.0
%% hello.erl - Greets who is named on the command line, or else who answers.
-module(hello).
-export([main/1]).

main([]) ->
    case io:get_line("What is your name? ") of
        eof -> io:format("~nGood bye.~n");
        Name -> greet(string:trim(Name))
    end;
main(Names) ->
    lists:foreach(fun greet/1, Names).

greet(Name) -> io:format("Hello, ~ts!~n", [Name]).
