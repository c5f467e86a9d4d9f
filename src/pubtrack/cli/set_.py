"""pubtrack set: fields of one entry given new values, no other byte moved."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option, refuse
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store


@click.command("set", epilog="Example: pubtrack set carberry2008 volume=6 'title=On {Work}'")
@click.argument("key")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--raw", is_flag=True, help="VALUE is BibTeX source with its delimiters, as in month='\"1~\" # jan'.")
@dry_run_option()
@store_options
def command(project: Project, key: str, assignments: tuple[str, ...], raw: bool, dry_run: bool) -> int:
    """Give fields of an entry new values; no other byte of the file moves."""
    from pubtrack.bibtex.edit import change_fields
    from pubtrack.store.store import BibFile, Store

    values: dict[str, str | None] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            refuse(f'"{assignment}" is not a FIELD=VALUE')
        values[name.strip()] = value

    def edit(store: Store) -> dict[BibFile, str]:
        file = store.file_of(key)
        return {file: change_fields(file.document, {key: values}, raw=raw)}

    changed = edit_store(project, edit, dry_run=dry_run)
    if not changed:
        project.say(f"{key}: nothing to change")
    return 0
