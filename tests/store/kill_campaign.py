"""Writing commands killed at every call that touches the disk, their files changed before the recovery.

`python -m tests.store.kill_campaign --count 2000` prints figures; the tests run a slice. Each case is a command in a
project of its own: in a forked process a layer over the functions of `os` counts the calls that change the disk, and
kills the process before or after one of them, or in the middle of a write. Then the folder is left alone, moved,
copied, or a file in it is edited or removed; it is read, which must write nothing; and it is recovered. Demanded:

* nothing changed by hand: every file is as before the command, or every file as after it;
* a file that was changed by hand is exactly what the hand made of it, and every other one as before or as after;
* nothing acts later: another edit and another recovery leave the rest as it is; no aside, journal or lock remains.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pubtrack.refresh import proposal_store
from pubtrack.refresh.bases import Base
from pubtrack.refresh.proposal import Change, Proposal
from pubtrack.store import asides, journal
from tests.cli.project import make_project
from tests.cli.run import Run, run_in

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
FIRST = """\
@book{a, author={Doe, Jane}, title={On Work}, year=1999, doi={https://doi.org/10.1000/1}, crossref={b}}
@book{twin, author={Doe, Jane}, title={On Work}, year=1999}
"""
SECOND = "@book{b, author={Doe, Jane}, title={On Rest}, year=2001}\n"
REGION = "<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n"
PROPOSAL = Proposal(
    "b", "year", None, "2001", "2002", "crossref", "update", changes=(Change("year", "2001", "2002"),),
    settles=(Base("b", "year", "2002", "crossref", "", "2026-01-01T00:00:00Z"),),
)  # fmt: skip

COMMANDS: dict[str, tuple[str, ...]] = {
    "set": ("set", "a", "year=2005"),
    "unset": ("unset", "a", "year"),
    "rename": ("rename", "b", "c"),  # both files
    "rm": ("rm", "twin"),
    "add": ("add", "new.bib"),
    "fmt": ("fmt",),  # both files
    "dedupe": ("dedupe", "--merge", "a", "twin"),
    "check": ("check", "--fix"),
    "export": ("export", "-o", "out.bib", "--rekey={family}{year}"),
    "hugo": ("export", "--to", "hugo", "-o", "site"),
    "cv": ("cv", "one.md", "two.md", "sub/three.md"),
    "render": ("render", "-o", "list.html"),
    "refresh": ("refresh", "--apply", PROPOSAL.id),  # a file and its notes
    "keep": ("refresh", "--keep-all"),  # notes alone
    "undo": ("refresh", "--undo"),
    "init": ("init", "fresh", "--name", "Doe, Jane"),
    "recover": ("recover",),  # of a save that was killed before
}
CHANGES = ("none", "move", "copy", "edit", "remove", "damage")
CALLS = (
    "open", "write", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "fchmod", "fchown", "setxattr",
)  # fmt: skip


@dataclass
class Campaign:
    """What was tried and what broke."""

    calls: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def prepare(root: Path, name: str) -> None:
    """A project of two files with notes, documents and what the command needs."""
    root.mkdir()
    make_project(root, FIRST)
    (root / "bib" / "second.bib").write_text(SECOND)
    (root / "new.bib").write_text("@book{n, author={Roe, Max}, title={Something New}, year=2010}\n")
    (root / "sub").mkdir()
    for document in ("one.md", "two.md", "sub/three.md"):
        (root / document).write_text(REGION)
    if name in ("refresh", "keep", "undo"):
        (root / "bib" / ".pubtrack").mkdir()
        (root / "bib" / ".pubtrack" / proposal_store.FILE_NAME).write_text(proposal_store.write([PROPOSAL]))
    if name == "undo":
        run_in(root, *COMMANDS["refresh"])
    if name == "recover":
        interrupt(root / "bib")


def interrupt(bib: Path) -> None:
    """The store as a save leaves it that was killed between its two renames."""
    steps = []
    for file in sorted(bib.glob("*.bib")):
        content = file.read_bytes()
        aside = asides.aside_for(file)
        aside = aside.with_name(aside.name.replace(f"-{os.getpid()}-", "-999999999-"))
        asides.write_aside(aside, content + b"% more\n")
        steps.append(journal.Step(file, aside, journal.digest(content), journal.digest(content + b"% more\n")))
    journal.write(bib, steps)
    steps[0].aside.replace(steps[0].target)


_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # of the run, in the notes on how to undo it


def texts(root: Path) -> dict[str, bytes]:
    """Every file that is not one of pubtrack's own by name."""
    return {
        str(path.relative_to(root)): _TIME.sub(b"TIME", path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".pubtrack")
    }


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder with its time and content."""
    return {
        str(path.relative_to(root)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


def leftovers(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob(".pubtrack*") if path.is_file()]


# Killing -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def counting(root: Path, act: Callable[[int, Callable[[], Any], Callable[[], Any]], Any]) -> Iterator[None]:
    """Every call that changes the disk below `root` goes through `act` with its number."""
    real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}
    number = 0

    def layer(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            nonlocal number
            first = arguments[0]
            ours = isinstance(first, int) or str(Path(os.fsdecode(first)).absolute()).startswith(str(root))
            if not ours or (name == "open" and not arguments[1] & os.O_CREAT) or arguments[0] in (1, 2):
                return call(*arguments, **options)
            number += 1
            if name == "write":  # a crash may come in its middle
                half = bytes(arguments[1])[: len(arguments[1]) // 2]
                return act(number, lambda: call(*arguments), lambda: call(arguments[0], half))
            return act(number, lambda: call(*arguments, **options), lambda: None)

        return called

    for name, call in real.items():
        setattr(os, name, layer(name, call))
    try:
        yield
    finally:
        for name, call in real.items():
            setattr(os, name, call)


def calls_of(root: Path, name: str) -> tuple[int, dict[str, bytes]]:
    """How many calls a whole run makes, and the files after it."""
    count = 0

    def counted(number: int, call: Callable[[], Any], _half: Callable[[], Any]) -> Any:
        nonlocal count
        count = number
        return call()

    with counting(root, counted):
        result = run_in(root, *COMMANDS[name])
    assert result.code == 0 or name == "check", f"{name}: {result}"
    return count, texts(root)


def kill(root: Path, name: str, step: int, *, behind: bool) -> bool:
    """Run the command and kill it before (of a write: within) call number `step`, or behind it; whether it was."""
    child = os.fork()
    if not child:
        try:

            def act(number: int, call: Callable[[], Any], half: Callable[[], Any]) -> Any:
                if number == step and not behind:
                    half()
                    os.kill(os.getpid(), signal.SIGKILL)
                result = call()
                if number == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return result

            with counting(root, act):
                run_in(root, *COMMANDS[name])
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


TRACED = ("rename", "fsync", "write", "unlink", "fchmod", "fchown", "mkdir")
"""The system calls that change the disk and that Python's own start does not make."""


def can_trace() -> bool:
    """Whether strace is there and may trace a process."""
    command = ["strace", "-qq", "-o", os.devnull, "true"]
    return shutil.which("strace") is not None and subprocess.run(command, check=False).returncode == 0


def kill_traced(root: Path, name: str, step: int) -> bool:
    """Run the command under strace, which kills it on a system call; `step` says which. Whether it was killed."""
    call, when = TRACED[step % len(TRACED)], step // len(TRACED) + 1
    trace = ["strace", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"]
    command = [*trace, sys.executable, "-B", "-m", "pubtrack", *COMMANDS[name]]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == -signal.SIGKILL


# Between crash and recovery, and after -----------------------------------------------------------------------------


def change(root: Path, how: str, rng: random.Random, touched: list[str]) -> tuple[list[Path], str, bytes | None]:
    """Change the folder as `how` says: where it is now, the file that was changed and what it holds (None: gone)."""
    there = [file for file in touched if (root / file).exists()]
    if how == "move":
        return [root.rename(root.with_name("moved"))], "", None
    if how == "copy":
        return [root, Path(shutil.copytree(root, root.with_name("copy"), symlinks=True))], "", None
    if how == "damage" and (found := sorted(root.rglob(".pubtrack-*.new"))):
        rng.choice(found).write_bytes(b"")
        return [root], "damage", None
    if how in ("edit", "remove") and there:
        path = root / rng.choice(there)
        if how == "remove":
            path.unlink()
            return [root], str(path.relative_to(root)), None
        path.write_bytes(path.read_bytes() + b"% by hand\n")
        return [root], str(path.relative_to(root)), _TIME.sub(b"TIME", path.read_bytes())
    return [root], "", None


def recover(root: Path) -> Run:
    """What a person would do: the store and the folders of the outputs."""
    results = [run_in(root, "recover", str(folder)) for folder in (".", "fresh", "site") if (root / folder).is_dir()]
    results.append(run_in(root, "recover"))
    return max(results, key=lambda result: result.code)


def check(root: Path, case: str, old: dict[str, bytes], new: dict[str, bytes], file: str, held: bytes | None,
          campaign: Campaign) -> None:  # fmt: skip
    """Read, recover, look; then edit, recover and look again."""
    crashed, whole = texts(root), everything(root)
    run_in(root, "list")
    run_in(root, "check")
    if everything(root) != whole:
        campaign.broken.append(f"{case}: reading wrote")
    result = recover(root)
    after = texts(root)
    if result.code:
        campaign.ends["refused"] += 1
        if after != crashed:
            campaign.broken.append(f"{case}: refused, but files changed")
        if not file:
            campaign.broken.append(f"{case}: refused though nothing was changed by hand: {result.err.strip()}")
    elif not file and after not in (old, new):
        campaign.broken.append(f"{case}: half a state in {[one for one in new if after.get(one) != new[one]]}")
    else:
        campaign.ends["old" if after == old else "new" if after == new else "by hand"] += 1
    if file and file != "damage" and after.get(file) != held:
        campaign.broken.append(f"{case}: the hand edit of {file} is lost")
    others = {one: content for one, content in after.items() if one != file}
    if any(content not in (old.get(one), new.get(one)) for one, content in others.items()):
        campaign.broken.append(f"{case}: a file is neither old nor new")
    if (root / "bib" / "second.bib").exists():
        again(root, case, after, campaign)


def again(root: Path, case: str, before: dict[str, bytes], campaign: Campaign) -> None:
    """Nothing of the killed save acts later, and nothing of it is left."""
    added = run_in(root, "set", "b", "note=later")
    run_in(root, "recover", "--drop", ".")
    run_in(root, "recover", "--drop")
    after = texts(root)
    keep = "bib/second.bib"
    if {one: text for one, text in after.items() if one != keep} != {
        one: text for one, text in before.items() if one != keep
    }:
        campaign.broken.append(f"{case}: a later command changed other files")
    if b"@book{b" in before.get(keep, b"") and (added.code or b"later" not in after[keep]):
        campaign.broken.append(f"{case}: the store cannot be edited any more: {added.err.strip()}")
    left = [one for one in leftovers(root) if one.startswith("bib/")]
    if left:
        campaign.broken.append(f"{case}: left behind: {left}")


def run_case(
    name: str,
    step: int,
    behind: bool,
    how: str,
    rng: random.Random,
    campaign: Campaign,
    known: dict[str, tuple[int, dict[str, bytes], dict[str, bytes]]],
    *,
    strace: bool,
) -> None:  # fmt: skip
    """One kill in a folder of its own."""
    _, old, new = known[name]
    with tempfile.TemporaryDirectory(dir=MEMORY) as temporary:
        root = Path(os.path.realpath(temporary)) / "project"
        prepare(root, name)
        killed = kill_traced(root, name, step) if strace else kill(root, name, step, behind=behind)
        campaign.tried[name] += killed
        touched = [file for file in new if old.get(file) != new[file]]
        places, file, held = change(root, how, rng, touched)
        for place in places:
            case = f"{name} killed {'behind' if behind else 'before'} call {step}, {how} in {place.name}"
            check(place, case, old, new, file, held, campaign)


def explore(names: list[str]) -> dict[str, tuple[int, dict[str, bytes], dict[str, bytes]]]:
    """For each command the number of its calls and the files before and after it."""
    known = {}
    for name in names:
        with tempfile.TemporaryDirectory(dir=MEMORY) as temporary:
            root = Path(os.path.realpath(temporary)) / "project"
            prepare(root, name)
            old = texts(root)
            count, new = calls_of(root, name)
            if name == "recover":  # the save that is finished had renamed one of its two files
                old = {**old, **{file: content.removesuffix(b"% more\n") for file, content in old.items()}}
            known[name] = count, old, new
    return known


def run(count: int, seed: int = 0, names: list[str] | None = None, *, strace: bool = False) -> Campaign:
    """`count` kills: every call of every command in turn, before and behind it, under each kind of change."""
    rng = random.Random(seed)
    campaign = Campaign()
    known = explore(names or list(COMMANDS))
    campaign.calls.update({name: one[0] for name, one in known.items()})
    moments = [(name, step) for name in known for step in range(1, known[name][0] + 1)]
    cases = [(*moment, behind, how) for moment in moments for behind in (False, True) for how in CHANGES]
    rng.shuffle(cases)
    while len(cases) < count:
        cases += cases
    for name, step, behind, how in cases[:count]:
        run_case(name, step, behind, how, rng, campaign, known, strace=strace)
    if not campaign.tried.total():
        campaign.broken.append("nothing was killed")
    return campaign


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--strace", action="store_true", help="kill by strace, not by the layer over os")
    parser.add_argument("commands", nargs="*", metavar="COMMAND")
    given = parser.parse_args()
    campaign = run(given.count, given.seed, given.commands or None, strace=given.strace)
    print(f"{sum(campaign.tried.values())} kills:", ", ".join(f"{name} {n}" for name, n in campaign.tried.items()))
    print("calls that change the disk:", ", ".join(f"{name} {n}" for name, n in campaign.calls.items()))
    print("after the recovery:", ", ".join(f"{end} {n}" for end, n in campaign.ends.items()))
    print(f"{len(campaign.broken)} broken", *campaign.broken[:40], sep="\n")
    return 1 if campaign.broken else 0


if __name__ == "__main__":
    sys.exit(main())
