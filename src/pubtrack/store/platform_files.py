"""All that differs between operating systems: opening without following links, locks, flushes, renames, attributes."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

from pubtrack.model.errors import PubtrackError
from pubtrack.store.disk_errors import reason

WINDOWS = os.name == "nt"
MACOS = sys.platform == "darwin"
POLL = 0.02
"""Seconds between two attempts."""

MAX_SIDECAR = 16_000_000
"""Bytes of a lock or journal that are read at most."""

_RENAMES = 50
_LOCKED_BYTE = 1 << 30  # Windows forbids to read what is locked, and the holder's line should stay readable
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_SAFE = 0
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
    _SAFE |= getattr(os, _flag, 0)
_ACL = "system.posix_acl_access"
_KINDS = (
    (stat.S_ISLNK, "a symbolic link"), (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"), (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"),
)  # fmt: skip


# Sidecars: the files that pubtrack puts beside those of the user ---------------------------------------------------


def sidecar_status(path: Path) -> os.stat_result | None:
    """The status of a lock, journal or aside, None where there is none.

    Raises `PubtrackError` unless it is a regular file of one name that belongs to this user: a folder from elsewhere
    may hold anything under these names.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PubtrackError(f"cannot look at this file: {reason(error)}", file=str(path)) from error
    _refuse_foreign(path, status)
    return status


def _refuse_foreign(path: Path, status: os.stat_result) -> None:
    fault = next((kind for matches, kind in _KINDS if matches(status.st_mode)), "")
    if not fault and hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        fault = "another user's file"
    if not fault and status.st_nlink > 1:
        fault = "a file of several names (hard links)"
    if fault:
        message = f"this is {fault}, so pubtrack does not use it; nothing was written, remove it if it is not yours"
        raise PubtrackError(message, file=str(path))


def open_sidecar(path: Path, *, writable: bool = False) -> int:
    """Open an existing sidecar, never through a link and never waiting for a pipe; OSError if it is gone."""
    sidecar_status(path)
    try:
        descriptor = os.open(path, (os.O_RDWR if writable else os.O_RDONLY) | _SAFE)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise PubtrackError(f"cannot open this file: {reason(error)}", file=str(path)) from error
    try:
        status = os.fstat(descriptor)
        if status.st_nlink:  # else it was removed meanwhile, which its user notices
            _refuse_foreign(path, status)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_sidecar(path: Path) -> bytes:
    """The first `MAX_SIDECAR` bytes of a sidecar; FileNotFoundError if it is gone."""
    descriptor = open_sidecar(path)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(MAX_SIDECAR)


def open_new(path: Path, mode: int = 0o600) -> int:
    """Create a file that must not exist, under any kind, and open it for writing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFE, mode)


def open_regular(path: Path) -> int:
    """Open a regular file for reading; OSError if `path` is anything else, also a link to one."""
    descriptor = os.open(path, os.O_RDONLY | _SAFE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file")
    return descriptor


def is_plain_file(path: Path) -> bool:
    """Whether `path` itself, not what it links to, is a regular file."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


# Locks -------------------------------------------------------------------------------------------------------------


def try_lock(descriptor: int) -> bool:
    """Lock an open file against other processes; False if one of them holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def release_lock(descriptor: int, path: Path) -> None:
    """Give a lock up and remove its file. Where open files cannot be removed, it is closed first."""
    if WINDOWS:
        with suppress(OSError):
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
        return
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108
    os.close(descriptor)


def is_alive(process: int) -> bool:
    """Whether a process of this machine still runs; True where that cannot be told."""
    if WINDOWS:
        return _is_alive_on_windows(process)  # there a signal 0 would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_alive_on_windows(process: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 — other systems lack the name
    handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(kernel.GetLastError() == 5)  # access denied: it runs, but is not ours
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not known or code.value == 259  # STILL_ACTIVE


# Flushing and renaming ---------------------------------------------------------------------------------------------


def flush_file(descriptor: int) -> None:
    """Have the content of an open file on the disk, not in a cache."""
    if MACOS:
        import fcntl

        with suppress(OSError):  # fsync alone leaves it in the drive's cache there
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined, unused-ignore]
            return
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last; Windows cannot flush a folder and does not need to."""
    if WINDOWS:
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows patiently, for a program that reads the target stands in the way."""
    for _ in range(_RENAMES if WINDOWS else 0):
        with suppress(PermissionError):
            os.replace(source, target)  # noqa: PTH105
            return
        time.sleep(POLL)
    os.replace(source, target)  # noqa: PTH105


# Attributes --------------------------------------------------------------------------------------------------------


def copy_attributes(descriptor: int, target: Path) -> None:
    """Give an open file, made for its owner alone, the owner, mode, ACL and extended attributes of `target`.

    What cannot be kept is narrowed: a group that is not the target's gets nothing.
    """
    status = target.stat()
    mode = stat.S_IMODE(status.st_mode)
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(descriptor, status.st_uid, status.st_gid)
        own = os.fstat(descriptor)
        if own.st_gid != status.st_gid:
            mode &= ~0o2070
        if own.st_uid != status.st_uid:
            mode &= ~0o4000
    acl_kept = _copy_extended(descriptor, target)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode if acl_kept else mode & ~0o070)


def _copy_extended(descriptor: int, target: Path) -> bool:
    """Copy the extended attributes, POSIX ACLs among them; whether the ACL came along."""
    if not hasattr(os, "listxattr"):
        return True
    try:
        wanted = {name: os.getxattr(target, name) for name in os.listxattr(target)}
        present = os.listxattr(descriptor)
    except OSError:
        return True  # a file system without them
    for name in present:
        if name not in wanted and name.startswith(("user.", _ACL)):
            with suppress(OSError):
                os.removexattr(descriptor, name)  # the folder's default ACL would widen it
    kept = True
    for name, value in wanted.items():
        try:
            if name not in present or os.getxattr(descriptor, name) != value:
                os.setxattr(descriptor, name, value)
        except OSError:
            kept = kept and name != _ACL
    return kept


# Names -------------------------------------------------------------------------------------------------------------


def ignores_case(folder: Path) -> bool:
    """Whether the disk that holds this folder takes names that differ by case only for one, as macOS and Windows do."""
    swapped = folder.name.swapcase()
    if swapped == folder.name:
        return WINDOWS or MACOS
    try:
        return os.path.samestat(folder.stat(), folder.with_name(swapped).stat())
    except OSError:
        return False


def comparable_name(path: Path) -> str:
    """A name by which two paths of one file are equal, whatever case and Unicode form the disk ignores."""
    name = unicodedata.normalize("NFC", path.name)
    return str(path.with_name(name.casefold() if ignores_case(path.parent) else name))
