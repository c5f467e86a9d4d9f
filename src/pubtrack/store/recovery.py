"""Recovery on demand: the folders of a store or an output, what waits in them, and finishing or dropping it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pubtrack.store import asides, file_lock, journal, store


@dataclass(frozen=True, slots=True)
class Place:
    """Folders in which journals may lie; `outside` are the files elsewhere that they may name."""

    folders: tuple[Path, ...]
    outside: frozenset[Path] = frozenset()

    def recover(self) -> list[str]:
        """Finish what was interrupted; a line each. Raises `PubtrackError` as `journal.recover` does."""
        if not any(map(journal.exists, self.folders)):
            return []
        with file_lock.locked(self.folders):
            return journal.recover(self.folders, self.outside)

    def preview(self) -> list[str]:
        """What `recover` would do, a line each; writes nothing."""
        return [line for folder in self.folders if (line := journal.describe(folder, self.outside))]

    def rejected(self) -> list[Path]:
        """What is left of saves that could not be finished."""
        return [path for folder in self.folders for path in journal.rejected_in(folder)]

    def drop(self, paths: Sequence[Path]) -> None:
        """Remove what `rejected` named."""
        if paths:
            with file_lock.locked(self.folders):
                asides.remove(paths)


def of_store(path: Path) -> Place:
    """The folders of the store at `path`."""
    folders, outside = store.recovery_scope(path)
    return Place(tuple(folders), frozenset(outside))


def of_folder(folder: Path) -> Place:
    """One folder that outputs were written to."""
    return Place((Path(os.path.realpath(folder)),))
