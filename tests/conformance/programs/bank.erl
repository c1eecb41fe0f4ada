%% SPDX-License-Identifier: Apache-2.0
%% bank.erl - A bank: one gen_server per account under a supervisor, transfers, a crash.
-module(bank).
-behaviour(gen_server).
-export([start/0, start_account/3, supervisor_of/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-record(account, {name, balance = 0, history = [], ledger}).

start() ->
    process_flag(trap_exit, true),
    Ledger = spawn_link(fun() -> ledger(#{}) end),
    {ok, Bank} = supervisor:start_link(?MODULE, {bank, Ledger}),
    [open(Bank, Name, Amount) || {Name, Amount} <- [{anna, 100}, {bert, 50}, {cleo, 0}]],
    print_balances(Bank),
    everyday(Bank),
    concurrent(Bank),
    crash(Bank),
    closing(Bank, Ledger).

everyday(Bank) ->
    say("deposit", deposit(Bank, anna, 25)),
    say("withdraw", withdraw(Bank, bert, 20)),
    say("withdraw too much", withdraw(Bank, cleo, 1)),
    say("deposit nothing", deposit(Bank, cleo, 0)),
    say("transfer", transfer(Bank, anna, cleo, 75)),
    say("transfer too much", transfer(Bank, bert, cleo, 1000)),
    say("transfer to nobody", transfer(Bank, bert, dora, 1)),
    say("unknown account", balance(Bank, dora)),
    print_balances(Bank),
    say("history of anna", history(Bank, anna)).

%% Twenty customers move money about at once; the sum must stay.
concurrent(Bank) ->
    Before = total(Bank),
    Names = [anna, bert, cleo],
    Customers = [spawn_monitor(fun() -> moves(Bank, Names, N, 50) end) || N <- lists:seq(1, 20)],
    Moves = [receive {'DOWN', Ref, process, Pid, {moved, Count}} -> Count end
             || {Pid, Ref} <- Customers],
    say("moves tried", lists:sum(Moves)),
    say("sum kept", total(Bank) =:= Before),
    say("nobody below zero", lists:all(fun(Name) -> balance(Bank, Name) >= 0 end, Names)).

moves(_, _, _, 0) -> exit({moved, 50});
moves(Bank, Names, Seed, Left) ->
    From = lists:nth(Seed rem 3 + 1, Names),
    To = lists:nth((Seed div 3) rem 3 + 1, Names),
    _ = From =/= To andalso transfer(Bank, From, To, Seed rem 10 + 1),
    moves(Bank, Names, (Seed * 31 + 7) rem 1009, Left - 1).

%% An account that crashes comes back with the balance the ledger knows.
crash(Bank) ->
    Before = balance(Bank, bert),
    Pid = account(Bank, bert),
    Ref = monitor(process, Pid),
    gen_server:cast(Pid, fall_over),
    receive {'DOWN', Ref, process, Pid, Reason} -> say("bert crashed", Reason) end,
    wait_until(fun() -> is_pid(account(Bank, bert)) andalso account(Bank, bert) =/= Pid end),
    say("balance kept", balance(Bank, bert) =:= Before),
    say("history lost", history(Bank, bert)).

closing(Bank, Ledger) ->
    say("close cleo", supervisor:terminate_child(Bank, cleo)),
    say("delete cleo", supervisor:delete_child(Bank, cleo)),
    say("accounts", lists:sort([Name || {Name, _, _, _} <- supervisor:which_children(Bank)])),
    exit(Bank, shutdown),
    receive {'EXIT', Bank, Why} -> say("bank closed", Why) end,
    Ledger ! stop,
    receive {'EXIT', Ledger, Why2} -> say("ledger closed", Why2) end,
    ok.

say(Label, Value) -> io:format("~s: ~0p~n", [Label, Value]).

print_balances(Bank) ->
    [io:format("  ~-6w ~5w~n", [Name, balance(Bank, Name)]) || Name <- [anna, bert, cleo]].

wait_until(Fun) ->
    case Fun() of
        true -> ok;
        false -> timer:sleep(1), wait_until(Fun)
    end.

%% The bank's interface.

open(Bank, Name, Amount) ->
    Ledger = supervisor_of(Bank),
    {ok, _} = supervisor:start_child(Bank, #{id => Name, restart => permanent,
                                             start => {?MODULE, start_account,
                                                       [Name, Amount, Ledger]}}).

%% The ledger is registered by the supervisor's init.
supervisor_of(_Bank) -> whereis(bank_ledger).

account(Bank, Name) ->
    case lists:keyfind(Name, 1, supervisor:which_children(Bank)) of
        {Name, Pid, worker, _} -> Pid;
        false -> none
    end.

ask(Bank, Name, Question) ->
    case account(Bank, Name) of
        none -> {error, {no_account, Name}};
        Pid -> gen_server:call(Pid, Question)
    end.

balance(Bank, Name) -> ask(Bank, Name, balance).
history(Bank, Name) -> ask(Bank, Name, history).
deposit(Bank, Name, Amount) -> ask(Bank, Name, {deposit, Amount}).
withdraw(Bank, Name, Amount) -> ask(Bank, Name, {withdraw, Amount}).

total(Bank) ->
    lists:sum([balance(Bank, Name) || {Name, _, _, _} <- supervisor:which_children(Bank)]).

transfer(Bank, From, To, Amount) ->
    case account(Bank, To) of
        none -> {error, {no_account, To}};
        _ ->
            case withdraw(Bank, From, Amount) of
                {ok, _} -> {ok, _} = deposit(Bank, To, Amount), ok;
                Error -> Error
            end
    end.

%% The account's process.

start_account(Name, Amount, Ledger) -> gen_server:start_link(?MODULE, {Name, Amount, Ledger}, []).

init({bank, Ledger}) ->
    register(bank_ledger, Ledger),
    {ok, {#{strategy => one_for_one, intensity => 3, period => 60}, []}};
init({Name, Amount, Ledger}) ->
    Balance = remembered(Ledger, Name, Amount),
    {ok, #account{name = Name, balance = Balance, ledger = Ledger}}.

handle_call(balance, _From, #account{balance = Balance} = A) -> {reply, Balance, A};
handle_call(history, _From, #account{history = History} = A) ->
    {reply, lists:reverse(History), A};
handle_call({deposit, Amount}, _From, A) when Amount > 0 -> booked({deposit, Amount}, Amount, A);
handle_call({withdraw, Amount}, _From, #account{balance = Balance} = A)
  when Amount > 0, Amount =< Balance ->
    booked({withdraw, Amount}, -Amount, A);
handle_call({withdraw, Amount}, _From, #account{balance = Balance} = A) when Amount > Balance ->
    {reply, {error, {missing, Amount - Balance}}, A};
handle_call(_Other, _From, A) -> {reply, {error, refused}, A}.

handle_cast(fall_over, _) -> exit(fell_over).

handle_info(_, A) -> {noreply, A}.

terminate(_, _) -> ok.

booked(Entry, Change, #account{balance = Balance, history = History} = A) ->
    New = Balance + Change,
    A#account.ledger ! {remember, A#account.name, New},
    {reply, {ok, New}, A#account{balance = New, history = [Entry | History]}}.

%% The ledger remembers balances.

remembered(Ledger, Name, Default) ->
    Ref = make_ref(),
    Ledger ! {recall, self(), Ref, Name, Default},
    receive {Ref, Balance} -> Balance end.

ledger(Balances) ->
    receive
        {remember, Name, Balance} -> ledger(Balances#{Name => Balance});
        {recall, From, Ref, Name, Default} ->
            From ! {Ref, maps:get(Name, Balances, Default)},
            ledger(Balances);
        stop -> exit(normal)
    end.
