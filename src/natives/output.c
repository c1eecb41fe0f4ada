/* SPDX-License-Identifier: Apache-2.0 */
/* output.c - bytes written one after the other that become a binary. */
#include "natives/output.h"
#include "base/memory.h"
#include "heap/resource.h"

static bool resize(Output *o, size_t room)
{
    Bytes *block = bytes_resize(o->block, room + 1);
    if (!block) return false;
    o->block = block;
    o->data = block->data;
    o->room = room;
    return true;
}

bool output_grow(Output *o, size_t bytes)
{
    if (bytes > (SIZE_MAX >> 5) || o->size > (SIZE_MAX >> 5)) return false;
    size_t least = o->size + bytes, room = o->room * 2;
    if (room < least) room = least;
    if (o->block) return resize(o, room) || (room > least && resize(o, least));
    Bytes *block = bytes_alloc(0, room + 1);
    if (!block) return false;
    memcpy(block->data, o->first, o->size + 1);
    o->block = block;
    o->data = block->data;
    o->room = room;
    return true;
}

bool output_put(Output *o, const void *bytes, size_t size)
{
    if (o->bits) return output_put_span(o, (BitSpan){bytes, 0, (uintptr_t)size * 8});
    if (!output_reserve(o, size)) return false;
    memcpy(o->data + o->size, bytes, size);
    o->size += size;
    return true;
}

bool output_put_span(Output *o, BitSpan span)
{
    uintptr_t bits = o->bits + span.bit_size;
    if (!output_reserve(o, bits / 8 + 1)) return false;
    bits_copy(o->data + o->size, o->bits, span.data, span.bit_offset, span.bit_size);
    o->size += bits / 8;
    o->bits = bits % 8;
    return true;
}

void output_drop(Output *o)
{
    if (o->block) bytes_release(o->block);
    o->block = NULL;
}

/* The whole bytes, and one more if some bits of it are used. */
static Term finish_bytes(Process *p, Output *o)
{
    size_t size = o->size + (o->bits != 0);
    if (!o->block || size <= BINARY_HEAP_MAX) {
        Term t = binary_from(&p->heap, o->data, size);
        output_drop(o);
        return t;
    }
    if (o->room - size > size / 8) resize(o, size);
    o->block->size = size;
    return binary_from_bytes(&p->heap, o->block);
}

Term output_finish(Process *p, Output *o)
{
    uintptr_t bits = (uintptr_t)o->size * 8 + o->bits;
    if (o->bits) o->data[o->size] &= (uint8_t)(0xFF00 >> o->bits);
    Term t = finish_bytes(p, o);
    if (!is_none(t) && o->bits) t = bitstring_part(&p->heap, t, 0, bits);
    return is_none(t) ? native_memory(p) : t;
}

/* ---- Across slices ---- */

typedef struct SavedOutput {
    Resource resource;
    Bytes *block;
    size_t size;
    unsigned bits;
} SavedOutput;

static void saved_destroy(Resource *resource)
{
    SavedOutput *saved = (SavedOutput *)resource;
    if (saved->block) bytes_release(saved->block);
    memory_free(saved, sizeof *saved);
}
static const ResourceType saved_type = {"output", saved_destroy};

Term output_save(Process *p, Output *o)
{
    SavedOutput *saved = NULL;
    if (o->block || output_grow(o, o->room)) saved = memory_alloc(sizeof *saved);
    if (!saved) {
        output_drop(o);
        return native_memory(p);
    }
    resource_init(&saved->resource, &saved_type);
    saved->block = o->block;
    saved->size = o->size;
    saved->bits = o->bits;
    Term ref = resource_make_ref(&p->heap, &saved->resource);
    resource_release(&saved->resource);
    return is_none(ref) ? native_memory(p) : ref;
}

void output_restore(Output *o, Term ref)
{
    SavedOutput *saved = (SavedOutput *)resource_of(ref, &saved_type);
    o->block = saved->block;
    o->data = saved->block->data;
    o->size = saved->size;
    o->room = saved->block->room - 1;
    o->bits = saved->bits;
    saved->block = NULL;
}

Term output_yield(Process *p, Output *o, Term walk)
{
    Term state[2] = {walk, TERM_NONE};
    if (is_none(walk)) output_drop(o);
    else state[1] = output_save(p, o);
    return is_none(state[1]) ? TERM_NONE : work_yield(p, state, 2);
}
