"""One run in a process of its own: forked from one that has everything loaded, with limits of memory and time.

POSIX only. The run's folder holds `project`, where the command runs; `beside`, which nothing may touch; `cache` and
`home`; and the three streams.
"""

from __future__ import annotations

import gc
import io
import os
import random
import resource
import shutil
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pubtrack
from tests.fuzz import services
from tests.fuzz.cases import PROJECT, Case

MEMORY = 2_000_000_000
"""Bytes of address space."""
SECONDS = 5
"""Processor time of any run; SECONDS_PER_100_KB more for each that it is given to read."""
SECONDS_PER_100_KB = 5
PATIENCE = 30
"""Seconds on the wall for each of processor time: others may use this machine."""
FILE_BYTES = 300_000_000
BESIDE: Mapping[str, bytes] = {
    "notes.txt": b"not the project's\n",
    "other.bib": b"@misc{other, title = {Other}}\n",
    "deep/secret.toml": b"x = 1\n",
}

Tree = Mapping[str, bytes | None]
"""The files below a folder by path, folders as None; a symbolic link is the bytes that it names."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: its exit code, or the signal that ended it as a negative number; streams, trees."""

    code: int
    out: bytes
    err: bytes
    before: Tree
    after: Tree


def load_everything() -> None:
    """Import what any command may import, so that a forked run begins at once."""
    for module in walk_packages(pubtrack.__path__, "pubtrack."):
        if module.name != "pubtrack.__main__":
            import_module(module.name)
    gc.collect()
    gc.freeze()


def run_case(case: Case, folder: Path, *, debug: bool = False) -> Outcome:
    """Make the run in `folder`, which is emptied first."""
    _lay_out(case, folder)
    before = read_tree(folder)
    process = os.fork()
    if process == 0:
        _run_and_exit(case, folder, debug=debug)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    out, err = ((folder / name).read_bytes() for name in ("out", "err"))
    return Outcome(code, out, err, before, read_tree(folder))


def read_tree(folder: Path) -> Tree:
    """What is below `folder`, but the streams of the run."""
    found: dict[str, bytes | None] = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            if relative in ("in", "out", "err"):
                continue
            if path.is_symlink():
                found[relative] = os.fsencode(path.readlink())
            else:
                found[relative] = None if path.is_dir() else path.read_bytes()
    return found


def _lay_out(case: Case, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    files = {f"beside/{name}": content for name, content in BESIDE.items()} | dict(case.files)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in (PROJECT, "cache", "home"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "in").write_bytes(case.stdin)


def _run_and_exit(case: Case, folder: Path, *, debug: bool) -> None:
    code = 99
    try:
        _set_limits(case.size)
        _take_streams(folder)
        os.chdir(folder / PROJECT)
        home = folder / "home"
        os.environ.clear()
        os.environ.update(
            services.ENVIRONMENT | {"PUBTRACK_CACHE": str(folder / "cache"), "HOME": str(home), "PATH": os.defpath}
        )
        random.seed(case.name)
        services.replace_services(case.name, case.faults)
        from pubtrack.cli import main

        try:
            main([*(["--debug"] if debug else []), *case.arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:
        os.write(2, f"Traceback: {type(error).__name__}: {error}\n".encode("utf-8", "replace"))
    finally:
        os._exit(code)


def _set_limits(size: int) -> None:
    seconds = SECONDS + SECONDS_PER_100_KB * size // 100_000
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(seconds * PATIENCE)


def _take_streams(folder: Path) -> None:
    for descriptor, name, flags in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        opened = os.open(folder / name, flags | os.O_CREAT, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), "utf-8", "surrogateescape")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), "utf-8")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w")), "utf-8", "backslashreplace")
