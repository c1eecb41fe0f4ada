/* SPDX-License-Identifier: Apache-2.0 */
/* atom.c - the table of atoms. */
#include "term/atom.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "term/intern.h"

typedef struct AtomText {
    const char *text;
    uint16_t size;
} AtomText;

/* The VM's own: one text behind the other, each with a NUL, and where they start. */
static const struct BuiltInTexts {
#define ATOM(name, text) char name##_[sizeof(text)];
#include "term/atoms.def"
#undef ATOM
    char end;
} built_in = {
#define ATOM(name, text) text,
#include "term/atoms.def"
#undef ATOM
    0};
static const uint16_t built_in_start[] = {
#define ATOM(name, text) offsetof(struct BuiltInTexts, name##_),
#include "term/atoms.def"
#undef ATOM
    offsetof(struct BuiltInTexts, end)};

/* Atoms made at run time: segment k holds FIRST_SEGMENT << k of them. */
enum { FIRST_SEGMENT = 64, SEGMENTS = 20, TEXT_CHUNK = 1024, MAX_CHARACTERS = 255 };

static _Atomic(AtomText *) segments[SEGMENTS];
static _Atomic(uint32_t) count;
static uint32_t limit;
static InternTable atoms; /* its entries are index + 1 */

/* Where the text of the next atom goes; under the lock of `atoms`. */
static char *chunk;
static size_t chunk_left;

static unsigned segment_of(uint32_t number)
{
    return 31 - (unsigned)__builtin_clz(number / FIRST_SEGMENT + 1);
}

static uint32_t segment_first(unsigned segment)
{
    return FIRST_SEGMENT * ((1u << segment) - 1);
}

static AtomText built_in_text(uint32_t index)
{
    size_t start = built_in_start[index], size = built_in_start[index + 1] - start - 1;
    return (AtomText){(const char *)&built_in + start, (uint16_t)size};
}

static AtomText text_of(uint32_t index)
{
    if (index < ATOM_INDEX_COUNT) return built_in_text(index);
    uint32_t number = index - ATOM_INDEX_COUNT;
    unsigned segment = segment_of(number);
    AtomText *texts = atomic_load_explicit(&segments[segment], memory_order_acquire);
    return texts[number - segment_first(segment)];
}

/* OTP's values, which phash2 exposes: hashpjw over the code points below 256 and the bytes of
   the UTF-8 form of all others. */
static uint32_t text_hash(const char *text, size_t size)
{
    uint32_t h = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t v = (uint8_t)text[i];
        if (i + 1 < size && (v & 0xFE) == 0xC2 && ((uint8_t)text[i + 1] & 0xC0) == 0x80) {
            v = (uint8_t)(v << 6 | ((uint8_t)text[++i] & 0x3F));
        }
        h = (h << 4) + v;
        uint32_t high = h & 0xF0000000u;
        h ^= high >> 24;
        h ^= high;
    }
    return h;
}

static bool matches(uintptr_t entry, const void *key)
{
    AtomText a = text_of((uint32_t)entry - 1);
    const AtomText *b = key;
    return a.size == b->size && memcmp(a.text, b->text, a.size) == 0;
}

static uint32_t hash(uintptr_t entry)
{
    AtomText a = text_of((uint32_t)entry - 1);
    return text_hash(a.text, a.size);
}

/* The place of the next atom's text; its segment is allocated where it is the first one there. */
static AtomText *next_place(uint32_t number)
{
    unsigned segment = segment_of(number);
    if (segment >= SEGMENTS) return NULL;
    AtomText *texts = atomic_load_explicit(&segments[segment], memory_order_relaxed);
    if (texts == NULL) {
        texts = memory_alloc((FIRST_SEGMENT << segment) * sizeof *texts);
        if (texts == NULL) return NULL;
        atomic_store_explicit(&segments[segment], texts, memory_order_release);
    }
    return &texts[number - segment_first(segment)];
}

static char *text_place(size_t size)
{
    if (size > chunk_left) {
        size_t bytes = size > TEXT_CHUNK ? size : TEXT_CHUNK;
        char *fresh = memory_alloc(bytes);
        if (fresh == NULL) return NULL;
        chunk = fresh;
        chunk_left = bytes;
    }
    char *place = chunk;
    chunk += size;
    chunk_left -= size;
    return place;
}

static uintptr_t make(const void *key)
{
    const AtomText *text = key;
    uint32_t index = atomic_load_explicit(&count, memory_order_relaxed);
    if (index >= limit) return 0;
    AtomText *place = next_place(index - ATOM_INDEX_COUNT);
    char *copy = place == NULL ? NULL : text_place(text->size);
    if (copy == NULL) return 0;
    memcpy(copy, text->text, text->size);
    *place = (AtomText){copy, text->size};
    atomic_store_explicit(&count, index + 1, memory_order_release);
    return index + 1;
}

/* While the table is filled with the VM's own atoms, their texts stay where they are. */
static uintptr_t make_built_in(const void *key)
{
    (void)key;
    uint32_t index = atomic_load_explicit(&count, memory_order_relaxed);
    atomic_store_explicit(&count, index + 1, memory_order_relaxed);
    return index + 1;
}

static const InternKind boot_kind = {matches, hash, make_built_in};
static const InternKind kind = {matches, hash, make};

bool atom_init(uint32_t most)
{
    uint32_t slots = 256;
    while (slots - slots / 4 <= ATOM_INDEX_COUNT) slots *= 2;
    atomic_store(&count, 0);
    if (!intern_init(&atoms, &boot_kind, slots)) return false;
    for (uint32_t i = 0; i < ATOM_INDEX_COUNT; i++) {
        AtomText text = built_in_text(i);
        if (intern_get(&atoms, text_hash(text.text, text.size), &text) != i + 1) return false;
    }
    atoms.kind = &kind;
    limit = most < ATOM_INDEX_COUNT ? ATOM_INDEX_COUNT : most;
    return true;
}

static Term entry_atom(uintptr_t entry)
{
    return entry == 0 ? TERM_NONE : make_atom((uint32_t)entry - 1);
}

Term atom_intern(const char *text, size_t size)
{
    AtomText key = {text, (uint16_t)size};
    return entry_atom(intern_get(&atoms, text_hash(text, size), &key));
}

Term atom_intern_z(const char *text)
{
    return atom_intern(text, strlen(text));
}

Term atom_find(const char *text, size_t size)
{
    if (size > MAX_CHARACTERS * 4) return TERM_NONE;
    AtomText key = {text, (uint16_t)size};
    return entry_atom(intern_find(&atoms, text_hash(text, size), &key));
}

bool atom_text_check(const char *text, size_t size)
{
    if (size > MAX_CHARACTERS * 4) return false;
    const uint8_t *p = (const uint8_t *)text, *end = p + size;
    unsigned characters = 0;
    for (; p < end; characters++) {
        uint32_t code;
        size_t used = utf8_decode(p, (size_t)(end - p), &code);
        if (used == 0) return false;
        p += used;
    }
    return characters <= MAX_CHARACTERS;
}

const char *atom_text(Term atom, size_t *size)
{
    AtomText text = text_of(atom_index(atom));
    *size = text.size;
    return text.text;
}

bool atom_is(Term t, const char *text)
{
    size_t size;
    if (!is_atom(t)) return false;
    const char *own = atom_text(t, &size);
    return strlen(text) == size && memcmp(own, text, size) == 0;
}

uint32_t atom_hash(Term atom)
{
    return hash(atom_index(atom) + 1);
}

static inline uint64_t eight_bytes(AtomText text, size_t i)
{
    return load_big64((const uint8_t *)text.text + i);
}

int atom_compare(Term a, Term b)
{
    if (a == b) return 0;
    AtomText x = text_of(atom_index(a)), y = text_of(atom_index(b));
    size_t common = x.size < y.size ? x.size : y.size, i = 0;
    for (; common - i >= 8; i += 8) {
        uint64_t u = eight_bytes(x, i), v = eight_bytes(y, i);
        if (u != v) return u < v ? -1 : 1;
    }
    while (i < common && x.text[i] == y.text[i]) i++;
    if (i == common) return x.size < y.size ? -1 : x.size > y.size;
    return (uint8_t)x.text[i] < (uint8_t)y.text[i] ? -1 : 1;
}

uint32_t atom_count(void)
{
    return atomic_load_explicit(&count, memory_order_acquire);
}

uint32_t atom_limit(void)
{
    return limit;
}
