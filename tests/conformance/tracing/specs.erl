%% SPDX-License-Identifier: Apache-2.0
%% specs.erl - match specifications of the dialect of tracing: match_spec_test/3.
-module(specs).
-export([start/0]).
t(Spec) -> t([1,2], Spec).
t(A, Spec) -> io:format("~0p~n   ~0p~n", [Spec, try erlang:match_spec_test(A, Spec, trace) catch C:R -> {C,R} end]).
start() ->
 [t(S) || S <- [ [], a, [{'_',[],[]}], [{['_','$1'],[],
  [{message,'$1'}]}], [{a,[],[]}], [{'$1',[],[]}],[{{a},[],[]}],
  [{'$_',[],[]}], [{[],[],[]}], [{['$1'|'$2'],[],[{message,'$2'}]}],
  [{'_',[],[{message,false}]}], [{'_',[],[{message,true}]}], [{'_',[],[hej]}], [{'_',[],[false]}],
  [{'_',[],[{return_trace}]}], [{'_',[],[{exception_trace}]}], [{'_',[],
  [{return_trace},{exception_trace},{message,x}]}],
  [{'_',[],[{silent,true}]}], [{'_',[],[{silent,foo}]}],
  [{'_',[],[{message,{silent,true}}]}], 
  [{'_',[],[{message,{caller}}]}], [{'_',[],[{message,{get_tcw}}]}], [{'_',[],
  [{message,{set_tcw,5}}]}],[{'_',[],[{message,{get_tcw}}]}],[{'_',[],[{message,{set_tcw,foo}}]}],
  [{'_',[],[{message,{set_tcw,0}}]}],
  [{'_',[],[{message,{is_seq_trace}}]}],[{'_',[],[{message,{get_seq_token}}]}],
  [{'_',[],[{message,{enable_trace,call}}]}],[{'_',[],[{message,{disable_trace,call}}]}],[{'_',[],
  [{message,{enable_trace,foo}}]}],
  [{'_',[],[{message,{enable_trace,foo,call}}]}],[{'_',[],[{message,{trace,[call],[]}}]}],
  [{'_',[],[{message,{trace,[all],[foo]}}]}],
  [{'_',[],[{message,{return_trace}}]}],[{'_',[],[{message,{return_trace,1}}]}],
  [{'_',[],[{message}]}],[{'_',[],[{message,1,2}]}],[{'_',[],[{silent}]}],[{'_',[],[{caller,1}]}],
  [{'_',[],[{enable_trace}]}],[{'_',[],[{enable_trace,1,2,3}]}],
  [{'_',[],[{trace,1}]}],[{'_',[],[{trace,1,2,3,4}]}],[{'_',[],[{process_dump,1}]}],[{'_',[],
  [{display}]}],[{'_',[],[{exception_trace,1}]}],
  [{'_',[],[{get_tcw,1}]}],[{'_',[],[{set_tcw}]}],[{'_',[],[{caller_line,1}]}],[{'_',[],
  [{current_stacktrace,1}]}],[{'_',[],[{current_stacktrace}]}],[{'_',[],[{is_seq_trace,1}]}],
  [{'_',[],[{get_seq_token,1}]}],[{'_',[],[{set_seq_token,1}]}],[{'_',[],[{disable_trace,1,2,3}]}],
  [{'_',[{message,true}],[]}],[{'_',[{silent,true}],[]}],[{'_',[{return_trace}],[]}],[{'_',
  [{'==',{get_tcw},0}],[{message,ok}]}],[{'_',[{set_tcw,1}],[]}],[{'_',[{caller}],[]}],[{'_',
  [{is_seq_trace}],[]}],[{'_',[{get_seq_token}],[]}],[{'_',[{enable_trace,call}],[]}],[{'_',
  [{trace,[],[]}],[]}],[{'_',[{display,a}],[]}],[{'_',[{process_dump}],[]}],[{'_',
  [{set_seq_token,label,1}],[]}],[{'_',[{exception_trace}],[]}],[{'_',[{disable_trace,call}],[]}],
  [{'_',[{caller_line}],[]}],[{'_',[{current_stacktrace}],[]}],
  [{'_',[],[{banka,kanin}]}], [{'_',[],['$1']}],[{'_',[],[{message,'$_'}]}],[{['$1','$2'],[],
  [{message,'$$'}]}],[{'_',[],x}],[{'_',[],[a|b]}],
  [{'_',[],[{message,{const,{a}}}]}],[{'_',[],[{message,{hd,a}}]}],[{'_',[],[{hd,a}]}],[{'_',[],
  [{message,{set_seq_token,yxa,true}}]}], [{'_',[{is_integer,a}],[]},{'_',[],[{message,second}]}]
  ]], t(a,[{'_',[],[]}]), t({a},[{'_',[],[]}]),t([a|b],[{'_',[],[]}]),t([],[{[],[],[{message,x}]}]),
 X = lists:seq(1,300), t(X, [{'_',[],[]}]),
 io:format("~p~n", [erlang:trace_info(self(),flags)]).
