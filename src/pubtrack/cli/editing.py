"""What the commands that edit the store share: the lock, the texts before and after, the dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from pubtrack.cli.project import Project
from pubtrack.cli.terminal import difference

if TYPE_CHECKING:
    from pubtrack.store import BibFile, Store

    Edit = Callable[[Store], Mapping[BibFile, str]]
    """A store to the new texts of the files that change."""

DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")


def edit_store(project: Project, edit: Edit, *, dry_run: bool) -> int:
    """Applies `edit` to the store under its lock and saves all or nothing; how many files changed.

    A dry run prints the difference instead and takes no lock.
    """
    from pubtrack.errors import UsageError
    from pubtrack.store import Store, transaction

    path = project.bib_path
    if path == "-" or path.lower().endswith(".json"):
        raise UsageError("only a .bib file or a folder of them can be edited; name one with --bib")
    if dry_run:
        store = Store.open(path)
        texts = edit(store)
        for file, text in texts.items():
            click.echo(difference(file.name, file.document.text, text), nl=False)
    else:
        with transaction(path) as change:
            store = change.store
            texts = edit(store)
            for file, text in texts.items():
                change.write(file, text)
    return sum(text != file.document.text for file, text in texts.items())
