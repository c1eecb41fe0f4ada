/* SPDX-License-Identifier: Apache-2.0 */
/* re_code.c - the cache of compiled regular expressions. */
#include "natives/re_code.h"
#include "base/bytes.h"
#include "base/lock.h"
#include "base/memory.h"
#include "base/table.h"
#include "heap/binary.h"
#include "mote/os/zlib.h"

#define CACHE_BYTES ((size_t)1 << 22)

static Lock lock;
static Table table;
static size_t cached;  /* bytes of all codes in the table */
static size_t hand;    /* position of the clock that chooses what to evict */

static uint32_t entry_hash(const void *entry) { return ((const ReCode *)entry)->hash; }

static bool entry_matches(const void *entry, const void *key)
{
    const ReCode *code = entry;
    const RegexSource *source = key;
    return code->size == source->size && code->options == source->options &&
           memcmp(code->source, source->bytes, code->size) == 0;
}
static const TableKind kind = {entry_hash, entry_matches};

bool re_code_init(void)
{
    lock_init(&lock);
    table_init(&table, &kind);
    return true;
}

/* ---- Life ---- */

static size_t bytes_of(const ReCode *code)
{
    return sizeof *code + code->size + code->regex.bytes;
}

static void destroy(Resource *resource)
{
    ReCode *code = (ReCode *)resource;
    os_regex_free(&code->regex);
    memory_free(code, sizeof *code + code->size);
}
static const ResourceType code_type = {"re", destroy};

static void release_retired(Retired *retired)
{
    resource_release((Resource *)((char *)retired - offsetof(ReCode, retired)));
}

/* Its items may look at the whole subject from where matching started. */
static bool is_whole(const RegexSource *source)
{
    if (source->options & REGEX_FIRSTLINE) return true;
    for (size_t i = 0; i + 1 < source->size; i++) {
        const uint8_t *at = source->bytes + i;
        if ((at[0] == '(' && at[1] == '*') || (at[0] == '\\' && at[1] == 'G')) return true;
    }
    return false;
}

static ReCode *make(const RegexSource *source, uint32_t hash, RegexError *error)
{
    *error = (RegexError){REGEX_NO_MEMORY, 0};
    ReCode *code = memory_alloc(sizeof *code + source->size);
    if (!code) return NULL;
    if (!os_regex_compile(&code->regex, source, error)) {
        memory_free(code, sizeof *code + source->size);
        return NULL;
    }
    resource_init(&code->resource, &code_type);
    code->hash = hash;
    atomic_init(&code->used, true);
    code->whole = is_whole(source);
    code->options = source->options;
    code->size = source->size;
    memcpy(code->source, source->bytes, source->size);
    return code;
}

/* ---- The cache ---- */

static void evict(ReCode *code)
{
    RegexSource key = {code->source, code->size, code->options};
    table_remove(&table, &key, code->hash);
    cached -= bytes_of(code);
    epoch_retire(&code->retired, release_retired);
}

static void make_room(size_t bytes)
{
    while (table.count > 0 && cached + bytes > CACHE_BYTES) {
        ReCode *code = table_next(&table, &hand);
        if (!code) hand = 0;
        else if (!atomic_exchange_explicit(&code->used, false, memory_order_relaxed)) evict(code);
    }
}

/* Adds `code`, or gives the one that another scheduler added meanwhile. */
static ReCode *add(ReCode *code, const RegexSource *source)
{
    lock_acquire(&lock);
    ReCode *other = table_get(&table, source, code->hash);
    if (!other) {
        make_room(bytes_of(code));
        if (table_put(&table, code)) {
            cached += bytes_of(code);
            other = code;
        }
    }
    lock_release(&lock);
    if (other != code) epoch_retire(&code->retired, release_retired); /* Good for this slice. */
    return other ? other : code;
}

ReCode *re_code_find(const RegexSource *source, RegexError *error)
{
    uint32_t hash = os_crc32(source->options, source->bytes, source->size);
    ReCode *code = table_get(&table, source, hash);
    if (code) {
        if (!atomic_load_explicit(&code->used, memory_order_relaxed))
            atomic_store_explicit(&code->used, true, memory_order_relaxed);
        return code;
    }
    code = make(source, hash, error);
    return code ? add(code, source) : NULL;
}

/* ---- In programs ---- */

/* Mark, options, source. The mark tells it from other implementations' patterns. */
enum { MARK_SIZE = 8, HEAD_SIZE = MARK_SIZE + 4 };
static const uint8_t mark[MARK_SIZE] = {'M', 'o', 't', 'e', ' ', 'r', 'e', 1};

Term re_code_binary(Heap *heap, const ReCode *code)
{
    uint8_t *data;
    Term binary = binary_make(heap, HEAD_SIZE + code->size, &data);
    if (is_none(binary)) return TERM_NONE;
    memcpy(data, mark, MARK_SIZE);
    store_big32(data + MARK_SIZE, code->options);
    memcpy(data + HEAD_SIZE, code->source, code->size);
    return binary;
}

bool re_code_source(Term binary, RegexSource *source)
{
    const uint8_t *bytes;
    size_t size;
    if (!binary_bytes(binary, &bytes, &size) || size < HEAD_SIZE) return false;
    if (memcmp(bytes, mark, MARK_SIZE) != 0) return false;
    *source = (RegexSource){bytes + HEAD_SIZE, size - HEAD_SIZE, load_big32(bytes + MARK_SIZE)};
    return (source->options & ~(uint32_t)REGEX_COMPILE_MASK) == 0;
}

/* ---- Between nodes ---- */

/* A name, a checksum of the code, the code's format, whether it is for Unicode. OTP takes code of
   its own format only; 0 is none of its. */
enum { NAME_SIZE = 8, EXPORTED_MARK_SIZE = NAME_SIZE + 6 };
static const uint8_t exported_mark[EXPORTED_MARK_SIZE] = "re-PCRE2";

Term re_exported_mark(Heap *heap, bool unicode)
{
    uint8_t *data;
    Term binary = binary_make(heap, EXPORTED_MARK_SIZE, &data);
    if (is_none(binary)) return TERM_NONE;
    memcpy(data, exported_mark, EXPORTED_MARK_SIZE);
    data[EXPORTED_MARK_SIZE - 1] = unicode;
    return binary;
}

bool re_is_exported_mark(Term binary)
{
    const uint8_t *bytes;
    size_t size;
    return binary_bytes(binary, &bytes, &size) && size >= EXPORTED_MARK_SIZE &&
           memcmp(bytes, exported_mark, NAME_SIZE) == 0;
}
