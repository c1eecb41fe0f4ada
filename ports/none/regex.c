/* SPDX-License-Identifier: Apache-2.0 */
/* regex.c - no regular expressions. */

#include "mote/os/regex.h"

bool os_regex_compile(Regex *regex, const RegexSource *source, RegexError *error)
{
    (void)regex, (void)source;
    *error = (RegexError){0, 0};
    return false;
}

void os_regex_free(Regex *regex) { (void)regex; }

int os_regex_match(const Regex *regex, const RegexMatch *match, size_t *pairs)
{
    (void)regex, (void)match, (void)pairs;
    return REGEX_FAILED;
}

bool os_regex_version(char *text, size_t room)
{
    (void)text, (void)room;
    return false;
}

bool os_regex_error_text(int number, char *text, size_t room)
{
    (void)number, (void)text, (void)room;
    return false;
}
