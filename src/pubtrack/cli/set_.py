"""pubtrack set: fields of one entry given new values, no other byte moved."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from pubtrack.cli.options import dry_run_option, refuse
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store

if TYPE_CHECKING:
    from pubtrack.bibtex.blocks import Entry
    from pubtrack.bibtex.document import Document


@click.command("set", epilog="Example: pubtrack set carberry2008 volume=6 'title=On {Work}'")
@click.argument("key")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--raw", is_flag=True, help="VALUE is BibTeX source with its delimiters, as in month='\"1~\" # jan'.")
@dry_run_option()
@store_options
def command(project: Project, key: str, assignments: tuple[str, ...], raw: bool, dry_run: bool) -> int:
    """Give fields of an entry new values; no other byte of the file moves."""
    from pubtrack.bibtex.edit import change_fields
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store

    values: dict[str, str | None] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            refuse(f'"{assignment}" is not a FIELD=VALUE')
        values[name.strip()] = value

    def edit(store: Store) -> dict[BibFile, str]:
        file = store.file_of(key)
        text = change_fields(file.document, {key: values}, raw=raw)
        _check_marks(project, file.document, text, key, values)
        return {file: text}

    changed = edit_store(project, edit, dry_run=dry_run)
    if not changed:
        project.say(f"{key}: nothing to change")
    return 0


def _check_marks(project: Project, document: Document, text: str, key: str, fields: Collection[str]) -> None:
    """Names the marks of people that the new `text` has no longer, or that mark nobody.

    Raises PubtrackError for an annotation among the changed `fields` that marks nobody or has an unknown role.
    """
    from pubtrack.bibtex.annotated_names import annotated_names, written_marks
    from pubtrack.bibtex.document import parse
    from pubtrack.bibtex.fields import PEOPLE_FIELDS
    from pubtrack.model.annotation_problems import annotation_problems
    from pubtrack.model.errors import PubtrackError

    changed = {name.lower() for name in fields}
    if not any(name.partition("+an")[0] in PEOPLE_FIELDS for name in changed):
        return
    old, new = _entry(document, key), _entry(parse(text), key)
    if old is None or new is None:
        return
    for one in annotated_names(new):
        for problem in annotation_problems(one.names, {one.title: one.latex}, project.config.roles):
            if one.field.lower() in changed:
                raise PubtrackError(f"{key}: {one.field}: {problem.message}")
            if one.annotated in changed and problem.certain:
                project.say(f"{key}: {one.field}: {problem.message}")
    left = written_marks(new)
    for name, role in written_marks(old):
        if (name, role) not in left:
            project.say(f'{key}: {name} no longer has the mark "{role}"')


def _entry(document: Document, key: str) -> Entry | None:
    return next((entry for entry in document.entries if entry.key == key), None)
