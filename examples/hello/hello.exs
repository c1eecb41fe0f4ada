# SPDX-License-Identifier: Apache-2.0
# hello.exs - Greets those who are named behind --, or the world.
names = if System.argv() == [], do: ["world"], else: System.argv()
for name <- names, do: IO.puts("Hello, #{name}!")
