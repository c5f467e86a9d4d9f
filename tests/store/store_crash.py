"""Real crashes of real saves, each in a process of its own: `python -m tests.store.store_crash CASE`.
Prints what broke.
Run by tests/store/test_store_crash.py in a process without threads, for every case forks.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from pubtrack.bibtex import edit
from pubtrack.model.errors import PubtrackError
from pubtrack.store import atomic_files
from pubtrack.store.store import NOTES, Store, save, transaction

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where a flush costs nothing
MODULES = {"asides.py", "atomic_files.py", "file_lock.py", "journal.py", "platform_files.py", "store.py"}
WRITERS = 8
EDITS = 6


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a fork; its wait status."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:  # the child must not run on as the parent
            print(f"{type(error).__name__}: {error}", flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def dying_at(step: int, work: Callable[[], None]) -> Callable[[], None]:
    """`work`, killed for good before the line of the modules that save that is executed as number `step`."""
    seen = 0

    def trace(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal seen
        if Path(frame.f_code.co_filename).name not in MODULES:
            return None
        if event == "line":
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced() -> None:
        sys.settrace(trace)  # type: ignore[arg-type]
        work()

    return traced


def text(generation: int, size: int = 1000) -> str:
    return f"@misc{{a, title = {{{generation}}}, note = {{{'x' * size}}}}}\n"


def generations(folder: Path) -> set[str]:
    return {file.document.entry("a").fields[0].value for file in Store.open(folder).files}


def crash(files: int, stride: int = 1) -> list[str]:
    """Kills a save before each line that it executes, or each so many: all texts are the old ones or the new."""
    broken = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        for number in range(files):
            (folder / f"{number}.bib").write_text(text(0))
        step, before = 0, generations(folder)
        while True:
            step += stride
            store = Store.open(folder)

            def work(store: Store = store, generation: int = step) -> None:
                save(store, {file.path: text(generation) for file in store.files})

            status = in_child(dying_at(step, work))
            after = generations(folder)
            if len(after) != 1 or after not in (before, {f"{{{step}}}"}):
                broken.append(f"killed at step {step}: {sorted(after)}")
            before = after
            if status == 0:
                break
        with transaction(folder) as under_lock:
            under_lock.write(under_lock.store.files[0], text(0))
        left = sorted(path.name for path in folder.iterdir() if path.suffix != ".bib")
        if left:
            broken.append(f"left behind: {left}")
    if step < 50:
        broken.append(f"only {step} steps were tried")
    print(f"crash, {files} files: {step // stride} moments")
    return broken


def crash_with_note(stride: int = 1) -> list[str]:
    """Kills a save of two files and a note before each line, or each so many: the note is of their generation."""
    broken = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        for number in range(2):
            (folder / f"{number}.bib").write_text(text(0))
        step = 0
        while True:
            step += stride

            def work(generation: int = step) -> None:
                with transaction(folder) as change:
                    change.note("note")
                    for file in change.store.files:
                        change.write(file, text(generation))
                    change.write_note("note", f"{{{generation}}}")

            status = in_child(dying_at(step, work))
            with transaction(folder) as change:
                found = {file.document.entry("a").fields[0].value for file in change.store.files}
                noted = change.note("note")
            if len(found) != 1 or noted not in (*found, ""):
                broken.append(f"killed at step {step}: {sorted(found)} beside {noted!r}")
            if status == 0:
                break
        left = sorted(path.name for path in (folder / NOTES).iterdir() if path.name != "note")
        if left:
            broken.append(f"left behind: {left}")
    if step < 50:
        broken.append(f"only {step} steps were tried")
    print(f"crash, 2 files and a note: {step // stride} moments")
    return broken


def kill_at_any_time() -> list[str]:
    """Kills a process that saves without end, at moments of the clock."""
    broken = []
    rng = random.Random(3)
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        for number in range(3):
            (folder / f"{number}.bib").write_text(text(0))
        for _ in range(40):
            child = os.fork()
            if not child:
                for generation in range(10_000):
                    save(Store.open(folder), {file.path: text(generation) for file in Store.open(folder).files})
                os._exit(0)
            time.sleep(rng.uniform(0.002, 0.05))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            if len(generations(folder)) != 1:
                broken.append(f"a mixture: {sorted(generations(folder))}")
    return broken


def writers() -> list[str]:
    """Eight processes edit one file at once; every edit is there in the end."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        path = Path(name, "x.bib")
        path.write_text("@misc{counter, note = {0}}\n")
        children = []
        for writer in range(WRITERS):
            child = os.fork()
            if not child:
                for number in range(EDITS):
                    with transaction(path, timeout=60) as under_lock:
                        file = under_lock.store.files[0]
                        count = int(file.document.entry("counter").fields[0].value.strip("{}"))
                        added = edit.set_field(file.document, "counter", "note", str(count + 1))
                        under_lock.write(file, added + f"@misc{{w{writer}n{number},}}\n")
                os._exit(0)
            children.append(child)
        broken = [f"a writer ended with {status}" for child in children if (status := os.waitpid(child, 0)[1])]
        document = Store.open(path).files[0].document
        if document.entry("counter").fields[0].value != f"{{{WRITERS * EDITS}}}":
            broken.append(f"the counter says {document.entry('counter').fields[0].value}")
        if len(document.entries) != WRITERS * EDITS + 1:
            broken.append(f"{len(document.entries) - 1} entries of {WRITERS * EDITS}")
        left = sorted(path.name for path in Path(name).iterdir())
        return broken if left == ["x.bib"] else [*broken, f"left behind: {left}"]


def readers() -> list[str]:
    """Whoever reads while several files are saved sees them all old or all new."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        for number in range(3):
            (folder / f"{number}.bib").write_text(text(0))
        child = os.fork()
        if not child:
            for generation in range(60):
                save(Store.open(folder), {file.path: text(generation) for file in Store.open(folder).files})
            os._exit(0)
        broken, reads = [], 0
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            found = generations(folder)
            reads += 1
            if len(found) != 1:
                broken.append(f"read a mixture: {sorted(found)}")
        print(f"readers: {reads} reads")
        return broken


def full(limit: Callable[[Path], None], prepare: Callable[[Path], None] = lambda _: None) -> list[str]:
    """A save that cannot be written says so and leaves the old files."""
    broken: list[str] = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name, "bib")
        folder.mkdir()
        prepare(folder)
        try:
            for number in range(2):
                (folder / f"{number}.bib").write_text("@misc{a, title = {old}}\n")
            Path(name).chmod(0o755)
            store = Store.open(folder)

            def work() -> None:
                limit(folder)
                try:
                    save(store, {file.path: text(1, 200_000) for file in store.files})
                except PubtrackError as error:
                    print(error)
                    os._exit(7)

            status = in_child(work)
            if os.waitstatus_to_exitcode(status) != 7:
                broken.append(f"the save ended with {status}")
            left = sorted(path.name for path in folder.iterdir())
            if left not in (["0.bib", "1.bib"], ["0.bib", "1.bib", "lost+found"]):
                broken.append(f"left behind: {left}")
            if generations(folder) != {"{old}"}:
                broken.append("the old files do not stand")
        finally:
            if os.path.ismount(folder):
                os.system(f"umount {folder}")
    return broken


def limit_file_size(_folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def forbid(folder: Path) -> None:
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.setuid(65534)


def mount_small(folder: Path) -> None:
    if os.system(f"mount -t tmpfs -o size=150k tmpfs {folder} 2>/dev/null"):
        print("SKIPPED: this system lets nobody mount")
        raise SystemExit(0)


CASES: dict[str, Callable[[], list[str]]] = {
    "crash-one": lambda: crash(1, stride=5),
    "crash-three": lambda: crash(3, stride=19),
    "crash-with-note": lambda: crash_with_note(stride=19),
    "crash-one-at-each-line": lambda: crash(1),
    "crash-three-at-each-line": lambda: crash(3),
    "crash-with-note-at-each-line": crash_with_note,
    "kill": kill_at_any_time,
    "writers": writers,
    "readers": readers,
    "file-size": lambda: full(limit_file_size),
    "read-only": lambda: full(forbid),
    "full-disk": lambda: full(lambda _: None, mount_small),
}


def main() -> int:
    if shutil.which("true") is None or not hasattr(os, "fork"):
        return 0
    assert atomic_files.LOCK_NAME
    broken = CASES[sys.argv[1]]()
    print("\n".join(broken[:20]))
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
