%% SPDX-License-Identifier: Apache-2.0
%% gen_event_handlers.erl - gen_event: handlers added, deleted, swapped, supervised, crashing.
-module(gen_event_handlers).
-behaviour(gen_event).
-export([start/0, init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    {ok, M} = gen_event:start_link(),
    adding(M),
    events(M),
    calling(M),
    swapping(M),
    crashing(M),
    supervised(M),
    ?SHOW(gen_event:stop(M)),
    ?SHOW(lists:sort(flush())),
    names().

flush() -> receive X when element(1, X) =/= 'EXIT' -> [X | flush()] after 0 -> [] end.

next() -> receive {said, What} -> What after 1000 -> nothing end.

adding(M) ->
    ?SHOW(gen_event:which_handlers(M)),
    ?SHOW(gen_event:add_handler(M, {?MODULE, a}, {a, self()})),
    ?SHOW(gen_event:add_handler(M, {?MODULE, b}, {b, self()})),
    ?SHOW(gen_event:which_handlers(M)),
    ?SHOW(gen_event:add_handler(M, {?MODULE, a}, {a, self()})),
    ?SHOW(gen_event:add_handler(M, {?MODULE, c}, {refuse, no})),
    ?SHOW(element(1, gen_event:add_handler(M, no_such_handler, []))),
    ?SHOW(gen_event:which_handlers(M)).

events(M) ->
    ?SHOW(gen_event:notify(M, {hello, 1})),
    ?SHOW([next(), next()]),
    ?SHOW(gen_event:sync_notify(M, {hello, 2})),
    ?SHOW(flush()),
    M ! {info, 3},
    ?SHOW([next(), next()]).

calling(M) ->
    ?SHOW(gen_event:call(M, {?MODULE, a}, question)),
    ?SHOW(gen_event:call(M, {?MODULE, zz}, question)),
    ?SHOW(gen_event:delete_handler(M, {?MODULE, b}, go_away)),
    ?SHOW(next()),
    ?SHOW(gen_event:delete_handler(M, {?MODULE, b}, again)),
    ?SHOW(gen_event:which_handlers(M)),
    ?SHOW(gen_event:call(M, {?MODULE, a}, {remove, removed})),
    ?SHOW(next()),
    ?SHOW(gen_event:which_handlers(M)).

swapping(M) ->
    gen_event:add_handler(M, {?MODULE, old}, {old, self()}),
    ?SHOW(gen_event:swap_handler(M, {{?MODULE, old}, swap}, {{?MODULE, new}, {new, self()}})),
    ?SHOW([next(), next()]),
    ?SHOW(gen_event:which_handlers(M)),
    gen_event:sync_notify(M, {swap_to, swapped}),
    ?SHOW(flush()),
    ?SHOW(gen_event:which_handlers(M)).

crashing(M) ->
    gen_event:add_handler(M, {?MODULE, weak}, {weak, self()}),
    gen_event:sync_notify(M, {crash, weak}),
    ?SHOW([W || {said, {weak, {terminate, {error, {W, _}}}}} <- flush()]),
    ?SHOW(gen_event:which_handlers(M)),
    gen_event:add_handler(M, {?MODULE, weak}, {weak, self()}),
    ?SHOW(gen_event:call(M, {?MODULE, weak}, {answer, strange})),
    ?SHOW(gen_event:which_handlers(M)),
    flush().

%% A supervised handler reports its end, and goes with its owner.
supervised(M) ->
    gen_event:add_sup_handler(M, {?MODULE, sup}, {sup, self()}),
    gen_event:delete_handler(M, {?MODULE, sup}, enough),
    ?SHOW(receive {gen_event_EXIT, {?MODULE, sup}, Why} -> Why after 1000 -> nothing end),
    Self = self(),
    {Owner, Ref} = spawn_monitor(fun() ->
                                     gen_event:add_sup_handler(M, {?MODULE, owned}, {owned, Self}),
                                     exit(owner_gone)
                                 end),
    receive {'DOWN', Ref, _, Owner, _} -> ok end,
    flush_until_terminated(),
    ?SHOW(gen_event:which_handlers(M)).

flush_until_terminated() ->
    receive
        {said, {owned, {terminate, {stop, Why}}}} -> ?SHOW(Why);
        {said, _} -> flush_until_terminated()
    end.

names() ->
    {ok, P} = gen_event:start({local, my_manager}),
    ?SHOW(gen_event:start({local, my_manager}) =:= {error, {already_started, P}}),
    ?SHOW(gen_event:notify(my_manager, x)),
    ?SHOW(gen_event:which_handlers(my_manager)),
    ?SHOW(gen_event:stop(my_manager)),
    ?SHOW(gen_event:sync_notify(my_manager, x)).

init({refuse, Why}) -> {error, Why};
init({{Name, Pid}, {previous, Old}}) -> Pid ! {said, {Name, {took_over, Old}}}, {ok, {Name, Pid}};
init({{Name, Pid}, Other}) -> Pid ! {said, {Name, {init, Other}}}, {ok, {Name, Pid}};
init({Name, Pid}) -> {ok, {Name, Pid}}.

handle_event({crash, Name}, {Name, _}) -> error(as_told);
handle_event({swap_to, New}, {_, Pid} = State) ->
    {swap_handler, going, State, {?MODULE, New}, {New, Pid}};
handle_event(Event, {Name, Pid} = State) -> Pid ! {said, {Name, Event}}, {ok, State}.

handle_call({remove, Reply}, _State) -> {remove_handler, Reply};
handle_call({answer, Term}, _State) -> Term;
handle_call(Request, {Name, _} = State) -> {ok, {Name, Request}, State}.

handle_info({'EXIT', _, Why}, State) -> handle_info({exit_of_owner, Why}, State);
handle_info(Info, {Name, Pid} = State) -> Pid ! {said, {Name, {info, Info}}}, {ok, State}.

terminate(swap, {Name, _}) -> {previous, Name};
terminate(Why, {Name, Pid}) -> Pid ! {said, {Name, {terminate, Why}}}, {ended, Name}.
