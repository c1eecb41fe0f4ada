%% SPDX-License-Identifier: Apache-2.0
%% gpio_pins.erl - Module gpio on the virtual board.
-module(gpio_pins).
-export([start/0]).

start() ->
    pins(),
    refused(),
    handles().

pins() ->
    low = gpio:digital_read(3),
    ok = gpio:init(3),
    ok = gpio:set_pin_mode(3, output),
    ok = gpio:digital_write(3, high),
    high = gpio:digital_read(3),
    ok = gpio:digital_write(3, 1),
    ok = gpio:digital_write(3, 0),
    low = gpio:digital_read(3),
    ok = gpio:digital_write(3, low),
    %% An input has the level of what is connected: nothing.
    ok = gpio:digital_write(4, high),
    ok = gpio:set_pin_mode(4, input),
    low = gpio:digital_read(4),
    ok = gpio:set_pin_mode(5, output_od),
    ok = gpio:digital_write(5, high),
    ok = gpio:deinit(3).

refused() ->
    [badarg = reason(Fun)
     || Fun <- [fun() -> gpio:digital_write(pin, high) end,
                fun() -> gpio:digital_write(-1, high) end,
                fun() -> gpio:digital_write(1 bsl 70, high) end,
                fun() -> gpio:digital_write(3, 2) end,
                fun() -> gpio:digital_write(3, on) end,
                fun() -> gpio:digital_read(3.0) end,
                fun() -> gpio:set_pin_mode(3, sideways) end,
                fun() -> gpio:set_pin_mode([], output) end]],
    {error, enodev} = gpio:digital_write(64, high),
    {error, enodev} = gpio:digital_read(1000),
    {error, enodev} = gpio:set_pin_mode(65535, output).

reason(Fun) ->
    try Fun() of
        Value -> {returned, Value}
    catch
        error:Reason -> Reason
    end.

handles() ->
    Gpio = gpio:start(),
    Gpio = gpio:start(),
    Gpio = whereis(gpio),
    badarg = reason(fun() -> gpio:open() end),
    ok = gpio:set_direction(Gpio, 6, output),
    ok = gpio:set_level(Gpio, 6, high),
    high = gpio:read(Gpio, 6),
    ok = gpio:close(Gpio),
    {error, noproc} = gpio:close(Gpio),
    {error, noproc} = gpio:read(Gpio, 6),
    {error, noproc} = gpio:set_level(Gpio, 6, low),
    {error, noproc} = gpio:set_direction(Gpio, 6, input),
    {error, noproc} = gpio:stop(),
    Other = gpio:open(),
    false = Other =:= Gpio,
    ok = gpio:stop().
