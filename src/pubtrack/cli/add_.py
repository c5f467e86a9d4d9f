"""pubtrack add: entries of BibTeX text put into the store, duplicates refused; what a paper's .bib has beside it."""

from __future__ import annotations

import click

from pubtrack.cli.editing import DRY_RUN, add_entries
from pubtrack.cli.project import Project, store_options


@click.command("add", epilog="Example: pubtrack add new.bib")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--from-paper", is_flag=True, help="Add nothing; say what a paper's .bib has that the store lacks.")
@click.option("--apply", "keys", multiple=True, metavar="KEY", help="--from-paper: add this new entry (repeatable).")
@click.option("--apply-new", is_flag=True, help="--from-paper: add all entries that it lists as new.")
@click.option("--all", "everybody", is_flag=True, help="--from-paper: list the new entries by others too.")
@click.option("--check", is_flag=True, help="--from-paper: exit 1 if there is anything to list.")
@click.option("--json", "as_json", is_flag=True, help="--from-paper: as JSON.")
@click.option("--key-pattern", metavar="PATTERN", help="For entries without a key ({family}{year}{word}).")
@click.option("--into", metavar="FILE", help="The file of the store to add to (publications.bib, or the last one).")
@DRY_RUN
@store_options
def command(
    project: Project,
    files: tuple[str, ...],
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

    A duplicate, by key, DOI, arXiv number or title, is refused and its twin named; then nothing is added.

    With --from-paper nothing is added but what --apply or --apply-new ask for: the files are compared with the store,
    and what is new, differs, or says more there is listed. Works by others that the store lacks are left out.
    """
    from pubtrack.bibtex.syntax import parse
    from pubtrack.errors import UsageError

    documents = [parse(_text(file), file="<stdin>" if file == "-" else file) for file in files or ("-",)]
    if not from_paper:
        if keys or apply_new or everybody or check or as_json:
            raise UsageError("--apply, --apply-new, --all, --check and --json go with --from-paper")
        added = add_entries(project, documents, key_pattern=key_pattern, into=into, dry_run=dry_run)
    else:
        from pubtrack.cli import papers

        report = papers.compared(project, documents, everybody=everybody)
        if not keys and not apply_new:
            return papers.show(project, report, as_json=as_json, check=check)
        if check or as_json:
            raise UsageError("--check and --json list; they do not go with --apply and --apply-new")
        chosen = papers.chosen(report, None if apply_new else keys)
        added = add_entries(project, chosen, key_pattern=key_pattern, into=into, dry_run=dry_run) if chosen else []
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
