"""pubtrack who: which author of every entry is the owner, by which rule, and what needs a person's eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.options import json_option, refuse
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pubtrack.model.work import Work

_SHOWN = 5
"""So many authors of a work are named."""


@click.command("who", epilog="Example: pubtrack who --bib refs.bib --owner 'Carberry, Josiah' --also 'J. S. Carberry'")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--absent", is_flag=True, help="Only the works in which nobody is the owner, with their authors.")
@json_option()
@store_options
def command(project: Project, keys: tuple[str, ...], absent: bool, as_json: bool) -> int:
    """Explain which author of each entry is the owner, and why."""
    from pubtrack.cli.list_remarks import say_empty_store
    from pubtrack.cli.terminal import printable
    from pubtrack.model.json_text import to_json
    from pubtrack.people.absence import absences
    from pubtrack.people.owner import identify

    owner = project.owner
    if owner is None:
        refuse("who needs an owner: set [owner] name in pubtrack.toml or use --owner NAME")
    works = project.chosen(keys)
    if absent:
        found = absences(project.recognised(works), owner)
        matches = {one.work.id: one.match for one in found}
        authors = {one.work.id: f"by {_names(one.work)}" for one in found if one.work.creators}
    else:
        matches = {work.id: identify(work.author, owner, others="author" in work.others) for work in works}
        authors = {}
    if works and not matches:
        project.say(f"you are in {'the work' if len(works) == 1 else f'all {len(works)} works'}")
    say_empty_store(project)
    if as_json:
        report = {
            key: {
                "positions": list(match.positions),
                "status": match.status,
                "rule": match.rule,
                "written_as": list(match.written_as),
                "note": match.note,
            }
            for key, match in matches.items()
        }
        click.echo(to_json(report))
    else:
        for key, match in matches.items():
            place = ", ".join(f"author {number}" for number in match.positions)
            written = ", ".join(f'"{name}"' for name in match.written_as)
            words = [match.status, place, f"as {written}" if written else "", match.rule, match.note, authors.get(key)]
            click.echo(printable(f"{key}: {'; '.join(word for word in words if word)}"))
    project.report_problems()  # what could be read is explained; that is not a failure of who
    return 0


def _names(work: Work) -> str:
    """The first authors, or editors, of a work."""
    names = [str(name) for name in work.creators]
    shown = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        return f"{shown} and {len(names) - _SHOWN} more"
    return f"{shown} and others" if work.others & {"author", "editor"} else shown
