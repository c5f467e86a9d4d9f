"""pubtrack rename: a new citation key, also where other entries refer to it."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store


@click.command("rename", epilog="Example: pubtrack rename carberry2008 carberry2008toward")
@click.argument("key")
@click.argument("new")
@dry_run_option()
@store_options
def command(project: Project, key: str, new: str, dry_run: bool) -> int:
    """Give an entry a new key, also where crossref, xdata, related and the like name it.

    What `refresh` has noted of the entry goes with it.
    """
    from pubtrack.bibtex.edit import refuse_key, rename_entry, rename_references
    from pubtrack.refresh import bases
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store, Transaction

    def edit(store: Store) -> dict[BibFile, str]:
        home = store.file_of(key)
        for file in store.files:
            if file is not home:
                refuse_key(file.document, new)
        return {
            file: rename_entry(file.document, key, new) if file is home else rename_references(file.document, key, new)
            for file in store.files
        }

    def carry(change: Transaction) -> None:
        noted = change.note(bases.FILE_NAME)
        if noted:
            change.write_note(bases.FILE_NAME, bases.write(bases.rename(bases.parse(noted), key, new)))

    edit_store(project, edit, dry_run=dry_run, beside=carry)
    return 0
