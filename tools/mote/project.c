/* SPDX-License-Identifier: Apache-2.0 */
/* project.c - projects of mix and rebar3, built by their own tools. */

#include "program.h"
#include <stdio.h>
#include "command.h"
int project_open(const char *path, const char *elixir, Program *program)
{
    (void)elixir; (void)program;
    fprintf(stderr, "mote run: %s: projects come later\n", path);
    return EXIT_USAGE;
}
