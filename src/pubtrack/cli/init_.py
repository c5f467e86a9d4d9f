"""pubtrack init: a pubtrack.toml and an empty store, never over what stands there."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, shared_options


@click.command("init", epilog='Example: pubtrack init --name "Carberry, Josiah S." --orcid 0000-0002-1825-0097')
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False))
@click.option("--name", required=True, help="The author whose publications these are.")
@click.option("--orcid", default="", metavar="ID", help="The author's ORCID iD.")
@dry_run_option("Only say what would be made.")
@shared_options
def command(project: Project, folder: str, name: str, orcid: str, dry_run: bool) -> None:
    """Make pubtrack.toml and bib/publications.bib in DIR. What exists is kept."""
    from pathlib import Path

    from pubtrack.cli.containment import Containment
    from pubtrack.cli.saves import finish_interrupted, save_outputs
    from pubtrack.config import FILE_NAME, toml_text
    from pubtrack.people.owner import Owner

    owner = Owner.parse(name, (), orcid)
    root = Path(folder)
    lines = ["[owner]", f"name = {toml_text(name.strip())}"]
    if orcid:
        lines.append(f"orcid = {toml_text(owner.orcid)}")
    wanted = {root / FILE_NAME: "\n".join(lines) + "\n", root / "bib" / "publications.bib": ""}
    for path in wanted:
        Containment(root, project.allow_outside).check_written(path)
    if not dry_run:
        finish_interrupted(project, list(wanted))
    missing = {path: content.encode() for path, content in wanted.items() if not path.exists()}
    if not dry_run and missing:
        save_outputs(missing, dict.fromkeys(missing), folders={path.parent for path in missing})
    for path in wanted:
        if path not in missing:
            project.say(f"{path} exists and is kept")
        else:
            click.echo(f"{'would make' if dry_run else 'made'} {path}")
