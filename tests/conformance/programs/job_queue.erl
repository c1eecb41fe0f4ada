%% SPDX-License-Identifier: Apache-2.0
%% job_queue.erl - A queue of jobs, a pool of workers under simple_one_for_one, retries.
-module(job_queue).
-behaviour(gen_server).
-export([start/0, start_worker/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-record(queue, {pool, waiting = queue:new(), running = #{}, done = #{}, limit, watchers = []}).

start() ->
    process_flag(trap_exit, true),
    {ok, Pool} = supervisor:start_link(?MODULE, pool),
    {ok, Queue} = gen_server:start_link(?MODULE, {queue, Pool, 3}, []),
    [submit(Queue, Id, Job) || {Id, Job} <- jobs()],
    io:format("accepted twice: ~0p~n", [submit(Queue, 1, {sum, 1})]),
    wait_idle(Queue),
    [io:format("job ~2w: ~0p~n", [Id, Result]) || {Id, Result} <- results(Queue)],
    io:format("workers left: ~w~n", [proplists:get_value(active, supervisor:count_children(Pool))]),
    many(Queue),
    io:format("stop: ~w~n", [gen_server:stop(Queue)]),
    exit(Pool, shutdown),
    receive {'EXIT', Pool, Why} -> io:format("pool: ~w~n", [Why]) end,
    ok.

jobs() ->
    [{1, {sum, 100}}, {2, {factorial, 25}}, {3, {divide, 7, 0}}, {4, {primes, 50}},
     {5, {flaky, 2}}, {6, {flaky, 9}}, {7, {reverse, "stressed"}}, {8, sleep}, {9, unknown},
     {10, {exit, shutdown}}, {11, {words, "the cat and the dog and the bird"}}].

%% Two hundred jobs; never more at a time than the pool may hold.
many(Queue) ->
    [submit(Queue, N, {sum, N}) || N <- lists:seq(101, 300)],
    wait_idle(Queue),
    Sums = [Sum || {Id, {ok, Sum}} <- results(Queue), Id > 100],
    io:format("many: ~w jobs, total ~w~n", [length(Sums), lists:sum(Sums)]),
    io:format("most at once: ~w~n", [gen_server:call(Queue, most)]).

%% The interface.

submit(Queue, Id, Job) -> gen_server:call(Queue, {submit, Id, Job}).
results(Queue) -> lists:sort(maps:to_list(gen_server:call(Queue, results))).
wait_idle(Queue) -> gen_server:call(Queue, wait_idle, infinity).

%% Pool and queue.

init(pool) ->
    Worker = #{id => worker, start => {?MODULE, start_worker, []}, restart => temporary,
               shutdown => brutal_kill},
    {ok, {#{strategy => simple_one_for_one}, [Worker]}};
init({queue, Pool, Limit}) ->
    put(most, 0),
    {ok, #queue{pool = Pool, limit = Limit}}.

handle_call({submit, Id, Job}, _From, #queue{done = Done, waiting = Waiting} = Q) ->
    case maps:is_key(Id, Done) of
        true -> {reply, {error, known}, Q};
        false ->
            Entry = {Id, Job, 1},
            {reply, ok, fill(Q#queue{waiting = queue:in(Entry, Waiting),
                                     done = Done#{Id => pending}})}
    end;
handle_call(results, _From, Q) -> {reply, Q#queue.done, Q};
handle_call(most, _From, Q) -> {reply, get(most), Q};
handle_call(wait_idle, From, #queue{watchers = Watchers} = Q) ->
    {noreply, tell_if_idle(Q#queue{watchers = [From | Watchers]})}.

handle_cast(_, Q) -> {noreply, Q}.

%% A worker ends with its result as the reason.
handle_info({'DOWN', Ref, process, _, Reason}, #queue{running = Running} = Q) ->
    {{Id, Job, Try}, Rest} = maps:take(Ref, Running),
    Next = Q#queue{running = Rest},
    {noreply, tell_if_idle(fill(finish(Reason, Id, Job, Try, Next)))}.

terminate(_, _) -> ok.

finish({shutdown, {result, Value}}, Id, _, Try, #queue{done = Done} = Q) ->
    Result = case Try of
                 1 -> {ok, Value};
                 _ -> {ok, Value, {tries, Try}}
             end,
    Q#queue{done = Done#{Id := Result}};
finish({shutdown, {again, _}}, Id, Job, Try, #queue{waiting = Waiting} = Q) when Try < 5 ->
    Q#queue{waiting = queue:in_r({Id, Job, Try + 1}, Waiting)};
finish({shutdown, Why}, Id, _, Try, #queue{done = Done} = Q) ->
    Q#queue{done = Done#{Id := {failed, Why, {tries, Try}}}};
finish(Why, Id, _, _, #queue{done = Done} = Q) -> Q#queue{done = Done#{Id := {failed, Why}}}.

fill(#queue{running = Running, limit = Limit} = Q) when map_size(Running) >= Limit -> Q;
fill(#queue{running = Running, waiting = Waiting} = Q) ->
    case queue:out(Waiting) of
        {empty, _} -> Q;
        {{value, {_, Job, Try} = Entry}, Rest} ->
            {ok, Pid} = supervisor:start_child(Q#queue.pool, [{Job, Try}]),
            Now = Running#{monitor(process, Pid) => Entry},
            Pid ! go,
            put(most, max(get(most), map_size(Now))),
            fill(Q#queue{running = Now, waiting = Rest})
    end.

tell_if_idle(#queue{running = Running, waiting = Waiting} = Q) ->
    case map_size(Running) =:= 0 andalso queue:is_empty(Waiting) of
        true ->
            [gen_server:reply(From, ok) || From <- Q#queue.watchers],
            Q#queue{watchers = []};
        false -> Q
    end.

%% Workers.

start_worker({Job, Try}) -> {ok, spawn_link(fun() -> receive go -> work(Job, Try) end end)}.

work(Job, Try) ->
    Outcome = try {result, perform(Job, Try)}
              catch
                  throw:again -> {again, Try};
                  error:Why -> {crashed, Why}
              end,
    exit({shutdown, Outcome}).

perform({sum, N}, _) -> lists:sum(lists:seq(1, N));
perform({factorial, N}, _) -> lists:foldl(fun(X, Y) -> X * Y end, 1, lists:seq(1, N));
perform({divide, A, B}, _) -> A div B;
perform({primes, N}, _) -> sieve(lists:seq(2, N));
perform({flaky, Needed}, Try) when Try < Needed -> throw(again);
perform({flaky, _}, _) -> at_last;
perform({reverse, Text}, _) -> lists:reverse(Text);
perform(sleep, _) -> timer:sleep(10), rested;
perform({exit, Why}, _) -> exit(Why);
perform({words, Text}, _) ->
    Count = fun(Word, Map) -> maps:update_with(Word, fun(N) -> N + 1 end, 1, Map) end,
    lists:sort(maps:to_list(lists:foldl(Count, #{}, string:lexemes(Text, " "))));
perform(Other, _) -> error({not_a_job, Other}).

sieve([]) -> [];
sieve([Prime | Rest]) -> [Prime | sieve([N || N <- Rest, N rem Prime =/= 0])].
