/* SPDX-License-Identifier: Apache-2.0 */
/* driver.c - feeds a decoder with damaged copies of good files, for a time; keeps what kills it. */

/* Usage: driver SEED_FOLDER SECONDS RANDOM_SEED CRASH_FOLDER. One child takes a batch of inputs,
   so that tables that only grow start anew; the input at hand stands in memory shared with the
   parent. Each input follows from the random seed and its number alone. */

#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
} Seed;

typedef struct Shared { /* with the child */
    uint64_t number;
    size_t size;
    uint8_t bytes[INPUT_MAX];
} Shared;

static Seed seeds[SEEDS_MAX];
static size_t seed_count;
static Shared *shared;
static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 32) * limit >> 32);
}

_Noreturn void fuzz_broken(const char *condition)
{
    fprintf(stderr, "broken: %s\n", condition);
    abort();
}

/* ---- Seeds ---- */

static void read_seed(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) return;
    uint8_t *bytes = malloc(INPUT_MAX);
    size_t size = fread(bytes, 1, INPUT_MAX, file);
    fclose(file);
    if (size > 0 && size < INPUT_MAX) seeds[seed_count++] = (Seed){bytes, size};
}

static int is_file(const struct dirent *entry) { return entry->d_name[0] != '.'; }

/* In the order of names: a folder's own order differs between machines. */
static void read_seeds(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_file, alphasort);
    for (int i = 0; i < count && seed_count < SEEDS_MAX; i++) read_seed(folder, entries[i]->d_name);
    if (seed_count > 0) return;
    fprintf(stderr, "driver: no seeds in %s\n", folder);
    exit(2);
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

static void make_input(uint64_t number, uint64_t random_seed)
{
    state = (number + 1) * 0x9E3779B97F4A7C15u ^ random_seed;
    const Seed *seed = &seeds[random_below((uint32_t)seed_count)];
    memcpy(shared->bytes, seed->bytes, seed->size);
    shared->size = seed->size;
    shared->number = number;
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
    fuzz_one(bytes, shared->size);
    free(bytes);
}

static int run_batch(uint64_t first, uint64_t random_seed)
{
    pid_t child = fork();
    if (child == 0) {
        fuzz_start();
        for (uint64_t i = first; i < first + BATCH; i++) {
            make_input(i, random_seed);
            run_input();
        }
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static void keep_input(const char *folder, int status)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%llu", folder, (unsigned long long)shared->number);
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(shared->bytes, 1, shared->size, file);
        fclose(file);
    }
    if (WIFSIGNALED(status)) {
        printf("%s: signal %d (%s)\n", path, WTERMSIG(status), strsignal(WTERMSIG(status)));
    } else {
        printf("%s: status %d\n", path, WEXITSTATUS(status));
    }
}

static int fuzz(unsigned seconds, uint64_t random_seed, const char *crash_folder)
{
    uint64_t next = 0;
    unsigned crashes = 0;
    time_t end = time(NULL) + (time_t)seconds;
    while (time(NULL) < end && crashes < CRASHES_MAX) {
        int status = run_batch(next, random_seed);
        if (status != 0) {
            crashes++;
            keep_input(crash_folder, status);
        }
        next = status != 0 ? shared->number + 1 : next + BATCH;
    }
    printf("%llu inputs, %u killed it\n", (unsigned long long)next, crashes);
    return crashes > 0;
}

int main(int argc, char **argv)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (argc == 2) { /* one file, to look at what it does */
        read_seed(".", argv[1]);
        if (seed_count == 0) return 2;
        fuzz_start();
        memcpy(shared->bytes, seeds[0].bytes, shared->size = seeds[0].size);
        run_input();
        return 0;
    }
    if (argc != 5) return 2;
    read_seeds(argv[1]);
    return fuzz((unsigned)atoi(argv[2]), strtoull(argv[3], NULL, 10), argv[4]);
}
