"""pubtrack styles: which citation styles there are."""

from __future__ import annotations

import click

from pubtrack.cli.options import json_option
from pubtrack.cli.project import Project, shared_options


@click.command("styles", epilog="Example: pubtrack styles chicago")
@click.argument("word", default="", metavar="[WORD]")
@json_option()
@shared_options
def command(project: Project, word: str, as_json: bool) -> int:
    """List the citation styles with WORD in the name or title, or all."""
    import dataclasses
    from pathlib import Path

    from pubtrack.cli.terminal import table
    from pubtrack.csl.style_registry import list_styles
    from pubtrack.model.json_text import to_json

    found = list_styles(word, local_folder=Path.cwd())
    if as_json:
        click.echo(to_json([dataclasses.asdict(one) for one in found]))
    else:
        rows = [(one.name, one.title, one.format, one.kind if not one.parent else f"as {one.parent}") for one in found]
        table(("name", "title", "format", "kind"), rows, cut=("kind", "title", "format", "name"))
    if not found:
        project.say(f'no style has "{word}" in its name or title')
    return 0 if found else 1
