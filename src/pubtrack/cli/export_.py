"""pubtrack export: the publications as the files that CV generators, web sites and other programs read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pubtrack.exports import Selection

FORMATS = (
    "rendercv", "json-resume", "al-folio", "hugo", "csl-json", "json-ld",
    "ris", "endnote-xml", "mods", "bibtexml", "csv", "hayagriva", "jsonl",
)  # fmt: skip


@click.command("export", epilog="Example: pubtrack export --to rendercv --list cv -o cv.yaml")
@click.option("--to", "format_", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--list", "list_name", metavar="NAME", help="What a list of pubtrack.toml shows, in its sections.")
@click.option("--where", metavar="FILTER", help="Only these, as in 'type = book and year >= 2020'.")
@click.option("--key", "keys", multiple=True, metavar="KEY", help="Only this entry (repeatable).")
@click.option("--me", default="admin", metavar="WORD", help="hugo: the owner's word among authors (admin).")
@click.option("-o", "--output", metavar="PATH", help="Write to this file, or for hugo to this folder.")
@click.option("--check", is_flag=True, help="Write nothing; print the difference and exit 1 if PATH is stale.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--force", is_flag=True, help="Replace files that are no former export, or were changed since.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say which files would be written.")
@store_options
def command(
    project: Project,
    format_: str,
    list_name: str | None,
    where: str | None,
    keys: tuple[str, ...],
    me: str,
    output: str | None,
    check: bool,
    diff: bool,
    force: bool,
    dry_run: bool,
) -> int:
    """Write the publications for CV generators, web sites and other programs.

    \b
    rendercv     YAML for RenderCV, with the list's sections
    json-resume  the publications of a JSON Resume
    al-folio     a .bib for al-folio and jekyll-scholar
    hugo         a folder of pages for Hugo Blox (content/publication)
    csl-json     CSL-JSON for Zotero, Pandoc and citeproc
    json-ld      schema.org for a web page
    ris          RIS for EndNote, Zotero, Mendeley
    endnote-xml  EndNote's own XML, with italics
    mods         MODS for libraries and repositories
    bibtexml     BibTeX's entries as XML
    csv          a table for Excel and LibreOffice
    hayagriva    YAML for Typst's bibliographies
    jsonl        CSL-JSON, one item in each line

    Without --list, --where and --key these are all entries, in the store's order.
    """
    from pubtrack import exports
    from pubtrack.errors import PubtrackError, UsageError

    to_stdout = output in (None, "-")
    if to_stdout and exports.is_folder(format_):
        raise UsageError(f"{format_} is a folder of files; give -o FOLDER")
    if to_stdout and (check or diff or dry_run):
        raise UsageError("there is no file to compare or to write; give -o FILE")
    broken = project.report_problems()
    if broken and not to_stdout:
        raise PubtrackError("the store has broken entries, so nothing was exported; mend them first")
    content = exports.export(_selection(project, list_name, where, keys, me), format_)
    if output is None or (isinstance(content, str) and to_stdout):
        click.echo(content, nl=False)
        return 1 if broken else 0
    target = Path(output)
    wanted = {target: content} if isinstance(content, str) else {target / name: one for name, one in content.items()}
    stale = _stale(wanted, force or check or diff, format_)
    if check or diff:
        _show(stale)
        return 1 if check and stale else 0
    if dry_run:
        for path in stale:
            click.echo(f"would write {path}")
        return 0
    _write(project, stale, target)
    if not isinstance(content, str):
        _name_leftovers(project, target, wanted, format_)
    return 0


def _selection(project: Project, list_name: str | None, where: str | None, keys: tuple[str, ...], me: str) -> Selection:
    from dataclasses import replace

    from pubtrack.bibtex.names import parse
    from pubtrack.cli.lists import configured, listing_of
    from pubtrack.config import ListConfig
    from pubtrack.csl import Style
    from pubtrack.exports import Part, Selection
    from pubtrack.listing import Surroundings, selected

    owner = project.owner.name if project.owner is not None else ""
    options = ListConfig(preprints="all") if list_name is None else configured(project, list_name)
    both = [part for part in (options.where, where) if part]
    options = replace(options, where=" and ".join(f"({part})" for part in both) if len(both) > 1 else "".join(both))
    if list_name is not None:
        listing = listing_of(project, options, keys)
        parts = [Part(tuple(item.work for item in section.items), section.title) for section in listing.sections]
    else:
        by_key = {work.id: work for work in project.works}
        works = [by_key[work.id] for work in project.library.chosen(keys)] if keys else project.works
        parts = [Part(tuple(selected(works, options, Surroundings(Style.load, venues=project.config.venues))))]
    return Selection(
        tuple(parts),
        owner=", ".join(str(name) for name in parse(owner).names),
        highlight=options.highlight,
        symbols=project.config.marks if options.marks else {},
        me=me,
    )


def _stale(wanted: Mapping[Path, str], force: bool, format_: str) -> dict[Path, tuple[bytes | None, bytes]]:
    """The files that differ from what is wanted: what they hold (None where there is none) and what they should.

    Raises PubtrackError for one that nobody would want to lose.
    """
    from pubtrack import disk, exports
    from pubtrack.errors import PubtrackError

    found: dict[Path, tuple[bytes | None, bytes]] = {}
    for path, text in wanted.items():
        new = text.encode("utf-8", "replace")
        old = disk.read(path) if os.path.lexists(path) else None
        if old == new or (old is not None and old.replace(b"\r\n", b"\n") == new.replace(b"\r\n", b"\n")):
            continue
        if old is not None and not force and not exports.exported_before(old.decode("utf-8", "replace"), format_):
            raise PubtrackError(
                "this file is no former export, or was changed since; --force replaces it", file=str(path)
            )
        found[path] = old, new
    return found


def _show(stale: Mapping[Path, tuple[bytes | None, bytes]]) -> None:
    from pubtrack.cli.terminal import difference

    for path, (old, new) in stale.items():
        before = (old or b"").decode("utf-8", "replace")
        click.echo(difference(str(path), before, new.decode("utf-8")), nl=False)


def _write(project: Project, stale: Mapping[Path, tuple[bytes | None, bytes]], target: Path) -> None:
    from pubtrack import disk
    from pubtrack.errors import PubtrackError

    for path in stale:
        if path != target:  # the folders in a folder are made; that of a file has to be there
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise PubtrackError(f"cannot make this folder: {error.strerror}", file=str(path.parent)) from error
    disk.write_all(
        {path: new for path, (_, new) in stale.items()},
        expected={path: old for path, (old, _) in stale.items() if old is not None},
        new=[path for path, (old, _) in stale.items() if old is None],
    )
    project.say(f"{target}: {'written' if stale else 'up to date'}")


def _name_leftovers(project: Project, target: Path, wanted: Mapping[Path, str], format_: str) -> None:
    """Says which folders are former exports of works that are not exported any more; they may hold other files too."""
    from pubtrack import disk, exports

    for path in sorted(target.glob("*/index.md")):
        if path not in wanted and exports.exported_before(disk.read(path).decode("utf-8", "replace"), format_):
            project.say(f"{path.parent}: exported earlier, but not chosen now; remove it if it is to go")
