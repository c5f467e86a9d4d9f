"""Bytes to files so that a crash at any moment leaves the old content or the new: lock, write aside, flush, rename."""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO

from pubtrack.model.errors import PubtrackError
from pubtrack.regular_files import read_regular_file
from pubtrack.regular_files import system_reason as _reason

LOCK_NAME = ".pubtrack.lock"
JOURNAL_NAME = ".pubtrack.journal"
_ASIDE = ".pubtrack-new"
_JOINT = ".pubtrack-save"  # aside too, but several that a journal may speak of
_POLL = 0.02
_WINDOWS = os.name == "nt"
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


def read(path: Path | str) -> bytes:
    """The content of a regular file; `PubtrackError` says why it cannot be read."""
    return read_regular_file(path)


def atomic_write(path: Path, content: bytes, *, expected: bytes | None = None, new: bool = False) -> None:
    """Give the file at `path` the content, at once or not at all.

    `expected` is what the file held when it was read: anything else there now is a conflict. With `new` the file
    must not exist. Mode and symbolic links are kept; what is no regular file (a pipe, a terminal) is written to
    directly. Raises `PubtrackError`, and the old content stands, on a conflict, a full disk, a folder that cannot
    be written to.
    """
    write_all({path: content}, expected={} if expected is None else {path: expected}, new=(path,) if new else ())


def write_all(
    contents: Mapping[Path, bytes], *, expected: Mapping[Path, bytes] | None = None, new: Sequence[Path] = ()
) -> None:
    """Give all these files their contents or none of them, as `atomic_write` does for one.

    More than one file goes through a journal in the folder of the first: from the moment it stands, `recover`
    finishes the work. Call it within `locked` if others may write the same files.
    """
    for path in new:
        if path.exists():
            raise PubtrackError("this file exists already; it is not overwritten", file=str(path))
    for path, content in (expected or {}).items():
        _refuse_conflict(path, content)
    regular = {}
    for path, content in contents.items():
        _refuse_read_only(path)
        if path.exists() and not path.is_file():
            _write_through(path, content)
        else:
            regular[path] = content
    _replace_all(regular)


def _refuse_conflict(path: Path, expected: bytes) -> None:
    if not path.exists():
        raise PubtrackError("this file was removed since it was read; nothing was written", file=str(path))
    if read(path) != expected:
        raise PubtrackError(
            "this file was changed by someone else since it was read; nothing was written, so run the command again",
            file=str(path),
        )


def _refuse_read_only(path: Path) -> None:
    """A rename would replace a file that its owner has protected, so its mode is looked at first."""
    with suppress(OSError):
        if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PubtrackError("this file is read-only; nothing was written", file=str(path))


def _write_through(path: Path, content: bytes) -> None:
    with _refusing(path), path.open("wb") as stream:
        stream.write(content)


def _replace_all(contents: Mapping[Path, bytes]) -> None:
    asides: list[tuple[Path, Path]] = []
    journal: Path | None = None
    try:
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            with _refusing(path):
                _remove_orphans(target)
                asides.append((_aside(target, _JOINT if len(contents) > 1 else _ASIDE), target))
                _write_aside(*asides[-1], content)
        if len(asides) > 1:
            journal = _write_journal(asides)
        for done, (aside, target) in enumerate(asides):
            with _refusing(target, finished_later=done > 0):
                _rename(aside, target)
    except BaseException:
        if all(aside.exists() for aside, _ in asides[:1]):  # nothing was renamed
            _remove([journal] if journal else [])
            _remove([aside for aside, _ in asides])
        raise
    _flush_folders(target for _, target in asides)
    if journal:
        _remove([journal])
        _flush_folder(journal.parent)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _aside(target: Path, suffix: str = _ASIDE) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}{suffix}")


def _write_aside(aside: Path, target: Path, content: bytes) -> None:
    """Writes a new file next to the target, with its mode and group, and flushes it to the disk."""
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        with suppress(FileNotFoundError):
            status = target.stat()
            if hasattr(os, "fchown"):
                with suppress(PermissionError):
                    os.fchown(stream.fileno(), status.st_uid, status.st_gid)
            aside.chmod(stat.S_IMODE(status.st_mode))
        stream.write(content)
        _flush(stream)


def _flush(stream: IO[bytes]) -> None:
    stream.flush()
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(stream.fileno(), fcntl.F_FULLFSYNC)  # fsync there leaves it in the drive's cache
            return
    os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes a rename in the folder last; systems that cannot flush a folder do not need it."""
    if _WINDOWS:
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _flush_folders(files: Iterable[Path]) -> None:
    for folder in {file.parent for file in files}:
        _flush_folder(folder)


def _rename(aside: Path, target: Path) -> None:
    """Renames; on Windows patiently, for a reader of the target (a virus scanner, an editor) stands in the way."""
    for _ in range(50 if _WINDOWS else 0):
        with suppress(PermissionError):
            aside.replace(target)
            return
        time.sleep(_POLL)
    aside.replace(target)


def _remove_orphans(target: Path) -> None:
    """Removes what killed processes left beside the target."""
    for orphan in _asides(target.parent, target.name, _ASIDE):
        owner = orphan.name.removesuffix(_ASIDE).rpartition(".")[2].partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            _remove([orphan])


def _asides(folder: Path, name: str, suffix: str) -> Iterator[Path]:
    """The files that were written aside in `folder` for a file of this name, or for any if it is empty."""
    beginning = f".{name}." if name else "."
    for found in os.listdir(folder):  # noqa: PTH208 — a path for each file of a large folder would cost more
        if found.startswith(beginning) and found.endswith(suffix):
            yield folder / found


def _is_alive(process: int) -> bool:
    if _WINDOWS:
        return True  # there a signal 0 would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


# The journal: several files at once ------------------------------------------------------------------------------


def _write_journal(asides: Sequence[tuple[Path, Path]]) -> Path:
    """Writes down what is about to be renamed; from here on the save has happened."""
    steps = [[str(aside), str(target), sha256(aside.read_bytes()).hexdigest()] for aside, target in asides]
    journal = asides[0][1].parent / JOURNAL_NAME
    aside = _aside(journal)
    with _refusing(journal):
        try:
            _write_aside(aside, journal, json.dumps(steps).encode())
            _rename(aside, journal)
        except BaseException:
            _remove([aside])
            raise
    _flush_folder(journal.parent)
    return journal


def needs_recovery(folder: Path) -> bool:
    """Is there a journal: is a save of several files going on, or was one cut short?"""
    return (folder / JOURNAL_NAME).exists()


def recover(folders: Sequence[Path]) -> None:
    """Finish the saves of several files that a crash cut short, and remove what others left. Call it in `locked`."""
    journals = [folder / JOURNAL_NAME for folder in folders if needs_recovery(folder)]
    for journal in journals:
        _recover(journal)
    for folder in folders:
        _remove(_asides(folder, JOURNAL_NAME, _ASIDE))
    if len(folders) == 1:  # with more, a journal in a folder that is not locked may still speak of them
        _remove(_asides(folders[0], "", _JOINT))


def _recover(journal: Path) -> None:
    try:
        steps = [(Path(aside), Path(target), digest) for aside, target, digest in json.loads(read(journal))]
    except (ValueError, TypeError) as error:
        raise PubtrackError("this journal of a save is damaged; look at it and remove it", file=str(journal)) from error
    left = [(aside, target) for aside, target, _ in steps if aside.exists()]
    for aside, target, digest in steps:
        sound = not aside.exists() or sha256(read(aside)).hexdigest() == digest
        if not sound or aside.parent != target.parent or not aside.name.endswith(_JOINT):
            message = f"the save that this journal describes cannot be finished: {aside.name} is damaged"
            raise PubtrackError(message, file=str(journal))
    for aside, target in left:
        with _refusing(target, finished_later=True):
            _rename(aside, target)
    _flush_folders(target for _, target, _ in steps)
    _remove([journal])
    _flush_folder(journal.parent)


# The lock ----------------------------------------------------------------------------------------------------------


@contextmanager
def locked(folders: Sequence[Path], *, timeout: float = 10.0) -> Iterator[None]:
    """Hold the lock of each folder against every other process; raises `PubtrackError` after `timeout` seconds.

    The lock is the operating system's, so it goes with the process that holds it, however that ends. The lock
    file tells who holds it.
    """
    held: list[tuple[Path, IO[bytes]]] = []
    deadline = time.monotonic() + timeout
    try:
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            path = folder / LOCK_NAME
            held.append((path, _acquire(path, deadline, timeout)))
        yield
    finally:
        for path, stream in reversed(held):
            _release(path, stream)


def _acquire(path: Path, deadline: float, timeout: float) -> IO[bytes]:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            message = f"nothing can be written to this folder: {_reason(error)}"
            raise PubtrackError(message, file=str(path.parent)) from error
        stream = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            if _try_lock(stream, path) and _is_same_file(stream, path):
                stream.truncate(0)
                stream.write(f"{os.getpid()} {socket.gethostname()} {time.strftime('%Y-%m-%d %H:%M:%S')}\n".encode())
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()
        if time.monotonic() > deadline:
            raise PubtrackError(
                f"{_holder(path)}; waited {timeout:g} s, so try again when it is done", file=str(path.parent)
            )
        time.sleep(_POLL)


def _try_lock(stream: IO[bytes], path: Path) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(1 << 30)  # what is locked there cannot be read, and the holder's name should be
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(0)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise PubtrackError(f"this folder cannot be locked: {_reason(error)}", file=str(path.parent)) from error
    return True


def _is_same_file(stream: IO[bytes], path: Path) -> bool:
    """Is the file that was locked still the one at `path`, or did its last holder remove it meanwhile?"""
    try:
        there = path.stat()
    except OSError:
        return False
    here = os.fstat(stream.fileno())
    return (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev)


def _holder(path: Path) -> str:
    try:
        process, host, since = path.read_text(encoding="utf-8").strip().split(" ", 2)
    except (OSError, ValueError):
        return "another process writes here"
    return f"process {process} on {host} writes here since {since}"


def _release(path: Path, stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):
            stream.seek(1 << 30)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
        stream.close()
        with suppress(OSError):
            path.unlink()
        return
    with suppress(OSError):
        path.unlink()
    stream.close()


# Errors ------------------------------------------------------------------------------------------------------------


@contextmanager
def _refusing(path: Path, *, finished_later: bool = False) -> Iterator[None]:
    """Turns what the system says into one line."""
    try:
        yield
    except OSError as error:
        state = "the next run finishes the save" if finished_later else "nothing was changed"
        raise PubtrackError(f"cannot write this file: {_reason(error)}; {state}", file=str(path)) from error
