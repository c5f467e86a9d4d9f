"""The lock of a folder against every other process: a file that is created, never followed and never truncated."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pubtrack.model.errors import PubtrackError
from pubtrack.store import platform_files
from pubtrack.store.disk_errors import reason

LOCK_NAME = ".pubtrack.lock"
_BEGUN = re.compile(rb"\d{1,10}(?: [^\s]{0,255}(?: [\d: -]{0,19}\n?)?)?")
"""A lock's line, or the beginning of one, as a process leaves it that was killed while it wrote."""

_LINE = re.compile(rb"\d{1,10} [^\s]{1,255} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n")


@contextmanager
def locked(folders: Sequence[Path], *, timeout: float = 10.0) -> Iterator[None]:
    """Hold the lock of each folder; raises `PubtrackError` after `timeout` seconds.

    The lock is the operating system's, so it goes with the process that holds it, however that ends. The lock
    file tells who holds it.
    """
    held: list[tuple[int, Path]] = []
    deadline = time.monotonic() + timeout
    try:
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            path = folder / LOCK_NAME
            held.append((_acquire(path, deadline, timeout), path))
        yield
    finally:
        for descriptor, path in reversed(held):
            platform_files.release_lock(descriptor, path)


def is_held(folder: Path) -> bool:
    """Whether a process holds the lock of the folder at this moment; writes nothing."""
    try:
        descriptor = platform_files.open_sidecar(folder / LOCK_NAME)
    except (OSError, PubtrackError):
        return False
    try:
        return not platform_files.try_lock(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _acquire(path: Path, deadline: float, timeout: float) -> int:
    while True:
        if platform_files.sidecar_status(path) is not None:
            _remove_stale(path)
        elif (descriptor := _create(path)) is not None:
            return descriptor
        if time.monotonic() > deadline:
            raise PubtrackError(
                f"{_holder(path)}; waited {timeout:g} s, so try again when it is done", file=str(path.parent)
            )
        time.sleep(platform_files.POLL)


def _create(path: Path) -> int | None:
    """The descriptor of a new lock file that is locked; None if another process was faster."""
    try:
        descriptor = platform_files.open_new(path, 0o644)
    except FileExistsError:
        return None
    except OSError as error:
        message = f"nothing can be written to this folder: {reason(error)}"
        raise PubtrackError(message, file=str(path.parent)) from error
    try:
        if platform_files.try_lock(descriptor) and _is_same_file(descriptor, path):
            _write_line(descriptor)
            return descriptor
    except OSError as error:
        platform_files.release_lock(descriptor, path)
        raise PubtrackError(f"this folder cannot be locked: {reason(error)}", file=str(path.parent)) from error
    except BaseException:
        platform_files.release_lock(descriptor, path)
        raise
    os.close(descriptor)
    return None


def _write_line(descriptor: int) -> None:
    host = "".join(socket.gethostname().split()) or "-"
    line = f"{os.getpid()} {host} {time.strftime('%Y-%m-%d %H:%M:%S')}\n".encode()
    if os.write(descriptor, line) != len(line):
        raise OSError(28, "No space left on device")


def _remove_stale(path: Path) -> None:
    """Remove the lock file that a killed process left, so that a new one can be created; nothing if it is held.

    A file of other content is somebody's: `PubtrackError`, and it stays as it is.
    """
    try:
        descriptor = platform_files.open_sidecar(path, writable=True)  # NFS locks only what is open for writing
    except FileNotFoundError:
        return
    try:
        free = platform_files.try_lock(descriptor)
        if not free or not _is_same_file(descriptor, path):
            os.close(descriptor)
            return
        os.lseek(descriptor, 0, os.SEEK_SET)
        content = os.read(descriptor, 400)
    except OSError as error:
        os.close(descriptor)
        raise PubtrackError(f"this folder cannot be locked: {reason(error)}", file=str(path.parent)) from error
    if content and not _BEGUN.fullmatch(content):
        os.close(descriptor)
        raise PubtrackError("this is not a lock of pubtrack; it is left alone, so move it away", file=str(path))
    platform_files.release_lock(descriptor, path)


def _is_same_file(descriptor: int, path: Path) -> bool:
    """Whether the file that was locked is still the one at `path`: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


def _holder(path: Path) -> str:
    with suppress(OSError, ValueError, PubtrackError):
        content = platform_files.read_sidecar(path)
        if _LINE.fullmatch(content):
            process, host, since = content.decode("utf-8", "replace").strip().split(" ", 2)
            return f"process {process} on {host} writes here since {since}"
    return "another process writes here"
