"""`pubtrack check` against bibtex-tidy and papis doctor on the same files, its growth, and what the command costs.

`python -m benchmarks check` prints the tables. Every figure is that of a fresh process, the fastest of several taken in
turns, imports left out. The peers are found in the folder of `--peers`: `npm install bibtex-tidy` there, and
`python -m venv papis && papis/bin/pip install papis`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.corpus import bibtex
from benchmarks.measure import Table, fastest, seconds_of
from benchmarks.options import Options
from benchmarks.startup import program
from benchmarks.store import library

SIZES = (1_000, 10_000, 50_000)
TIDY_RULES = ("syn-dup-key", "dup-doi", "tex-unescaped", "fld-month", "syn-empty", "syn-dup-field", "ttl-caps")
"""What bibtex-tidy does with the options of bibtex_tidy.cjs."""
PAPIS_RULES = ("txt-html", "fld-required", "txt-space", "syn-empty", "fld-unknown")
"""What papis doctor does with the checks of papis_doctor.py."""
GOAL = 10.0
MOST_STARTS = 4.0
HERE = Path(__file__).parent


def ours(select: str, path: str) -> float:
    """The seconds that reading a file and checking it take in this process."""
    from pubtrack.checks import check, load, select_rules
    from pubtrack.checks.context import Context
    from pubtrack.store.library import Library

    names = select.split(",") if select else []
    for name in select_rules(names):
        load(name)
    begin = time.perf_counter()
    check(Library.load(path), Context(year=2026), select=names)
    return time.perf_counter() - begin


def _ours(select: tuple[str, ...]) -> Callable[[Path], float]:
    return lambda path: _printed([sys.executable, "-m", "benchmarks.check", ",".join(select), str(path)])


def _printed(command: list[str]) -> float:
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    return float(made.stdout.split()[0])


def _peers(options: Options) -> Mapping[str, Callable[[Path], float]]:
    """The peers that are there, each a function from a file to seconds."""
    found: dict[str, Callable[[Path], float]] = {}
    folder, node = options.peers, shutil.which("node")
    if folder is None:
        return found
    if node and (folder / "node_modules" / "bibtex-tidy").is_dir():
        tidy = [node, str(HERE / "bibtex_tidy.cjs"), str(folder.resolve())]
        found["bibtex-tidy"] = lambda path: _printed([*tidy, str(path)])
    python = folder / "papis" / "bin" / "python"
    if python.exists():
        doctor = [str(python.absolute()), str(HERE / "papis_doctor.py")]
        found["papis doctor"] = lambda path: _printed([*doctor, str(path)])
    return found


def check(options: Options) -> Iterator[Table]:
    """The same rules side by side, all rules and their growth, the whole command."""
    repeats = min(options.repeats, 3)
    peers = _peers(options)
    tasks: dict[str, Callable[[Path], float]] = {
        "pubtrack, bibtex-tidy's rules": _ours(TIDY_RULES),
        "pubtrack, papis doctor's rules": _ours(PAPIS_RULES),
        "pubtrack, all rules": _ours(()),
        **peers,
    }
    found: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.bib")
            path.write_text(library(size), encoding="utf-8", newline="\n")
            for _ in range(repeats if size < SIZES[-1] else 1):
                for name, task in tasks.items():
                    if name == "papis doctor" and size > SIZES[0] and not options.full:
                        continue  # a minute and more
                    seconds = task(path)
                    found[name, size] = min(seconds, found.get((name, size), seconds))
        yield from _tables(found, list(tasks), peers)
        yield _command(Path(folder), options.repeats)


def _tables(found: Mapping[tuple[str, int], float], tasks: list[str], peers: Mapping[str, object]) -> Iterator[Table]:
    columns = [f"{size:,} entries" for size in SIZES]
    rows = [
        [task, *(f"{found[task, size]:.2f} s" if (task, size) in found else "-" for size in SIZES)] for task in tasks
    ]
    yield "Checking: reading and checking one file in a fresh process, imports left out", ["task", *columns], rows
    rows = [
        [peer, f"{GOAL:g}", *(_ratio(found, peer, f"pubtrack, {peer}'s rules", size) for size in SIZES)]
        for peer in peers
    ]
    absent = [name for name in ("bibtex-tidy", "papis doctor") if name not in peers]
    rows += [[f"{name}: not in the folder of --peers", "", *("-" for _ in SIZES)] for name in absent]
    yield "Times as fast as a peer, for the rules that both have", ["", "goal", *columns], rows
    ours = [task for task in tasks if task.startswith("pubtrack")]
    rows = [[task, f"{found[task, 50_000] / found[task, 10_000] / 5:.2f}", "1.3"] for task in ours]
    yield "Growth: time for an entry at 50,000 entries by that at 10,000", ["task", "ratio", "goal below"], rows


def _ratio(found: Mapping[tuple[str, int], float], theirs: str, own: str, size: int) -> str:
    return f"{found[theirs, size] / found[own, size]:.1f}" if (theirs, size) in found else "-"


def _command(folder: Path, repeats: int) -> Table:
    """`pubtrack check` of 200 papers beside what Python, click and the checks themselves take."""
    from pubtrack.checks import check
    from pubtrack.checks.context import Context
    from pubtrack.store.library import Library

    store = folder / "store.bib"
    store.write_text(bibtex(200), encoding="utf-8")
    check(Library.load(store), Context(year=2026))
    warm = seconds_of(lambda: check(Library.load(store), Context(year=2026)), repeats=5)
    runs = fastest(
        {
            'python -c "import click"': [sys.executable, "-c", "import click"],
            "pubtrack check, 200 entries": [
                program(),
                "check",
                "--bib",
                str(store),
                "--owner",
                "Xiong, Wen",
                "--ignore",
                "key",
            ],
        },
        repeats=repeats,
    )
    start, whole = runs.values()
    goal = MOST_STARTS * start.seconds + warm
    rows = [
        ["import click, a whole process", f"{start.seconds * 1000:.0f} ms"],
        ["the same checks in a warm process", f"{warm * 1000:.0f} ms"],
        ["pubtrack check, a whole process", f"{whole.seconds * 1000:.0f} ms"],
        [f"goal: {MOST_STARTS:g} times the first and the second", f"{goal * 1000:.0f} ms"],
    ]
    return "The whole command on 200 entries", ["", "time"], rows


def main() -> int:
    """One run in this process; its seconds go to standard output."""
    if len(sys.argv) != 3:
        return subprocess.call([sys.executable, "-m", "benchmarks", "check"])
    print(ours(sys.argv[1], sys.argv[2]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
