"""pubtrack who: which author of every entry is the owner, by which rule, and what needs a person's eye."""

from __future__ import annotations

import click

from pubtrack.cli.options import json_option, refuse
from pubtrack.cli.project import Project, store_options


@click.command("who", epilog="Example: pubtrack who --bib refs.bib --owner 'Carberry, Josiah' --also 'J. S. Carberry'")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@json_option()
@store_options
def command(project: Project, keys: tuple[str, ...], as_json: bool) -> int:
    """Explain which author of each entry is the owner, and why."""
    from pubtrack.cli.terminal import printable
    from pubtrack.model.json_text import to_json
    from pubtrack.people.owner import identify

    owner = project.owner
    if owner is None:
        refuse("who needs an owner: set [owner] name in pubtrack.toml or use --owner NAME")
    works = project.library.chosen(keys)
    matches = {work.id: identify(work.author, owner, others="author" in work.others) for work in works}
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
            words = [match.status, place, f"as {written}" if written else "", match.rule, match.note]
            click.echo(printable(f"{key}: {'; '.join(word for word in words if word)}"))
    project.report_problems()  # what could be read is explained; that is not a failure of who
    return 0
