%% SPDX-License-Identifier: Apache-2.0
%% mote_console.erl - Standard input, output and error as Erlang's I/O protocol has them.
%%
%% Two processes run this: `user`, the group leader of everything, and `standard_error`. Output is
%% on its way before its reply is: who has the answer of io:format/2 may halt the VM and loses
%% nothing. The requests that are waiting are taken together and written at once. Reading never
%% holds up output: a request that waits for input stands in `reader`, others that want input
%% queue behind it.
-module(mote_console).
-export([start/2, init/1, flush/1]).

-define(WRITE_BYTES, 65536).

-record(console, {
    stream,               % 1: output and input, 2: errors
    release,              % of OTP; since 26 its console is its shell's
    encoding = unicode,   % of the bytes outside
    mode = list,          % of what readers get: list | binary
    output = [],          % binaries that are not yet written, newest first, and their size
    size = 0,
    replies = [],         % messages to send when they are, newest first
    input = [],           % binaries that nobody has read yet, oldest first
    partial = <<>>,       % the start of a character whose end has not come yet
    ended = false,        % there will be no more input
    asked = false,        % for more input
    reader = none,        % the request that waits for input
    waiting = []          % [{Client, Requests}] that will want input next
}).

%% A request that reads. `rest`: what the client asked for besides. `taken`: something is consumed.
-record(reader, {client, rest, prompt, encoding, how, state, prompted = false, taken = false}).

-spec start(atom(), 1 | 2) -> pid().
start(Name, Stream) ->
    Pid = spawn(?MODULE, init, [Stream]),
    register(Name, Pid),
    Pid.

%% Returns when everything that was sent to the console before is written.
-spec flush(atom()) -> ok.
flush(Name) ->
    case whereis(Name) of
        undefined ->
            ok;
        Pid ->
            Ref = erlang:monitor(process, Pid),
            Pid ! {io_request, self(), Ref, {put_chars, latin1, <<>>}},
            receive
                {io_reply, Ref, _} -> erlang:demonitor(Ref, [flush]), ok;
                {'DOWN', Ref, process, _, _} -> ok
            end
    end.

-spec init(1 | 2) -> no_return().
init(Stream) ->
    process_flag(trap_exit, true),
    erts_internal:group_leader(self(), self()),
    Release = list_to_integer(erlang:system_info(otp_release)),
    idle(#console{stream = Stream, release = Release}).

idle(Console) ->
    receive
        Message -> busy(message(Message, Console))
    end.

busy(#console{size = Size} = Console) when Size >= ?WRITE_BYTES -> busy(write(Console));
busy(Console) ->
    receive
        Message -> busy(message(Message, Console))
    after 0 ->
        idle(write(Console))
    end.

write(#console{output = [], replies = Replies} = Console) ->
    send(Replies),
    Console#console{replies = []};
write(#console{stream = Stream, output = Output, replies = Replies} = Console) ->
    case mote:console_write(Stream, joined(Output)) of
        %% Whoever wrote sees that this process has gone, as under OTP.
        error when Stream =:= 1 -> exit(lost_output);
        _ -> send(Replies)
    end,
    Console#console{output = [], size = 0, replies = []}.

joined([Bytes]) -> Bytes;
joined(Newest) -> iolist_to_binary(reversed(Newest, [])).

send([]) -> ok;
send([{Pid, Message}]) -> Pid ! Message, ok;
send(Newest) -> send_all(reversed(Newest, [])).

send_all([]) -> ok;
send_all([{Pid, Message} | Rest]) ->
    Pid ! Message,
    send_all(Rest).

reversed([], Tail) -> Tail;
reversed([Head | Rest], Tail) -> reversed(Rest, [Head | Tail]).

message({io_request, From, As, Request}, Console) when is_pid(From) ->
    prompt_again(Request, perform({From, As}, [Request], {ok, ok}, Console));
message({mote_console, eof}, Console) ->
    proceed(Console#console{asked = false, ended = true});
message({mote_console, Bytes}, #console{partial = Partial} = Console) ->
    {Whole, Cut} = characters(<<Partial/binary, Bytes/binary>>, Console#console.encoding),
    More = [Whole || Whole =/= <<>>],
    proceed(Console#console{asked = false, partial = Cut, input = Console#console.input ++ More});
message(_, Console) ->
    Console.

%% ---- Requests ----

%% Performs requests in order until one fails; the client gets the last one's answer. Since release
%% 26 one that has an answer is the last one.
perform({From, As}, [_ | _], {ok, Answer}, #console{release = Release} = Console)
  when Release >= 26, Answer =/= ok ->
    reply(From, As, Answer, Console);
perform(Client, [{requests, Some} | Rest], {ok, _} = Last, Console) when is_list(Some) ->
    perform(Client, Some ++ Rest, Last, Console);
perform(Client, [Request | Rest] = All, {ok, _}, Console) ->
    case request(Request, Console) of
        {read, _} when Console#console.reader =/= none ->
            Console#console{waiting = Console#console.waiting ++ [{Client, All}]};
        {read, Reader} ->
            read(Reader#reader{client = Client, rest = Rest}, Console);
        {Status, Reply, NewConsole} ->
            perform(Client, Rest, {Status, Reply}, NewConsole)
    end;
perform({From, As}, _, {_, Answer}, Console) ->
    reply(From, As, Answer, Console).

reply(From, As, Answer, #console{replies = Replies} = Console) ->
    Console#console{replies = [{From, {io_reply, As, Answer}} | Replies]}.

request({put_chars, Encoding, Chars}, Console) -> put_chars(Encoding, Chars, Console);
request({put_chars, Encoding, Module, Function, Arguments}, Console) ->
    put_result(Encoding, Module, Function, Arguments, Console);
request({put_chars, Chars}, Console) -> put_chars(latin1, Chars, Console);
request({put_chars, Module, Function, Arguments}, Console) ->
    put_result(latin1, Module, Function, Arguments, Console);
request({setopts, Options}, Console) when is_list(Options) -> set_options(Options, Console);
request(getopts, Console) -> {ok, options(Console), Console};
request({get_geometry, Side}, Console) when Side =:= columns; Side =:= rows ->
    failed(enotsup, Console);
request({get_password, _}, #console{stream = 1, release = Release} = Console) when Release >= 26 ->
    failed(enotsup, Console);
request(Request, #console{stream = 1} = Console) ->
    case reader(Request) of
        none -> failed({request, Request}, Console);
        Reader -> {read, Reader}
    end;
request(Request, Console) ->
    failed({request, Request}, Console).

failed({request, _}, #console{stream = 1, release = Release} = Console) when Release >= 26 ->
    {error, {error, request}, Console};
failed(Why, Console) -> {error, {error, Why}, Console}.

%% What put_chars says where `Now` is what it says since release 26.
put_failed(Now, #console{stream = 1, release = Release} = Console) when Release >= 26 ->
    failed(Now, Console);
put_failed(_, Console) -> failed(put_chars, Console).

put_result(Encoding, Module, Function, Arguments, Console) ->
    case catch apply(Module, Function, Arguments) of
        Chars when is_list(Chars); is_binary(Chars) -> put_chars(Encoding, Chars, Console);
        _ -> put_failed(Function, Console)
    end.

put_chars(From, Chars, #console{encoding = To, output = Output, size = Size} = Console) ->
    case encode(Chars, From, To) of
        Bytes when is_binary(Bytes) ->
            {ok, ok, Console#console{output = [Bytes | Output], size = Size + byte_size(Bytes)}};
        _ ->
            put_failed({put_chars, From, Chars}, Console)
    end.

encode(Chars, Same, Same) when is_binary(Chars) -> Chars;
encode(Chars, From, unicode) -> catch unicode:characters_to_binary(Chars, From);
encode(Chars, From, latin1) ->
    case catch unicode:characters_to_list(Chars, From) of
        List when is_list(List) -> iolist_to_binary([escape(Char) || Char <- List]);
        _ -> error
    end.

escape(Char) when Char > 255 -> ["\\x{", integer_to_list(Char, 16), $}];
escape(Char) -> Char.

options(#console{stream = 1, release = Release} = Console) when Release >= 28 ->
    [{expand_fun, false}, {echo, false}, {line_history, false}, {log, none}]
        ++ input_options(Console) ++ terminals();
options(#console{stream = 1, release = Release} = Console) when Release >= 26 ->
    [{expand_fun, fun edlin_expand:expand/2}, {echo, false}]
        ++ input_options(Console) ++ [{log, none} | terminals()];
options(#console{stream = 1} = Console) -> input_options(Console);
options(#console{encoding = Encoding, release = Release}) when Release >= 26 ->
    [{encoding, Encoding}, {onlcr, false}, {log, none}
     | [{terminal, prim_tty:isatty(stderr)} || Release >= 28]];
options(#console{encoding = Encoding}) ->
    [{encoding, Encoding}].

input_options(#console{mode = Mode, encoding = Encoding}) ->
    [{binary, Mode =:= binary}, {encoding, Encoding}].

terminals() ->
    [{terminal, prim_tty:isatty(stdout)}
     | [{Stream, prim_tty:isatty(Stream)} || Stream <- [stdout, stderr, stdin]]].

%% Of an option that is given twice the first counts.
set_options(Options, Console) -> set_options(reversed(Options, []), Console, Console).

set_options([], Console, _) -> {ok, ok, Console};
set_options([Option | Rest], Console, Before) ->
    case set_option(Option, Console) of
        error -> failed(enotsup, Before);
        NewConsole -> set_options(Rest, NewConsole, Before)
    end.

set_option(latin1, Console) -> Console#console{encoding = latin1};
set_option({encoding, latin1}, Console) -> Console#console{encoding = latin1};
set_option(unicode, Console) -> Console#console{encoding = unicode};
set_option({encoding, Unicode}, Console) when Unicode =:= unicode; Unicode =:= utf8 ->
    Console#console{encoding = unicode};
set_option(binary, #console{stream = 1} = Console) -> Console#console{mode = binary};
set_option(list, #console{stream = 1} = Console) -> Console#console{mode = list};
set_option({binary, true}, #console{stream = 1} = Console) -> Console#console{mode = binary};
set_option({binary, false}, #console{stream = 1} = Console) -> Console#console{mode = list};
set_option({list, true}, #console{stream = 1} = Console) -> Console#console{mode = list};
set_option({list, false}, #console{stream = 1} = Console) -> Console#console{mode = binary};
set_option({echo, false}, #console{stream = 1, release = Release} = Console) when Release >= 26 ->
    Console;
set_option(_, _) -> error.

%% ---- Input ----

reader({get_line, Encoding, Prompt}) ->
    #reader{prompt = Prompt, encoding = Encoding, how = line, state = []};
reader({get_chars, Encoding, Prompt, Count}) ->
    call_reader(Prompt, Encoding, {io_lib, collect_chars, Count});
reader({get_until, Encoding, Prompt, Module, Function, Arguments}) ->
    call_reader(Prompt, Encoding, {io_lib, get_until, {Module, Function, Arguments}});
reader({get_line, Prompt}) -> reader({get_line, latin1, Prompt});
reader({get_chars, Prompt, Count}) -> reader({get_chars, latin1, Prompt, Count});
reader({get_until, Prompt, Module, Function, Arguments}) ->
    reader({get_until, latin1, Prompt, Module, Function, Arguments});
reader(_) -> none.

call_reader(Prompt, Encoding, How) ->
    #reader{prompt = Prompt, encoding = Encoding, how = How, state = start}.

read(Reader, #console{release = Release} = Console) when Release >= 26 ->
    continue(Reader, Console);
read(#reader{prompt = Prompt, how = How} = Reader, Console) ->
    case put_prompt(Prompt, Console) of
        {ok, _, NewConsole} -> continue(Reader#reader{prompted = true}, NewConsole);
        {error, _, _} -> done(Reader, {error, {error, prompt_error(How)}}, Console)
    end.

prompt_error(line) -> get_line;
prompt_error(_) -> get_chars.

put_prompt('', Console) -> {ok, ok, Console};
put_prompt(Prompt, #console{encoding = Encoding} = Console) ->
    put_chars(unicode, io_lib:format_prompt(Prompt, Encoding), Console).

%% Since release 26 the prompt comes before each line that is taken. For characters it comes once,
%% until release 28 only where they have to be waited for.
prompted(#reader{prompted = true} = Reader, Console) -> {Reader, Console};
prompted(#reader{prompt = Prompt} = Reader, Console) ->
    {Reader#reader{prompted = true}, element(3, put_prompt(Prompt, Console))}.

%% What others write while somebody is asked for input comes before the prompt, until release 26.
prompt_again(_, #console{release = Release} = Console) when Release >= 26 -> Console;
prompt_again({get_geometry, _}, Console) -> Console;
prompt_again(Request, #console{reader = #reader{taken = false, prompt = Prompt}} = Console) ->
    case is_reading(Request) of
        true -> Console;
        false -> element(3, put_prompt(Prompt, Console))
    end;
prompt_again(_, Console) -> Console.

is_reading({requests, _}) -> true;
is_reading(Request) -> reader(Request) =/= none.

%% Input has come or ended: the reader goes on.
proceed(#console{reader = none} = Console) -> Console;
proceed(#console{reader = Reader} = Console) -> continue(Reader, Console#console{reader = none}).

continue(#reader{how = {io_lib, collect_chars, _}} = Reader, #console{release = Release} = Console)
  when Release < 28 ->
    go_on(Reader, Console);
continue(Reader, Console) ->
    {Prompted, NewConsole} = prompted(Reader, Console),
    go_on(Prompted, NewConsole).

go_on(Reader, Console) ->
    case take(Console) of
        {Piece, NewConsole} ->
            feed(Piece, again(Reader#reader{taken = true}, Console), NewConsole);
        none when Console#console.ended ->
            at_end(Reader, Console);
        none ->
            {Prompted, NewConsole} = prompted(Reader, Console),
            (ask(NewConsole))#console{reader = Prompted}
    end.

again(#reader{how = {io_lib, collect_chars, _}} = Reader, _) -> Reader;
again(Reader, #console{release = Release}) -> Reader#reader{prompted = Release < 26}.

%% Input up to the end of a line, or all there is.
take(#console{input = []}) -> none;
take(#console{input = [Bytes | Rest]} = Console) ->
    case binary:match(Bytes, <<"\n">>) of
        {At, 1} when At + 1 < byte_size(Bytes) ->
            <<Line:(At + 1)/binary, Tail/binary>> = Bytes,
            {Line, Console#console{input = [Tail | Rest]}};
        _ ->
            {Bytes, Console#console{input = Rest}}
    end.

%% An incomplete character at the end of all input is given as it is.
at_end(Reader, #console{partial = Partial} = Console) when Partial =/= <<>> ->
    continue(Reader, Console#console{partial = <<>>, input = [Partial]});
at_end(#reader{taken = false, how = How} = Reader, #console{release = Release} = Console)
  when Release < 26; not is_tuple(How) ->
    done(Reader, {ok, eof}, Console);
at_end(Reader, Console) ->
    feed(eof, Reader, Console).

ask(#console{asked = true} = Console) -> Console;
ask(Console) ->
    NewConsole = write(Console),
    try
        mote:console_read()
    catch
        %% This machine has no input.
        error:_ -> self() ! {mote_console, eof}
    end,
    NewConsole#console{asked = true}.

feed(eof, #reader{how = line, state = Parts} = Reader, Console) ->
    line(Reader, joined(Parts), Console);
feed(Piece, #reader{how = line, state = Parts} = Reader, Console) ->
    case binary:last(Piece) of
        $\n -> line(Reader, unix_line(joined([Piece | Parts])), Console);
        _ -> continue(Reader#reader{state = [Piece | Parts]}, Console)
    end;
feed(Piece, #reader{how = {Module, Function, Argument}} = Reader, Console) ->
    #reader{state = State, encoding = Encoding} = Reader,
    case catch Module:Function(State, to_reader(Piece, Encoding, Console), Encoding, Argument) of
        {stop, Result, Rest} -> done(Reader, {ok, Result}, put_back(Rest, Console));
        {'EXIT', _} -> done(Reader, {error, {error, failed_function(Function, Argument)}},
                            Console#console{input = []});
        NewState -> continue(Reader#reader{state = NewState}, Console)
    end.

failed_function(get_until, {_, Function, _}) -> Function;
failed_function(Function, _) -> Function.

line(#reader{encoding = Encoding} = Reader, Line, Console) ->
    case catch to_reader(Line, Encoding, Console) of
        {'EXIT', _} -> done(Reader, {error, {error, collect_line}}, Console);
        Result -> done(Reader, {ok, Result}, Console)
    end.

unix_line(Line) ->
    case byte_size(Line) - 2 of
        Size when Size >= 0 ->
            case Line of
                <<Text:Size/binary, "\r\n">> -> <<Text/binary, $\n>>;
                _ -> Line
            end;
        _ ->
            Line
    end.

put_back(Rest, Console) when Rest =:= []; Rest =:= <<>>; Rest =:= eof -> Console;
put_back(Rest, #console{encoding = Encoding, input = Input} = Console) ->
    Bytes = case is_list(Rest) of
        true when Encoding =:= unicode -> unicode:characters_to_binary(Rest, unicode);
        true -> list_to_binary(Rest);
        false -> Rest
    end,
    Console#console{input = [Bytes | Input]}.

done(#reader{client = Client, rest = Rest}, Result, Console) ->
    next(perform(Client, Rest, Result, Console#console{reader = none})).

next(#console{reader = none, waiting = [{Client, Requests} | Waiting]} = Console) ->
    perform(Client, Requests, {ok, ok}, Console#console{waiting = Waiting});
next(Console) -> Console.

%% ---- Encodings ----

%% Splits UTF-8 bytes behind their last complete character.
characters(Bytes, latin1) -> {Bytes, <<>>};
characters(Bytes, unicode) ->
    Size = byte_size(Bytes),
    Whole = Size - cut_bytes(Bytes, Size, 1),
    <<Complete:Whole/binary, Cut/binary>> = Bytes,
    {Complete, Cut}.

%% How many bytes at the end are the start of a longer character.
cut_bytes(Bytes, Size, Back) when Back =< 3, Back =< Size ->
    case binary:at(Bytes, Size - Back) of
        Byte when Byte >= 16#F0, Byte < 16#F8 -> Back;
        Byte when Byte >= 16#E0, Byte < 16#F0, Back < 3 -> Back;
        Byte when Byte >= 16#C0, Byte < 16#E0, Back < 2 -> Back;
        Byte when Byte >= 16#80, Byte < 16#C0 -> cut_bytes(Bytes, Size, Back + 1);
        _ -> 0
    end;
cut_bytes(_, _, _) -> 0.

%% Bytes as the reader asked for them. Fails where it has no way to say a character.
to_reader(eof, _, _) -> eof;
to_reader(Bytes, _, #console{mode = list, encoding = latin1}) -> binary_to_list(Bytes);
to_reader(Bytes, Encoding, #console{mode = list}) ->
    case unicode:characters_to_list(Bytes, unicode) of
        Chars when is_list(Chars), Encoding =:= unicode -> Chars;
        Chars when is_list(Chars) -> latin1_only(Chars);
        _ -> exit({no_translation, unicode, Encoding})
    end;
to_reader(Bytes, Same, #console{encoding = Same}) -> Bytes;
to_reader(Bytes, unicode, _) -> unicode:characters_to_binary(Bytes, latin1);
to_reader(Bytes, latin1, _) ->
    case unicode:characters_to_binary(Bytes, unicode, latin1) of
        Latin1 when is_binary(Latin1) -> Latin1;
        _ -> exit({no_translation, unicode, latin1})
    end.

latin1_only(Chars) ->
    case [Char || Char <- Chars, Char > 255] of
        [] -> Chars;
        _ -> exit({no_translation, unicode, latin1})
    end.
