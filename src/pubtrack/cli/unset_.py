"""pubtrack unset: fields of one entry taken out, no other byte moved."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store


@click.command("unset", epilog="Example: pubtrack unset carberry2008 pages")
@click.argument("key")
@click.argument("names", nargs=-1, required=True, metavar="FIELD...")
@dry_run_option()
@store_options
def command(project: Project, key: str, names: tuple[str, ...], dry_run: bool) -> int:
    """Remove fields from an entry; no other byte of the file moves."""
    from pubtrack.bibtex.edit import change_fields
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store

    def edit(store: Store) -> dict[BibFile, str]:
        file = store.file_of(key)
        return {file: change_fields(file.document, {key: dict.fromkeys(names)})}

    edit_store(project, edit, dry_run=dry_run)
    return 0
