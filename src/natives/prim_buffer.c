/* SPDX-License-Identifier: Apache-2.0 */
/* prim_buffer.c - natives of module prim_buffer: bytes that wait to be read. */
#include "base/bitcopy.h"
#include "base/lock.h"
#include "base/memory.h"
#include "heap/binary.h"
#include "heap/resource.h"
#include "natives/support.h"
#include "natives/work.h"

/* The bytes from `start` to block->size are in the buffer. What was given out by peek_head shares
   the block: as long as it does, bytes are added behind the end but never moved. */
typedef struct Buffer {
    Resource resource; /* first */
    Lock lock;
    Bytes *block; /* or NULL */
    size_t start;
    bool is_locked; /* try_lock/1 */
} Buffer;

static void destroy(Resource *resource)
{
    Buffer *buffer = (Buffer *)resource;
    if (buffer->block) bytes_release(buffer->block);
    memory_free(buffer, sizeof *buffer);
}
static const ResourceType buffer_type = {"prim_buffer", destroy};

/* The buffer, locked, or NULL. */
static Buffer *enter(Term t)
{
    Buffer *buffer = (Buffer *)resource_of(t, &buffer_type);
    if (buffer) lock_acquire(&buffer->lock);
    return buffer;
}

static Term leave(Buffer *buffer, Term result)
{
    lock_release(&buffer->lock);
    return result;
}

static size_t used(const Buffer *buffer)
{
    return buffer->block ? buffer->block->size - buffer->start : 0;
}

static bool is_shared(const Buffer *buffer)
{
    return atomic_load_explicit(&buffer->block->count, memory_order_acquire) > 1;
}

/* Room for `more` bytes behind the end. */
static bool reserve(Buffer *buffer, size_t more)
{
    enum { LEAST = 256 };
    Bytes *block = buffer->block;
    size_t size = used(buffer);
    if (block && block->room - block->size >= more) return true;
    if (more > SIZE_MAX / 4 || size > SIZE_MAX / 4) return false;
    if (block && !is_shared(buffer) && block->room - size >= more && buffer->start >= size) {
        memcpy(block->data, block->data + buffer->start, size);
    } else {
        size_t room = size + more + LEAST;
        Bytes *larger = bytes_alloc(size, room + room / 2);
        if (!larger) return false;
        if (block) memcpy(larger->data, block->data + buffer->start, size);
        if (block) bytes_release(block);
        buffer->block = block = larger;
    }
    block->size = size;
    buffer->start = 0;
    return true;
}

static void skip(Buffer *buffer, size_t size)
{
    buffer->start += size;
    if (!buffer->block || used(buffer)) return;
    /* What is empty holds no memory that others may want. */
    bytes_release(buffer->block);
    buffer->block = NULL;
    buffer->start = 0;
}

static Term prim_buffer_new_0(Process *p, Term *args)
{
    (void)args;
    Buffer *buffer = memory_alloc(sizeof *buffer);
    if (!buffer) return native_memory(p);
    memset(buffer, 0, sizeof *buffer);
    resource_init(&buffer->resource, &buffer_type);
    lock_init(&buffer->lock);
    Term reference = resource_make_ref(&p->heap, &buffer->resource);
    resource_release(&buffer->resource);
    return or_memory(p, reference);
}

static Term prim_buffer_size_1(Process *p, Term *args)
{
    Buffer *buffer = enter(args[0]);
    return buffer ? make_unsigned(p, leave(buffer, used(buffer))) : badarg(p);
}

/* All that is in it, sharing the memory. */
static Term prim_buffer_peek_head_1(Process *p, Term *args)
{
    Buffer *buffer = enter(args[0]);
    if (!buffer) return badarg(p);
    if (used(buffer) == 0) {
        leave(buffer, TERM_NIL);
        return badarg(p);
    }
    bytes_retain(buffer->block);
    Term whole = binary_from_bytes(&p->heap, buffer->block);
    Term part = is_none(whole) ? whole
                               : binary_part(&p->heap, whole, buffer->start, used(buffer));
    return or_memory(p, leave(buffer, part));
}

/* Takes a size that the buffer has; leaves it locked. NULL: raised. */
static Buffer *enter_for(Process *p, Term *args, size_t *size)
{
    int64_t wanted;
    Buffer *buffer = integer_to_i64(args[1], &wanted) && wanted >= 0 ? enter(args[0]) : NULL;
    if (buffer && (uint64_t)wanted <= used(buffer)) {
        *size = (size_t)wanted;
        return buffer;
    }
    if (buffer) leave(buffer, TERM_NIL);
    badarg(p);
    return NULL;
}

static Term prim_buffer_copying_read_2(Process *p, Term *args)
{
    size_t size;
    Buffer *buffer = enter_for(p, args, &size);
    if (!buffer) return TERM_NONE;
    const uint8_t *from = buffer->block ? buffer->block->data + buffer->start : (uint8_t *)"";
    Term binary = binary_from(&p->heap, from, size);
    if (!is_none(binary)) skip(buffer, size);
    return or_memory(p, leave(buffer, binary));
}

static Term prim_buffer_skip_2(Process *p, Term *args)
{
    size_t size;
    Buffer *buffer = enter_for(p, args, &size);
    if (!buffer) return TERM_NONE;
    skip(buffer, size);
    return leave(buffer, A(ok));
}

/* The state is what of the list is still to be written. */
static Term prim_buffer_write_2(Process *p, Term *args)
{
    Term state = work_state(p), list = is_nil(state) ? args[1] : state;
    Buffer *buffer = enter(args[0]);
    if (!buffer) return badarg(p);
    for (; is_cons(list) && is_binary(cons_head(list)); list = cons_tail(list)) {
        BitSpan span = bitstring_span(cons_head(list));
        size_t size = span.bit_size / 8;
        if (p->reductions <= 0) {
            leave(buffer, TERM_NIL);
            return native_yield(p, list);
        }
        if (!reserve(buffer, size)) {
            leave(buffer, TERM_NIL);
            return native_memory(p);
        }
        bits_copy(buffer->block->data + buffer->block->size, 0, span.data, span.bit_offset,
                  span.bit_size);
        buffer->block->size += size;
        work_charge(p, size + COPIES_PER_REDUCTION, COPIES_PER_REDUCTION);
    }
    leave(buffer, TERM_NIL);
    return is_nil(list) ? A(ok) : badarg(p);
}

/* Looks at a slice's worth of bytes at a time; the state is how many were looked at. */
static Term prim_buffer_find_byte_index_2(Process *p, Term *args)
{
    enum { SEARCHED_PER_REDUCTION = 8192 };
    Term state = work_state(p);
    size_t at = is_small(state) ? (size_t)small_value(state) : 0;
    if (!is_small(args[1]) || args[1] > make_small(255)) return badarg(p);
    Buffer *buffer = enter(args[0]);
    if (!buffer) return badarg(p);
    size_t end = used(buffer), budget = work_budget(p, SEARCHED_PER_REDUCTION);
    if (at > end) at = end;
    size_t some = end - at < budget ? end - at : budget;
    const uint8_t *from = buffer->block ? buffer->block->data + buffer->start : NULL;
    const uint8_t *found = some ? memchr(from + at, (int)small_value(args[1]), some) : NULL;
    size_t index = found ? (size_t)(found - from) : 0;
    leave(buffer, TERM_NIL);
    work_charge(p, some, SEARCHED_PER_REDUCTION);
    if (found) return make_tuple(p, 2, A(ok), make_unsigned(p, index));
    return at + some < end ? native_yield(p, make_small((Word)(at + some)))
                           : make_atom_text(p, "not_found");
}

static Term prim_buffer_try_lock_1(Process *p, Term *args)
{
    Buffer *buffer = enter(args[0]);
    if (!buffer) return badarg(p);
    bool was_locked = buffer->is_locked;
    buffer->is_locked = true;
    leave(buffer, TERM_NIL);
    return make_atom_text(p, was_locked ? "busy" : "acquired");
}

static Term prim_buffer_unlock_1(Process *p, Term *args)
{
    Buffer *buffer = enter(args[0]);
    if (!buffer) return badarg(p);
    bool was_locked = buffer->is_locked;
    buffer->is_locked = false;
    leave(buffer, TERM_NIL);
    if (was_locked) return A(ok);
    Term reason = make_atom_text(p, "lock_order_violation");
    return is_none(reason) ? TERM_NONE : raise_error(p, reason);
}

static const Native prim_buffer_natives[] = {
    NATIVE(prim_buffer, copying_read, 2, CHARGED),
    NATIVE(prim_buffer, find_byte_index, 2, YIELDS),
    NATIVE(prim_buffer, new, 0, CONSTANT),
    NATIVE(prim_buffer, peek_head, 1, CONSTANT),
    NATIVE(prim_buffer, size, 1, CONSTANT),
    NATIVE(prim_buffer, skip, 2, CONSTANT),
    NATIVE(prim_buffer, try_lock, 1, CONSTANT),
    NATIVE(prim_buffer, unlock, 1, CONSTANT),
    NATIVE(prim_buffer, write, 2, YIELDS),
};
NATIVE_TABLE(prim_buffer);
