-module(counter_server).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

init([]) ->
    process_flag(trap_exit, true),
    {ok, First} = application:get_env(first),
    %% The application has started by then.
    erlang:send_after(200, self(), count),
    {ok, First}.

handle_call(get, _, N) -> {reply, N, N}.

handle_cast(_, N) -> {noreply, N}.

handle_info(count, N) when N < 16 ->
    {ok, Step} = application:get_env(step),
    io:format("~p ~p~n", [N, application:get_application()]),
    self() ! count,
    {noreply, N + Step};
handle_info(count, N) ->
    init:stop(),
    {noreply, N}.

terminate(Reason, N) -> io:format("terminate ~p ~p~n", [Reason, N]).
