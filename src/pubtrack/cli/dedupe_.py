"""pubtrack dedupe: list works that are in the store twice, or merge two entries without loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pubtrack.cli.options import dry_run_option, json_option, refuse
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store
from pubtrack.cli.terminal import printable

if TYPE_CHECKING:
    from pubtrack.matching.duplicates import DuplicatePair
    from pubtrack.model.work import Work
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store


@click.command("dedupe", epilog="Example: pubtrack dedupe --json")
@click.option("--merge", nargs=2, metavar="KEY KEY", help="Join the second entry into the first one.")
@click.option("--take", multiple=True, metavar="FIELD=KEY", help="Where they differ: whose value to take (repeatable).")
@click.option("--ids/--no-ids", default=True, help="Keep the second key in the field ids, for papers that cite it.")
@json_option("Print the list as JSON.")
@dry_run_option()
@store_options
def command(
    project: Project, merge: tuple[str, str] | None, take: tuple[str, ...], ids: bool, as_json: bool, dry_run: bool
) -> int:
    """List works that are in the store twice, and preprints with their papers; exit 1 if a work is there twice.

    With --merge, join two entries: the first keeps its place, key and layout and gets what only the second has. Where
    both have a value and these differ, nothing is changed until --take says which one stays.
    """

    if merge is not None:
        _merge(project, merge, take, ids=ids, dry_run=dry_run)
        return 0
    if take or dry_run:
        refuse("--take and --dry-run go with --merge KEY KEY")
    from pubtrack.matching.duplicates import pairs

    found = pairs(project.library.works)
    if as_json:
        from pubtrack.model.json_text import to_json

        click.echo(to_json(_as_json(found), indent=1))
    else:
        _show(project, found)
    return 1 if any(pair.kind == "duplicate" for pair in found) else 0


def _merge(project: Project, keys: tuple[str, str], take: Sequence[str], *, ids: bool, dry_run: bool) -> None:
    from pubtrack.store.merge_entries import texts

    kept, gone = keys
    if kept == gone:
        refuse("--merge needs two keys that differ")
    choices = {}
    for word in take:
        field, equals, key = word.partition("=")
        if not equals or not field.strip():
            refuse(f'"{word}" is not a FIELD=KEY')
        choices[field.strip()] = key.strip()

    def edit(store: Store) -> dict[BibFile, str]:
        for key in keys:
            store.file_of(key)
        return dict(zip(store.files, texts(store.documents, kept, gone, choices, ids=ids), strict=True))

    edit_store(project, edit, dry_run=dry_run)
    if not dry_run:
        project.say(f'"{gone}" is joined into "{kept}"')


def _as_json(found: Sequence[DuplicatePair]) -> dict[str, Any]:
    from pubtrack.matching.duplicates import group_pairs

    why = {frozenset((pair.one.id, pair.other.id)): pair.why for pair in found}
    return {
        "duplicates": [
            {"keys": list(keys), "why": [reason for pair, reason in why.items() if pair <= set(keys)]}
            for keys in group_pairs(found)
        ],
        "preprints": [
            {"preprint": pair.one.id, "published": pair.other.id} for pair in found if pair.kind == "preprint"
        ],
    }


def _show(project: Project, found: Sequence[DuplicatePair]) -> None:
    from pubtrack.matching.duplicates import group_pairs

    works: dict[str, Work] = {}
    for pair in found:
        works.setdefault(pair.one.id, pair.one)
        works.setdefault(pair.other.id, pair.other)
    for keys in group_pairs(found):
        why = dict.fromkeys(p.why for p in found if p.kind == "duplicate" and {p.one.id, p.other.id} <= set(keys))
        click.echo(printable(f"twice: {', '.join(why)}"))
        for key in keys:
            click.echo(printable(f"  {_line(project, works[key])}"))
        if len(keys) > 1:
            click.echo(printable(f"  join them: pubtrack dedupe --merge {keys[0]} {keys[1]}"))
        else:
            click.echo(printable(f"  the key {keys[0]} is used more than once: remove one of the entries by hand"))
    for pair in found:
        if pair.kind == "preprint":
            click.echo("preprint and paper:")
            click.echo(printable(f"  {_line(project, pair.one)}"))
            click.echo(printable(f"  {_line(project, pair.other)}"))
    if not found:
        project.say("no duplicates found")


def _line(project: Project, work: Work) -> str:
    """Where an entry stands, its key, and enough to know it by."""
    from pubtrack.model.richtext import plain

    place = ""
    if project.library.store is not None and work.id in project.library.store.by_key:
        file, block = project.library.store.by_key[work.id]
        place = f"{file.name}:{block.line}: "
    people = work.author or work.people.get("editor", ())
    name = f"{people[0].family or people[0].literal}{' and others' if len(people) > 1 else ''}, " if people else ""
    year = f", {work.issued.year}" if work.issued is not None and work.issued.year is not None else ""
    venue = f", {work.get('container_title')}" if work.get("container_title") else ""
    return " ".join(f"{place}{work.id}  {name}{plain(work.title)}{venue}{year}".split("\n"))
