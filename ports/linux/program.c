/* SPDX-License-Identifier: Apache-2.0 */
/* program.c - programs, talked to through pipes. */
#define _GNU_SOURCE
#include "mote/os/program.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "mote/os/env.h"

/* ---- The environment ---- */

typedef struct Environment {
    char **entries;
    size_t count;
    bool failed;
} Environment;

static void add_entry(const char *entry, void *context)
{
    Environment *e = context;
    char **entries = realloc(e->entries, (e->count + 2) * sizeof *entries);
    if (entries) e->entries = entries;
    e->failed = e->failed || !entries || !(entries[e->count] = strdup(entry));
    if (e->failed) return;
    entries[++e->count] = NULL;
}

static void change_entry(Environment *e, const char *change)
{
    size_t name = strcspn(change, "=");
    for (size_t i = 0; i < e->count; i++) {
        if (strncmp(e->entries[i], change, name) || e->entries[i][name] != '=') continue;
        free(e->entries[i]);
        e->entries[i] = e->entries[--e->count];
        e->entries[e->count] = NULL;
        break;
    }
    if (change[name]) add_entry(change, e);
}

static void free_environment(Environment *e)
{
    for (size_t i = 0; i < e->count; i++) free(e->entries[i]);
    free(e->entries);
}

static bool make_environment(Environment *e, const char *const *changes)
{
    *e = (Environment){calloc(1, sizeof *e->entries), 0, false};
    if (!e->entries) return false;
    os_env_each(add_entry, e);
    for (; *changes && !e->failed; changes++) change_entry(e, *changes);
    if (e->failed) free_environment(e);
    return !e->failed;
}

/* ---- Pipes ---- */

typedef struct Pipes {
    int to[2], from[2], end[2]; /* [0] is read, [1] is written */
} Pipes;

static void close_pipes(Pipes *p)
{
    int *all = p->to;
    for (int i = 0; i < 6; i++) {
        if (all[i] >= 0) close(all[i]);
    }
}

static bool make_pipes(Pipes *p, const OsProgramStart *start)
{
    *p = (Pipes){{-1, -1}, {-1, -1}, {-1, -1}};
    if ((start->input && pipe2(p->to, O_CLOEXEC) < 0) ||
        (start->output && pipe2(p->from, O_CLOEXEC) < 0) || pipe2(p->end, O_CLOEXEC) < 0) {
        int error = errno;
        close_pipes(p);
        errno = error;
        return false;
    }
    return true;
}

/* ---- Starting ---- */

/* In the child, which borrows the parent's memory until it runs the program. */
static void give_handle(int from, int to)
{
    if (from < 0) return;
    if (from == to) {
        fcntl(from, F_SETFD, 0);
    } else {
        dup2(from, to);
    }
}

_Noreturn static void run_child(const OsProgramStart *start, Pipes *p, char **environment)
{
    static const char message[] = "spawn: Could not cd to ";
    sigset_t none;
    int first = start->apart ? 3 : 0;
    if (start->folder && chdir(start->folder) < 0) {
        if (write(2, message, sizeof message - 1) < 0 ||
            write(2, start->folder, strlen(start->folder)) < 0 || write(2, "\n", 1) < 0)
            _exit(2);
        _exit(2);
    }
    /* A pipe's end may stand where the other's is to be. */
    int from = p->from[1] >= 0 ? fcntl(p->from[1], F_DUPFD_CLOEXEC, 10) : -1;
    int to = p->to[0] >= 0 ? fcntl(p->to[0], F_DUPFD_CLOEXEC, 10) : -1;
    give_handle(to, first);
    give_handle(from, first + 1);
    if (start->errors) give_handle(from, 2);
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(start->path, (char **)(uintptr_t)start->arguments, environment);
    _exit(errno == ENOENT ? 127 : 126);
}

/* The thread that waits for a program's end tells through a pipe. */
typedef struct Waiter {
    pid_t id;
    int end;
} Waiter;

static void *wait_for_end(void *argument)
{
    Waiter waiter = *(Waiter *)argument;
    int status = 0;
    free(argument);
    while (waitpid(waiter.id, &status, 0) < 0 && errno == EINTR) {
    }
    status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (write(waiter.end, &status, sizeof status) < 0) errno = 0; /* Nobody asks any more. */
    close(waiter.end);
    return NULL;
}

static bool start_waiter(Waiter *waiter)
{
    enum { STACK = 65536 };
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool started = pthread_create(&thread, &attributes, wait_for_end, waiter) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

static int take_end(int *end)
{
    int taken = *end;
    *end = -1;
    return taken;
}

static int start_with(const OsProgramStart *start, Pipes *p, Environment *e, OsProgram *program)
{
    Waiter *waiter = malloc(sizeof *waiter);
    if (!waiter) return ENOMEM;
    pid_t id = vfork();
    if (id == 0) run_child(start, p, e->entries);
    *waiter = (Waiter){id, p->end[1]};
    if (id < 0 || !start_waiter(waiter)) {
        free(waiter);
        return id < 0 ? errno : EAGAIN;
    }
    p->end[1] = -1;
    *program = (OsProgram){(uint32_t)id, take_end(&p->to[1]), take_end(&p->from[0]),
                           take_end(&p->end[0])};
    if (program->input >= 0) os_handle_use(program->input);
    if (program->output >= 0) os_handle_use(program->output);
    os_handle_use(program->end);
    return 0;
}

int os_program_start(const OsProgramStart *start, OsProgram *program)
{
    Pipes pipes;
    Environment environment;
    if (access(start->path, X_OK) < 0) return errno;
    if (!make_pipes(&pipes, start)) return errno;
    int error = ENOMEM;
    if (make_environment(&environment, start->changes)) {
        error = start_with(start, &pipes, &environment, program);
        free_environment(&environment);
    }
    close_pipes(&pipes);
    return error;
}

bool os_program_status(int end, int *status)
{
    return read(end, status, sizeof *status) == (ssize_t)sizeof *status;
}

/* ---- Handles ---- */

void os_handle_use(int handle)
{
    signal(SIGPIPE, SIG_IGN);
    fcntl(handle, F_SETFL, fcntl(handle, F_GETFL) | O_NONBLOCK);
}

int os_handle_write(int handle, const void *bytes, size_t room, size_t *size)
{
    ssize_t some = write(handle, bytes, room);
    *size = some < 0 ? 0 : (size_t)some;
    return some < 0 && errno != EAGAIN && errno != EINTR ? errno : 0;
}

int os_handle_read(int handle, void *bytes, size_t room, size_t *size, bool *at_end)
{
    ssize_t some = read(handle, bytes, room);
    *size = some < 0 ? 0 : (size_t)some;
    *at_end = some == 0;
    return some < 0 && errno != EAGAIN && errno != EINTR ? errno : 0;
}

void os_handle_close(int handle) { close(handle); }
