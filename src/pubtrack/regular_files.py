"""Read a file of the disk whole: regular files of a bounded size only, so that no read hangs or never ends."""

from __future__ import annotations

import errno
import os
import stat

from pubtrack.model.errors import PubtrackError

STORE_LIMIT = 512 << 20
DOCUMENT_LIMIT = 100_000_000
STYLE_LIMIT = 4 << 20
CONFIGURATION_LIMIT = 1 << 20
"""Bytes that a file of each purpose may have."""

_PIECE = 1 << 20
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_REASONS = {
    "ENOSPC": "the disk is full",
    "EDQUOT": "the quota is used up",
    "EFBIG": "it would be larger than allowed",
    "EROFS": "the file system is read-only",
    "EACCES": "permission denied",
    "EPERM": "permission denied",
    "ENOENT": "there is no such file or folder",
    "EISDIR": "it is a folder",
    "ENOTDIR": "a folder in its path is a file",
    "ENAMETOOLONG": "its name is too long",
}


def read_regular_file(path: str | os.PathLike[str], limit: int = STORE_LIMIT) -> bytes:
    """Return the content of the regular file at `path`.

    Raises `PubtrackError` for a folder, pipe, socket or device, without waiting for it; for a file of more than
    `limit` bytes; and for one that cannot be read.
    """
    name = os.fspath(path)
    try:
        # Looked at before it is opened: opening a device may have an effect of its own.
        _refuse_special(os.stat(name), name)  # noqa: PTH116 - no path is made for each of many files
        descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(descriptor)
            _refuse_special(status, name)
            if status.st_size > limit:
                raise _too_large(limit, name)
            return _read_to_end(descriptor, limit, name)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PubtrackError(f"cannot read this file: {system_reason(error)}", file=name) from error
    except ValueError as error:  # a NUL in the name
        raise PubtrackError("this is not a valid name of a file", file=name.replace("\0", "?")) from error


def kind_of(status: os.stat_result) -> str:
    """Name what is not a regular file ("a named pipe"), "" for a regular file."""
    if stat.S_ISREG(status.st_mode):
        return ""
    return next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "something that holds no bytes")


def is_waiting(status: os.stat_result) -> bool:
    """Whether whoever opens it waits for somebody at the other end."""
    return stat.S_ISFIFO(status.st_mode) or stat.S_ISSOCK(status.st_mode)


def system_reason(error: OSError) -> str:
    """What the system says of a failure, in words for the user."""
    return _REASONS.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


def _refuse_special(status: os.stat_result, name: str) -> None:
    if kind := kind_of(status):
        raise PubtrackError(f"cannot read this file: it is {kind}, not a regular file", file=name)


def _read_to_end(descriptor: int, limit: int, name: str) -> bytes:
    """Read in pieces: the file may grow meanwhile, and the size that a file system tells may be 0 (as in /proc)."""
    pieces: list[bytes] = []
    left = limit + 1
    while left > 0 and (piece := os.read(descriptor, min(_PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise _too_large(limit, name)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _too_large(limit: int, name: str) -> PubtrackError:
    return PubtrackError(f"this file is larger than {limit:,} bytes; it is not read", file=name)
