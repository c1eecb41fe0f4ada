%% SPDX-License-Identifier: Apache-2.0
%% lifecycle.erl - Applications: loaded, started with what they need, asked, stopped, unloaded.
-module(lifecycle).
-export([start/0]).
-include("../show.hrl").
-include("../files/temp.hrl").

start() ->
    {module, _} = code:ensure_loaded(demo_app),
    %% What is asked before anything has been started.
    ?SHOW(application:get_env(demo, key)),
    ?SHOW(application:get_env(kernel, logger_sasl_compatible)),
    ?SHOW(application:get_env(kernel, net_ticktime, 1)),
    ?SHOW(application:get_key(kernel, mod)),
    ?SHOW([A || {A, _, _} <- application:which_applications()]),
    in_folder(fun() ->
        files(),
        loading(),
        starting(),
        failing(),
        dependencies(),
        terminating()
    end).

files() ->
    app(demo, [{vsn, "1.2"}, {description, "Demonstration"}, {modules, [demo_app]}, {registered, [demo_sup]},
               {applications, [kernel, stdlib]}, {env, [{a, 1}, {b, "two"}]}, {mod, {demo_app, [x, y]}},
               {start_phases, [{first, [1]}, {second, []}]}]),
    app(needs, [{vsn, "1"}, {applications, [kernel, stdlib, library, demo]}]),
    app(library, [{vsn, "0.1"}, {applications, [kernel]}]),
    app(missing, [{vsn, "1"}, {applications, [kernel, nowhere]}]),
    app(optional, [{vsn, "1"}, {applications, [kernel, nowhere]}, {optional_applications, [nowhere]}]),
    ok = file:write_file("broken.app", "{application, broken, [{vsn, ]}."),
    ok = file:write_file("odd.app", "{applicatio, odd, []}."),
    {ok, Here} = file:get_cwd(),
    ?SHOW(code:add_patha(Here)).

app(Name, Properties) ->
    ok = file:write_file(atom_to_list(Name) ++ ".app", io_lib:format("~p.~n", [{application, Name, Properties}])).

loading() ->
    ?SHOW(application:load(demo)),
    ?SHOW(application:load(demo)),
    ?SHOW(application:load(nowhere)),
    ?SHOW(application:load(broken)),
    ?SHOW(application:load(odd)),
    ?SHOW(application:load("demo")),
    ?SHOW(application:load({application, inline, [{vsn, "3"}, {env, [{k, v}]}]})),
    ?SHOW(application:get_env(inline, k)),
    ?SHOW(lists:sort(application:get_all_env(demo))),
    ?SHOW(lists:keydelete(env, 1, element(2, application:get_all_key(demo)))),
    ?SHOW(application:get_key(demo, vsn)),
    ?SHOW(application:get_key(demo, foo)),
    ?SHOW(application:get_key(nowhere, vsn)),
    ?SHOW(application:set_env(demo, a, 2)),
    ?SHOW(application:set_env([{demo, [{c, 3}, {d, 4}]}])),
    ?SHOW(application:set_env(unloaded, x, y)),
    ?SHOW(application:get_env(unloaded, x)),
    ?SHOW(application:unset_env(demo, b)),
    ?SHOW(lists:sort(application:get_all_env(demo))),
    ?SHOW(application:get_env(demo, zzz, default)),
    ?SHOW(application:set_env([{demo, x}])),
    ?SHOW(application:get_application(demo_app)),
    ?SHOW(application:get_application(lists)),
    ?SHOW(application:unload(inline)),
    ?SHOW(application:unload(inline)).

starting() ->
    ?SHOW(application:start(demo)),
    ?SHOW(application:start(demo)),
    ?SHOW(whereis(demo_sup) =/= undefined),
    ?SHOW(application:get_application(whereis(demo_sup))),
    ?SHOW(application:get_application(self())),
    ?SHOW(lists:keyfind(demo, 1, application:which_applications())),
    ?SHOW(application:unload(demo)),
    ?SHOW(application:stop(demo)),
    ?SHOW(whereis(demo_sup)),
    ?SHOW(application:stop(demo)),
    ?SHOW(application:unload(demo)),
    ?SHOW(application:get_env(demo, a)).

failing() ->
    ?SHOW(application:load(demo)),
    [begin
         ok = application:set_env(demo, start, How),
         ?SHOW(without_trace(application:start(demo)))
     end || How <- [refuse, crash, other]],
    ok = application:unset_env(demo, start),
    ?SHOW(application:start(nowhere)),
    ?SHOW(application:start(needs)),
    ?SHOW(application:start(missing)),
    ?SHOW(application:start(demo, foo)).

without_trace({error, {Reason, {M, F, A}}}) -> {error, {class_of(Reason), {M, F, A}}};
without_trace(Other) -> Other.

class_of({bad_return, {MFA, {'EXIT', {Reason, _}}}}) -> {bad_return, {MFA, {'EXIT', Reason}}};
class_of(Reason) -> Reason.

dependencies() ->
    ?SHOW(application:ensure_started(library)),
    ?SHOW(application:ensure_started(library)),
    ?SHOW(application:ensure_all_started(needs)),
    ?SHOW(application:ensure_all_started(needs)),
    ?SHOW(application:ensure_all_started(missing)),
    ?SHOW(application:ensure_all_started(optional)),
    ?SHOW([A || {A, _, _} <- application:which_applications()]),
    ?SHOW([application:stop(A) || A <- [needs, demo, library, optional]]),
    ?SHOW([A || {A, _, _} <- application:which_applications()]).

terminating() ->
    ?SHOW(application:start(demo, temporary)),
    Pid = whereis(demo_sup),
    Ref = monitor(process, Pid),
    exit(Pid, kill),
    Why = receive {'DOWN', Ref, _, _, Reason} -> Reason end,
    wait_stopped(demo, 500),
    ?SHOW(Why),
    ?SHOW(lists:keymember(demo, 1, application:which_applications())),
    ?SHOW(application:start(demo, transient)),
    ?SHOW(application:stop(demo)).

wait_stopped(App, Tries) ->
    case lists:keymember(App, 1, application:which_applications()) of
        true when Tries > 0 -> timer:sleep(10), wait_stopped(App, Tries - 1);
        _ -> ok
    end.
