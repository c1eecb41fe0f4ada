/* SPDX-License-Identifier: Apache-2.0 */
/* bodies_record.c - helpers of instruction bodies: native records (OTP 29). */

/* Only a new record asks its module. A record is named by an atom in its own module, by
   {Module, Name} elsewhere, and by [] where any will do. */

#include "vm/bodies.h"

bool record_is_accessible(Term t, Term scope, Term module)
{
    if (!is_native_record(t)) return false;
    const Term *definition = record_definition(t);
    if (definition[DEFINITION_EXPORTED] == A(true)) return true;
    return scope != A(external) && definition[DEFINITION_MODULE] == module;
}

bool record_is_named(Term record, Term id, const uint32_t *base)
{
    if (is_nil(id) || id == A(underscore)) return is_native_record(record);
    if (is_atom(id)) return record_is(record, module_of(base)->name, id);
    if (!is_tuple_of(id, 2)) return false;
    return record_is(record, tuple_elements(id)[0], tuple_elements(id)[1]);
}

/* ---- Failing ---- */

/* {tag, {{Module, Name}, Field}} */
static void field_error(Process *p, Term tag, const Term *definition, Term field)
{
    Term name = make_tuple(p, 2, definition[DEFINITION_MODULE], definition[DEFINITION_NAME]);
    Term place = is_none(name) ? TERM_NONE : make_tuple(p, 2, name, field);
    if (is_none(place)) body_memory_error(p);
    else body_tagged_error(p, tag, place);
}

void body_record_error(Process *p, Term t, bool is_it, Term field)
{
    if (is_it) field_error(p, A(badfield), record_definition(t), field);
    else body_tagged_error(p, A(badrecord), t);
}

/* ---- Making ---- */

typedef struct Fields { /* what is to be put: pairs field, value */
    const BodyFrame *frame;
    const uint16_t *pairs;
    size_t count; /* of sources */
} Fields;

static Term source(const Fields *f, size_t i)
{
    return body_source(f->pairs[i], f->frame->x, f->frame->e, f->frame->base);
}

/* Sets the fields in `values`. False: one is not defined; exception set. */
static bool set_fields(Process *p, const Fields *f, const Term *definition, Term *values,
                       size_t count)
{
    for (size_t i = 0; i < f->count; i += 2) {
        size_t index = record_index(definition, count, source(f, i));
        if (index == count) {
            field_error(p, A(badfield), definition, source(f, i));
            return false;
        }
        values[index] = source(f, i + 1);
    }
    return true;
}

/* The entry that `id` names for code of the module at `base`, or TERM_NONE. */
static Term entry_of(Term id, const uint32_t *base)
{
    if (is_atom(id)) return module_record(module_of(base), id);
    if (!is_tuple_of(id, 2)) return TERM_NONE;
    const Module *module = module_find(tuple_elements(id)[0]);
    Term entry = module ? module_record(module, tuple_elements(id)[1]) : TERM_NONE;
    if (is_none(entry)) return TERM_NONE;
    const Term *definition = tuple_elements(tuple_elements(entry)[0]);
    return definition[DEFINITION_EXPORTED] == A(true) ? entry : TERM_NONE;
}

static Term make_record(Process *p, const Fields *f, Term entry)
{
    const Term *defaults = tuple_elements(entry) + 1;
    const Term *definition = tuple_elements(defaults[-1]);
    size_t count = tuple_arity(entry) - 1;
    Term *record = heap_reserve(&p->heap, 2 + count);
    if (record == NULL) {
        body_memory_error(p);
        return TERM_NONE;
    }
    record[0] = make_header(KIND_RECORD, 1 + count);
    record[1] = defaults[-1];
    for (size_t i = 0; i < count; i++) {
        record[2 + i] = is_cons(defaults[i]) ? cons_head(defaults[i]) : TERM_NONE;
    }
    if (!set_fields(p, f, definition, record + 2, count)) return TERM_NONE;
    for (size_t i = 0; i < count; i++) {
        if (!is_none(record[2 + i])) continue;
        field_error(p, A(novalue), definition, definition[DEFINITION_FIELDS + i]);
        return TERM_NONE;
    }
    return make_boxed(record);
}

static Term update_record(Process *p, const Fields *f, Term old)
{
    size_t count = record_count(old);
    Term *record = heap_reserve(&p->heap, 2 + count);
    if (record == NULL) {
        body_memory_error(p);
        return TERM_NONE;
    }
    memcpy(record, boxed_ptr(old), (2 + count) * WORD_BYTES);
    if (!set_fields(p, f, record_definition(old), record + 2, count)) return TERM_NONE;
    return make_boxed(record);
}

/* put_record: r l s s h S, see code/insns.def. */
Term body_put_record(Process *p, const BodyFrame *f, const uint32_t *pc)
{
    Fields fields = {f, (const uint16_t *)(const void *)pc + 5, pc[2] & 0xFFFF};
    Term id = body_source(pc[1] & 0xFFFF, f->x, f->e, f->base);
    Term old = body_source(pc[1] >> 16, f->x, f->e, f->base);
    if (is_nil(old)) {
        Term entry = entry_of(id, f->base);
        if (!is_none(entry)) return make_record(p, &fields, entry);
        body_tagged_error(p, A(badrecord), id);
        return TERM_NONE;
    }
    if (record_is_named(old, id, f->base)) return update_record(p, &fields, old);
    body_tagged_error(p, A(badrecord), old);
    return TERM_NONE;
}
