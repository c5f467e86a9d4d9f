"""pubtrack show: one entry as it prints and as it stands in the file."""

from __future__ import annotations

import click

from pubtrack.cli.options import json_option
from pubtrack.cli.project import Project, store_options


@click.command("show", epilog="Example: pubtrack show carberry2008 --raw")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--raw", is_flag=True, help="Only the entry as it stands.")
@json_option("Print CSL-JSON for programs.")
@store_options
def command(project: Project, keys: tuple[str, ...], raw: bool, as_json: bool) -> int:
    """Show entries as they print and as they stand in the store."""
    from pubtrack import writers
    from pubtrack.cli.lists import listing_of
    from pubtrack.cli.terminal import printable
    from pubtrack.csl_json import item_from_work
    from pubtrack.model.json_text import to_json

    if raw and not as_json:
        for key in keys:
            click.echo(printable(project.library.source(key)))
        return 0
    works = project.chosen(keys)
    if as_json:
        click.echo(to_json([item_from_work(work) for work in works]))
        return 0
    for work in works:
        options = project.config.list_named("cv")
        content = writers.write(listing_of(project, options, (work.id,)), "text")
        click.echo(content if isinstance(content, str) else content.decode())
        click.echo(printable(project.library.source(work.id)))
    return 0
