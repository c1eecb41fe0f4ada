/* SPDX-License-Identifier: Apache-2.0 */
/* embedded.c - .beam files inside a program, put there by the assembler. */
#include "embedded.h"
#include <string.h>

/* The build writes embedded.inc: EMBEDDED(number, "module", "path of its .beam") for each. */
#define EMBEDDED(number, name, path)                 \
    __asm__(".pushsection .rodata.embedded, \"a\"\n" \
            ".balign 8\n"                            \
            "embedded_" #number ":\n"                \
            ".incbin \"" path "\"\n"                 \
            "embedded_" #number "_end:\n"            \
            ".byte 0\n"                              \
            ".popsection\n");                        \
    extern const uint8_t embedded_##number[], embedded_##number##_end[];
#include "embedded.inc"
#undef EMBEDDED

typedef struct Embedded {
    const char *name;
    const uint8_t *start, *end;
} Embedded;

static const Embedded table[] = {
#define EMBEDDED(number, name, path) {name, embedded_##number, embedded_##number##_end},
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
