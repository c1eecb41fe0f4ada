/* SPDX-License-Identifier: Apache-2.0 */
/* driver.c - feeds a decoder with damaged copies of good files, or with files as they are; keeps
   what kills it. */

/* Usage: see `usage`. One child takes a batch of inputs, so that tables that only grow start anew;
   the input at hand stands in memory shared with the parent. Each input follows from the random
   seed and its number alone. */

#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "fuzz.h"

enum {
    INPUT_MAX = 65536,
    SEEDS_MAX = 4096,
    BATCH = 5000,
    SECONDS_PER_INPUT = 10,
    CRASHES_MAX = 20
};

typedef struct Seed {
    uint8_t *bytes;
    size_t size;
    const char *path;
} Seed;

typedef struct Shared { /* with the child */
    uint64_t number, accepted;
    size_t size;
    uint8_t bytes[INPUT_MAX];
} Shared;

typedef struct Options {
    bool as_they_are;
    uint64_t inputs, seconds, random_seed;
    const char *crash_folder; /* NULL: they are not kept */
} Options;

static Seed seeds[SEEDS_MAX];
static size_t seed_count;
static Shared *shared;
static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 32) * limit >> 32);
}

/* ---- Seeds ---- */

static void read_seed(const char *path)
{
    FILE *file = seed_count < SEEDS_MAX ? fopen(path, "rb") : NULL;
    if (!file) return;
    uint8_t *bytes = malloc(INPUT_MAX);
    size_t size = fread(bytes, 1, INPUT_MAX, file);
    fclose(file);
    if (size > 0 && size < INPUT_MAX) seeds[seed_count++] = (Seed){bytes, size, strdup(path)};
}

static int is_file(const struct dirent *entry) { return entry->d_name[0] != '.'; }

/* A file, or the files of a folder in the order of names: its own order differs between
   machines. */
static void read_seeds(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_file, alphasort);
    if (count < 0) read_seed(path);
    for (int i = 0; i < count; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        read_seed(file);
    }
}

/* ---- Damage ---- */

static const uint32_t interesting[] = {0,     1,      2,      0x7F,    0x80,       0xFF,
                                       0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF};

static void put_number(uint8_t *at, size_t room, uint32_t value)
{
    size_t size = (size_t)1 << random_below(3);
    for (size_t i = 0; i < size && i < room; i++) at[i] = (uint8_t)(value >> 8 * (size - 1 - i));
}

/* Part of another seed over, or between, what is there. */
static size_t splice(uint8_t *bytes, size_t size, size_t at)
{
    const Seed *other = &seeds[random_below((uint32_t)seed_count)];
    size_t from = random_below((uint32_t)other->size), count = other->size - from;
    if (count > 200) count = random_below(200);
    if (random_below(2)) {
        if (count > size - at) count = size - at;
        memcpy(bytes + at, other->bytes + from, count);
        return size;
    }
    if (size + count > INPUT_MAX) return size;
    memmove(bytes + at + count, bytes + at, size - at);
    memcpy(bytes + at, other->bytes + from, count);
    return size + count;
}

static size_t damage_once(uint8_t *bytes, size_t size)
{
    if (size == 0) return 0;
    size_t at = random_below((uint32_t)size), count;
    switch (random_below(8)) {
    case 0: bytes[at] ^= (uint8_t)(1 << random_below(8)); return size;
    case 1: bytes[at] = (uint8_t)random_below(256); return size;
    case 2: put_number(bytes + at, size - at, interesting[random_below(12)]); return size;
    case 3: put_number(bytes + at, size - at, random_below(512)); return size;
    case 4: bytes[at] = (uint8_t)(bytes[at] + random_below(9) - 4); return size;
    case 5: /* without some bytes */
        count = 1 + random_below(8);
        if (count > size - at) count = size - at;
        memmove(bytes + at, bytes + at + count, size - at - count);
        return size - count;
    case 6: return random_below(10) == 0 ? at : size; /* cut off */
    default: return splice(bytes, size, at);
    }
}

static void make_input(uint64_t number, const Options *options)
{
    state = (number + 1) * 0x9E3779B97F4A7C15u ^ options->random_seed;
    const Seed *seed = &seeds[options->as_they_are ? number : random_below((uint32_t)seed_count)];
    memcpy(shared->bytes, seed->bytes, seed->size);
    shared->size = seed->size;
    shared->number = number;
    if (options->as_they_are) return;
    for (uint32_t n = random_below(6); n > 0; n--)
        shared->size = damage_once(shared->bytes, shared->size);
}

/* ---- Running ---- */

/* In a block of the exact size, so that a sanitizer sees each byte too many. */
static void run_input(void)
{
    uint8_t *bytes = malloc(shared->size ? shared->size : 1);
    memcpy(bytes, shared->bytes, shared->size);
    alarm(SECONDS_PER_INPUT);
    shared->accepted += fuzz_twice(bytes, shared->size);
    free(bytes);
}

static int run_batch(uint64_t first, uint64_t end, const Options *options)
{
    pid_t child = fork();
    if (child == 0) {
        fuzz_start();
        for (uint64_t i = first; i < end; i++) {
            make_input(i, options);
            run_input();
        }
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static void keep_input(const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file) return;
    fwrite(shared->bytes, 1, shared->size, file);
    fclose(file);
}

static void report_crash(const Options *options, int status)
{
    char path[4096] = "";
    if (options->as_they_are) {
        snprintf(path, sizeof path, "%s", seeds[shared->number].path);
    } else if (options->crash_folder) {
        snprintf(path, sizeof path, "%s/%llu", options->crash_folder,
                 (unsigned long long)shared->number);
        keep_input(path);
    }
    if (WIFSIGNALED(status)) {
        printf("%s: signal %d (%s)\n", path, WTERMSIG(status), strsignal(WTERMSIG(status)));
    } else {
        printf("%s: status %d\n", path, WEXITSTATUS(status));
    }
}

static void report(uint64_t inputs, unsigned crashes)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%llu inputs, %llu accepted, %u killed it; %lld s of a core, at most %ld MB\n",
           (unsigned long long)inputs, (unsigned long long)shared->accepted, crashes,
           (long long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec), usage.ru_maxrss / 1024);
}

static int fuzz(const Options *options)
{
    uint64_t next = 0;
    unsigned crashes = 0;
    time_t end = time(NULL) + (time_t)options->seconds;
    while (next < options->inputs && crashes < CRASHES_MAX &&
           (!options->seconds || time(NULL) < end)) {
        uint64_t left = options->inputs - next, stop = next + (left < BATCH ? left : BATCH);
        int status = run_batch(next, stop, options);
        if (status != 0) {
            crashes++;
            report_crash(options, status);
        }
        next = status != 0 ? shared->number + 1 : stop;
    }
    report(next, crashes);
    return crashes > 0;
}

static int usage(void)
{
    fputs("usage: fuzz_NAME [-r] [-n INPUTS] [-t SECONDS] [-s RANDOM_SEED] [-o CRASH_FOLDER] "
          "SEEDS...\n"
          "  SEEDS: files and folders of files; -r: each as it is, once\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    Options options = {.inputs = UINT64_MAX};
    for (int c; (c = getopt(argc, argv, "rn:t:s:o:")) >= 0;) {
        switch (c) {
        case 'r': options.as_they_are = true; break;
        case 'n': options.inputs = strtoull(optarg, NULL, 10); break;
        case 't': options.seconds = strtoull(optarg, NULL, 10); break;
        case 's': options.random_seed = strtoull(optarg, NULL, 10); break;
        case 'o': options.crash_folder = optarg; break;
        default: return usage();
        }
    }
    for (int i = optind; i < argc; i++) read_seeds(argv[i]);
    if (seed_count == 0) return usage();
    if (options.as_they_are) options.inputs = seed_count;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return fuzz(&options);
}
