-module(counter_app).
-behaviour(application).
-behaviour(supervisor).
-export([start/2, stop/1, init/1]).

start(Type, Arguments) ->
    io:format("start ~p ~p~n", [Type, Arguments]),
    supervisor:start_link({local, counter_sup}, ?MODULE, []).

stop(State) -> io:format("stop ~p~n", [State]).

init([]) -> {ok, {#{}, [#{id => server, start => {counter_server, start_link, []}}]}}.
