%% SPDX-License-Identifier: Apache-2.0
%% calculator.erl - A language of expressions: scanner, recursive descent parser, evaluator.
-module(calculator).
-export([start/0]).

%% program    = { statement ";" }
%% statement  = "let" name "=" expression | "def" name "(" [ names ] ")" "=" expression
%%            | expression
%% expression = "if" expression "then" expression "else" expression | comparison
%% comparison = sum [ ("<" | ">" | "==") sum ]
%% sum        = product { ("+" | "-") product }
%% product    = power { ("*" | "/" | "%") power }
%% power      = unary [ "^" power ]
%% unary      = "-" unary | primary
%% primary    = number | name [ "(" [ arguments ] ")" ] | "(" expression ")"

start() ->
    lists:foldl(fun run/2, #{}, programs()),
    ok.

programs() ->
    ["1 + 2 * 3",
     "(1 + 2) * 3",
     "2 ^ 3 ^ 2 - -1",
     "10 / 4; 10 % 4; 7 - 2 - 1",
     "let x = 5; let y = x * x; y + x",
     "def square(n) = n * n; square(12)",
     "def fact(n) = if n < 2 then 1 else n * fact(n - 1); fact(30)",
     "def fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2); fib(15)",
     "def gcd(a, b) = if b == 0 then a else gcd(b, a % b); gcd(1071, 462)",
     "def pi() = 355 / 113; pi()",
     "y - square(3)",
     "1.5e2 + .5",
     "1 / 0",
     "unknown + 1",
     "square(1, 2)",
     "nothing(1)",
     "1 +",
     "(1 + 2",
     "let 5 = x",
     "2 $ 3",
     "1 2",
     "def even(n) = if n == 0 then 1 else odd(n - 1);"
     "def odd(n) = if n == 0 then 0 else even(n - 1); even(1001)"].

%% Runs one program in an environment and hands the environment on.
run(Text, Environment) ->
    io:format("> ~s~n", [Text]),
    try
        Statements = parse(scan(Text)),
        lists:foldl(fun execute/2, Environment, Statements)
    catch
        throw:{calculator, Message, Argument} ->
            io:format("  error: ~s ~0p~n", [Message, Argument]),
            Environment
    end.

fail(Message, Argument) -> throw({calculator, Message, Argument}).

%% Scanner.

scan([]) -> [];
scan([C | Rest]) when C =:= $\s; C =:= $\n -> scan(Rest);
scan("==" ++ Rest) -> ['==' | scan(Rest)];
scan([C | _] = Text) when C >= $0, C =< $9; C =:= $. -> scan_number(Text);
scan([C | _] = Text) when C >= $a, C =< $z ->
    {Name, Rest} = lists:splitwith(fun is_letter/1, Text),
    [word(Name) | scan(Rest)];
scan([C | Rest]) ->
    case lists:member(C, "+-*/%^()<>=,;") of
        true -> [list_to_atom([C]) | scan(Rest)];
        false -> fail("strange character", [C])
    end.

is_letter(C) -> C >= $a andalso C =< $z orelse C =:= $_.

word(Name) ->
    case lists:member(Name, ["let", "def", "if", "then", "else"]) of
        true -> {keyword, Name};
        false -> {name, Name}
    end.

scan_number(Text) ->
    {Whole, Rest} = digits(Text),
    case Rest of
        [$. | AfterPoint] -> scan_fraction(Whole, AfterPoint);
        _ -> [{number, list_to_integer(Whole)} | scan(Rest)]
    end.

scan_fraction(Whole, Text) ->
    {Fraction, Rest} = digits(Text),
    {Exponent, Rest2} = case Rest of
                            [$e | AfterE] -> digits(AfterE);
                            _ -> {"0", Rest}
                        end,
    Number = list_to_float(zero(Whole) ++ "." ++ zero(Fraction) ++ "e" ++ Exponent),
    [{number, Number} | scan(Rest2)].

digits(Text) -> lists:splitwith(fun(C) -> C >= $0 andalso C =< $9 end, Text).

zero("") -> "0";
zero(Digits) -> Digits.

%% Parser: every function takes tokens and gives {Tree, TokensLeft}.

parse([]) -> [];
parse([';' | Tokens]) -> parse(Tokens);
parse(Tokens) ->
    case statement(Tokens) of
        {Tree, []} -> [Tree];
        {Tree, [';' | Rest]} -> [Tree | parse(Rest)];
        {_, [Token | _]} -> fail("expected ; before", Token)
    end.

statement([{keyword, "let"}, {name, Name}, '=' | Tokens]) ->
    {Tree, Rest} = expression(Tokens),
    {{'let', Name, Tree}, Rest};
statement([{keyword, "def"}, {name, Name}, '(' | Tokens]) ->
    {Parameters, ['=' | Body]} = separated(fun parameter/1, Tokens),
    {Tree, Rest} = expression(Body),
    {{def, Name, Parameters, Tree}, Rest};
statement(Tokens) ->
    {Tree, Rest} = expression(Tokens),
    {{show, Tree}, Rest}.

parameter([{name, Name} | Rest]) -> {Name, Rest};
parameter(_) -> fail("expected", parameter).

%% Items with commas between them, up to the closing parenthesis.
separated(_, [')' | Rest]) -> {[], Rest};
separated(Item, Tokens) ->
    case Item(Tokens) of
        {Tree, [')' | Rest]} -> {[Tree], Rest};
        {Tree, [',' | More]} ->
            {Trees, Rest} = separated(Item, More),
            {[Tree | Trees], Rest};
        _ -> fail("expected , or )", end_of_arguments)
    end.

expression([{keyword, "if"} | Tokens]) ->
    {Condition, Tokens2} = expression(Tokens),
    {Yes, Tokens3} = expression(expect({keyword, "then"}, Tokens2)),
    {No, Rest} = expression(expect({keyword, "else"}, Tokens3)),
    {{'if', Condition, Yes, No}, Rest};
expression(Tokens) ->
    case sum(Tokens) of
        {Left, [Operator | More]} when Operator =:= '<'; Operator =:= '>'; Operator =:= '==' ->
            {Right, Rest} = sum(More),
            {{Operator, Left, Right}, Rest};
        Parsed -> Parsed
    end.

expect(Token, [Token | Rest]) -> Rest;
expect(Token, _) -> fail("expected", Token).

sum(Tokens) -> left_associative(fun product/1, ['+', '-'], product(Tokens)).

product(Tokens) -> left_associative(fun power/1, ['*', '/', '%'], power(Tokens)).

left_associative(Next, Operators, {Left, [Token | Tokens]} = Parsed) ->
    case lists:member(Token, Operators) of
        true ->
            {Right, Rest} = Next(Tokens),
            left_associative(Next, Operators, {{Token, Left, Right}, Rest});
        false -> Parsed
    end;
left_associative(_, _, Parsed) -> Parsed.

power(Tokens) ->
    case unary(Tokens) of
        {Base, ['^' | More]} ->
            {Exponent, Rest} = power(More),
            {{'^', Base, Exponent}, Rest};
        Parsed -> Parsed
    end.

unary(['-' | Tokens]) ->
    {Tree, Rest} = unary(Tokens),
    {{negative, Tree}, Rest};
unary(Tokens) -> primary(Tokens).

primary([{number, N} | Rest]) -> {{number, N}, Rest};
primary([{name, Name}, '(' | Tokens]) ->
    {Arguments, Rest} = separated(fun expression/1, Tokens),
    {{call, Name, Arguments}, Rest};
primary([{name, Name} | Rest]) -> {{name, Name}, Rest};
primary(['(' | Tokens]) ->
    {Tree, Rest} = expression(Tokens),
    {Tree, expect(')', Rest)};
primary([]) -> fail("unexpected", end_of_text);
primary([Token | _]) -> fail("unexpected", Token).

%% Evaluator.

execute({'let', Name, Tree}, Environment) -> Environment#{Name => evaluate(Tree, Environment)};
execute({def, Name, Parameters, Body}, Environment) ->
    Environment#{{function, Name} => {Parameters, Body}};
execute({show, Tree}, Environment) ->
    io:format("  ~w~n", [evaluate(Tree, Environment)]),
    Environment.

evaluate({number, N}, _) -> N;
evaluate({name, Name}, Environment) ->
    case Environment of
        #{Name := Value} -> Value;
        #{} -> fail("unknown name", Name)
    end;
evaluate({negative, Tree}, Environment) -> -evaluate(Tree, Environment);
evaluate({'if', Condition, Yes, No}, Environment) ->
    case evaluate(Condition, Environment) of
        0 -> evaluate(No, Environment);
        _ -> evaluate(Yes, Environment)
    end;
evaluate({call, Name, Arguments}, Environment) ->
    case maps:find({function, Name}, Environment) of
        {ok, {Parameters, Body}} when length(Parameters) =:= length(Arguments) ->
            Values = [evaluate(Argument, Environment) || Argument <- Arguments],
            Inner = maps:from_list(lists:zip(Parameters, Values)),
            evaluate(Body, maps:merge(Environment, Inner));
        {ok, {Parameters, _}} -> fail("wrong number of arguments, wanted", length(Parameters));
        error -> fail("unknown function", Name)
    end;
evaluate({Operator, Left, Right}, Environment) ->
    apply_operator(Operator, evaluate(Left, Environment), evaluate(Right, Environment)).

apply_operator('+', A, B) -> A + B;
apply_operator('-', A, B) -> A - B;
apply_operator('*', A, B) -> A * B;
apply_operator('/', _, 0) -> fail("division by", zero);
apply_operator('/', A, B) when is_integer(A), is_integer(B), A rem B =:= 0 -> A div B;
apply_operator('/', A, B) -> A / B;
apply_operator('%', A, B) -> A rem B;
apply_operator('^', A, B) when is_integer(A), is_integer(B), B >= 0 -> integer_power(A, B);
apply_operator('^', A, B) -> math:pow(A, B);
apply_operator('<', A, B) -> truth(A < B);
apply_operator('>', A, B) -> truth(A > B);
apply_operator('==', A, B) -> truth(A == B).

truth(true) -> 1;
truth(false) -> 0.

integer_power(_, 0) -> 1;
integer_power(A, N) when N rem 2 =:= 0 -> integer_power(A * A, N div 2);
integer_power(A, N) -> A * integer_power(A, N - 1).
