"""Bytes to files so that a crash at any moment leaves the old content or the new: write aside, verify, rename."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pubtrack.model.errors import PubtrackError
from pubtrack.regular_files import read_regular_file
from pubtrack.store import asides, journal, platform_files
from pubtrack.store.disk_errors import reason, refusing
from pubtrack.store.file_lock import LOCK_NAME as LOCK_NAME
from pubtrack.store.file_lock import locked as locked
from pubtrack.store.journal import JOURNAL_NAME as JOURNAL_NAME

_RACY = 100_000_000
"""Nanoseconds. A file that was written so shortly before it was read may change again without its time changing."""


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A file that is about to get a new content, and how it was when the save began."""

    path: Path  # as the caller named it
    step: journal.Step
    content: bytes
    before: bytes | None
    seen: tuple[int, ...] | None
    seen_at: int


def read(path: Path | str) -> bytes:
    """The content of a regular file; `PubtrackError` says why it cannot be read."""
    return read_regular_file(path)


def atomic_write(path: Path, content: bytes, *, expected: bytes | None = None, new: bool = False) -> None:
    """Give the file at `path` the content, at once or not at all.

    `expected` is what the file held when it was read: anything else there now is a conflict. With `new` the file
    must not exist. Owner, mode, ACL, extended attributes and symbolic links are kept; what is not a regular file (a
    pipe, a terminal) is written to directly. Raises `PubtrackError`, and the old content stands, on a conflict, a full
    disk, a folder that cannot be written to.
    """
    write_all({path: content}, expected={} if expected is None else {path: expected}, new=(path,) if new else ())


def write_all(
    contents: Mapping[Path, bytes],
    *,
    expected: Mapping[Path, bytes] | None = None,
    new: Sequence[Path] = (),
    home: Path | None = None,
) -> None:
    """Give all these files their contents or none of them, as `atomic_write` does for one.

    More than one file goes through a journal in the folder `home`, or else in the lowest folder that is above them
    all: from the moment it stands, `journal.recover` finishes the work. Hold the lock of that folder.
    """
    regular = {}
    for path, content in contents.items():
        if path in new and os.path.lexists(path):
            raise PubtrackError("this file exists already; it is not overwritten", file=str(path))
        _refuse_read_only(path)
        if path.exists() and not path.is_file():
            _write_through(path, content)
        else:
            regular[path] = content
    _replace_all(regular, expected or {}, home)


def common_folder(paths: Sequence[Path]) -> Path:
    """The lowest folder that is above all these files, links resolved; there lies the journal of their save."""
    try:
        return Path(os.path.commonpath([Path(os.path.realpath(path)).parent for path in paths]))
    except ValueError as error:
        message = "these files are on different drives, so they cannot be saved all or none; write them one by one"
        raise PubtrackError(message, file=str(paths[0])) from error


def _refuse_read_only(path: Path) -> None:
    """A rename would replace a file that its owner has protected, so its mode is looked at first."""
    with suppress(OSError):
        if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PubtrackError("this file is read-only; nothing was written", file=str(path))


def _write_through(path: Path, content: bytes) -> None:
    with refusing(path), path.open("wb") as stream:
        stream.write(content)


def _replace_all(contents: Mapping[Path, bytes], expected: Mapping[Path, bytes], home: Path | None) -> None:
    """Verify, write aside, commit, rename; without a trace if it fails before the first rename."""
    files = [_replacement(path, content, expected.get(path)) for path, content in contents.items()]
    _refuse_one_file_twice(files)
    committed: Path | None = None
    renamed: list[_Replacement] = []
    try:
        for folder in {file.step.target.parent for file in files}:
            journal.remove_orphans(folder)
        for file in files:
            with refusing(file.path):
                target = file.step.target if file.before is not None else None
                asides.write_aside(file.step.aside, file.content, target)
        if len(files) > 1:
            for file in files:
                _refuse_conflict(file)
            home = home or common_folder(list(contents))
            committed = journal.write(Path(os.path.realpath(home)), [file.step for file in files])
        for file in files:
            with refusing(file.path, "the next run finishes the save" if renamed else "nothing was changed"):
                _refuse_conflict(file)
                platform_files.rename(file.step.aside, file.step.target)
            renamed.append(file)
    except _ConflictError:
        _take_back(renamed, committed)
        asides.remove(file.step.aside for file in files)
        raise
    except BaseException:
        if not renamed:
            if committed:
                journal.discard(committed)
            asides.remove(file.step.aside for file in files)
        raise
    for folder in {file.step.target.parent for file in files}:
        platform_files.flush_folder(folder)
    if committed:
        journal.discard(committed)


def _refuse_one_file_twice(files: Sequence[_Replacement]) -> None:
    seen: dict[str, _Replacement] = {}
    for file in files:
        other = seen.setdefault(platform_files.comparable_name(file.step.target), file)
        if other is not file:
            message = f'this is the same file as "{other.path}", so both cannot be written'
            raise PubtrackError(message, file=str(file.path))


class _ConflictError(PubtrackError):
    """Somebody else changed a file since it was read."""


def _replacement(path: Path, content: bytes, expected: bytes | None) -> _Replacement:
    """What is known of a file before the save; raises `PubtrackError` if it is not as `expected`."""
    target = Path(os.path.realpath(path))
    now = time.time_ns()
    seen = _stamp(target)
    if seen is None:
        if expected is not None:
            raise PubtrackError("this file was removed since it was read; nothing was written", file=str(path))
        step = journal.Step(target, asides.aside_for(target), None, journal.digest(content))
        return _Replacement(path, step, content, None, None, now)
    before = read(target)
    if (expected is not None and before != expected) or seen != _stamp(target):
        raise _conflict(path)
    step = journal.Step(target, asides.aside_for(target), journal.digest(before), journal.digest(content))
    return _Replacement(path, step, content, before, seen, now)


def _conflict(path: Path) -> _ConflictError:
    return _ConflictError(
        "this file was changed by someone else since it was read; nothing was written, so run the command again",
        file=str(path),
    )


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What changes when a file does: device, inode, size, times; None where there is no file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PubtrackError(f"cannot look at this file: {reason(error)}", file=str(path)) from error
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _refuse_conflict(file: _Replacement) -> None:
    """The last look before the rename: the file is still the one that was read, or of the same bytes."""
    stamp = _stamp(file.step.target)
    if stamp == file.seen and (stamp is None or stamp[3] < file.seen_at - _RACY):
        return
    if stamp is None or file.seen is None:
        raise _conflict(file.path)
    try:
        same = journal.digest_of(file.step.target) == file.step.old
    except OSError:
        same = False
    if not same or stamp != _stamp(file.step.target):
        raise _conflict(file.path)


def _take_back(renamed: Sequence[_Replacement], committed: Path | None) -> None:
    """Give the files that were renamed before a conflict was seen their old contents again."""
    if committed:
        journal.discard(committed)  # it cannot be carried out any more
    for file in reversed(renamed):
        target = file.step.target
        with refusing(file.path, "it has its new content, though another file of this save was not written"):
            if journal.digest_of(target) != file.step.new:
                continue  # it was edited meanwhile, and that stands
            if file.before is None:
                asides.remove([target])
            else:
                asides.write_aside(file.step.aside, file.before, target)
                platform_files.rename(file.step.aside, target)


# Saves whose files are not those of a store ------------------------------------------------------------------------


def finish_interrupted(paths: Sequence[Path]) -> list[str]:
    """Finish the interrupted saves that speak of these files; what was done, a line each."""
    done = []
    for folder in journal.homes_above(paths):
        if journal.names_any(folder, paths):
            with locked([folder]):
                done += journal.recover([folder])
    return done


def save_outputs(
    contents: Mapping[Path, bytes],
    *,
    expected: Mapping[Path, bytes],
    new: Sequence[Path] = (),
    folders: Collection[Path] = (),
) -> None:
    """`write_all` for files outside a store: locked where there are several; missing `folders` are made."""
    with _made_folders(folders):
        if len(contents) < 2:
            write_all(contents, expected=expected, new=new)
        else:
            home = common_folder(list(contents))
            with locked([home]):
                write_all(contents, expected=expected, new=new, home=home)


@contextmanager
def _made_folders(folders: Collection[Path]) -> Iterator[None]:
    """Make the folders that are missing; take them back if what follows fails."""
    made: list[Path] = []
    try:
        for folder in sorted(folders):
            missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
            for one in reversed(missing):
                try:
                    one.mkdir()
                except OSError as error:
                    raise PubtrackError(f"cannot make this folder: {reason(error)}", file=str(one)) from error
                made.append(one)
                platform_files.flush_folder(one.parent)
        yield
    except BaseException:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir()
        raise
