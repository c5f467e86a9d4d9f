"""What the commands that edit the store share: the lock, the texts before and after, the dry run, new entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from pubtrack.cli.project import Project
from pubtrack.cli.terminal import difference

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.store.add_entries import NewEntry
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store, Transaction

    Edit = Callable[[Store], Mapping[BibFile, str]]
    """A store to the new texts of the files that change."""


def edit_store(
    project: Project, edit: Edit, *, dry_run: bool, beside: Callable[[Transaction], None] | None = None
) -> int:
    """Applies `edit` to the store under its lock and saves all or nothing; how many files changed.

    `beside` changes the notes on the store in the same transaction. A dry run prints the difference instead and takes
    no lock.
    """
    from pubtrack.cli.saves import edit_transaction, open_store

    path = project.edited_path
    if dry_run:
        store = open_store(project, path)
        texts = edit(store)
        for file, text in texts.items():
            click.echo(difference(file.name, file.document.text, text), nl=False)
    else:
        with edit_transaction(project, path) as change:
            store = change.store
            texts = edit(store)
            for file, text in texts.items():
                change.write(file, text)
            if beside is not None:
                beside(change)
    return sum(text != file.document.text for file, text in texts.items())


def add_entries(
    project: Project, documents: Sequence[Document], *, key_pattern: str | None, into: str | None, dry_run: bool
) -> list[NewEntry]:
    """Adds the entries of `documents` to the store, all or none, and returns them with their keys.

    `into` names a file of the store. Raises PubtrackError as `store.add_entries` does.
    """
    from pathlib import Path

    from pubtrack.store.add_entries import add_documents, home_file
    from pubtrack.store.citation_keys import DEFAULT_PATTERN

    added: list[NewEntry] = []

    def edit(store: Store) -> dict[BibFile, str]:
        nonlocal added
        home = home_file(store, Path(into) if into is not None else None)
        added, texts = add_documents(store, documents, home, pattern=key_pattern or DEFAULT_PATTERN)
        return texts

    edit_store(project, edit, dry_run=dry_run)
    return added
