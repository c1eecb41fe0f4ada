/* SPDX-License-Identifier: Apache-2.0 */
/* elixir.c - the installed Elixir. */

#define _GNU_SOURCE
#include "elixir.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "otp.h"

static char root[PATH_MAX];

const char *elixir_root(void) { return root; }

/* Elixir stands in the folder itself, or in lib/elixir of a prefix. */
static bool accept_root(const char *folder)
{
    static const char *const places[] = {"", "/lib/elixir"};
    char module[PATH_MAX + 64];
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(module, sizeof module, "%s%s/lib/elixir/ebin/elixir.beam", folder, places[i]);
        if (access(module, R_OK)) continue;
        return snprintf(root, sizeof root, "%s%s", folder, places[i]) < (int)sizeof root;
    }
    return false;
}

static bool accept_given(const char *folder)
{
    char real[PATH_MAX];
    return realpath(folder, real) && accept_root(real);
}

bool elixir_open(const char *given, const char **why)
{
    char path[PATH_MAX + 8];
    if (root[0]) return true;
    if (given ? !accept_given(given) : !otp_from_path("elixir", accept_root)) {
        *why = given ? "no Elixir there: --elixir wants the folder that holds bin/ and lib/elixir"
                     : "Elixir was not found: install it (Debian: apt-get install elixir), or give "
                       "--elixir DIR";
        return false;
    }
    snprintf(path, sizeof path, "%s/lib", root);
    otp_add_libraries(path);
    return true;
}
