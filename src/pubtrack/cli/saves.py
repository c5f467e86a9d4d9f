"""Every save of the command line: store transactions and outputs, with what was done about interrupted saves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from pubtrack.store.store import Store, Transaction


@contextmanager
def edit_transaction(project: Project, path: str) -> Iterator[Transaction]:
    """A transaction on the store at `path`; an interrupted save that it finishes first is named on stderr."""
    from pubtrack.store.store import transaction

    with transaction(path) as change:
        for line in change.recovered:
            project.say(line)
        yield change


def open_store(project: Project, path: str) -> Store:
    """The store at `path`, read only; an interrupted save that waits there is named on stderr."""
    from pubtrack.store.store import Store

    store = Store.open(path)
    project.say_interrupted(store)
    return store


def finish_interrupted(project: Project, paths: Sequence[Path]) -> None:
    """Finish the interrupted saves of these outputs before they are read."""
    from pubtrack.store import atomic_files

    for line in atomic_files.finish_interrupted(paths):
        project.say(line)


def save_outputs(
    contents: Mapping[Path, bytes],
    before: Mapping[Path, bytes | None] | None = None,
    *,
    folders: Collection[Path] = (),
) -> None:
    """Write files that are not the store's, all or none, and make those of the `folders` that are missing.

    `before` is what was read of them: nothing is written if one holds something else now, or exists where None says
    that it did not.
    """
    from pubtrack.store import atomic_files

    before = before or {}
    atomic_files.save_outputs(
        contents,
        expected={path: old for path, old in before.items() if old is not None and path in contents},
        new=[path for path, old in before.items() if old is None and path in contents],
        folders=folders,
    )
