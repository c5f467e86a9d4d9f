"""pubtrack list: a table of every entry of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.options import json_option
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pubtrack.model.work import Work


@click.command("list", epilog="Example: pubtrack list 'type = article-journal and position = 1'")
@click.argument("filter_", default="", metavar="[FILTER]")
@json_option("Print CSL-JSON for programs.")
@store_options
def command(project: Project, filter_: str, as_json: bool) -> int:
    """List the entries that FILTER accepts, or all, with the owner's place in each."""
    from pubtrack.cli.list_remarks import say_articles, say_left_out
    from pubtrack.cli.terminal import table
    from pubtrack.cli.wrong_file import refuse_file
    from pubtrack.csl_json import item_from_work
    from pubtrack.lists.filters import compile_filter
    from pubtrack.model.json_text import to_json

    refuse_file(filter_)
    accepts = compile_filter(filter_, project.config.venues, project.own_fields)
    works = [work for work in project.works if accepts(work)]
    say_articles(project, [filter_], project.works)
    say_left_out(project, [("the filter", filter_)], (work.id for work in works), verb="list")
    if as_json:
        click.echo(to_json([item_from_work(work) for work in works]))
    else:
        table(
            ("key", "year", "type", "owner", "title", "venue"),
            [_row(work, project.published.get(work.id, "")) for work in works],
            cut=("venue", "title", "type", "owner", "year", "key"),
            below=("title", "venue"),
        )
    return 1 if project.report_problems() else 0


def _row(work: Work, published: str) -> tuple[str, ...]:
    from pubtrack.model.name import ME
    from pubtrack.model.richtext import plain

    year = str(work.issued.year) if work.issued is not None and work.issued.year is not None else work.get("status")
    place = next((f"{n}/{len(work.author)}" for n, name in enumerate(work.author, 1) if ME in name.roles), "-")
    venue = work.get("container_title") or work.get("event_title") or work.get("publisher")
    title = plain(work.title) + (f" (preprint of {published})" if published else "")
    return work.id, year, work.type, place, title, venue
