"""Which paths lie inside a project folder, wherever its configuration and its symbolic links lead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAX_LINKS = 40
"""Symbolic links in one path; systems give up at this number, too."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A project folder, and the files and folders outside it that are allowed."""

    root: Path
    allowed: tuple[Path, ...] = ()

    def outside(self, path: Path) -> Path | None:
        """Where `path` leads if that is neither in the project folder nor allowed, else None."""
        real = Path(os.path.realpath(path))
        if any(contains(folder, real) for folder in (self.root, *self.allowed)):
            return None
        return real

    def linked_outside(self, path: Path) -> Path | None:
        """Where `path` leads if a symbolic link of the project folder takes it outside, else None.

        So a path outside the folder that the user named is the user's own, as long as it does not pass through such
        a link.
        """
        real = self.outside(path)
        if real is None or not any(contains(self.root, link.parent) for link in symbolic_links(path)):
            return None
        return real


def contains(folder: Path, path: Path) -> bool:
    """Whether `path`, which is real, is `folder` or lies in it, also by another name of the folder.

    Names that differ are compared by device and inode: a bind mount, a disk that ignores case.
    """
    real = Path(os.path.realpath(folder))
    if path.is_relative_to(real):
        return True
    return any(is_same_file(real, parent) for parent in (path, *path.parents))


def is_same_file(one: Path, other: Path) -> bool:
    """Whether both are names of one file or folder that is there, by device and inode."""
    try:
        return os.path.samestat(one.stat(), other.stat())
    except (OSError, ValueError):
        return False


def symbolic_links(path: Path) -> Iterator[Path]:
    """Yield each symbolic link that the system follows on the way to `path`, with its folder's real path."""
    here = Path(path.anchor) if path.is_absolute() else Path(os.path.realpath("."))
    left = list(reversed(path.parts[1:] if path.is_absolute() else path.parts))
    links = 0
    while left:
        part = left.pop()
        if part == "..":
            here = here.parent
            continue
        try:
            target = Path(os.readlink(here / part))  # noqa: PTH115 - Path.readlink is this, with a second path
        except (OSError, ValueError):
            here = here / part
            continue
        yield here / part
        links += 1
        if links > _MAX_LINKS:
            return
        if target.is_absolute():
            here = Path(target.anchor)
        left += reversed(target.parts[1:] if target.is_absolute() else target.parts)
