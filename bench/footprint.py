# SPDX-License-Identifier: Apache-2.0
"""What a VM needs before and beside the work: time and memory at start, bytes of what is idle.

Memory is what the operating system counts as resident, so all of it."""
import subprocess
import time

STARTS = 10
MANY = 100_000


def resident(process):
    """Bytes; of the process and its children (erl is a shell script that becomes the VM)."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise OSError("no VmRSS")


def await_ready(process):
    if process.stdout.readline() != "ready\n":
        raise RuntimeError("the program of idle processes did not answer")


def tell(process, command):
    before = resident(process)
    process.stdin.write(command + "\n")
    process.stdin.flush()
    await_ready(process)
    return resident(process) - before


def begin(command):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    await_ready(process)
    return process


def end(process):
    process.stdin.close()
    process.wait()


def start_time(command):
    """The least microseconds to the first line."""
    least = float("inf")
    for _ in range(STARTS):
        since = time.monotonic()
        process = begin(command)
        least = min(least, time.monotonic() - since)
        end(process)
    return least * 1e6


def measure_one(command):
    rows = {"first line us": start_time(command)}
    process = begin(command)
    rows["memory KB"] = resident(process) / 1024
    tell(process, "processes 1000")
    tell(process, "servers 1000")
    rows["process B"] = tell(process, f"processes {MANY}") / MANY
    rows["gen_server B"] = tell(process, f"servers {MANY}") / MANY
    end(process)
    return rows


def measure(commands):
    """Rows of figures for each VM (name -> command that runs idle:start/0)."""
    return {name: measure_one(command) for name, command in commands.items()}
