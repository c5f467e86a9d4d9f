"""What refresh writes: applied or declined proposals, an undone refresh, the notes beside the store."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence

import click

from pubtrack.bibtex.document import Document
from pubtrack.cli.project import Project
from pubtrack.cli.saves import edit_transaction, open_store
from pubtrack.cli.terminal import difference, printable
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.model.json_text import to_json
from pubtrack.refresh import bases as base_lines
from pubtrack.refresh import proposal_store, undo
from pubtrack.refresh.apply import apply_proposals, decline
from pubtrack.refresh.bases import Bases, settle
from pubtrack.refresh.proposal import Proposal, RefreshPlan
from pubtrack.store import atomic_files
from pubtrack.store.store import BibFile, Store, Transaction, notes_folder

_IGNORED = (
    f"# proposals and how to undo the last ones: of this copy alone\n{proposal_store.FILE_NAME}\n{undo.FILE_NAME}\n"
)
_ATTRIBUTES = f"{base_lines.FILE_NAME} merge=union\n"


def read_bases(path: str) -> Bases:
    """The bases beside the store at `path`, without its lock; none for standard input."""
    if path == "-":
        return {}
    file = notes_folder(path) / base_lines.FILE_NAME
    if not file.exists():
        return {}
    return base_lines.parse(atomic_files.read(file).decode("utf-8", "surrogateescape"), file=str(file))


def bases_of(change: Transaction) -> Bases:
    """The bases beside the store of a transaction."""
    return base_lines.parse(change.note(base_lines.FILE_NAME), file=_shown(change, base_lines.FILE_NAME))


def write(change: Transaction, outcome: RefreshPlan, safe: Sequence[Proposal], known: Bases, now: str) -> None:
    """Have the proposals kept, the bases on which file and registry agree moved, and the proposals `safe` written."""
    bases = settle(known, outcome.settled)
    before = proposal_store.parse(change.note(proposal_store.FILE_NAME), file=_shown(change, proposal_store.FILE_NAME))
    written = {proposal.id for proposal in safe}
    left = [proposal for proposal in outcome.proposals if proposal.id not in written]
    kept = proposal_store.renew_proposals(before, outcome.reached, left)
    if kept != list(before.values()):
        _write_note(change, proposal_store.FILE_NAME, proposal_store.write(kept))
    if safe:
        bases = _apply(change, safe, bases, now)
    if bases != known:
        _write_note(change, base_lines.FILE_NAME, base_lines.write(bases))


def apply(project: Project, ids: Iterable[str], *, dry_run: bool, as_json: bool) -> int:
    """Write the proposals of these ids as they were printed; all of them or none."""
    if dry_run:
        store = open_store(project, project.edited_path)
        kept = proposal_store.parse(_read_note(project, proposal_store.FILE_NAME))
        print_changes(store, _named(kept, ids))
        return 0
    with edit_transaction(project, project.edited_path) as change:
        kept = proposal_store.parse(
            change.note(proposal_store.FILE_NAME), file=_shown(change, proposal_store.FILE_NAME)
        )
        chosen = _named(kept, ids)
        bases = _apply(change, chosen, bases_of(change), _now())
        _write_note(change, base_lines.FILE_NAME, base_lines.write(bases))
        left = (proposal for proposal in kept.values() if proposal not in chosen)
        _write_note(change, proposal_store.FILE_NAME, proposal_store.write(left))
    if as_json:
        click.echo(json.dumps({"applied": [proposal.id for proposal in chosen]}))
    for proposal in chosen:
        project.say(f"{proposal.key}: {proposal.field} written")
    project.say("pubtrack refresh --undo takes it back")
    return 0


def decline_proposals(project: Project, ids: Sequence[str], *, dry_run: bool, as_json: bool) -> int:
    """Decline the proposals of these ids, or all: they come again only when the registry says something else."""
    if dry_run:
        chosen = _named_or_all(proposal_store.parse(_read_note(project, proposal_store.FILE_NAME)), ids)
    else:
        with edit_transaction(project, project.edited_path) as change:
            kept = proposal_store.parse(
                change.note(proposal_store.FILE_NAME), file=_shown(change, proposal_store.FILE_NAME)
            )
            chosen = _named_or_all(kept, ids)
            bases = decline(chosen, bases_of(change))
            _write_note(change, base_lines.FILE_NAME, base_lines.write(bases))
            left = (proposal for proposal in kept.values() if proposal not in chosen)
            _write_note(change, proposal_store.FILE_NAME, proposal_store.write(left))
    if as_json:
        click.echo(json.dumps({"kept": [proposal.id for proposal in chosen]}))
    project.say(f"{len(chosen)} declined{' (dry run)' if dry_run else ''}: yours stays until the registry changes")
    return 0


def undo_refresh(project: Project, *, dry_run: bool, as_json: bool) -> int:
    """Take the last refresh back; 1 if something in it was edited since, and so stays."""
    if dry_run:
        store = open_store(project, project.edited_path)
        runs = undo.parse(_read_note(project, undo.FILE_NAME))
        back = undo.undo_run(_last(runs), _documents(store), {})
        _show(store, back.texts)
        return _report(project, back.kept, as_json=as_json)
    with edit_transaction(project, project.edited_path) as change:
        runs = undo.parse(change.note(undo.FILE_NAME), file=_shown(change, undo.FILE_NAME))
        run = _last(runs)
        files = _files(change.store)
        back = undo.undo_run(run, _documents(change.store), bases_of(change))
        for name, text in back.texts.items():
            change.write(files[name], text)
        _write_note(change, undo.FILE_NAME, undo.write(runs[:-1]))
        _write_note(change, base_lines.FILE_NAME, base_lines.write(back.bases))
    project.say(f"the refresh of {run.time} is taken back")
    return _report(project, back.kept, as_json=as_json)


def print_changes(store: Store, chosen: Sequence[Proposal]) -> None:
    """Prints what applying would change."""
    _show(store, apply_proposals(_documents(store), chosen, {}, "").texts)


# -------------------------------------------------------------------------------------------------------------------


def _apply(change: Transaction, chosen: Sequence[Proposal], bases: Bases, now: str) -> Bases:
    """Has the changes written, and the run kept so that it can be undone; the bases after it."""
    done = apply_proposals(_documents(change.store), chosen, bases, now)
    files = _files(change.store)
    for name, text in done.texts.items():
        change.write(files[name], text)
    runs = undo.parse(change.note(undo.FILE_NAME), file=_shown(change, undo.FILE_NAME))
    _write_note(change, undo.FILE_NAME, undo.write([*runs, done.run]))
    return done.bases


def _write_note(change: Transaction, name: str, text: str) -> None:
    """Has a note written; with the first one what git should know of this folder."""
    if text == change.note(name):
        return
    for beside, content in ((".gitignore", _IGNORED), (".gitattributes", _ATTRIBUTES)):
        if not change.note(beside):
            change.write_note(beside, content)
    change.write_note(name, text)


def _named(kept: Mapping[str, Proposal], ids: Iterable[str]) -> list[Proposal]:
    found = []
    for id_ in dict.fromkeys(ids):
        if id_ not in kept:
            hint = did_you_mean(id_, kept) if kept else ""
            raise PubtrackError(f'no proposal of the last run has the id "{id_}"{hint or "; run pubtrack refresh"}')
        found.append(kept[id_])
    return found


def _named_or_all(kept: Mapping[str, Proposal], ids: Sequence[str]) -> list[Proposal]:
    return _named(kept, ids) if ids else [proposal for proposal in kept.values() if proposal.settles]


def _last(runs: Sequence[undo.AppliedRefresh]) -> undo.AppliedRefresh:
    if not runs:
        raise PubtrackError("there is no refresh to take back")
    return runs[-1]


def _report(project: Project, kept: Sequence[str], *, as_json: bool) -> int:
    if as_json:
        click.echo(to_json({"kept": list(kept)}, indent=None))
    else:
        for line in kept:
            click.echo(printable(line))
    return 1 if kept else 0


def _show(store: Store, texts: Mapping[str, str]) -> None:
    files = _files(store)
    for name, text in texts.items():
        click.echo(difference(files[name].name, files[name].document.text, text), nl=False)


def _files(store: Store) -> dict[str, BibFile]:
    """The files by their names within the store, which are the same from wherever it is looked at."""
    return {file.path.name: file for file in store.files}


def _documents(store: Store) -> dict[str, Document]:
    return {name: file.document for name, file in _files(store).items()}


def _read_note(project: Project, name: str) -> str:
    file = notes_folder(project.edited_path) / name
    return atomic_files.read(file).decode("utf-8", "surrogateescape") if file.exists() else ""


def _shown(change: Transaction, name: str) -> str:
    return str(notes_folder(change.store.path or ".") / name)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
