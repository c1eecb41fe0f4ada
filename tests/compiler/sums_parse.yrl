% SPDX-License-Identifier: Apache-2.0
% sums_parse.yrl - sums with names, for yecc.

Nonterminals statement sum.
Terminals number name '+' '-' '*' '/' '(' ')' '=' ';'.
Rootsymbol statement.

Right 100 '='.
Left 200 '+'.
Left 200 '-'.
Left 300 '*'.
Left 300 '/'.

statement -> sum ';' : '$1'.
statement -> name '=' sum ';' : {set, element(3, '$1'), '$3'}.

sum -> number : element(3, '$1').
sum -> name : {get, element(3, '$1')}.
sum -> '(' sum ')' : '$2'.
sum -> sum '+' sum : {'+', '$1', '$3'}.
sum -> sum '-' sum : {'-', '$1', '$3'}.
sum -> sum '*' sum : {'*', '$1', '$3'}.
sum -> sum '/' sum : {'/', '$1', '$3'}.
