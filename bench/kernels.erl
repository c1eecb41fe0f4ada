%% SPDX-License-Identifier: Apache-2.0
%% kernels.erl - Small, self-checking pieces of work, each standing for one kind of program.
-module(kernels).
-export([kernels/0, expected/1, prepare/1, run/2]).

%% The first twelve are those by which an engine is judged first.
kernels() ->
    [fib, tak, nrev, qsort, nqueens, map_small, csv_parse, dispatch, bintrees, nbody, ring,
     pingpong, map_big, json_parse, json_build, strfmt, iofmt, iolist, spawn200k, fact, pidigits,
     mandel, specnorm, tupleupd, gencall, closures, comprehension, bin_build, try_catch, ets].

%% What a run must give; the harness refuses anything else.
expected(fib) -> 832040;
expected(tak) -> 7;
expected(nrev) -> 400;
expected(qsort) -> 20000;
expected(nqueens) -> 92;
expected(map_small) -> 450005;
expected(csv_parse) -> 1000;
expected(dispatch) -> 242;
expected(bintrees) -> 658095;
expected(nbody) -> 16662;
expected(ring) -> 100;
expected(pingpong) -> 50000;
expected(map_big) -> {1000,190127};
expected(json_parse) -> 300;
expected(json_build) -> 19058;
expected(strfmt) -> 28524;
expected(iofmt) -> 11284;
expected(iolist) -> 48893;
expected(spawn200k) -> 200000;
expected(fact) -> 45240;
expected(pidigits) -> 892098;
expected(mandel) -> 133613;
expected(specnorm) -> 1274167;
expected(tupleupd) -> 12501;
expected(gencall) -> 20000;
expected(closures) -> 5000100000;
expected(comprehension) -> 66666;
expected(bin_build) -> 300000;
expected(try_catch) -> 175000;
expected(ets) -> 200030000.

%% The input of a kernel, made outside the measured time.
prepare(csv_parse) -> csv_text(1000);
prepare(json_parse) -> iolist_to_binary(json(json_term(300)));
prepare(json_build) -> json_term(300);
prepare(_) -> none.

%% The numbers are the same everywhere, so that times can be compared.
run(fib, _) -> fib(30);
run(tak, _) -> tak(18, 12, 6);
run(nrev, _) -> reverse_times(10, up_to(400));
run(qsort, _) -> check_sorted(quicksort(numbers(20000, 42, [])), 0);
run(nqueens, _) -> queens(8, 8, []);
run(map_small, _) -> update_small(100000, #{a => 1, b => 2, c => 3, d => 4, e => 5, f => 6});
run(map_big, _) -> update_big(20000, fill(1000, #{}));
run(csv_parse, Text) -> length(csv(Text, [], [], []));
run(json_parse, Text) -> {{object_list, Objects}, <<>>} = parse_all(Text), length(Objects);
run(json_build, Term) -> byte_size(iolist_to_binary(json(Term)));
run(strfmt, _) -> lines(2000, 0);
run(iofmt, _) -> formatted(500, 0);
run(iolist, _) -> pairs(5000, []);
run(ring, _) -> ring(500, 100);
run(pingpong, _) -> ping_pong(50000);
run(spawn200k, _) -> spawn_each(200000, 0);
run(ets, _) -> table(20000);
run(fact, _) -> factorial(2000) rem 1000007;
run(pidigits, _) -> pi_digits(200);
run(nbody, _) -> planets(2000);
run(mandel, _) -> mandelbrot(64);
run(specnorm, _) -> spectral_norm(40);
run(bintrees, _) -> trees(12);
run(dispatch, _) -> interpret(200000, program(), 0);
run(tupleupd, _) -> update_tuple(100000, {1, 2, 3, 4, 5, 6, 7, 8});
run(gencall, _) -> server_calls(20000);
run(closures, _) -> higher_order(100000);
run(comprehension, _) -> comprehend(100000);
run(bin_build, _) -> byte_size(append(100000, <<>>));
run(try_catch, _) -> catching(100000, 0).

up_to(N) -> up_to(N, []).

up_to(0, Acc) -> Acc;
up_to(N, Acc) -> up_to(N - 1, [N | Acc]).

%% Calls.

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y));
tak(_, _, Z) -> Z.

%% Lists.

reverse_times(1, List) -> hd(naive_reverse(List));
reverse_times(N, List) ->
    _ = naive_reverse(List),
    reverse_times(N - 1, List).

naive_reverse([]) -> [];
naive_reverse([Head | Tail]) -> join(naive_reverse(Tail), [Head]).

join([], List) -> List;
join([Head | Tail], List) -> [Head | join(Tail, List)].

numbers(0, _, Acc) -> Acc;
numbers(N, Seed, Acc) ->
    Next = (Seed * 1103515 + 12345) rem 8388593,
    numbers(N - 1, Next, [Next | Acc]).

quicksort([]) -> [];
quicksort([Pivot | Rest]) ->
    {Less, More} = split(Pivot, Rest, [], []),
    join(quicksort(Less), [Pivot | quicksort(More)]).

split(_, [], Less, More) -> {Less, More};
split(Pivot, [X | Rest], Less, More) when X < Pivot -> split(Pivot, Rest, [X | Less], More);
split(Pivot, [X | Rest], Less, More) -> split(Pivot, Rest, Less, [X | More]).

check_sorted([A, B | Rest], N) when A =< B -> check_sorted([B | Rest], N + 1);
check_sorted([_], N) -> N + 1.

queens(0, _, _) -> 1;
queens(Row, Size, Placed) -> columns(Size, Row, Size, Placed, 0).

columns(0, _, _, _, Count) -> Count;
columns(Column, Row, Size, Placed, Count) ->
    case safe(Column, 1, Placed) of
        true ->
            Found = queens(Row - 1, Size, [Column | Placed]),
            columns(Column - 1, Row, Size, Placed, Count + Found);
        false ->
            columns(Column - 1, Row, Size, Placed, Count)
    end.

safe(_, _, []) -> true;
safe(Column, Far, [Queen | Rest])
  when Queen =/= Column, Queen =/= Column + Far, Queen =/= Column - Far ->
    safe(Column, Far + 1, Rest);
safe(_, _, _) -> false.

%% Maps.

update_small(0, #{a := A, d := D}) -> A + D;
update_small(N, #{a := A, d := D} = Map) ->
    update_small(N - 1, Map#{a := A + 1, d := D + A band 7}).

fill(0, Map) -> Map;
fill(N, Map) -> fill(N - 1, Map#{N => N}).

update_big(0, Map) -> {map_size(Map), maps:get(7, Map)};
update_big(N, Map) ->
    Key = N rem 1000 + 1,
    #{Key := Value} = Map,
    update_big(N - 1, Map#{Key := Value + N}).

%% Parsing and building text.

csv_text(Rows) ->
    iolist_to_binary([[integer_to_binary(N), <<",name,">>, integer_to_binary(N * 7),
                       <<",field four\n">>] || N <- up_to(Rows)]).

csv(<<$,, Rest/binary>>, Field, Row, Rows) ->
    csv(Rest, [], [lists:reverse(Field) | Row], Rows);
csv(<<$\n, Rest/binary>>, Field, Row, Rows) ->
    csv(Rest, [], [], [lists:reverse([lists:reverse(Field) | Row]) | Rows]);
csv(<<Char, Rest/binary>>, Field, Row, Rows) -> csv(Rest, [Char | Field], Row, Rows);
csv(<<>>, _, _, Rows) -> Rows.

json_term(N) ->
    [{object, [{<<"id">>, I}, {<<"name">>, <<"widget">>},
               {<<"tags">>, [<<"a">>, <<"bb">>, true, null]}, {<<"v">>, I * 31}]}
     || I <- up_to(N)].

json(true) -> <<"true">>;
json(false) -> <<"false">>;
json(null) -> <<"null">>;
json(Number) when is_integer(Number) -> integer_to_binary(Number);
json(Text) when is_binary(Text) -> [$", escaped(Text, <<>>), $"];
json({object, Members}) -> [${, members(Members), $}];
json(List) when is_list(List) -> [$[, elements(List), $]].

members([]) -> [];
members([{Key, Value}]) -> [json(Key), $:, json(Value)];
members([{Key, Value} | Rest]) -> [json(Key), $:, json(Value), $, | members(Rest)].

elements([]) -> [];
elements([Value]) -> [json(Value)];
elements([Value | Rest]) -> [json(Value), $, | elements(Rest)].

escaped(<<$", Rest/binary>>, Acc) -> escaped(Rest, <<Acc/binary, $\\, $">>);
escaped(<<Char, Rest/binary>>, Acc) -> escaped(Rest, <<Acc/binary, Char>>);
escaped(<<>>, Acc) -> Acc.

parse_all(Text) ->
    {Objects, Rest} = value(Text),
    {{object_list, Objects}, Rest}.

value(<<C, Rest/binary>>) when C =:= $\s; C =:= $\n -> value(Rest);
value(<<"true", Rest/binary>>) -> {true, Rest};
value(<<"false", Rest/binary>>) -> {false, Rest};
value(<<"null", Rest/binary>>) -> {null, Rest};
value(<<$", Rest/binary>>) -> text(Rest, []);
value(<<$[, Rest/binary>>) -> array(Rest, []);
value(<<${, Rest/binary>>) -> object(Rest, []);
value(<<C, Rest/binary>>) when C >= $0, C =< $9 -> number(Rest, C - $0).

number(<<C, Rest/binary>>, N) when C >= $0, C =< $9 -> number(Rest, N * 10 + C - $0);
number(Rest, N) -> {N, Rest}.

text(<<$", Rest/binary>>, Acc) -> {list_to_binary(lists:reverse(Acc)), Rest};
text(<<$\\, C, Rest/binary>>, Acc) -> text(Rest, [C | Acc]);
text(<<C, Rest/binary>>, Acc) -> text(Rest, [C | Acc]).

array(<<$], Rest/binary>>, Acc) -> {lists:reverse(Acc), Rest};
array(<<$,, Rest/binary>>, Acc) -> array(Rest, Acc);
array(Text, Acc) ->
    {Value, Rest} = value(Text),
    array(Rest, [Value | Acc]).

object(<<$}, Rest/binary>>, Acc) -> {{object, lists:reverse(Acc)}, Rest};
object(<<$,, Rest/binary>>, Acc) -> object(Rest, Acc);
object(<<$", Text/binary>>, Acc) ->
    {Key, <<$:, AfterKey/binary>>} = text(Text, []),
    {Value, Rest} = value(AfterKey),
    object(Rest, [{Key, Value} | Acc]).

lines(0, Length) -> Length;
lines(N, Length) ->
    Line = integer_to_list(N) ++ ":" ++ lists:reverse(integer_to_list(N * 3)) ++ " item\n",
    lines(N - 1, Length + length(Line)).

formatted(0, Length) -> Length;
formatted(N, Length) ->
    Line = io_lib:format("~p: ~s ~w~n", [N, "hello", {a, N, [b]}]),
    formatted(N - 1, Length + iolist_size(Line)).

pairs(0, Acc) -> byte_size(iolist_to_binary(Acc));
pairs(N, Acc) -> pairs(N - 1, [[<<"k=">>, integer_to_binary(N), $;, "abc"] | Acc]).

append(0, Acc) -> Acc;
append(N, Acc) -> append(N - 1, <<Acc/binary, N:16, (N band 255)>>).

%% Processes.

ring(Size, Laps) ->
    First = links(Size - 1, self()),
    First ! {token, Laps},
    lap(First, 0).

links(0, Next) -> Next;
links(N, Next) -> links(N - 1, spawn(fun() -> pass(Next) end)).

pass(Next) ->
    receive
        {token, Laps} -> Next ! {token, Laps}, pass(Next);
        stop -> Next ! stop
    end.

lap(First, Done) ->
    receive
        {token, 0} -> First ! stop, lap(First, Done);
        {token, Laps} -> First ! {token, Laps - 1}, lap(First, Done + 1);
        stop -> Done
    end.

ping_pong(N) ->
    Self = self(),
    ping(spawn(fun() -> pong(Self) end), N, 0).

ping(Peer, 0, Count) -> Peer ! stop, Count;
ping(Peer, N, Count) ->
    Peer ! {ping, N},
    receive {pong, N} -> ping(Peer, N - 1, Count + 1) end.

pong(Peer) ->
    receive
        {ping, N} -> Peer ! {pong, N}, pong(Peer);
        stop -> ok
    end.

spawn_each(0, Count) -> Count;
spawn_each(N, Count) ->
    Self = self(),
    spawn(fun() -> Self ! {done, N} end),
    receive {done, N} -> spawn_each(N - 1, Count + 1) end.

server_calls(N) ->
    {ok, Server} = gen_server:start(bench_server, [], []),
    Count = call(N, Server, 0),
    ok = gen_server:call(Server, stop),
    Count.

call(0, _, Count) -> Count;
call(N, Server, Count) ->
    N = gen_server:call(Server, {echo, N}),
    call(N - 1, Server, Count + 1).

%% A table.

table(N) ->
    Table = ets:new(bench, [set, private]),
    insert(N, Table),
    lookup(N, Table),
    Sum = count(N, Table, 0),
    ets:delete(Table),
    Sum.

insert(0, _) -> ok;
insert(N, Table) -> ets:insert(Table, {N, N, a}), insert(N - 1, Table).

lookup(0, _) -> ok;
lookup(N, Table) -> [{N, _, _}] = ets:lookup(Table, N), lookup(N - 1, Table).

count(0, _, Sum) -> Sum;
count(N, Table, Sum) -> count(N - 1, Table, Sum + ets:update_counter(Table, N, {2, 1})).

%% Large integers.

factorial(0) -> 1;
factorial(N) -> N * factorial(N - 1).

%% Gibbons' spigot; the digits are folded into one small number.
pi_digits(N) -> spigot(N, {1, 0, 1, 1, 3, 3}, 0).

spigot(0, _, Sum) -> Sum;
spigot(Left, {Q, R, T, K, N, L}, Sum) when 4 * Q + R - T < N * T ->
    Digit = (10 * (3 * Q + R)) div T - 10 * N,
    spigot(Left - 1, {Q * 10, 10 * (R - N * T), T, K, Digit, L}, (Sum * 10 + N) rem 1000003);
spigot(Left, {Q, R, T, K, _, L}, Sum) ->
    Digit = (Q * (7 * K + 2) + R * L) div (T * L),
    spigot(Left, {Q * K, (2 * Q + R) * L, T * L, K + 1, Digit, L + 2}, Sum).

%% Floats.

planets(Steps) ->
    [{X, _, _, _, _, _, _} | _] = advance(Steps, bodies()),
    trunc(X * 1000000).

bodies() ->
    [{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.47841760435743},
     {4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
      0.606326392995832, 2.81198684491626, -0.02521836165988763, 0.03769367487038949},
     {8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
      -1.01077434617879, 1.82566237123041, 0.008415761376584154, 0.011286326131968767},
     {12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
      1.08279100644154, 0.868713018169608, -0.010832637401363636, 0.0017237240570597112},
     {15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
      0.979090732243898, 0.594698998647676, -0.034755955550407, 0.002033686869924631}].

advance(0, Bodies) -> Bodies;
advance(Steps, Bodies) -> advance(Steps - 1, [move(pull(Body, Bodies)) || Body <- Bodies]).

pull(Body, []) -> Body;
pull({X, Y, Z, VX, VY, VZ, M} = Body, [{X2, Y2, Z2, _, _, _, M2} | Rest]) ->
    DX = X - X2,
    DY = Y - Y2,
    DZ = Z - Z2,
    Square = DX * DX + DY * DY + DZ * DZ,
    if
        Square == 0.0 -> pull(Body, Rest);
        true ->
            F = M2 * (0.01 / (Square * math:sqrt(Square))),
            pull({X, Y, Z, VX - DX * F, VY - DY * F, VZ - DZ * F, M}, Rest)
    end.

move({X, Y, Z, VX, VY, VZ, M}) ->
    {X + 0.01 * VX, Y + 0.01 * VY, Z + 0.01 * VZ, VX, VY, VZ, M}.

mandelbrot(Size) -> mandel_rows(Size, Size, 0).

mandel_rows(0, _, Sum) -> Sum;
mandel_rows(Y, Size, Sum) -> mandel_rows(Y - 1, Size, mandel_row(Size, Y, Size, Sum)).

mandel_row(0, _, _, Sum) -> Sum;
mandel_row(X, Y, Size, Sum) ->
    Left = escape(50, 0.0, 0.0, 3.0 * X / Size - 2.0, 2.0 * Y / Size - 1.0),
    mandel_row(X - 1, Y, Size, Sum + Left).

escape(0, _, _, _, _) -> 0;
escape(Left, Re, Im, CRe, CIm) ->
    Re2 = Re * Re,
    Im2 = Im * Im,
    if
        Re2 + Im2 > 4.0 -> Left;
        true -> escape(Left - 1, Re2 - Im2 + CRe, 2.0 * Re * Im + CIm, CRe, CIm)
    end.

spectral_norm(N) ->
    U = [1.0 || _ <- up_to(N)],
    {U2, V} = power(3, N, U, U),
    trunc(1.0e6 * math:sqrt(dot(U2, V, 0.0) / dot(V, V, 0.0))).

power(0, _, U, V) -> {U, V};
power(K, N, U, _) ->
    V = both(N, U),
    power(K - 1, N, both(N, V), V).

dot([], [], Sum) -> Sum;
dot([X | Xs], [Y | Ys], Sum) -> dot(Xs, Ys, Sum + X * Y).

both(N, U) -> transposed(0, N, plain(0, N, U)).

plain(N, N, _) -> [];
plain(I, N, U) -> [plain_row(I, 0, U, 0.0) | plain(I + 1, N, U)].

plain_row(_, _, [], Sum) -> Sum;
plain_row(I, J, [U | Rest], Sum) ->
    plain_row(I, J + 1, Rest, Sum + U / ((I + J) * (I + J + 1) div 2 + I + 1)).

transposed(N, N, _) -> [];
transposed(I, N, U) -> [transposed_row(I, 0, U, 0.0) | transposed(I + 1, N, U)].

transposed_row(_, _, [], Sum) -> Sum;
transposed_row(I, J, [U | Rest], Sum) ->
    transposed_row(I, J + 1, Rest, Sum + U / ((I + J) * (I + J + 1) div 2 + J + 1)).

%% Binary trees, made and counted.

trees(Depth) ->
    Long = tree(Depth),
    short_lived(4, Depth, 0) + node_count(Long).

short_lived(K, Depth, Sum) when K > Depth -> Sum;
short_lived(K, Depth, Sum) ->
    short_lived(K + 2, Depth, Sum + many_trees(1 bsl (Depth - K + 4), K, 0)).

many_trees(0, _, Sum) -> Sum;
many_trees(N, K, Sum) -> many_trees(N - 1, K, Sum + node_count(tree(K))).

tree(0) -> {nil, nil};
tree(Depth) -> {tree(Depth - 1), tree(Depth - 1)}.

node_count({nil, _}) -> 1;
node_count({Left, Right}) -> 1 + node_count(Left) + node_count(Right).

%% A small interpreter: selection over atoms, tuples and lists.

program() ->
    {push, add, sub, dup, swap, lt, jmp, nop, call, ret, inc, dec, {k, 1}, {k, 2}, [x], foo}.

interpret(0, _, Acc) -> Acc;
interpret(N, Program, Acc) ->
    interpret(N - 1, Program, step(element((N * 7 + Acc) band 15 + 1, Program), Acc)).

step(push, A) -> (A + 1) band 1023;
step(add, A) -> (A + 3) band 1023;
step(sub, A) -> (A + 1000) band 1023;
step(dup, A) -> (A * 2) band 1023;
step(swap, A) -> A bxor 5;
step(lt, A) -> A bor 1;
step(jmp, A) -> A band 511;
step(nop, A) -> A;
step(call, A) -> (A + 17) band 1023;
step(ret, A) -> (A + 29) band 1023;
step(inc, A) -> (A + 1) band 1023;
step(dec, A) -> (A + 1022) band 1023;
step({k, 1}, A) -> A bxor 1;
step({k, X}, A) -> A bxor X;
step([_ | _], A) -> A bxor 9;
step(_, A) -> A.

%% The rest.

update_tuple(0, Tuple) -> element(1, Tuple);
update_tuple(N, Tuple) ->
    I = N band 7 + 1,
    update_tuple(N - 1, setelement(I, Tuple, element(I, Tuple) + 1)).

higher_order(N) ->
    Even = lists:filter(fun(X) -> X band 1 =:= 0 end, up_to(N)),
    lists:foldl(fun(X, Sum) -> X + Sum end, 0, lists:map(fun(X) -> X * 2 end, Even)).

comprehend(N) ->
    length([X * Y || X <- up_to(N), X rem 3 =:= 0, Y <- [1, 2]]).

catching(0, Sum) -> Sum;
catching(N, Sum) ->
    Value = try risky(N) catch throw:X -> X; error:_ -> 2 end,
    catching(N - 1, Sum + Value).

risky(N) when N band 3 =:= 0 -> throw(1);
risky(N) -> N band 3.
