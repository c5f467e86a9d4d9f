"""What the operating system says of the disk, as one line that tells what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pubtrack.model.errors import PubtrackError
from pubtrack.regular_files import system_reason


def reason(error: OSError) -> str:
    """The reason in words. Here a link is never followed, so the system's "too many links" means one."""
    return "it is a symbolic link" if error.errno == errno.ELOOP else system_reason(error)


@contextmanager
def refusing(path: Path, state: str = "nothing was changed") -> Iterator[None]:
    """Turn an OSError while `path` is written into a `PubtrackError`; `state` says how the files are left."""
    try:
        yield
    except OSError as error:
        raise PubtrackError(f"cannot write this file: {reason(error)}; {state}", file=str(path)) from error
