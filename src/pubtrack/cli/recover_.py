"""pubtrack recover: finish a save of several files that was interrupted, or clear away what is left of one."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, store_options


@click.command("recover", epilog="Example: pubtrack recover --dry-run")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(exists=True, file_okay=False))
@click.option("--drop", is_flag=True, help="Remove what is left of saves that could not be finished.")
@dry_run_option("Write nothing; say what would be done.")
@store_options
def command(project: Project, folders: tuple[str, ...], drop: bool, dry_run: bool) -> int:
    """Finish interrupted saves of the store, or of the outputs in each FOLDER.

    A save is finished only if each of its files still holds what it held then, or the new text. If one was edited
    since, no file is changed: the journal is set apart, and --drop removes it with the texts that were not written.
    """
    from pathlib import Path

    from pubtrack.store import recovery

    places = [recovery.of_folder(Path(folder)) for folder in folders] or [recovery.of_store(Path(project.edited_path))]
    done = False
    for place in places:
        for line in place.preview() if dry_run else place.recover():
            click.echo(line)
            done = True
        left = place.rejected()
        if drop and not dry_run:
            place.drop(left)
        for path in left:
            click.echo(f"{path}: {_about_rejected(drop, dry_run)}")
            done = True
    if not done:
        project.say("no interrupted save was found")
    return 0


def _about_rejected(drop: bool, dry_run: bool) -> str:
    if not drop:
        return "left of a save that could not be finished; --drop removes it"
    return "would be removed" if dry_run else "removed"
