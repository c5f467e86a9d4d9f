"""The forms of refresh that ask nobody: apply, decline and undo proposals of former runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click

from pubtrack.cli.project import Project
from pubtrack.cli.saves import edit_transaction, open_store
from pubtrack.cli.terminal import difference, printable
from pubtrack.model.json_text import to_json
from pubtrack.refresh import store_notes
from pubtrack.refresh.responses import utc_now
from pubtrack.store.store import Store


def apply(project: Project, ids: Sequence[str], *, dry_run: bool, as_json: bool) -> int:
    """Write the proposals of these ids as they were printed; all of them or none."""
    if dry_run:
        store = open_store(project, project.edited_path)
        print_texts(store, store_notes.applied_texts(store, store_notes.read_proposals(project.edited_path, ids)))
        return 0
    with edit_transaction(project, project.edited_path) as change:
        chosen = store_notes.apply_kept(change, ids, utc_now())
    if as_json:
        click.echo(json.dumps({"applied": [proposal.id for proposal in chosen]}))
    for proposal in chosen:
        project.say(f"{proposal.key}: {proposal.field} written")
    project.say("pubtrack refresh --undo takes it back")
    return 0


def decline_proposals(project: Project, ids: Sequence[str], *, dry_run: bool, as_json: bool) -> int:
    """Decline the proposals of these ids, or all: they come again only when the registry says something else."""
    if dry_run:
        chosen = store_notes.read_proposals(project.edited_path, ids or None)
    else:
        with edit_transaction(project, project.edited_path) as change:
            chosen = store_notes.decline_kept(change, ids or None)
    if as_json:
        click.echo(json.dumps({"kept": [proposal.id for proposal in chosen]}))
    project.say(f"{len(chosen)} declined{' (dry run)' if dry_run else ''}: yours stays until the registry changes")
    return 0


def undo_refresh(project: Project, *, dry_run: bool, as_json: bool) -> int:
    """Take the last refresh back; 1 if something in it was edited since, and so stays."""
    if dry_run:
        store = open_store(project, project.edited_path)
        back = store_notes.undone_texts(store, store_notes.read_last_run(project.edited_path))
        print_texts(store, back.texts)
        kept = back.kept
    else:
        with edit_transaction(project, project.edited_path) as change:
            run, kept = store_notes.undo_last(change)
        project.say(f"the refresh of {run.time} is taken back")
    if as_json:
        click.echo(to_json({"kept": list(kept)}, indent=None))
    for line in kept if not as_json else ():
        click.echo(printable(line))
    return 1 if kept else 0


def print_texts(store: Store, texts: Mapping[str, str]) -> None:
    """Print what would change in the files of these names."""
    files = store_notes.files_by_name(store)
    for name, text in texts.items():
        click.echo(difference(files[name].name, files[name].document.text, text), nl=False)
