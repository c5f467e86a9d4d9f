"""pubtrack init: a pubtrack.toml and an empty store, never over what stands there."""

from __future__ import annotations

import click

from pubtrack.cli.project import Project, shared_options


@click.command("init", epilog='Example: pubtrack init --name "Carberry, Josiah S." --orcid 0000-0002-1825-0097')
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False))
@click.option("--name", required=True, help="The author whose publications these are.")
@click.option("--orcid", default="", metavar="ID", help="The author's ORCID iD.")
@click.option("--dry-run", is_flag=True, help="Only say what would be made.")
@shared_options
def command(project: Project, folder: str, name: str, orcid: str, dry_run: bool) -> None:
    """Make pubtrack.toml and bib/publications.bib in DIR. What exists is kept."""
    from pathlib import Path

    from pubtrack.cli.containment import Containment
    from pubtrack.config import FILE_NAME, toml_text
    from pubtrack.model.errors import PubtrackError
    from pubtrack.people.owner import Owner

    owner = Owner.parse(name, (), orcid)
    root = Path(folder)
    lines = ["[owner]", f"name = {toml_text(name.strip())}"]
    if orcid:
        lines.append(f"orcid = {toml_text(owner.orcid)}")
    wanted = {root / FILE_NAME: "\n".join(lines) + "\n", root / "bib" / "publications.bib": ""}
    for path in wanted:
        Containment(root, project.allow_outside).check_written(path)
    for path, content in wanted.items():
        if path.exists():
            project.say(f"{path} exists and is kept")
            continue
        if not dry_run:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x", encoding="utf-8", newline="\n") as stream:
                    stream.write(content)
            except OSError as error:
                raise PubtrackError(f"cannot be made: {error.strerror}", file=str(path)) from error
        click.echo(f"{'would make' if dry_run else 'made'} {path}")
