/* SPDX-License-Identifier: Apache-2.0 */
/* erlang_dictionary.c - the process dictionary. */

#include "natives/support.h"
#include "process/dictionary.h"

/* A key and its value in a list of both. */
enum { PAIR_WORDS = 5 };

static Term erlang_get_0(Process *p, Term *args)
{
    (void)args;
    size_t count = dictionary_count(p);
    if (count > 12 && !native_room(p, count * PAIR_WORDS))
        return native_need(p, count * PAIR_WORDS);
    native_charge(p, (int32_t)(count / 8));
    return or_memory(p, dictionary_list(p));
}

static Term erlang_get_1(Process *p, Term *args)
{
    Term value = dictionary_get(p, args[0]);
    return is_none(value) ? A(undefined) : value;
}

static Term erlang_put_2(Process *p, Term *args)
{
    return or_memory(p, dictionary_put(p, args[0], args[1]));
}

static Term erlang_erase_0(Process *p, Term *args)
{
    Term list = erlang_get_0(p, args);
    if (!is_none(list)) dictionary_clear(p);
    return list;
}

static Term erlang_erase_1(Process *p, Term *args) { return dictionary_erase(p, args[0]); }

static Term list_keys(Process *p, Term value_or_none)
{
    size_t count = dictionary_count(p);
    if (count > 32 && !native_room(p, 2 * count)) return native_need(p, 2 * count);
    native_charge(p, (int32_t)(count / 8));
    return or_memory(p, dictionary_keys(p, value_or_none));
}

static Term erlang_get_keys_0(Process *p, Term *args)
{
    (void)args;
    return list_keys(p, TERM_NONE);
}

static Term erlang_get_keys_1(Process *p, Term *args) { return list_keys(p, args[0]); }

static const Native erlang_dictionary_natives[] = {
    NATIVE(erlang, get, 0, CHARGED),      NATIVE(erlang, get, 1, CHARGED),
    NATIVE(erlang, put, 2, CHARGED),      NATIVE(erlang, erase, 0, CHARGED),
    NATIVE(erlang, erase, 1, CHARGED),    NATIVE(erlang, get_keys, 0, CHARGED),
    NATIVE(erlang, get_keys, 1, CHARGED),
};
NATIVE_TABLE(erlang_dictionary);
