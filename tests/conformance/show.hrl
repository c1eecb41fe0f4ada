%% SPDX-License-Identifier: Apache-2.0
%% show.hrl - One line per check: the expression's text and its value, or class and reason.
%% Include it after the attributes. Output is ASCII whatever the console's encoding.

%% Without optimisation the calls are made when the program runs, not by the compiler.
-include("ordered.hrl").

-compile([no_copt, no_ssa_opt]).

-define(SHOW(Expr), show(??Expr, fun() -> Expr end)).

show(Label, Fun) ->
    Text = try Fun() of
        Value -> io_lib:format(?TERM, [Value])
    catch
        Class:Reason -> io_lib:format("~w " ?TERM, [Class, Reason])
    end,
    io:format("~s = ~s~n", [show_ascii(Label), show_ascii(Text)]).

show_ascii(Text) ->
    [show_char(Char) || Char <- lists:flatten(Text)].

show_char(Char) when Char >= 32, Char < 127 -> Char;
show_char(Char) -> ["\\x{", integer_to_list(Char, 16), "}"].
