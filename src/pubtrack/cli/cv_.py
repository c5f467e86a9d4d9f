"""pubtrack cv: the marked regions of documents, filled in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.options import DIFF, dry_run_option
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.terminal import difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pubtrack.documents import MakeListing
    from pubtrack.documents.regions import Region
    from pubtrack.lists.listing_model import Listing
    from pubtrack.model.work import Work


@click.command("cv", epilog="Example: pubtrack cv cv.md --check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Write nothing; print the difference and exit 1 if a region is stale.")
@DIFF
@dry_run_option("Write nothing; say which documents would change.")
@click.option("--watch", is_flag=True, help="Fill them again whenever the store, the configuration or a style changes.")
@store_options
def command(project: Project, files: tuple[str, ...], check: bool, diff: bool, dry_run: bool, watch: bool) -> int:
    """Fill the marked regions of documents; every other byte stays.

    \b
    A region is marked by two comment lines, in Markdown and HTML
      <!-- pubtrack:begin cv -->  and  <!-- pubtrack:end -->
    with % in LaTeX and // in Typst; in Word it is a paragraph {{pubtrack:cv}}.
    The word behind "begin" names a list of pubtrack.toml; options of the list
    may follow: style=apa where="selected", in LaTeX also item="\\item"
    """
    if watch:
        if check or diff or dry_run:
            raise click.UsageError("--watch writes; it goes with none of --check, --diff, --dry-run")
        from pubtrack.cli.watch import watch as run_again

        run_again(project, files, ["cv", *files, *project.arguments])
        return 0
    return _fill(project, files, check=check, diff=diff, dry_run=dry_run)


def _fill(project: Project, files: tuple[str, ...], *, check: bool, diff: bool, dry_run: bool) -> int:
    from pathlib import Path

    from pubtrack import documents
    from pubtrack.cli.list_remarks import say_absent
    from pubtrack.cli.saves import finish_interrupted, save_outputs
    from pubtrack.model.errors import PubtrackError
    from pubtrack.regular_files import DOCUMENT_LIMIT, read_regular_file

    if project.report_problems():
        raise PubtrackError("the store has broken entries, so no document was changed; fix them first")
    works: dict[str, Work] = {}
    distinct = _distinct(files)
    for file in distinct if not (check or diff) else ():
        project.containment.check_written(Path(file))
    if not (check or diff or dry_run):
        finish_interrupted(project, [Path(file) for file in distinct])
    stale = []
    for file in distinct:
        old = read_regular_file(file, DOCUMENT_LIMIT)
        for remark in documents.stray_marks(old, file):
            project.say(remark)
        new = documents.fill_document(old, file, _listing_for(project, file, works))
        if new == old:
            project.say(f"{file}: up to date")
        else:
            stale.append((file, old, new))
    say_absent(project, works.values())
    if project.left_out:
        raise PubtrackError("an entry cannot be printed, so no document was changed; fix it first")
    if check or diff:
        for file, old, new in stale:
            click.echo(
                difference(file, documents.document_text(old, file), documents.document_text(new, file)), nl=False
            )
        return 1 if check and stale else 0
    if dry_run:
        for file, _, _ in stale:
            click.echo(f"would fill {file}")
        return 0
    save_outputs({Path(file): new for file, _, new in stale}, {Path(file): old for file, old, _ in stale})
    for file, _, _ in stale:
        project.say(f"{file}: filled")
    return 0


def _distinct(files: Sequence[str]) -> list[str]:
    """The files, each once, also where two names stand for one file."""
    from pathlib import Path

    from pubtrack.store.boundary import is_same_file

    found: list[str] = []
    for file in dict.fromkeys(files):
        if not any(is_same_file(Path(file), Path(other)) for other in found):
            found.append(file)
    return found


def _listing_for(project: Project, file: str, works: dict[str, Work]) -> MakeListing:
    """What makes the list of a region of `file`; the works that it shows are added to `works`."""
    from pubtrack.cli.list_remarks import say_left_out
    from pubtrack.cli.lists import configured_list, listing_of
    from pubtrack.config import list_options

    def listing(region: Region) -> Listing:
        base = configured_list(project, region.list_name)
        options = list_options(base, region.options)
        listing = listing_of(project, options)
        works.update((item.work.id, item.work) for item in listing.items)
        filters = ((f'the list "{region.list_name}"', base.where), ("the region", region.options.get("where", "")))
        place = f"{file}:{region.line}: " if region.line else f"{file}: "
        say_left_out(
            project,
            filters,
            (item.work.id for item in listing.items),
            options.keys,
            preprints=options.preprints,
            place=place,
        )
        return listing

    return listing
