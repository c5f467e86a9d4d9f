"""Runs the benchmarks and prints their tables: `python -m benchmarks [NAME...]`.

Peers that are not installed are named, with what would install them. Figures are ratios within one run: what other
machines measure differs in seconds, hardly in ratios.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import check, cited, csl, cv, dedupe, export, fetch, startup, store
from benchmarks.measure import Table, shown
from benchmarks.options import Options

BENCHMARKS: Mapping[str, Callable[[Options], Iterator[Table]]] = {
    "startup": startup.startup,
    "store": store.store,
    "check": check.check,
    "cv": cv.cv,
    "fetch": fetch.fetch,
    "cited": cited.cited,
    "export": export.export,
    "csl": csl.in_process,
    "csl-processes": csl.whole_processes,
    "dedupe": dedupe.dedupe,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmarks named, or all, and prints their tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--peers", type=Path, default=os.environ.get("PUBTRACK_PEERS"), metavar="FOLDER")
    parser.add_argument("--full", action="store_true", help="run what takes minutes, too")
    parser.add_argument("--repeats", type=int, default=10, metavar="N")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    peers = Path(chosen.peers) if chosen.peers else None
    options = Options(peers, chosen.full, chosen.repeats)
    for name in chosen.names or BENCHMARKS:
        for table in BENCHMARKS[name](options):
            print(shown(table), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
