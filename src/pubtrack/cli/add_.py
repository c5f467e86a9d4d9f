"""pubtrack add: entries of BibTeX text put into the store, duplicates refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.editing import DRY_RUN, edit_store
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pathlib import Path

    from pubtrack.store import BibFile, Store


@click.command("add", epilog="Example: pubtrack add new.bib")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--key-pattern", metavar="PATTERN", help="For entries without a key ({family}{year}{word}).")
@click.option("--into", metavar="FILE", help="The file of the store to add to (publications.bib, or the last one).")
@DRY_RUN
@store_options
def command(project: Project, files: tuple[str, ...], key_pattern: str | None, into: str | None, dry_run: bool) -> int:
    """Add entries from BibTeX files, or from standard input.

    A duplicate, by key, DOI, arXiv number or title, is refused and its twin named; then nothing is added.
    """
    from pathlib import Path

    from pubtrack.adding import NewEntry, new_entries, with_entries
    from pubtrack.bibtex.convert import works
    from pubtrack.bibtex.syntax import parse
    from pubtrack.keys import DEFAULT_PATTERN

    texts = [(file, _text(file)) for file in files or ("-",)]
    added: list[NewEntry] = []

    def edit(store: Store) -> dict[BibFile, str]:
        home = _home(store, Path(into) if into is not None else None)
        known = works(store.documents)[0]
        for file, text in texts:
            document = parse(text, file="<stdin>" if file == "-" else file)
            so_far = parse(with_entries(home.document, added)) if added else home.document
            documents = [so_far if one is home.document else one for one in store.documents]
            added.extend(
                new_entries(document, documents, [*known, *(one.work for one in added)], key_pattern or DEFAULT_PATTERN)
            )
        return {home: with_entries(home.document, added)}

    edit_store(project, edit, dry_run=dry_run)
    for entry in added if not dry_run else ():
        click.echo(entry.key)
    return 0


def _text(file: str) -> str:
    import sys
    from pathlib import Path

    from pubtrack import disk
    from pubtrack.store import decoded

    content = sys.stdin.buffer.read() if file == "-" else disk.read(Path(file))
    return decoded(content, file)


def _home(store: Store, wanted: Path | None) -> BibFile:
    """The file that new entries go to."""
    from pubtrack.errors import PubtrackError

    if wanted is None:
        named = [file for file in store.files if file.path.name == "publications.bib"]
        return (named or list(store.files))[-1]
    for file in store.files:
        if file.path == wanted or file.path.name == str(wanted):
            return file
    raise PubtrackError("this is no file of the store", file=str(wanted))
