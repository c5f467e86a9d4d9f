"""pubtrack cv: the marked regions of documents, filled in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.project import Project, store_options
from pubtrack.cli.terminal import difference

if TYPE_CHECKING:
    from pubtrack.documents import Render


@click.command("cv", epilog="Example: pubtrack cv cv.md --check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Write nothing; print the difference and exit 1 if a region is stale.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say which documents would change.")
@store_options
def command(project: Project, files: tuple[str, ...], check: bool, diff: bool, dry_run: bool) -> int:
    """Fill the marked regions of documents; every other byte stays.

    \b
    A region is marked by two comment lines, in Markdown and HTML
      <!-- pubtrack:begin cv -->  and  <!-- pubtrack:end -->
    with % in LaTeX and // in Typst. The word behind "begin" names a list of
    pubtrack.toml; options of the list may follow: style=apa where="selected"
    """
    from pathlib import Path

    from pubtrack import disk, documents
    from pubtrack.errors import PubtrackError

    if project.report_problems():
        raise PubtrackError("the store has broken entries, so no document was changed; mend them first")
    render = _render_region(project)
    stale = []
    for file in dict.fromkeys(files):
        old = disk.read(Path(file))
        new = documents.filled(old, file, render)
        if new == old:
            project.say(f"{file}: up to date")
        else:
            stale.append((file, old, new))
    if check or diff:
        for file, old, new in stale:
            click.echo(difference(file, old.decode("utf-8", "replace"), new.decode("utf-8", "replace")), nl=False)
        return 1 if check and stale else 0
    if dry_run:
        for file, _, _ in stale:
            click.echo(f"would fill {file}")
        return 0
    for file, old, new in stale:
        disk.atomic_write(Path(file), new, expected=old)
        project.say(f"{file}: filled")
    return 0


def _render_region(project: Project) -> Render:
    from pubtrack import writers
    from pubtrack.cli.lists import listing_of
    from pubtrack.config import list_options
    from pubtrack.documents.regions import Region

    def render(region: Region, writer: str) -> str:
        options = list_options(project.config.list_named(region.list_name), region.options)
        content = writers.write(listing_of(project, options), writer)
        return content if isinstance(content, str) else content.decode()

    return render
