"""Runs one command and prints what it took, as JSON: `launch.py LIMIT STDIN COMMAND...`.

A small process of its own, because a child's peak of memory begins with that of the process which starts it.
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """Prints {"status", "seconds", "cpu", "megabytes"}; status null for a command stopped at the limit."""
    limit, stdin, command = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
    with open(stdin, "rb") as source:  # noqa: PTH123 - pathlib takes longer to import than this takes to run
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL)
        try:
            status: int | None = child.wait(limit)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            status = None
        seconds = time.perf_counter() - begin
    cpu, megabytes = 0.0, 0.0
    if hasattr(os, "wait4"):
        import resource

        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = usage.ru_utime + usage.ru_stime
        megabytes = usage.ru_maxrss / (1_048_576 if sys.platform == "darwin" else 1024)
    print(json.dumps({"status": status, "seconds": seconds, "cpu": cpu, "megabytes": megabytes}))


if __name__ == "__main__":
    main()
