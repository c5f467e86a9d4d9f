"""The command line of the fuzzer: runs by number, until their count or the time is over; failures as they come.

python -m tests.fuzz --runs 50000 --seed 1 --jobs 2 --keep failures
python -m tests.fuzz --replay 1/4711
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.fuzz import seeds
from tests.fuzz.cases import CACHE, PROJECT, Case, make_case
from tests.fuzz.execution import load_everything, run_case
from tests.fuzz.laws import broken_laws

MOST_TRIES = 60
"""Runs that it may take to make a failing one smaller."""


def prepare(folder: Path) -> dict[str, bytes]:
    """The notes and the cache that a sound refresh leaves."""
    files = {
        f"{PROJECT}/bib/publications.bib": seeds.PAPERS.encode(),
        f"{PROJECT}/pubtrack.toml": seeds.CONFIG.encode(),
    }
    found: dict[str, bytes] = {}
    for options in (("--apply-safe",), ()):
        outcome = run_case(Case("prepare", ("refresh", "-q", *options), files), folder)
        if outcome.code not in (0, 1):
            raise SystemExit(f"the sound project fails: {outcome.err.decode()}")
        files = {path: content for path, content in outcome.after.items() if content and path.startswith(PROJECT)}
        found |= {path: content for path, content in outcome.after.items() if content}
    return {path: content for path, content in found.items() if "/.pubtrack/" in path or path == CACHE}


def failures(case: Case, folder: Path) -> list[str]:
    return list(broken_laws(case, run_case(case, folder)))


def minimised(case: Case, folder: Path) -> Case:
    """The case with files left out and halved as long as its first failure stays."""
    wanted = _signature(failures(case, folder))
    tries = itertools.count()
    for name in sorted(case.files, key=lambda name: -len(case.files[name])):
        smaller = replace(case, files={other: one for other, one in case.files.items() if other != name})
        if next(tries) < MOST_TRIES and _signature(failures(smaller, folder)) == wanted:
            case = smaller
            continue
        size = len(case.files[name]) // 2
        while size >= 8 and next(tries) < MOST_TRIES:
            content = case.files[name]
            for start in range(0, len(content), size):
                shorter = replace(case, files={**case.files, name: content[:start] + content[start + size :]})
                if next(tries) >= MOST_TRIES:
                    break
                if _signature(failures(shorter, folder)) == wanted:
                    case = shorter
                    break
            else:
                size //= 2
            size = min(size, len(case.files[name]) // 2)
    return case


def _signature(found: list[str]) -> str:
    return re.sub(r"\d+", "N", found[0])[:60] if found else ""


def keep_failure(case: Case, found: list[str], keep: Path, work: Path) -> None:
    """The run's input, made smaller, and what it says with --debug, in a folder of its own."""
    place = keep / case.name.replace("/", "-")
    smaller = minimised(case, work)
    outcome = run_case(smaller, work, debug=True)
    shutil.rmtree(place, ignore_errors=True)
    for name, content in {**smaller.files, "stdin": smaller.stdin, "stderr": outcome.err}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    told = "\n".join([*found, f"pubtrack {shlex.join(case.arguments)}", ""])
    (place / "failure.txt").write_bytes(told.encode("utf-8", "surrogateescape"))


def work(first: int, *, arguments: argparse.Namespace, root: Path, prepared: Mapping[str, bytes]) -> tuple[int, int]:
    """Every run whose number is `first` plus a multiple of the jobs; how many were made and how many failed."""
    folder = root / str(first)
    runs = failed = 0
    for number in range(first, arguments.runs, arguments.jobs):
        if arguments.seconds and time.monotonic() > arguments.ends:
            break
        case = make_case(arguments.seed, number, prepared)
        runs += 1
        if found := failures(case, folder):
            failed += 1
            print(f"{case.name}: {_escaped('; '.join(found))} [{_shown(case)}]", flush=True)
            if arguments.keep:
                keep_failure(case, found, arguments.keep, folder)
    return runs, failed


def _shown(case: Case) -> str:
    line = shlex.join(word if len(word) < 60 else f"{word[:50]}…({len(word)})" for word in case.arguments)
    return _escaped(line)


def _escaped(text: str) -> str:
    """On one line and in ASCII, whatever the values held."""
    return text.encode("unicode_escape").decode()


def replay(name: str, root: Path, prepared: Mapping[str, bytes], keep: Path | None) -> int:
    """Make one run again and show all of it."""
    seed, _, number = name.partition("/")
    case = make_case(int(seed), int(number), prepared)
    outcome = run_case(case, root / "replay", debug=True)
    print(f"pubtrack {_shown(case)}: {outcome.code}\n{outcome.out[:2_000]!r}\n{outcome.err.decode('utf-8', 'replace')}")
    found = failures(case, root / "replay")
    print("\n".join(found) or "no law is broken")
    if keep and found:
        keep_failure(case, found, keep, root / "replay")
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long, whatever is left")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the input of each failure")
    parser.add_argument("--replay", metavar="SEED/NUMBER", help="make one run again, and show it")
    arguments = parser.parse_args()
    load_everything()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="pubtrack-fuzz-", dir=memory if memory.is_dir() else None) as name:
        root = Path(name)
        prepared = prepare(root / "prepare")
        if arguments.replay:
            return replay(arguments.replay, root, prepared, arguments.keep)
        start = time.monotonic()
        arguments.ends = start + arguments.seconds
        each = partial(work, arguments=arguments, root=root, prepared=prepared)
        if arguments.jobs == 1:
            counts = [each(0)]
        else:
            with multiprocessing.get_context("fork").Pool(arguments.jobs) as pool:
                counts = pool.map(each, range(arguments.jobs), chunksize=1)
    runs, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"{runs} runs (seed {arguments.seed}) in {time.monotonic() - start:.0f} s: {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
