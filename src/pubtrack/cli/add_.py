"""pubtrack add: entries of BibTeX text put into the store, duplicates refused; what a paper's .bib has beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from pubtrack.cli.add_online import Wanted, online_options
from pubtrack.cli.network import Network, network_options
from pubtrack.cli.options import dry_run_option, json_option, refuse
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import add_entries

if TYPE_CHECKING:
    from pubtrack.bibtex.document import Document
    from pubtrack.store.add_entries import NewEntry


@click.command("add", epilog="Example: pubtrack add new.bib")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@online_options
@click.option("--from-paper", is_flag=True, help="Add nothing; say what a paper's .bib has that the store lacks.")
@click.option("--apply", "keys", multiple=True, metavar="KEY", help="--from-paper: add this new entry (repeatable).")
@click.option("--apply-new", is_flag=True, help="--from-paper, --orcid: add all that it lists as new.")
@click.option("--all", "everybody", is_flag=True, help="--from-paper: list the new entries by others too.")
@click.option("--check", is_flag=True, help="--from-paper: exit 1 if there is anything to list.")
@json_option("--from-paper, --search, --orcid: as JSON.")
@click.option("--key-pattern", metavar="PATTERN", help="For entries without a key ({family}{year}{word}).")
@click.option("--into", metavar="FILE", help="The file of the store to add to (publications.bib, or the last one).")
@network_options
@dry_run_option()
@store_options
def command(
    project: Project,
    files: tuple[str, ...],
    wanted: Wanted,
    network: Network,
    from_paper: bool,
    keys: tuple[str, ...],
    apply_new: bool,
    everybody: bool,
    check: bool,
    as_json: bool,
    key_pattern: str | None,
    into: str | None,
    dry_run: bool,
) -> int:
    """Add entries from BibTeX files, or from standard input.

    A duplicate, by key, DOI, arXiv number or title, is refused, and the entry that has the work is named; then
    nothing is added.

    With --doi, --arxiv, --pmid, --isbn or --url the entry is made of what the services say of that work. --search and
    --orcid list works to choose from, with --pick or on a terminal.

    With --from-paper the files are compared with the store, and what is new, differs, or says more there is listed;
    only what --apply or --apply-new ask for is added. Works by others that the store lacks are left out.
    """
    from pubtrack.bibtex.document import parse

    if wanted.is_online:
        if files or from_paper or keys or everybody or check or (apply_new and wanted.orcid is None):
            refuse("--doi and its like, --search and --orcid go with no file and no --from-paper")
        return _online(
            project, wanted, network, apply_new=apply_new, as_json=as_json,
            add=lambda found: add_entries(project, found, key_pattern=key_pattern, into=into, dry_run=dry_run),
            dry_run=dry_run,
        )  # fmt: skip
    if wanted.picked:
        refuse("--pick goes with --search and --orcid")
    documents = [parse(_text(file), file="<stdin>" if file == "-" else file) for file in files or ("-",)]
    if not from_paper:
        if keys or apply_new or everybody or check or as_json:
            refuse("--apply, --apply-new, --all, --check and --json go with --from-paper")
        added = add_entries(project, documents, key_pattern=key_pattern, into=into, dry_run=dry_run)
    else:
        from pubtrack.cli import compare

        report = compare.compare_documents(project, documents, everybody=everybody)
        if not keys and not apply_new:
            return compare.print_comparison(project, report, as_json=as_json, check=check)
        if check or as_json:
            refuse("--check and --json list; they do not go with --apply and --apply-new")
        chosen = compare.chosen_documents(report, None if apply_new else keys)
        added = add_entries(project, chosen, key_pattern=key_pattern, into=into, dry_run=dry_run) if chosen else []
    _print_keys(added, dry_run=dry_run)
    return 0


def _online(
    project: Project,
    wanted: Wanted,
    network: Network,
    *,
    apply_new: bool,
    as_json: bool,
    add: Callable[[list[Document]], list[NewEntry]],
    dry_run: bool,
) -> int:
    """Adds what the services say of the identifiers, or lists what they find and adds what is chosen of that."""
    from pubtrack.cli import add_listed, add_online
    from pubtrack.cli.network import open_client
    from pubtrack.model.json_text import to_json

    if bool(wanted.typed) + (wanted.search is not None) + (wanted.orcid is not None) > 1:
        refuse("one of --search, --orcid and identifiers at a time")
    with open_client(project, network) as client:
        if wanted.typed:
            if wanted.picked or as_json:
                refuse("--pick and --json go with --search and --orcid")
            _print_keys(add(add_online.documents_of(project, client, wanted.typed)), dry_run=dry_run)
            return 0
        if wanted.search is not None:
            candidates, complete = add_listed.search_crossref(project, client, wanted.search)
        else:
            candidates, complete = add_listed.list_missing_works(project, client, wanted.orcid or "")
        if not wanted.picked and not apply_new:
            add_listed.print_candidates(candidates, as_json=as_json)
        chosen = add_listed.choice(candidates, wanted, everything=apply_new, as_json=as_json)
        added = add(add_listed.documents_of(project, client, chosen)) if chosen else []
        if as_json and (wanted.picked or apply_new):
            click.echo(to_json({"added": [entry.key for entry in added if not dry_run]}, indent=None))
        elif chosen:
            _print_keys(added, dry_run=dry_run)
    return 0 if complete else 1


def _print_keys(added: Sequence[NewEntry], *, dry_run: bool) -> None:
    for entry in added if not dry_run else ():
        click.echo(entry.key)


def _text(file: str) -> str:
    import sys
    from pathlib import Path

    from pubtrack.store import atomic_files
    from pubtrack.store.bib_file import decode_bib

    content = sys.stdin.buffer.read() if file == "-" else atomic_files.read(Path(file))
    return decode_bib(content, file)
