%% SPDX-License-Identifier: Apache-2.0
%% fun_info_items.erl - What funs say of themselves, and funs made of names.
-module(fun_info_items).
-export([start/0, add/2]).
-include("../show.hrl").

start() ->
    X = list_to_integer("5"),
    Y = list_to_atom("y"),
    Closure = fun(A) -> {A, X, Y} end,
    Plain = fun() -> ok end,
    Named = fun Count(0) -> X; Count(N) -> Count(N - 1) end,
    External = fun ?MODULE:add/2,
    [items(Fun) || Fun <- [Closure, Plain, Named, External, fun no_such_module:f/3]],
    ?SHOW(Closure(1)),
    ?SHOW(erlang:fun_info(Closure, no_such_item)),
    ?SHOW(erlang:fun_info(Closure, "module")),
    ?SHOW(erlang:fun_info(not_a_fun, module)),
    ?SHOW(erlang:fun_info_mfa(17)),
    made(),
    builtin().

items(Fun) ->
    ?SHOW(erlang:fun_info_mfa(Fun)),
    [?SHOW(erlang:fun_info(Fun, Item)) || Item <- [module, name, arity, env, type]],
    ?SHOW(is_pid(element(2, erlang:fun_info(Fun, pid)))),
    ?SHOW(erlang:fun_info(Fun, index)),
    ?SHOW(erlang:fun_info(Fun, new_index)),
    {_, Uniq} = erlang:fun_info(Fun, new_uniq),
    ?SHOW(Uniq =:= proplists:get_value(md5, ?MODULE:module_info())),
    ?SHOW(is_integer(element(2, erlang:fun_info(Fun, uniq)))),
    ?SHOW([Key || {Key, _} <- erlang:fun_info(Fun)]).

made() ->
    Add = erlang:make_fun(?MODULE, add, 2),
    ?SHOW(Add),
    ?SHOW(Add(1, 2)),
    ?SHOW(Add =:= fun ?MODULE:add/2),
    ?SHOW(erlang:make_fun(a, b, 255)),
    ?SHOW(erlang:make_fun(a, b, 256)),
    ?SHOW(erlang:make_fun(a, b, -1)),
    ?SHOW(erlang:make_fun("a", b, 1)),
    ?SHOW(erlang:make_fun(a, b, c)),
    ?SHOW((erlang:make_fun(lists, reverse, 1))([1, 2])).

add(A, B) -> A + B.

builtin() ->
    ?SHOW(erlang:is_builtin(erlang, self, 0)),
    ?SHOW(erlang:is_builtin(lists, map, 2)),
    ?SHOW(erlang:is_builtin(lists, member, 2)),
    ?SHOW(erlang:is_builtin(erlang, '+', 2)),
    ?SHOW(erlang:is_builtin(erlang, apply, 3)),
    ?SHOW(erlang:is_builtin(erlang, length, 1)),
    ?SHOW(erlang:is_builtin(no, such, 300)),
    ?SHOW(erlang:is_builtin(no, such, x)).
