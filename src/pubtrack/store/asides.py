"""Asides: new contents written beside their targets, under names of their own, before they are renamed over them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pubtrack.store import platform_files

_NAME = re.compile(r"\.pubtrack-[0-9a-f]{12}-(\d{1,10})-[0-9a-f]{8}\.new")
_KEPT = ".kept"


def aside_for(target: Path) -> Path:
    """A new name in the target's folder; of 50 bytes at most, whatever the target's is."""
    mark = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    return target.with_name(f".pubtrack-{mark}-{os.getpid()}-{secrets.token_hex(4)}.new")


def is_aside(name: str) -> bool:
    """Whether this is a name that `aside_for` makes."""
    return _NAME.fullmatch(name) is not None


def write_aside(aside: Path, content: bytes, target: Path | None = None) -> None:
    """Write a new file and flush it to the disk.

    With a `target` nobody else can read it before it is complete and has the owner, mode and attributes of the
    target; without one it has the usual mode.
    """
    descriptor = platform_files.open_new(aside, 0o666 if target is None else 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if target is not None:
            platform_files.copy_attributes(descriptor, target)
        platform_files.flush_file(descriptor)
    finally:
        os.close(descriptor)


def remove(paths: Iterable[Path]) -> None:
    """Remove files; what cannot be removed stays."""
    for path in paths:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108


def asides_in(folder: Path) -> Iterator[Path]:
    """The asides of this user in a folder; nothing else of a like name."""
    for path in _named(folder, ""):
        if is_aside(path.name):
            yield path


def kept_in(folder: Path) -> Iterator[Path]:
    """The asides that `keep` has set apart."""
    for path in _named(folder, _KEPT):
        if is_aside(path.name.removesuffix(_KEPT)):
            yield path


def _named(folder: Path, ending: str) -> Iterator[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 — a path for each file of a large folder would cost more
    except OSError:
        return
    for name in names:
        if name.startswith(".pubtrack-") and name.endswith(ending):
            path = folder / name
            with suppress(OSError):
                status = path.lstat()
                own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
                if stat.S_ISREG(status.st_mode) and own:
                    yield path


def keep(aside: Path) -> None:
    """Rename an aside so that nothing uses or cleans it up any more, but its text is not lost."""
    with suppress(OSError):
        platform_files.rename(aside, aside.with_name(aside.name + _KEPT))


def remove_orphans(folder: Path) -> None:
    """Remove what killed processes left; what a running one writes stays."""
    for aside in asides_in(folder):
        match = _NAME.fullmatch(aside.name)
        if match and not platform_files.is_alive(int(match[1])):
            remove([aside])
