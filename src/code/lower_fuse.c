/* SPDX-License-Identifier: Apache-2.0 */
/* lower_fuse.c - joins the newest instruction with the one before. */

/* Pairs were chosen by how often they stand in the code of OTP and Elixir (docs/fused.md), and by
   what the kernels of bench/ spend their time on. A joined instruction does exactly what its parts
   did in their order; at most one of them can fail, collect or yield (design D28). What a label
   leads to starts anew: lower_forget. A joined instruction may be joined further: move + move +
   move. */

#include "code/lower.h"

/* Operands of the joined instruction: a, b, ... of the first part, A, B, ... of the second, 0 for
   the number 0. */
typedef struct Rule {
    uint8_t first, joined;
    bool (*when)(const int64_t *first, const int64_t *second); /* NULL: always */
    const char *order;
} Rule;

/* The second tests or takes apart what the first tested. */
static bool same_source(const int64_t *a, const int64_t *b) { return a[0] == b[0]; }
static bool same_test(const int64_t *a, const int64_t *b) { return a[0] == b[0] && a[1] == b[1]; }
/* Elements of one tuple, which the first result does not replace. */
static bool source_stays(const int64_t *a, const int64_t *b)
{
    return a[0] == b[0] && a[1] != b[0];
}
static bool source_stays2(const int64_t *a, const int64_t *b)
{
    return a[0] == b[0] && a[2] != b[0] && a[4] != b[0];
}
/* A tuple whose arity, and an element whose index, a byte holds. */
static bool small_tuple(const int64_t *a, const int64_t *b)
{
    return a[0] == b[0] && a[2] <= 0xFF && b[2] <= 0xFF;
}
/* The second tests what the first has fetched. */
static bool tests_result(const int64_t *a, const int64_t *b) { return a[1] == b[0]; }
static bool fits_room(const int64_t *a, const int64_t *b)
{
    (void)b;
    return a[1] <= 0xFF;
}
/* Moves to x0, and the return that gives it back. */
static bool gives_x0(const int64_t *a, const int64_t *b)
{
    (void)b;
    return a[1] == 0;
}
static bool sets_x0(const int64_t *a, const int64_t *b)
{
    (void)b;
    return a[0] == 0;
}

#define RULE(first, joined, when, order)         \
    {                                            \
        INSN_##first, INSN_##joined, when, order \
    }
#define END                       \
    {                             \
        INSN_COUNT, 0, NULL, NULL \
    }

/* By the second part. */
static const Rule before_move_xy[] = {RULE(move_xy, move_xy_xy, NULL, "abAB"),
                                      RULE(move_xy_xy, move_xy3, NULL, "abcdAB"), END};
static const Rule before_move_yx[] = {RULE(move_yx, move_yx_yx, NULL, "abAB"),
                                      RULE(move_yx_yx, move_yx3, NULL, "abcdAB"),
                                      RULE(move_xx, move_xx_yx, NULL, "abAB"),
                                      RULE(move_xy, move_xy_yx, NULL, "abAB"), END};
static const Rule before_move_xx[] = {RULE(move_xx, move_xx_xx, NULL, "abAB"),
                                      RULE(move_xy, move_xy_xx, NULL, "abAB"), END};
static const Rule before_trim[] = {RULE(move_yy, trim_yy, NULL, "abA"), END};
static const Rule before_call[] = {
    RULE(move_xx, call_xx, NULL, "AabB"),         RULE(move_yx, call_yx, NULL, "AabB"),
    RULE(move_xx_xx, call_xx_xx, NULL, "AabcdB"), RULE(move_xy_xx, call_xy_xx, NULL, "AabcdB"),
    RULE(trim_yy, call_trim_yy, NULL, "AabcB"), END};
static const Rule before_call_last[] = {RULE(move_yx, call_last_yx, NULL, "AabB"),
                                        RULE(move_yx_yx, call_last_yx_yx, NULL, "AabcdB"), END};
static const Rule before_call_only[] = {RULE(move_xx, call_only_xx, NULL, "abA"), END};
static const Rule before_return[] = {RULE(move_cx, return_c, sets_x0, "0b"),
                                     RULE(move_xx, return_x, gives_x0, "0a"), END};
static const Rule before_deallocate_return[] = {RULE(move_cx, return_c, sets_x0, "Ab"),
                                                RULE(move_xx, return_x, gives_x0, "Aa"),
                                                RULE(move_yx, return_y, gives_x0, "Aa"), END};
static const Rule before_test_arity[] = {RULE(is_tuple, is_tuple_arity, same_test, "abC"), END};
static const Rule before_get_list[] = {
    RULE(is_nonempty_list_x, nonempty_get_list, same_source, "aBCb"), END};
static const Rule before_get_element[] = {
    RULE(is_tuple_arity, tuple_get_element, small_tuple, "acBCb"),
    RULE(tuple_get_element, tuple_get_elements2, source_stays2, "abcdBCe"),
    RULE(is_tagged_tuple, tagged_get_element, small_tuple, "acBCbd"),
    RULE(get_element_xx, get_elements2, source_stays, "acbCB"),
    RULE(get_elements2, get_elements3, source_stays2, "abcdeCB"), END};

static const Rule before_is_eq_exact_imm[] = {
    RULE(get_element_xx, get_element_eq, tests_result, "acbBC"), END};
static const Rule before_float_add[] = {RULE(float_load, float_load_add, NULL, "abABC"), END};
static const Rule before_float_sub[] = {RULE(float_load, float_load_sub, NULL, "abABC"), END};
static const Rule before_float_mul[] = {RULE(float_load, float_load_mul, NULL, "abABC"), END};
static const Rule before_float_store[] = {RULE(float_store, float_store2, NULL, "abAB"),
                                          RULE(test_heap, room_float, fits_room, "abAB"), END};

static const Rule *rules_before(unsigned second)
{
    switch (second) {
    case INSN_move_xy: return before_move_xy;
    case INSN_move_yx: return before_move_yx;
    case INSN_move_xx: return before_move_xx;
    case INSN_trim: return before_trim;
    case INSN_call: return before_call;
    case INSN_call_last: return before_call_last;
    case INSN_call_only: return before_call_only;
    case INSN_return: return before_return;
    case INSN_deallocate_return: return before_deallocate_return;
    case INSN_test_arity: return before_test_arity;
    case INSN_get_list_xxx: return before_get_list;
    case INSN_get_element_xx: return before_get_element;
    case INSN_is_eq_exact_imm: return before_is_eq_exact_imm;
    case INSN_float_add: return before_float_add;
    case INSN_float_sub: return before_float_sub;
    case INSN_float_mul: return before_float_mul;
    case INSN_float_store: return before_float_store;
    default: return NULL;
    }
}

typedef struct Joined {
    unsigned token, count;
    int64_t values[INSN_OPERANDS_MAX];
} Joined;

/* Emits it in place of the newest `parts` instructions, of which the first met this frame. */
static void replace(Lower *c, unsigned parts, uint32_t frame, Joined joined)
{
    uint32_t after = c->frame;
    while (parts--) lower_retract(c);
    c->frame = frame;
    lower_start(c, joined.token, joined.values, joined.count);
    if (joined.token == INSN_return_tuple) {
        lower_list(c);
    } else {
        lower_end(c);
    }
    c->frame = after;
}

static void join(Lower *c, const Rule *rule)
{
    Joined joined = {.token = rule->joined};
    const int64_t *first = c->last[1].values, *second = c->last[0].values;
    for (const char *at = rule->order; *at; at++)
        joined.values[joined.count++] = *at == '0'   ? 0
                                        : *at >= 'a' ? first[*at - 'a']
                                                     : second[*at - 'A'];
    replace(c, 2, c->frame, joined);
}

/* ---- Frames ---- */

/* The frame is made by the first part: until then there is none. */
static bool join_allocate(Lower *c)
{
    const int64_t *a = c->last[1].values, *b = c->last[0].values;
    unsigned first = c->last[1].token, second = c->last[0].token;
    Joined joined;
    if (first == INSN_allocate && second == INSN_init_y) {
        joined = (Joined){INSN_allocate_init, 3, {a[0], a[1], b[0]}};
    } else if (first == INSN_allocate && second == INSN_move_xy) {
        joined = (Joined){INSN_allocate_xy, 4, {a[0], a[1], b[0], b[1]}};
    } else if (first == INSN_allocate_xy && second == INSN_move_xy) {
        joined = (Joined){INSN_allocate_xy_xy, 6, {a[0], a[1], a[2], a[3], b[0], b[1]}};
    } else {
        return false;
    }
    replace(c, 2, FRAME_NONE, joined);
    return true;
}

/* How most functions that make a list from a list begin. */
static bool join_walk(Lower *c)
{
    const Emitted *test = &c->last[2], *room = &c->last[1], *part = &c->last[0];
    const int64_t *list = part->values; /* r r r */
    if (test->token != INSN_is_nonempty_list_x || room->token != INSN_allocate ||
        part->token != INSN_get_list || list[0] != test->values[0] || !(list[1] & R_IS_Y) ||
        list[2] & R_IS_Y)
        return false;
    Joined joined = {INSN_nonempty_allocate_get_list, 6,
                     {list[0], room->values[0], room->values[1], test->values[1],
                      list[1] & ~R_IS_Y, list[2]}};
    replace(c, 3, FRAME_NONE, joined);
    return true;
}

/* What is returned is made by the first part, in the frame that the second one drops. */
static bool join_result(Lower *c)
{
    const Emitted *part = &c->last[1], *leave = &c->last[0];
    const int64_t *v = part->values;
    if (leave->token != INSN_return && leave->token != INSN_deallocate_return) return false;
    bool has_frame = leave->token == INSN_deallocate_return;
    int64_t size = has_frame ? leave->values[0] : 0;
    uint32_t frame = has_frame ? (uint32_t)size : FRAME_NONE;
    Joined joined;
    if (v[2] != 0) return false;
    if (part->token == INSN_room_list) {
        joined = (Joined){INSN_return_list, 5, {v[0], v[1], size, v[3], v[4]}};
    } else if (part->token == INSN_room_tuple) { /* Its sources still stand in c->halves. */
        joined = (Joined){INSN_return_tuple, 4, {v[0], v[1], size, v[3]}};
    } else if (part->token == INSN_add && part->line == leave->line) {
        joined = (Joined){INSN_return_add, 3, {v[0], v[1], size}};
    } else {
        return false;
    }
    replace(c, 2, frame, joined);
    return true;
}

/* ---- Room and what it is for ---- */

static void join_list(Lower *c, int64_t live, int64_t words)
{
    Emitted list = c->last[0];
    int64_t *v = list.values, to = v[0], head = v[1], tail = v[2]; /* put_list: r s s */
    if (list.token != INSN_put_list) {
        to = list.token == INSN_put_list_nil ? v[1] : v[2];
        tail = list.token == INSN_put_list_nil ? lower_s_term(c, TERM_NIL) : v[1];
        head = v[0]; /* Slots of x registers are sources, too. */
    }
    lower_retract(c);
    lower_retract(c);
    EMIT(c, room_list, live, words, to, head, tail);
}

static bool join_room(Lower *c)
{
    const Emitted *room = &c->last[1], *part = &c->last[0];
    int64_t live = room->values[0], words = room->values[1];
    if (room->token != INSN_test_heap || words > 0xFF) return false;
    if (part->token == INSN_put_list_nil && lower_pool(c, TERM_NIL) > SOURCE_MAX) return false;
    switch (part->token) {
    case INSN_put_list:
    case INSN_put_list_nil:
    case INSN_put_list_xxx: join_list(c, live, words); return true;
    case INSN_put_tuple2_xx:
        c->half_count = 0;
        lower_half_add(c, (uint16_t)part->values[0]);
        lower_half_add(c, (uint16_t)part->values[1]);
        break;
    case INSN_put_tuple: break; /* Its sources still stand in c->halves. */
    default: return false;
    }
    int64_t to = part->token == INSN_put_tuple ? part->values[0] : part->values[2];
    if (c->half_count > 0xFF) return false;
    lower_retract(c);
    lower_retract(c);
    EMIT_LIST(c, room_tuple, live, words, to, c->half_count);
    return true;
}

/* A small integer is returned as a constant of the pool. */
static bool join_return(Lower *c)
{
    const Emitted *move = &c->last[1];
    unsigned second = c->last[0].token;
    if (move->token != INSN_move_ix || move->values[0] != 0) return false;
    if (second != INSN_return && second != INSN_deallocate_return) return false;
    int64_t size = second == INSN_return ? 0 : c->last[0].values[0];
    uint32_t index = lower_pool(c, make_small((Word)move->values[1]));
    if (index > 0xFFFF) return false;
    lower_retract(c);
    lower_retract(c);
    EMIT(c, return_c, size, index);
    return true;
}

void lower_fuse(Lower *c)
{
    const Emitted *first = &c->last[1], *second = &c->last[0];
    if (c->failed || first->token == INSN_COUNT) return;
    const Rule *rule = rules_before(second->token);
    for (; rule && rule->first != INSN_COUNT; rule++) {
        if (rule->first != first->token ||
            (rule->when && !rule->when(first->values, second->values)))
            continue;
        join(c, rule);
        return;
    }
    if (join_allocate(c) || join_walk(c) || join_room(c) || join_result(c)) return;
    join_return(c);
}
