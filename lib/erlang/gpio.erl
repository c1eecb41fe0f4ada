%% SPDX-License-Identifier: Apache-2.0
%% gpio.erl - Digital pins.
%%
%% The functions that take a pin alone are the plain way. Those that take a handle, which open/0 or
%% start/0 gives, do the same through it and answer {error, noproc} once it is closed.
-module(gpio).
-export([init/1, deinit/1, set_pin_mode/2, digital_write/2, digital_read/1]).
-export([start/0, open/0, stop/0, close/1, set_direction/3, set_level/3, read/2]).
-export([hold/0]).

-type gpio() :: pid().
-type pin() :: non_neg_integer().
-type direction() :: input | output | output_od.
-type level() :: low | high | 0 | 1.
-type failure() :: {error, Reason :: atom()}.
-export_type([gpio/0, pin/0, direction/0, level/0, failure/0]).

%% Some chips want a pin to be made ready and given back; here there is nothing to do.
-spec init(pin()) -> ok.
init(_Pin) -> ok.

-spec deinit(pin()) -> ok.
deinit(_Pin) -> ok.

-spec set_pin_mode(pin(), direction()) -> ok | failure().
set_pin_mode(_Pin, _Direction) -> erlang:nif_error(undef).

-spec digital_write(pin(), level()) -> ok | failure().
digital_write(_Pin, _Level) -> erlang:nif_error(undef).

-spec digital_read(pin()) -> high | low | failure().
digital_read(_Pin) -> erlang:nif_error(undef).

%% ---- With a handle ----

%% The handle that is registered as `gpio`; a new one where there is none.
-spec start() -> gpio().
start() ->
    case whereis(gpio) of
        undefined -> open();
        Pid -> Pid
    end.

-spec open() -> gpio().
open() ->
    Pid = spawn(?MODULE, hold, []),
    try register(gpio, Pid) of
        true -> Pid
    catch
        error:badarg -> exit(Pid, kill), error(badarg)
    end.

-spec stop() -> ok | failure().
stop() ->
    case whereis(gpio) of
        undefined -> {error, noproc};
        Pid -> close(Pid)
    end.

-spec close(gpio()) -> ok | failure().
close(Gpio) ->
    Ref = erlang:monitor(process, Gpio),
    Gpio ! close,
    receive
        {'DOWN', Ref, process, _, normal} -> ok;
        {'DOWN', Ref, process, _, Reason} -> {error, Reason}
    end.

-spec set_direction(gpio(), pin(), direction()) -> ok | failure().
set_direction(Gpio, Pin, Direction) ->
    case is_process_alive(Gpio) of
        true -> set_pin_mode(Pin, Direction);
        false -> {error, noproc}
    end.

-spec set_level(gpio(), pin(), level()) -> ok | failure().
set_level(Gpio, Pin, Level) ->
    case is_process_alive(Gpio) of
        true -> digital_write(Pin, Level);
        false -> {error, noproc}
    end.

-spec read(gpio(), pin()) -> high | low | failure().
read(Gpio, Pin) ->
    case is_process_alive(Gpio) of
        true -> digital_read(Pin);
        false -> {error, noproc}
    end.

%% The process behind a handle.
-spec hold() -> ok.
hold() ->
    receive
        close -> ok;
        _ -> hold()
    end.
