"""The journal: the record that commits a save of several files, and the recovery of one that was interrupted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pubtrack.model.errors import PubtrackError
from pubtrack.store import asides, platform_files
from pubtrack.store.disk_errors import refusing

JOURNAL_NAME = ".pubtrack.journal"
VERSION = 2
_REJECTED = f"{JOURNAL_NAME}.rejected"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a save: where it goes, where its new content lies, and the SHA-256 of both contents.

    `old` is None where the file is new.
    """

    target: Path
    aside: Path
    old: str | None
    new: str


class _Unsound(Exception):  # noqa: N818 — a reason that becomes a PubtrackError with the journal's name
    """Why a journal cannot be carried out."""


def digest(content: bytes) -> str:
    """The SHA-256 of a content, as the journal has it."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a regular file, None where there is no file; OSError for a link, a pipe or a folder."""
    try:
        descriptor = platform_files.open_regular(path)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# Writing -----------------------------------------------------------------------------------------------------------


def write(home: Path, steps: Sequence[Step]) -> Path:
    """Commit a save: from the moment that the journal stands in `home`, `recover` finishes it.

    Everything that it names is on the disk before it becomes visible.
    """
    path = home / JOURNAL_NAME
    if platform_files.sidecar_status(path) is not None:
        raise PubtrackError("another save was not finished; run pubtrack recover first", file=str(path))
    content = {"pubtrack-journal": VERSION, "steps": [_as_json(home, step) for step in steps]}
    aside = asides.aside_for(path)
    with refusing(path):
        try:
            asides.write_aside(aside, json.dumps(content, indent=1).encode() + b"\n")
            for folder in {step.target.parent for step in steps} | {home}:
                platform_files.flush_folder(folder)
            platform_files.rename(aside, path)
        except BaseException:
            asides.remove([aside])
            raise
    platform_files.flush_folder(home)
    return path


def _as_json(home: Path, step: Step) -> dict[str, Any]:
    try:
        target = Path(os.path.relpath(step.target, home)).as_posix()
    except ValueError as error:  # on another drive
        message = "this file is on another drive than the rest; write it by itself"
        raise PubtrackError(message, file=str(step.target)) from error
    return {"target": target, "aside": step.aside.name, "old": step.old, "new": step.new}


def discard(path: Path) -> None:
    """Remove the journal of a save that is complete, or was never begun."""
    asides.remove([path])
    platform_files.flush_folder(path.parent)


# Reading -----------------------------------------------------------------------------------------------------------


def exists(folder: Path) -> bool:
    """Whether a save of several files is going on here, or was interrupted."""
    return os.path.lexists(folder / JOURNAL_NAME)


def pending(home: Path, outside: Collection[Path] = ()) -> Mapping[Path, Path]:
    """The targets of the journal in `home` that await their new content, and where that lies; writes nothing.

    Empty where there is no journal or it cannot be carried out: then the files are as they are.
    """
    with suppress(_Unsound, OSError, PubtrackError):
        return {step.target: step.aside for step in _remaining(_read(Path(os.path.realpath(home)), outside))}
    return {}


def _read(home: Path, outside: Collection[Path]) -> list[Step]:
    content = platform_files.read_sidecar(home / JOURNAL_NAME)
    try:
        data = json.loads(content)
        version = data.get("pubtrack-journal") if isinstance(data, dict) else None
    except (ValueError, RecursionError):
        raise _Unsound("it is damaged") from None
    if isinstance(version, int) and version > VERSION:
        message = "a newer version of pubtrack wrote this journal; use that one to recover"
        raise PubtrackError(message, file=str(home / JOURNAL_NAME))
    if isinstance(data, list):
        raise _Unsound("it has the form of an earlier version of pubtrack, or is damaged")
    if version != VERSION or not isinstance(data.get("steps"), list):
        raise _Unsound("it is damaged")
    steps = [_step(home, one, outside) for one in data["steps"]]
    if len({platform_files.comparable_name(step.target) for step in steps}) < len(steps):
        raise _Unsound("it names one file twice")
    return steps


def _step(home: Path, data: Any, outside: Collection[Path]) -> Step:
    values = [data.get(name) for name in ("target", "aside", "old", "new")] if isinstance(data, dict) else []
    if not values or not all(isinstance(value, str) for value in values if value is not None):
        raise _Unsound("it is damaged")
    name, aside, old, new = (value or "" for value in values)
    sound = _SHA256.fullmatch(new) and (values[2] is None or _SHA256.fullmatch(old))
    if not sound or not asides.is_aside(aside):
        raise _Unsound("it is damaged")
    target = _target(home, name, outside)
    return Step(target, target.with_name(aside), old or None, new)


def _target(home: Path, name: str, outside: Collection[Path]) -> Path:
    """The file that a relative name stands for: below `home`, or one of `outside`; no link on the way to it."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or "\\" in name or "\0" in name or _DRIVE.match(name):
        raise _Unsound(f'its name "{name}" is not relative to this folder')
    if any(part.casefold() == ".git" for part in parts):
        raise _Unsound(f'it would write to "{name}"')
    path = Path(os.path.normpath(home.joinpath(*parts)))
    if ".." in parts and path not in outside and path.parent not in outside:
        raise _Unsound(f'its name "{name}" leads out of this folder')
    if os.path.realpath(path.parent) != str(path.parent):
        raise _Unsound(f'a folder on the way to "{name}" is missing or a symbolic link')
    return path


def _remaining(steps: Sequence[Step]) -> list[Step]:
    """The steps that are still to be done; raises `_Unsound` unless each file is exactly as the save left it."""
    unfinished, differing = [], []
    for step in steps:
        try:
            found = digest_of(step.target)
        except OSError:
            raise _Unsound(f"{step.target.name} is not a regular file any more") from None
        if found == step.old and found != step.new:
            unfinished.append(step)
        elif found != step.new:
            differing.append((step, found))
    if differing and (unfinished or any(_has(step.aside) for step in steps)):
        step, found = differing[0]
        what = "was removed since" if found is None else "was changed since: it holds neither the old nor the new text"
        raise _Unsound(f"{step.target.name} {what}")
    for step in unfinished:
        try:
            complete = platform_files.sidecar_status(step.aside) is not None and digest_of(step.aside) == step.new
        except (OSError, PubtrackError):
            complete = False
        if not complete:
            raise _Unsound(f"the new text of {step.target.name} is gone or damaged")
    return unfinished


def _has(path: Path) -> bool:
    return platform_files.is_plain_file(path)


# Recovery ----------------------------------------------------------------------------------------------------------


def recover(folders: Iterable[Path], outside: Collection[Path] = ()) -> list[str]:
    """Finish the interrupted saves of these folders and remove the asides of others; what was done, a line each.

    Call it while the folders are locked. `outside` are files that a journal may name though they are elsewhere: those
    that links of the store lead to. Raises `PubtrackError` where a file is no longer as the save left it: then
    no file is changed, and the journal is set apart so that it never acts later.
    """
    folders = sorted({Path(os.path.realpath(folder)) for folder in folders})
    done = [_recover(folder, outside) for folder in folders if exists(folder)]
    for folder in folders:
        remove_orphans(folder)
    return done


def remove_orphans(folder: Path) -> None:
    """Remove the asides of killed processes, unless a journal may still need them."""
    if not homes_above([folder / JOURNAL_NAME]):
        asides.remove_orphans(folder)


def describe(home: Path, outside: Collection[Path] = ()) -> str:
    """What `recover` would do about the journal in `home`, "" where there is none; writes nothing."""
    if not exists(home):
        return ""
    try:
        remaining = _remaining(_read(home, outside))
    except _Unsound as fault:
        return f"{home}: an interrupted save cannot be finished: {fault}; its journal would be set apart"
    names = ", ".join(os.path.relpath(step.target, home) for step in remaining) or "nothing is left to be done"
    return f"{home}: an interrupted save would be finished ({names})"


def _recover(home: Path, outside: Collection[Path]) -> str:
    path = home / JOURNAL_NAME
    platform_files.sidecar_status(path)
    try:
        steps = _read(home, outside)
        remaining = _remaining(steps)
    except _Unsound as fault:
        raise _reject(home, str(fault), outside) from None
    for step in remaining:
        with refusing(step.target, "the next run finishes the save"):
            if digest_of(step.target) != step.old:
                raise _reject(home, f"{step.target.name} was changed just now", outside)
            platform_files.rename(step.aside, step.target)
    for folder in {step.target.parent for step in steps}:
        platform_files.flush_folder(folder)
    discard(path)
    asides.remove(step.aside for step in steps if _has(step.aside) and digest_of(step.aside) == step.new)
    if not remaining:
        return f"{home}: an interrupted save was complete; its journal is removed"
    names = ", ".join(os.path.relpath(step.target, home) for step in remaining)
    return f"{home}: an interrupted save is finished now ({names})"


def _reject(home: Path, fault: str, outside: Collection[Path]) -> PubtrackError:
    """Set a journal and its asides apart; the error that says so."""
    path = home / JOURNAL_NAME
    folders = {home}
    with suppress(_Unsound, OSError, PubtrackError):
        folders |= {step.target.parent for step in _read(home, outside)}
    for folder in folders:
        for aside in asides.asides_in(folder):
            asides.keep(aside)
    number = 1
    while os.path.lexists(home / f"{_REJECTED}-{number}"):
        number += 1
    apart = home / f"{_REJECTED}-{number}"
    with refusing(path):
        platform_files.rename(path, apart)
    platform_files.flush_folder(home)
    return PubtrackError(
        f"an interrupted save cannot be finished: {fault}; every file stays as it is and the journal is now "
        f"{apart.name}, so run the command again, or pubtrack recover --drop to remove what is left of that save",
        file=str(path),
    )


def rejected_in(folder: Path) -> list[Path]:
    """What is left in a folder of saves that could not be finished: journals and the texts they were to write."""
    journals = []
    with suppress(OSError):
        journals = [path for path in folder.iterdir() if re.fullmatch(re.escape(_REJECTED) + r"-\d{1,9}", path.name)]
    return sorted([*filter(platform_files.is_plain_file, journals), *asides.kept_in(folder)])


def homes_above(paths: Iterable[Path]) -> list[Path]:
    """The folders of these files and those above them in which a journal of this user lies."""
    found = set()
    for path in paths:
        for folder in Path(os.path.realpath(path)).parents:
            if folder not in found and exists(folder) and _is_own(folder / JOURNAL_NAME):
                found.add(folder)
    return sorted(found)


def _is_own(path: Path) -> bool:
    try:
        return platform_files.sidecar_status(path) is not None
    except PubtrackError:
        return False


def names_any(home: Path, paths: Iterable[Path]) -> bool:
    """Whether the journal in `home` is about one of these files, or says nothing that can be read."""
    wanted = {Path(os.path.realpath(path)) for path in paths}
    try:
        return any(step.target in wanted for step in _read(home, wanted))
    except (_Unsound, OSError):
        return any(path.parent == home for path in wanted)
    except PubtrackError:
        return True
