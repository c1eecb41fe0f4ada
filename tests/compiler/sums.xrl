% SPDX-License-Identifier: Apache-2.0
% sums.xrl - numbers and signs, for leex.

Definitions.

D = [0-9]
S = [\s\t\r\n]

Rules.

{D}+\.{D}+ : {token, {number, TokenLine, list_to_float(TokenChars)}}.
{D}+       : {token, {number, TokenLine, list_to_integer(TokenChars)}}.
[a-zäöü_]+ : {token, {name, TokenLine, list_to_atom(TokenChars)}}.
[-+*/()=]  : {token, {list_to_atom(TokenChars), TokenLine}}.
;          : {end_token, {';', TokenLine}}.
{S}+       : skip_token.

Erlang code.
