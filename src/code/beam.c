/* SPDX-License-Identifier: Apache-2.0 */
/* beam.c - chunks and tables of .beam files. */

#include "code/beam.h"
#include <string.h>
#include "base/bytes.h"
#include "base/md5.h"
#include "base/memory.h"

#define COUNT_MAX (1u << 24) /* rows of any table: far above any compiler's output, and arrays of
                                them have a size on 32 bit */

static char *append(char *out, const char *end, const char *text)
{
    while (*text && out < end) *out++ = *text++;
    *out = 0;
    return out;
}

static char *append_number(char *out, const char *end, uint64_t n)
{
    char digits[24];
    size_t i = sizeof digits;
    digits[--i] = 0;
    do digits[--i] = (char)('0' + n % 10);
    while (n /= 10);
    return append(out, end, digits + i);
}

bool beam_fail(BeamError *error, const char *chunk, size_t offset, const char *what,
               uint64_t number)
{
    char *out = error->text, *end = error->text + sizeof error->text - 1;
    out = append(out, end, chunk);
    out = append(out, end, " chunk, offset ");
    out = append_number(out, end, offset);
    out = append(out, end, ": ");
    out = append(out, end, what);
    if (number != UINT64_MAX) {
        out = append(out, end, " ");
        append_number(out, end, number);
    }
    return false;
}
#define NO_NUMBER UINT64_MAX

/* ---- The file's frame ---- */

static const char chunk_names[BEAM_CHUNKS][5] = {"AtU8", "Code", "StrT", "ImpT", "ExpT",
                                                 "LocT", "FunT", "LitT", "Line", "Type",
                                                 "Recs", "Attr", "CInf", "Meta"};

static void note_chunk(BeamFile *file, const uint8_t *name, BeamBytes chunk)
{
    for (int i = 0; i < BEAM_CHUNKS; i++) {
        if (memcmp(name, chunk_names[i], 4) == 0 && !file->chunks[i].bytes) file->chunks[i] = chunk;
    }
    if (memcmp(name, "Atom", 4) == 0 && !file->chunks[BEAM_ATOMS].bytes) {
        file->chunks[BEAM_ATOMS] = chunk;
        file->atoms_are_latin1 = true;
    }
}

static bool find_chunks(BeamFile *file, const uint8_t *bytes, size_t size, BeamError *error)
{
    if (size >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
        return beam_fail(error, "FOR1", 0, "a gzip-compressed file: unpack it with gzip -d first",
                         NO_NUMBER);
    if (size < 12 || memcmp(bytes, "FOR1", 4) || memcmp(bytes + 8, "BEAM", 4))
        return beam_fail(error, "FOR1", 0, "not a .beam file", NO_NUMBER);
    size_t end = (size_t)load_big32(bytes + 4) + 8;
    if (end > size)
        return beam_fail(error, "FOR1", 4, "the file is cut off; it should have bytes:", end);
    for (size_t at = 12; at + 8 <= end;) {
        size_t length = load_big32(bytes + at + 4);
        if (length > end - at - 8)
            return beam_fail(error, "FOR1", at, "a chunk reaches behind the end of the file, size",
                             length);
        note_chunk(file, bytes + at, (BeamBytes){bytes + at + 8, length});
        at += 8 + ((length + 3) & ~(size_t)3);
    }
    static const int needed[] = {BEAM_ATOMS, BEAM_CODE, BEAM_IMPORTS, BEAM_EXPORTS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!file->chunks[needed[i]].bytes)
            return beam_fail(error, chunk_names[needed[i]], 0, "the chunk is missing", NO_NUMBER);
    }
    return true;
}

/* ---- Compact terms ---- */

/* Where a table of compact terms is read from. */
typedef struct Cursor {
    const char *chunk;
    BeamBytes in;
    size_t at;
    BeamError *error;
} Cursor;

static bool fail(const Cursor *c, const char *what, uint64_t number)
{
    beam_fail(c->error, c->chunk, c->at, what, number);
    return false; /* Said here, too, so that compilers see it. */
}

static bool get_byte(Cursor *c, unsigned *byte)
{
    if (c->at >= c->in.size) return fail(c, "the chunk is cut off", NO_NUMBER);
    *byte = c->in.bytes[c->at++];
    return true;
}

/* Number of bytes of a long value whose first byte is `first`. */
static bool long_size(Cursor *c, unsigned first, size_t *size);

/* The value behind a first byte whose tag has been looked at. Longer than 8 bytes: only in *big. */
static bool get_value(Cursor *c, unsigned first, int64_t *value, BeamBytes *big)
{
    unsigned next;
    *big = (BeamBytes){NULL, 0};
    if (!(first & 8)) {
        *value = first >> 4;
        return true;
    }
    if (!(first & 16)) {
        if (!get_byte(c, &next)) return false;
        *value = (int64_t)(first >> 5 << 8 | next);
        return true;
    }
    size_t size;
    if (!long_size(c, first, &size)) return false;
    if (size > c->in.size - c->at) return fail(c, "a number is cut off", NO_NUMBER);
    *big = (BeamBytes){c->in.bytes + c->at, size};
    c->at += size;
    if (size > 8) return true;
    uint64_t bits = big->bytes[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < size; i++) bits = bits << 8 | big->bytes[i];
    *value = (int64_t)bits;
    return true;
}

static bool long_size(Cursor *c, unsigned first, size_t *size)
{
    *size = (first >> 5) + 2;
    if (*size < 9) return true;
    unsigned byte;
    int64_t more;
    BeamBytes big;
    /* The size itself is a compact unsigned number; one level of nesting is all there ever is. */
    if (!get_byte(c, &byte)) return false;
    if ((byte & 7) || ((byte & 8) && (byte & 16)))
        return fail(c, "a number's size is damaged", byte);
    if (!get_value(c, byte, &more, &big)) return false;
    *size = (size_t)more + 9;
    return true;
}

static bool get_unsigned(Cursor *c, uint32_t *value)
{
    unsigned byte;
    int64_t wide;
    BeamBytes big;
    if (!get_byte(c, &byte)) return false;
    if (byte & 7) return fail(c, "a number was expected, found tag", byte & 7);
    if (!get_value(c, byte, &wide, &big)) return false;
    if (big.size > 8 || wide < 0 || wide > UINT32_MAX)
        return fail(c, "a number is too large", NO_NUMBER);
    *value = (uint32_t)wide;
    return true;
}

/* ---- Tables ---- */

static Cursor cursor(const BeamFile *file, int chunk, BeamError *error)
{
    return (Cursor){chunk_names[chunk], file->chunks[chunk], 0, error};
}

static bool get32(Cursor *c, uint32_t *value)
{
    if (c->in.size - c->at < 4) return fail(c, "the chunk is cut off", NO_NUMBER);
    *value = load_big32(c->in.bytes + c->at);
    c->at += 4;
    return true;
}

/* True if the chunk can hold so many rows: each has one byte at least. */
static bool is_possible(const Cursor *c, uint32_t count)
{
    return count <= COUNT_MAX && count <= c->in.size;
}

/* A row of `count` texts, each behind its length, in a new array from index `first`. */
static bool get_texts(Cursor *c, bool compact, unsigned length_bytes, uint32_t count,
                      BeamBytes *out)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = 0;
        unsigned byte = 0;
        if (compact) {
            if (!get_unsigned(c, &length)) return false;
        } else {
            for (unsigned k = 0; k < length_bytes; k++) {
                if (!get_byte(c, &byte)) return false;
                length = length << 8 | byte;
            }
        }
        if (length > c->in.size - c->at) return fail(c, "a text is cut off, number", i + 1);
        out[i] = (BeamBytes){c->in.bytes + c->at, length};
        c->at += length;
    }
    return true;
}

static bool open_atoms(BeamFile *file, BeamError *error)
{
    Cursor c = cursor(file, BEAM_ATOMS, error);
    uint32_t count;
    if (!get32(&c, &count)) return false;
    bool compact = count & 0x80000000u;
    if (compact) count = 0 - count;
    if (count == 0 || !is_possible(&c, count))
        return fail(&c, "an impossible number of atoms:", count);
    file->atoms = memory_alloc((count + 1) * sizeof *file->atoms);
    if (!file->atoms) return fail(&c, "out of memory", NO_NUMBER);
    file->atom_count = count;
    file->atoms[0] = (BeamBytes){NULL, 0};
    return get_texts(&c, compact, 1, count, file->atoms + 1);
}

/* Count of a table whose rows have `words` words. */
static bool open_table(BeamFile *file, int chunk, unsigned words, uint32_t *count, BeamError *error)
{
    Cursor c = cursor(file, chunk, error);
    *count = 0;
    if (!c.in.bytes) return true;
    if (!get32(&c, count)) return false;
    if (*count > COUNT_MAX || *count > (c.in.size - 4) / (4 * words))
        return fail(&c, "the table is cut off; rows:", *count);
    return true;
}

static bool inflate_literals(BeamFile *file, uint32_t want, BeamInflate *inflate, BeamError *error)
{
    Cursor c = cursor(file, BEAM_LITERALS, error);
    c.at = 4;
    if (want / 1032 > c.in.size) return fail(&c, "an impossible size of literals:", want);
    if (!inflate) return fail(&c, "compressed literals cannot be read here", NO_NUMBER);
    file->inflated = memory_alloc(want);
    if (!file->inflated) return fail(&c, "out of memory", NO_NUMBER);
    file->inflated_size = want;
    if (!inflate(c.in.bytes + 4, c.in.size - 4, file->inflated, want))
        return fail(&c, "the compressed literals are damaged", NO_NUMBER);
    return true;
}

static bool open_literals(BeamFile *file, BeamInflate *inflate, BeamError *error)
{
    Cursor c = cursor(file, BEAM_LITERALS, error);
    uint32_t size, count;
    if (!c.in.bytes) return true;
    if (!get32(&c, &size)) return false;
    if (size) {
        if (!inflate_literals(file, size, inflate, error)) return false;
        c = (Cursor){"LitT", {file->inflated, size}, 0, error};
    }
    if (!get32(&c, &count)) return false;
    if (count > COUNT_MAX || count > (c.in.size - c.at) / 4)
        return fail(&c, "an impossible number of literals:", count);
    file->literals = memory_alloc((count + 1) * sizeof *file->literals);
    if (!file->literals) return fail(&c, "out of memory", NO_NUMBER);
    file->literal_count = count;
    return get_texts(&c, false, 4, count, file->literals);
}

/* Locations: file numbers (tag a) change the file of the line numbers (tag i) that follow. */
static bool read_lines(Cursor *c, BeamFile *file)
{
    uint32_t current = 0;
    file->lines[0] = (BeamLine){0, 0};
    for (uint32_t i = 1; i < file->line_count;) {
        unsigned byte;
        int64_t value;
        BeamBytes big;
        if (!get_byte(c, &byte) || !get_value(c, byte, &value, &big)) return false;
        if (big.size > 8 || value < 0 || value > INT32_MAX)
            return fail(c, "a bad line number", NO_NUMBER);
        if ((byte & 7) == 2) {
            if ((uint64_t)value > file->file_count)
                return fail(c, "no such file name:", (uint64_t)value);
            current = (uint32_t)value;
        } else if ((byte & 7) == 1) {
            file->lines[i++] = (BeamLine){current, (uint32_t)value};
        } else {
            return fail(c, "an unknown tag:", byte & 7);
        }
    }
    return true;
}

static bool open_lines(BeamFile *file, BeamError *error)
{
    Cursor c = cursor(file, BEAM_LINES, error);
    uint32_t version, flags, insns, lines, files;
    if (!c.in.bytes) return true;
    if (!get32(&c, &version)) return false;
    if (version != 0) return true; /* A later form: locations are left out. */
    if (!get32(&c, &flags) || !get32(&c, &insns) || !get32(&c, &lines) || !get32(&c, &files))
        return false;
    if (!is_possible(&c, lines) || !is_possible(&c, files))
        return fail(&c, "an impossible number of lines:", lines);
    file->lines = memory_alloc((lines + 1) * sizeof *file->lines);
    file->files = memory_alloc((files + 1) * sizeof *file->files);
    file->line_count = lines + 1;
    file->file_count = files;
    if (!file->lines || !file->files) return fail(&c, "out of memory", NO_NUMBER);
    return read_lines(&c, file) && get_texts(&c, false, 2, files, file->files);
}

static bool open_code(BeamFile *file, BeamError *error)
{
    Cursor c = cursor(file, BEAM_CODE, error);
    uint32_t header, version, max_op;
    if (!get32(&c, &header) || !get32(&c, &version) || !get32(&c, &max_op) ||
        !get32(&c, &file->label_count) || !get32(&c, &file->function_count))
        return false;
    if (version != 0) return fail(&c, "an unknown instruction set:", version);
    if (header < 16 || header > c.in.size - 4) return fail(&c, "a bad header size:", header);
    file->code = (BeamBytes){c.in.bytes + 4 + header, c.in.size - 4 - header};
    if (file->label_count > COUNT_MAX || file->label_count > file->code.size + 1 ||
        file->function_count > file->code.size)
        return fail(&c, "an impossible number of labels or functions:", file->label_count);
    return true;
}

static bool open_types(BeamFile *file, BeamError *error)
{
    Cursor c = cursor(file, BEAM_TYPES, error);
    uint32_t version;
    if (!c.in.bytes) return true;
    if (!get32(&c, &version) || !get32(&c, &file->type_count)) return false;
    if (!is_possible(&c, file->type_count))
        return fail(&c, "an impossible number of types:", file->type_count);
    return true;
}

static bool open_tables(BeamFile *file, const uint8_t *bytes, size_t size, BeamError *error)
{
    memset(file, 0, sizeof *file);
    error->text[0] = 0;
    return find_chunks(file, bytes, size, error) && open_atoms(file, error) &&
           open_code(file, error) &&
           open_table(file, BEAM_IMPORTS, 3, &file->import_count, error) &&
           open_table(file, BEAM_EXPORTS, 3, &file->export_count, error) &&
           open_table(file, BEAM_FUNS, 6, &file->fun_count, error);
}

bool beam_open(BeamFile *file, const uint8_t *bytes, size_t size, BeamInflate *inflate,
               BeamError *error)
{
    if (open_tables(file, bytes, size, error) && open_literals(file, inflate, error) &&
        open_lines(file, error) && open_types(file, error))
        return true;
    beam_close(file);
    return false;
}

void beam_close(BeamFile *file)
{
    memory_free(file->atoms, (file->atom_count + 1) * sizeof *file->atoms);
    memory_free(file->literals, (file->literal_count + 1) * sizeof *file->literals);
    memory_free(file->lines, file->line_count * sizeof *file->lines);
    memory_free(file->files, (file->file_count + 1) * sizeof *file->files);
    memory_free(file->inflated, file->inflated_size);
    memset(file, 0, sizeof *file);
}

static bool check_atom(const BeamFile *file, int chunk, size_t offset, uint32_t atom,
                       BeamError *error)
{
    if (atom >= 1 && atom <= file->atom_count) return true;
    return beam_fail(error, chunk_names[chunk], offset, "no such atom:", atom);
}

/* Row `i` of `words` words. */
static const uint8_t *row_of(const BeamFile *file, int chunk, uint32_t i, unsigned words,
                             size_t *offset)
{
    *offset = 4 + (size_t)i * 4 * words;
    return file->chunks[chunk].bytes + *offset;
}

bool beam_import(const BeamFile *file, uint32_t i, BeamImport *row, BeamError *error)
{
    size_t at;
    const uint8_t *p = row_of(file, BEAM_IMPORTS, i, 3, &at);
    *row = (BeamImport){load_big32(p), load_big32(p + 4), load_big32(p + 8)};
    if (row->arity > 255) return beam_fail(error, "ImpT", at + 8, "a bad arity:", row->arity);
    return check_atom(file, BEAM_IMPORTS, at, row->module, error) &&
           check_atom(file, BEAM_IMPORTS, at + 4, row->function, error);
}

static bool check_label(const BeamFile *file, const char *chunk, size_t at, uint32_t label,
                        BeamError *error)
{
    if (label >= 1 && label < file->label_count) return true;
    return beam_fail(error, chunk, at, "no such label:", label);
}

bool beam_export(const BeamFile *file, uint32_t i, BeamExport *row, BeamError *error)
{
    size_t at;
    const uint8_t *p = row_of(file, BEAM_EXPORTS, i, 3, &at);
    *row = (BeamExport){load_big32(p), load_big32(p + 4), load_big32(p + 8)};
    if (row->arity > 255) return beam_fail(error, "ExpT", at + 4, "a bad arity:", row->arity);
    return check_atom(file, BEAM_EXPORTS, at, row->function, error) &&
           check_label(file, "ExpT", at + 8, row->label, error);
}

bool beam_fun(const BeamFile *file, uint32_t i, BeamFun *row, BeamError *error)
{
    size_t at;
    const uint8_t *p = row_of(file, BEAM_FUNS, i, 6, &at);
    *row = (BeamFun){load_big32(p),      load_big32(p + 4),  load_big32(p + 8),
                     load_big32(p + 12), load_big32(p + 16), load_big32(p + 20)};
    if (row->arity > 255 || row->free_count > row->arity)
        return beam_fail(error, "FunT", at + 4, "a bad arity:", row->arity);
    return check_atom(file, BEAM_FUNS, at, row->function, error) &&
           check_label(file, "FunT", at + 8, row->label, error);
}

/* ---- Operands ---- */

/* How many there are, and one more; 0: no such instruction. */
static const uint8_t operand_counts[GENERIC_MAX] = {
#define GENERIC(number, name, operands) [number] = (operands) + 1,
#include "code/generic.def"
#undef GENERIC
};

void beam_reader_init(BeamReader *reader, const BeamFile *file, unsigned float_words,
                      unsigned fun_words)
{
    *reader = (BeamReader){.file = file,
                           .chunk = "Code",
                           .in = file->code,
                           .float_words = float_words,
                           .fun_words = fun_words};
}

bool beam_reader_init_records(BeamReader *reader, const BeamFile *file, BeamError *error)
{
    Cursor c = cursor(file, BEAM_RECORDS, error);
    uint32_t version = 0, records, fields;
    *reader = (BeamReader){.file = file, .chunk = c.chunk, .in = c.in};
    if (!c.in.bytes) return true;
    if (!get32(&c, &version) || !get32(&c, &records) || !get32(&c, &fields)) return false;
    reader->position = c.at;
    return version == 0 || fail(&c, "an unknown form of native records:", version);
}

void beam_reader_done(BeamReader *reader)
{
    memory_free(reader->operands, reader->room * sizeof *reader->operands);
    reader->operands = NULL;
    reader->room = 0;
}

static bool push_operand(BeamReader *r, BeamInsn *insn, const BeamOperand *operand, Cursor *c)
{
    if (insn->count == r->room) {
        size_t room = r->room ? 2 * r->room : 64, size = sizeof *r->operands;
        BeamOperand *more = memory_realloc(r->operands, r->room * size, room * size);
        if (!more) return fail(c, "out of memory", NO_NUMBER);
        r->operands = more;
        r->room = room;
    }
    r->operands[insn->count++] = *operand;
    return true;
}

/* Index limits of the tagged operands. */
static bool check_operand(Cursor *c, const BeamFile *file, BeamOperand *o)
{
    switch (o->kind) {
    case OPERAND_ATOM:
        if (o->value == 0) o->kind = OPERAND_NIL;
        return o->value <= file->atom_count || fail(c, "no such atom:", (uint64_t)o->value);
    case OPERAND_X:
    case OPERAND_Y:
        return o->value <= 1023 || fail(c, "a register number is too large:", (uint64_t)o->value);
    case OPERAND_LABEL:
        return o->value < file->label_count || fail(c, "no such label:", (uint64_t)o->value);
    case OPERAND_LITERAL:
        return o->value < file->literal_count || fail(c, "no such literal:", (uint64_t)o->value);
    case OPERAND_FLOAT:
        return o->value < 1024 || fail(c, "no such float register:", (uint64_t)o->value);
    default: return true;
    }
}

static bool get_operand(BeamReader *r, BeamInsn *insn, Cursor *c, bool nested);

/* {alloc, [{words, N}, {floats, N}, {funs, N}]} as one number of words. */
static bool get_allocation(BeamReader *r, Cursor *c, BeamOperand *o)
{
    uint32_t pairs, kind, n;
    uint64_t words = 0;
    if (!get_unsigned(c, &pairs)) return false;
    for (uint32_t i = 0; i < pairs; i++) {
        if (!get_unsigned(c, &kind) || !get_unsigned(c, &n)) return false;
        if (kind > 2) return fail(c, "an unknown kind of allocation:", kind);
        words += (uint64_t)n * (kind == 0 ? 1 : kind == 1 ? r->float_words : r->fun_words);
    }
    *o = (BeamOperand){.kind = OPERAND_U, .value = (int64_t)words};
    return words <= INT32_MAX / 16 || fail(c, "an allocation is too large:", words);
}

static bool get_list(BeamReader *r, BeamInsn *insn, Cursor *c)
{
    uint32_t count;
    if (!get_unsigned(c, &count)) return false;
    if (count > c->in.size - c->at) return fail(c, "a list is too long:", count);
    BeamOperand o = {.kind = OPERAND_LIST, .value = count};
    if (!push_operand(r, insn, &o, c)) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!get_operand(r, insn, c, true)) return false;
    }
    return true;
}

static bool get_extended(BeamReader *r, BeamInsn *insn, Cursor *c, unsigned byte, bool nested)
{
    BeamOperand o = {.kind = OPERAND_U};
    uint32_t value;
    switch (byte >> 4) {
    case 1:
        if (nested) return fail(c, "a list within a list", NO_NUMBER);
        return get_list(r, insn, c);
    case 2: o.kind = OPERAND_FLOAT; break;
    case 3:
        if (!get_allocation(r, c, &o)) return false;
        return push_operand(r, insn, &o, c);
    case 4: o.kind = OPERAND_LITERAL; break;
    case 5: {
        unsigned reg;
        BeamBytes big;
        if (!get_byte(c, &reg) || !get_value(c, reg, &o.value, &big)) return false;
        if ((reg & 7) != 3 && (reg & 7) != 4) return fail(c, "a register was expected", NO_NUMBER);
        if (big.size || !get_unsigned(c, &value)) return fail(c, "a damaged register", NO_NUMBER);
        if (value >= r->file->type_count) return fail(c, "no such type:", value);
        o.kind = (reg & 7) == 3 ? OPERAND_X : OPERAND_Y;
        o.type = value + 1;
        return check_operand(c, r->file, &o) && push_operand(r, insn, &o, c);
    }
    default: return fail(c, "an unknown operand:", byte);
    }
    if (!get_unsigned(c, &value)) return false;
    o.value = value;
    return check_operand(c, r->file, &o) && push_operand(r, insn, &o, c);
}

static bool get_operand(BeamReader *r, BeamInsn *insn, Cursor *c, bool nested)
{
    static const uint8_t kinds[] = {OPERAND_U, OPERAND_I,     OPERAND_ATOM, OPERAND_X,
                                    OPERAND_Y, OPERAND_LABEL, OPERAND_U};
    unsigned byte;
    if (!get_byte(c, &byte)) return false;
    if ((byte & 7) == 7) return get_extended(r, insn, c, byte, nested);
    BeamOperand o = {.kind = kinds[byte & 7]};
    if (!get_value(c, byte, &o.value, &o.big)) return false;
    if (o.big.size > 8 && o.kind == OPERAND_I) {
        o.kind = OPERAND_BIG;
    } else if (o.big.size > 8 && o.kind == OPERAND_U) {
        o.value = INT64_MAX; /* A size that nothing has. */
    } else if (o.big.size > 8 || (o.kind != OPERAND_I && o.value < 0)) {
        return fail(c, "a number is too large", NO_NUMBER);
    }
    return check_operand(c, r->file, &o) && push_operand(r, insn, &o, c);
}

bool beam_next(BeamReader *r, BeamInsn *insn, BeamError *error)
{
    Cursor c = {r->chunk, r->in, r->position, error};
    error->text[0] = 0;
    *insn = (BeamInsn){.offset = r->position};
    if (c.at >= c.in.size) return false;
    unsigned op;
    if (!get_byte(&c, &op)) return false;
    insn->op = op;
    if (op >= GENERIC_MAX || operand_counts[op] == 0) {
        c.at--;
        return fail(&c, "unknown opcode", op);
    }
    for (unsigned i = 0; i + 1 < operand_counts[op]; i++) {
        if (!get_operand(r, insn, &c, false)) return false;
    }
    insn->operands = r->operands;
    r->position = c.at;
    return true;
}

/* ---- The digest ---- */

void beam_digest(const BeamFile *file, uint8_t digest[16])
{
    static const uint8_t zero[4];
    static const uint8_t before[] = {BEAM_ATOMS, BEAM_CODE, BEAM_STRINGS, BEAM_IMPORTS,
                                     BEAM_EXPORTS};
    static const uint8_t behind[] = {BEAM_LITERALS, BEAM_META};
    Md5 md5;
    md5_init(&md5);
    for (size_t i = 0; i < sizeof before; i++)
        md5_update(&md5, file->chunks[before[i]].bytes, file->chunks[before[i]].size);
    BeamBytes funs = file->chunks[BEAM_FUNS];
    if (funs.size >= 4) md5_update(&md5, funs.bytes, 4);
    for (uint32_t i = 0; i < file->fun_count; i++) {
        md5_update(&md5, funs.bytes + 4 + 24 * i, 20);
        md5_update(&md5, zero, 4);
    }
    for (size_t i = 0; i < sizeof behind; i++)
        md5_update(&md5, file->chunks[behind[i]].bytes, file->chunks[behind[i]].size);
    md5_final(&md5, digest);
}

bool beam_digest_of(const uint8_t *bytes, size_t size, uint8_t digest[16])
{
    BeamFile file;
    BeamError error;
    bool sound = open_tables(&file, bytes, size, &error);
    if (sound) beam_digest(&file, digest);
    beam_close(&file);
    return sound;
}
