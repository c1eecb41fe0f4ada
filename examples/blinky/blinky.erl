%% SPDX-License-Identifier: Apache-2.0
%% blinky.erl - A light that blinks once a second.
-module(blinky).
-export([start/0]).

-define(LED, 2).

start() ->
    gpio:set_pin_mode(?LED, output),
    blink(high).

blink(Level) ->
    gpio:digital_write(?LED, Level),
    timer:sleep(500),
    blink(other(Level)).

other(high) -> low;
other(low) -> high.
