"""What the operating system says of the disk, as one line that tells what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pubtrack.model.errors import PubtrackError

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
    "ELOOP": "it is a symbolic link",
}


def reason(error: OSError) -> str:
    """The reason in words."""
    return _REASONS.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


@contextmanager
def refusing(path: Path, state: str = "nothing was changed") -> Iterator[None]:
    """Turn an OSError while `path` is written into a `PubtrackError`; `state` says how the files are left."""
    try:
        yield
    except OSError as error:
        raise PubtrackError(f"cannot write this file: {reason(error)}; {state}", file=str(path)) from error
