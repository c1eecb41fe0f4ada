/* SPDX-License-Identifier: Apache-2.0 */
/* console.c - standard input and output. */

#include "mote/os/console.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>
#include "board.h"

size_t os_console_read(void *bytes, size_t room)
{
    ssize_t n;
    do n = read(0, bytes, room);
    while (n < 0 && errno == EINTR);
    return n > 0 ? (size_t)n : 0;
}

static int poll_stream(int stream, int milliseconds)
{
    struct pollfd fd = {stream, POLLOUT, 0};
    return poll(&fd, 1, milliseconds);
}

bool os_console_write_some(int stream, const void *bytes, size_t size, size_t *written)
{
    *written = 0;
    if (poll_stream(stream, 0) == 0) return true;
    /* A pipe that is ready takes this much without blocking. */
    bool has_board = board_before_output();
    ssize_t n = write(stream, bytes, size < PIPE_BUF ? size : PIPE_BUF);
    if (n < 0 && errno == EBADF) n = (ssize_t)size;
    bool lives = n >= 0 || errno == EINTR || errno == EAGAIN;
    if (n > 0) *written = (size_t)n;
    if (has_board) board_after_output(bytes, *written);
    return lives;
}

void os_console_wait(int stream) { poll_stream(stream, 1000); }

bool os_console_is_terminal(int stream) { return isatty(stream); }
