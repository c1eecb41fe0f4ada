/* SPDX-License-Identifier: Apache-2.0 */
/* embedded.c - the modules of lib/erlang, put in by the assembler. */
#include "embedded.h"
#include <string.h>

/* The build writes embedded.inc: EMBEDDED(module) for each, in the order of their names. */
#define EMBEDDED(module)                     \
    __asm__(".pushsection .rodata\n"         \
            ".balign 8\n"                    \
            "embedded_" #module ":\n"        \
            ".incbin \"" #module ".beam\"\n" \
            "embedded_" #module "_end:\n"    \
            ".byte 0\n"                      \
            ".popsection\n");                \
    extern const uint8_t embedded_##module[], embedded_##module##_end[];
#include "embedded.inc"
#undef EMBEDDED

typedef struct Embedded {
    const char *name;
    const uint8_t *start, *end;
} Embedded;

static const Embedded table[] = {
#define EMBEDDED(module) {#module, embedded_##module, embedded_##module##_end},
#include "embedded.inc"
#undef EMBEDDED
    {"", NULL, NULL} /* where there is no module, the table has a row all the same */
};

bool embedded_find(const char *name, size_t size, const uint8_t **bytes, size_t *count)
{
    for (const Embedded *e = table; e->start != NULL; e++) {
        if (strlen(e->name) != size || memcmp(e->name, name, size) != 0) continue;
        *bytes = e->start;
        *count = (size_t)(e->end - e->start);
        return true;
    }
    return false;
}
