/* SPDX-License-Identifier: Apache-2.0 */
/* poll.c - the thread that waits for handles, by epoll. */
#include "mote/os/poll.h"
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include "base/epoch.h"

/* A watch has a slot from when it is first armed until it is forgotten. What epoll gives back is
   the slot's number and a count of its uses, so that a late event finds nobody. `ready` is called
   with the mutex held: whoever has it may forget. */
typedef struct Slot {
    OsWatch *watch; /* NULL: free, `next` is another such */
    uint32_t next, uses;
    bool is_armed, is_added;
} Slot;

enum { EVENTS = 64 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Slot *slots; /* number 0 is none */
static uint32_t slot_count, first_free;
static int poller = -1;

static uint64_t mark_of(uint32_t number) { return (uint64_t)slots[number].uses << 32 | number; }

static void tell(uint64_t mark)
{
    uint32_t number = (uint32_t)mark;
    pthread_mutex_lock(&mutex);
    Slot *slot = number < slot_count ? &slots[number] : NULL;
    if (slot && slot->watch && slot->is_armed && mark_of(number) == mark) {
        slot->is_armed = false;
        slot->watch->ready(slot->watch);
    }
    pthread_mutex_unlock(&mutex);
}

static void *run(void *argument)
{
    struct epoll_event events[EVENTS];
    (void)argument;
    for (;;) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        epoch_enter(OS_POLL_MEMBER);
        for (int i = 0; i < count; i++) tell(events[i].data.u64);
        epoch_leave(OS_POLL_MEMBER);
    }
    return NULL;
}

static bool start(void)
{
    pthread_t thread;
    if (poller >= 0) return true;
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller >= 0 && pthread_create(&thread, NULL, run, NULL) == 0) {
        pthread_detach(thread);
        return true;
    }
    return false;
}

/* False: no memory. */
static bool take_slot(OsWatch *watch)
{
    if (!first_free) {
        uint32_t count = slot_count ? slot_count * 2 : 16;
        Slot *more = realloc(slots, count * sizeof *slots);
        if (!more) return false;
        slots = more;
        for (uint32_t i = slot_count ? slot_count : 1; i < count; i++) {
            slots[i] = (Slot){NULL, first_free, 0, false, false};
            first_free = i;
        }
        slot_count = count;
    }
    watch->id = first_free;
    Slot *slot = &slots[watch->id];
    first_free = slot->next;
    *slot = (Slot){watch, 0, slot->uses + 1, false, false};
    return true;
}

/* A handle that epoll does not take, as a plain file, never blocks. */
static bool arm(OsWatch *watch, OsPollEvent event)
{
    Slot *slot = &slots[watch->id];
    uint32_t events = event == OS_POLL_READ ? EPOLLIN : EPOLLOUT;
    struct epoll_event wanted = {.events = events | EPOLLONESHOT,
                                 .data.u64 = mark_of(watch->id)};
    int how = slot->is_added ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    slot->is_armed = true;
    if (epoll_ctl(poller, how, watch->handle, &wanted) == 0) {
        slot->is_added = true;
        return true;
    }
    slot->is_armed = false;
    if (errno != EPERM) return false;
    watch->ready(watch);
    return true;
}

bool os_poll_arm(OsWatch *watch, OsPollEvent event)
{
    pthread_mutex_lock(&mutex);
    bool armed = start() && (watch->id || take_slot(watch)) && arm(watch, event);
    pthread_mutex_unlock(&mutex);
    return armed;
}

void os_poll_forget(OsWatch *watch)
{
    if (!watch->id) return;
    pthread_mutex_lock(&mutex);
    Slot *slot = &slots[watch->id];
    if (slot->is_added) epoll_ctl(poller, EPOLL_CTL_DEL, watch->handle, NULL);
    slot->watch = NULL;
    slot->next = first_free;
    first_free = watch->id;
    watch->id = 0;
    pthread_mutex_unlock(&mutex);
}
