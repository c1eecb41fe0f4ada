%% SPDX-License-Identifier: Apache-2.0
%% erl_small_modules.erl - erl_anno, erl_bits, erl_internal, erl_expand_records, eval_bits.
-module(erl_small_modules).
-export([start/0]).
-include("../show.hrl").

start() ->
    anno(),
    bits(),
    internal(),
    records(),
    eval().

anno() ->
    A = erl_anno:new({3, 7}),
    ?SHOW(A),
    ?SHOW(erl_anno:line(A)),
    ?SHOW(erl_anno:column(A)),
    ?SHOW(erl_anno:column(erl_anno:new(3))),
    ?SHOW(erl_anno:location(erl_anno:set_line(9, A))),
    ?SHOW(erl_anno:file(erl_anno:set_file("x.erl", A))),
    ?SHOW(erl_anno:generated(erl_anno:set_generated(true, erl_anno:new(1)))),
    ?SHOW(erl_anno:text(erl_anno:set_text("abc", A))),
    ?SHOW(erl_anno:end_location(erl_anno:set_text("a\nbc", A))),
    ?SHOW(erl_anno:to_term(erl_anno:set_record(true, A))),
    ?SHOW(erl_anno:is_anno([{location, 1}])),
    ?SHOW(erl_anno:is_anno(foo)),
    ?SHOW(erl_anno:new(x)).

bits() ->
    ?SHOW(erl_bits:system_bittypes() =/= []),
    ?SHOW(erl_bits:set_bit_type(default, default)),
    ?SHOW(erl_bits:set_bit_type({integer, 1, 4}, [little, signed])),
    ?SHOW(erl_bits:set_bit_type(default, [float])),
    ?SHOW(erl_bits:set_bit_type(default, [binary, {unit, 4}])),
    ?SHOW(erl_bits:set_bit_type(default, [integer, binary])),
    ?SHOW(erl_bits:set_bit_type(default, [nope])),
    ?SHOW(erl_bits:set_bit_type({integer, 1, 8}, [utf8])).

internal() ->
    ?SHOW([erl_internal:bif(N, A) || {N, A} <- [{length, 1}, {self, 0}, {foo, 1}, {put, 2}]]),
    ?SHOW([erl_internal:guard_bif(N, A) || {N, A} <- [{length, 1}, {self, 0}, {spawn, 1}]]),
    ?SHOW([erl_internal:type_test(N, 1) || N <- [is_atom, atom, is_map, is_foo]]),
    ?SHOW([erl_internal:arith_op(Op, 2) || Op <- ['+', 'div', '==', 'bsl']]),
    ?SHOW([erl_internal:comp_op(Op, 2) || Op <- ['+', '=:=', '<']]),
    ?SHOW([erl_internal:bool_op(Op, 2) || Op <- ['and', 'xor', '<']]),
    ?SHOW([erl_internal:list_op(Op, 2) || Op <- ['++', '--', '+']]),
    ?SHOW(erl_internal:op_type('!', 2)),
    ?SHOW(erl_internal:op_type('=>', 2)),
    ?SHOW(erl_internal:is_type(integer, 0)).

forms(Lines) ->
    [begin
         {ok, Tokens, _} = erl_scan:string(Line),
         {ok, Form} = erl_parse:parse_form(Tokens),
         Form
     end || Line <- Lines].

records() ->
    Forms = forms(["-module(m).", "-record(r, {a = 1, b}).", "new() -> #r{b = x}.",
                   "get(R) -> R#r.b.", "set(R) -> R#r{a = 2}.", "index() -> #r.b.",
                   "match(#r{a = A, _ = '_'}) when A > 1 -> A.",
                   "info() -> record_info(fields, r).",
                   "test(X) when is_record(X, r) -> true."]),
    Expanded = erl_expand_records:module(Forms, []),
    [io:format("~s", [erl_pp:form(Form)]) || Form <- Expanded, element(1, Form) =:= function].

eval() ->
    Value = fun({integer, _, N}, B) -> {value, N, B};
               ({string, _, S}, B) -> {value, S, B};
               ({var, _, V}, B) -> {value, proplists:get_value(V, B), B}
            end,
    Fields = fun(Text) ->
                 {ok, Tokens, _} = erl_scan:string(Text ++ "."),
                 {ok, [{bin, _, Elements}]} = erl_parse:parse_exprs(Tokens),
                 Elements
             end,
    ?SHOW(eval_bits:expr_grp(Fields("<<1:4, 2:4, \"ab\">>"), [], Value)),
    ?SHOW(eval_bits:expr_grp(Fields("<<X:16/little>>"), [{'X', 258}], Value)),
    ?SHOW(eval_bits:expr_grp(Fields("<<X/utf8>>"), [{'X', 16#e5}], Value)),
    ?SHOW(eval_bits:expr_grp(Fields("<<X/binary>>"), [{'X', 1}], Value)).
