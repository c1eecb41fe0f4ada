%% SPDX-License-Identifier: Apache-2.0
%% lisp.erl - A small Lisp: reader, printer, closures, tail calls, macros of its own.
-module(lisp).
-export([start/0]).

start() ->
    lists:foldl(fun line/2, globals(), programs()),
    ok.

programs() ->
    ["(+ 1 2 3)",
     "(* (- 7 2) (quotient 9 2))",
     "'(a (b . c) \"text\" 5 ())",
     "(define x 10)",
     "(if (< x 5) 'small 'large)",
     "(define (square n) (* n n))",
     "(map square '(1 2 3 4))",
     "(define (fact n) (if (= n 0) 1 (* n (fact (- n 1)))))",
     "(fact 40)",
     "(define (count n acc) (if (= n 0) acc (count (- n 1) (+ acc 1))))",
     "(count 100000 0)",
     "(define (adder n) (lambda (m) (+ n m)))",
     "((adder 5) 6)",
     "(let ((a 1) (b 2)) (list a b (+ a b)))",
     "(define (compose f g) (lambda (v) (f (g v))))",
     "((compose square (adder 1)) 9)",
     "(cond ((= x 1) 'one) ((= x 10) 'ten) (else 'many))",
     "(define (filter p l) (cond ((null? l) '()) ((p (car l)) (cons (car l) (filter p (cdr l))))"
     " (else (filter p (cdr l)))))",
     "(define (range a b) (if (< a b) (cons a (range (+ a 1) b)) '()))",
     "(define (sort l) (if (null? l) l (let ((p (car l)) (r (cdr l)))"
     " (append (sort (filter (lambda (v) (< v p)) r)) (list p)"
     " (sort (filter (lambda (v) (not (< v p))) r))))))",
     "(sort '(3 1 4 1 5 9 2 6 5 3 5))",
     "(define (sieve l) (if (null? l) '() (cons (car l) (sieve (filter (lambda (n)"
     " (not (= 0 (remainder n (car l))))) (cdr l))))))",
     "(sieve (range 2 60))",
     "(and 1 2 3) (and 1 #f 3) (or #f 2) (or)",
     "(begin (define y 1) (set! y (+ y 41)) y)",
     "(define (counter) (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))",
     "(define c (counter)) (c) (c) (c)",
     "(define-macro (unless test body) (list 'if test #f body))",
     "(unless #f 'done) (unless #t 'done)",
     "(equal? '(1 (2 3)) (list 1 (list 2 3)))",
     "(apply + '(1 2 3 4))",
     "(car '())",
     "(undefined 1)",
     "(square 1 2)",
     "(5 5)",
     "(+ 1 'a)",
     "(1 2",
     ")",
     "\"a string\" #t #f",
     "(lambda (v) v)"].

line(Text, Globals) ->
    io:format("> ~s~n", [Text]),
    try
        lists:foreach(fun(Form) -> io:format("~s~n", [print(eval_top(Form))]) end,
                      begin put(globals, Globals), read_all(tokens(Text)) end)
    catch
        throw:{lisp, Message} -> io:format("error: ~s~n", [Message])
    end,
    get(globals).

fail(Format, Arguments) -> throw({lisp, io_lib:format(Format, Arguments)}).

%% Reader.

tokens([]) -> [];
tokens([C | Rest]) when C =:= $\s; C =:= $\n -> tokens(Rest);
tokens([C | Rest]) when C =:= $(; C =:= $); C =:= $' -> [C | tokens(Rest)];
tokens([$" | Rest]) ->
    {Text, [$" | More]} = lists:splitwith(fun(C) -> C =/= $" end, Rest),
    [{string, Text} | tokens(More)];
tokens(Text) ->
    {Word, Rest} = lists:splitwith(fun(C) -> not lists:member(C, " \n()'\"") end, Text),
    [{word, Word} | tokens(Rest)].

read_all([]) -> [];
read_all(Tokens) ->
    {Form, Rest} = read(Tokens),
    [Form | read_all(Rest)].

read([$( | Tokens]) -> read_list(Tokens);
read([$' | Tokens]) -> {Form, Rest} = read(Tokens), {[quote, Form], Rest};
read([$) | _]) -> fail("unexpected )", []);
read([{string, Text} | Rest]) -> {{string, Text}, Rest};
read([{word, Word} | Rest]) -> {atom_of(Word), Rest};
read([]) -> fail("unexpected end", []).

read_list([$) | Rest]) -> {[], Rest};
read_list([{word, "."} | Tokens]) ->
    {Tail, [$) | Rest]} = read(Tokens),
    {Tail, Rest};
read_list(Tokens) ->
    {Head, Rest} = read(Tokens),
    {Tail, Rest2} = read_list(Rest),
    {[Head | Tail], Rest2}.

atom_of("#t") -> true;
atom_of("#f") -> false;
atom_of(Word) ->
    try list_to_integer(Word)
    catch error:badarg -> list_to_atom(Word)
    end.

%% Printer.

print({closure, _, _, _}) -> "#procedure";
print({builtin, Name}) -> ["#builtin:", atom_to_list(Name)];
print({macro, _}) -> "#macro";
print({string, Text}) -> [$", Text, $"];
print(true) -> "#t";
print(false) -> "#f";
print([]) -> "()";
print([Head | Tail]) -> [$(, print(Head), print_tail(Tail), $)];
print(Number) when is_integer(Number) -> integer_to_list(Number);
print(Symbol) -> atom_to_list(Symbol).

print_tail([]) -> "";
print_tail([Head | Tail]) -> [$\s, print(Head), print_tail(Tail)];
print_tail(Other) -> [" . ", print(Other)].

%% Environments: a list of frames; a frame is a key of the process dictionary, so that
%% set! can change what closures share.

globals() ->
    maps:from_list([{Name, {builtin, Name}} || Name <- builtins()]).

builtins() ->
    ['+', '-', '*', quotient, remainder, '<', '=', car, cdr, cons, list, 'null?', 'not', append,
     'equal?', map, apply].

frame(Names, Values) when length(Names) =:= length(Values) ->
    Key = {frame, erlang:unique_integer()},
    put(Key, maps:from_list(lists:zip(Names, Values))),
    Key;
frame(Names, Values) ->
    fail("expected ~w arguments, got ~w", [length(Names), length(Values)]).

lookup(Name, []) -> fail("~s is not defined", [Name]);
lookup(Name, [Frame | Rest]) ->
    case get(Frame) of
        #{Name := Value} -> Value;
        #{} -> lookup(Name, Rest)
    end.

assign(Name, _, []) -> fail("~s is not defined", [Name]);
assign(Name, Value, [Frame | Rest]) ->
    case get(Frame) of
        #{Name := _} = Map -> put(Frame, Map#{Name := Value}), Value;
        #{} -> assign(Name, Value, Rest)
    end.

define(Name, Value, [Frame | _]) ->
    put(Frame, (get(Frame))#{Name => Value}),
    Name.

%% Evaluator.

eval_top(Form) -> eval(Form, [globals]).

eval(Form, Env) when is_atom(Form), not is_boolean(Form) -> lookup(Form, Env);
eval([quote, Form], _) -> Form;
eval(['if', Test, Yes, No], Env) ->
    case eval(Test, Env) of
        false -> eval(No, Env);
        _ -> eval(Yes, Env)
    end;
eval([define, [Name | Parameters] | Body], Env) ->
    define(Name, {closure, Parameters, Body, Env}, Env);
eval([define, Name, Form], Env) -> define(Name, eval(Form, Env), Env);
eval(['define-macro', [Name | Parameters] | Body], Env) ->
    define(Name, {macro, {closure, Parameters, Body, Env}}, Env);
eval(['set!', Name, Form], Env) -> assign(Name, eval(Form, Env), Env);
eval([lambda, Parameters | Body], Env) -> {closure, Parameters, Body, Env};
eval(['let', Pairs | Body], Env) ->
    Values = [eval(Form, Env) || [_, Form] <- Pairs],
    sequence(Body, [frame([Name || [Name, _] <- Pairs], Values) | Env]);
eval(['begin' | Body], Env) -> sequence(Body, Env);
eval(['cond' | Clauses], Env) -> condition(Clauses, Env);
eval(['and' | Forms], Env) -> all_of(Forms, true, Env);
eval(['or' | Forms], Env) -> any_of(Forms, Env);
eval([Operator | Operands], Env) ->
    case eval(Operator, Env) of
        {macro, Closure} -> eval(call(Closure, Operands), Env);
        Function -> call(Function, [eval(Operand, Env) || Operand <- Operands])
    end;
eval(Constant, _) -> Constant.

sequence([Form], Env) -> eval(Form, Env);
sequence([Form | Rest], Env) -> eval(Form, Env), sequence(Rest, Env).

condition([], _) -> false;
condition([['else' | Body] | _], Env) -> sequence(Body, Env);
condition([[Test | Body] | Rest], Env) ->
    case eval(Test, Env) of
        false -> condition(Rest, Env);
        _ -> sequence(Body, Env)
    end.

all_of([], Last, _) -> Last;
all_of([Form | Rest], _, Env) ->
    case eval(Form, Env) of
        false -> false;
        Value -> all_of(Rest, Value, Env)
    end.

any_of([], _) -> false;
any_of([Form | Rest], Env) ->
    case eval(Form, Env) of
        false -> any_of(Rest, Env);
        Value -> Value
    end.

call({closure, Parameters, Body, Env}, Arguments) ->
    sequence(Body, [frame(Parameters, Arguments) | Env]);
call({builtin, Name}, Arguments) ->
    try builtin(Name, Arguments)
    catch error:Why when Why =:= function_clause; Why =:= badarith; Why =:= badarg ->
        fail("bad arguments of ~s: ~s", [Name, print(Arguments)])
    end;
call(Other, _) -> fail("not a procedure: ~s", [print(Other)]).

builtin('+', Numbers) -> lists:sum(Numbers);
builtin('*', Numbers) -> lists:foldl(fun(A, B) -> A * B end, 1, Numbers);
builtin('-', [A, B]) -> A - B;
builtin('-', [A]) -> -A;
builtin(quotient, [A, B]) -> A div B;
builtin(remainder, [A, B]) -> A rem B;
builtin('<', [A, B]) -> A < B;
builtin('=', [A, B]) -> A =:= B;
builtin(car, [[Head | _]]) -> Head;
builtin(cdr, [[_ | Tail]]) -> Tail;
builtin(cons, [Head, Tail]) -> [Head | Tail];
builtin(list, Items) -> Items;
builtin('null?', [Value]) -> Value =:= [];
builtin('not', [Value]) -> Value =:= false;
builtin(append, Lists) -> lists:append(Lists);
builtin('equal?', [A, B]) -> A =:= B;
builtin(map, [Function, List]) -> [call(Function, [Item]) || Item <- List];
builtin(apply, [Function, Arguments]) -> call(Function, Arguments).
