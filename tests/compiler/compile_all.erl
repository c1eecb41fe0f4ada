%% SPDX-License-Identifier: Apache-2.0
%% compile_all.erl - OTP's compiler over files: start with the folder for what it makes, folders of
%% headers, "--", and the sources (.erl, .yrl, .xrl). What it says of them is in the folder, too.
-module(compile_all).
-export([start/0]).

start() ->
    [Out | Rest] = init:get_plain_arguments(),
    {Headers, ["--" | Sources]} = lists:splitwith(fun(A) -> A =/= "--" end, Rest),
    Options = [deterministic, return, {outdir, Out} | [{i, H} || H <- Headers]],
    {_, _} = statistics(wall_clock),
    {_, _} = statistics(runtime),
    Said = [{filename:basename(S), make(S, Out, Options)} || S <- Sources],
    {_, Wall} = statistics(wall_clock),
    {_, Runtime} = statistics(runtime),
    ok = file:write_file(filename:join(Out, "said"), [io_lib:format("~p.~n", [S]) || S <- Said]),
    io:format("~w ~w~n", [Wall, Runtime]),
    halt(0).

make(Source, Out, Options) ->
    case filename:extension(Source) of
        ".erl" -> compile:file(Source, Options);
        Parser -> [grammar(Parser, Source, made(Source, Out)), compile:file(made(Source, Out), Options)]
    end.

made(Source, Out) -> filename:join(Out, filename:basename(filename:rootname(Source)) ++ ".erl").

grammar(".yrl", Source, Made) -> yecc:file(Source, [return, deterministic, {parserfile, Made}]);
grammar(".xrl", Source, Made) -> leex:file(Source, [return, deterministic, {scannerfile, Made}]).
