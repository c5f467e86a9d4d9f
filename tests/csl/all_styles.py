"""Renders the reference bibliography in all installed styles: `python -m tests.csl.all_styles [--every N]`.

Prints every style that raises, or that takes longer than it may, and exits 1 if one does. Of dependent styles, each
pair of parent and default locale is rendered once, and every dependent is looked up.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pubtrack.csl import Style
from pubtrack.csl.style_registry import find_style, list_styles
from tests.csl.reference import works

SLOW = 5.0
"""Seconds of the processor that a style may take to be read, compiled and rendered once."""


def sample(every: int) -> list[str]:
    """The names of every `every`th installed style, and of all bundled ones."""
    entries = list_styles()
    installed = [entry.name for entry in entries if entry.kind == "installed"]
    return [entry.name for entry in entries if entry.kind == "bundled"] + installed[::every]


def programs(names: Iterable[str]) -> dict[tuple[Path, str], str]:
    """The distinct (file, default locale) that the styles come down to, each with the first style's name."""
    found: dict[tuple[Path, str], str] = {}
    for name in names:
        source = find_style(name)
        found.setdefault((source.file, source.default_locale), name)
    return found


def fault(program: tuple[Path, str]) -> str:
    """What is wrong with a style: an error, an entry lost, or too much time; "" for nothing."""
    file, default_locale = program
    begin = time.process_time()
    try:
        style = Style.parse(file.read_bytes(), file=file.name, default_locale=default_locale)
        entries = style.bibliography(works())
    except Exception as error:  # whatever is raised is the finding
        return f"{type(error).__name__}: {error}"
    if sorted(entry.index for entry in entries) != list(range(len(works()))):
        return f"{len(entries)} entries of {len(works())} works"
    seconds = time.process_time() - begin
    return f"takes {seconds:.1f} s" if seconds > SLOW else ""


def faults(names: Sequence[str], jobs: int) -> Iterator[tuple[str, str]]:
    """(name, fault) of each style that has one."""
    found = programs(names)
    with ProcessPoolExecutor(jobs) as pool:
        for name, reason in zip(found.values(), pool.map(fault, found, chunksize=8), strict=True):
            if reason:
                yield name, reason


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the check and prints it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth installed style")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N")
    options = parser.parse_args(arguments)
    begin = time.perf_counter()
    names = sample(options.every)
    wrong = 0
    for name, reason in faults(names, options.jobs):
        print(f"{name}: {reason}", flush=True)
        wrong += 1
    seconds = time.perf_counter() - begin
    print(f"{len(names)} styles, {len(works())} works of every type each: {wrong} with a fault ({seconds:.0f} s)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
