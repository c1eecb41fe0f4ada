/* SPDX-License-Identifier: Apache-2.0 */
/* canary.c - the whole VM on a board: runs the module canary out of what is embedded. */

#include "embedded.h"
#include "mote/mote.h"

int main(void);

static bool find(const char *name, size_t size, MoteFile *file)
{
    *file = (MoteFile){.path = "embedded"};
    return embedded_find(name, size, &file->bytes, &file->size);
}

int main(void)
{
    static const char *const arguments[] = {"run", "canary"};
    const MoteConfig config = {.schedulers = 1,
                               .atoms = 16384,
                               .release = 25,
                               .finder = find,
                               .arguments = arguments,
                               .argument_count = 2};
    return mote_run(&config);
}
