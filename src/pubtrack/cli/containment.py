"""Keep a run inside the project folder: what leads out of it is refused until the user, not the folder, allows it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from pubtrack.cli.terminal import printable
from pubtrack.cli.user_config import KEY, VARIABLE, allowed_paths, remember_path, user_config_file
from pubtrack.model.errors import PubtrackError
from pubtrack.regular_files import is_waiting, kind_of
from pubtrack.store.boundary import Boundary, contains
from pubtrack.store.store import notes_folder


@dataclass
class Containment:
    """What one run may follow out of its project folder. `root` is None where no pubtrack.toml gives one.

    Each method raises PubtrackError for a path that leads outside, unless the user allows it: by --allow-outside, in
    the own configuration file, or asked on a terminal.
    """

    root: Path | None
    unlimited: bool = False

    @cached_property
    def _allowed(self) -> list[Path]:
        """What the user allows; read when something leads outside."""
        return list(allowed_paths())

    def check_configured(self, path: Path) -> None:
        """For a path that the folder chose: it must lie in the project folder."""
        self._settle(path, Boundary(self.root or path.parent).outside)

    def check_written(self, path: Path) -> None:
        """For a path that the user named and that is written: no link of the project folder may take it outside.

        Without a project, that goes for the path's own folder.
        """
        self._settle(path, Boundary(self.root or path.parent).linked_outside)

    def check_output(self, path: Path, folder: Path | None = None) -> None:
        """For an output that the user named, or one in the `folder` that the user named.

        A pipe in the project folder is refused too: writing to it would wait for a reader.
        """
        self.check_written(folder or path)
        if folder is not None:
            self.check_members(folder, [path])
        real = Path(os.path.realpath(path))
        with suppress(OSError):
            status = real.lstat()
            if is_waiting(status) and contains(self.root or path.parent, real):
                message = f"cannot write this file: it is {kind_of(status)}, not a regular file"
                raise PubtrackError(message, file=str(path))

    def check_members(self, folder: Path, members: list[Path]) -> None:
        """For paths in a folder that itself may be used."""
        real = Path(os.path.realpath(folder))
        boundary = Boundary(real, () if self.root is None else (self.root,))
        for path in members:
            self._settle(path, boundary.outside)

    def check_store(self, path: Path) -> None:
        """For the files of a store whose own path may be used: its `.bib` files, and the notes beside them."""
        _refuse_invalid(path)
        notes = notes_folder(path)
        folder = path if path.is_dir() else path.parent
        self.check_members(folder, [*(_links(path, ".bib") if path.is_dir() else ()), notes])
        self.check_members(folder, _links(notes))

    def _settle(self, path: Path, outside: Callable[[Path], Path | None]) -> None:
        _refuse_invalid(path)
        if self.unlimited or (leads_to := outside(path)) is None:
            return
        if any(contains(one, leads_to) for one in self._allowed):
            return
        if sys.stdin.isatty() and sys.stderr.isatty():
            question = f"{path} leads out of the project folder, to {leads_to}. Follow it, now and later?"
            if click.confirm(printable(question), err=True):
                self._allowed.append(leads_to)
                remember_path(leads_to)
                return
        file = user_config_file()
        message = (
            f"this leads out of the project folder, to {leads_to}; to allow it, give --allow-outside, or add that path "
            f"to {KEY} in {file or f'the file that {VARIABLE} names'}"
        )
        raise PubtrackError(message, file=str(path))


def _refuse_invalid(path: Path) -> None:
    """Raises for a name that no file can have."""
    try:
        path.lstat()
    except ValueError:  # a NUL in it
        raise PubtrackError("this is not a valid path", file=str(path).replace("\0", "?")) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise PubtrackError("this path is too long", file=f"{str(path)[:80]}…") from None


def _links(folder: Path, ending: str = "") -> list[Path]:
    """The symbolic links in a folder; what else is in it is inside."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                folder / one.name for one in entries if one.is_symlink() and one.name.lower().endswith(ending)
            )
    except OSError:
        return []
