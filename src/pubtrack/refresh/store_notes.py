"""What a refresh writes, in a transaction of the store: applied or declined proposals, an undone refresh, the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pubtrack.bibtex.document import Document
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.refresh import bases as base_lines
from pubtrack.refresh import proposal_store, undo
from pubtrack.refresh.apply import apply_to_documents, decline
from pubtrack.refresh.bases import Bases, settle
from pubtrack.refresh.proposal import Proposal, RefreshPlan
from pubtrack.refresh.undo import AppliedRefresh
from pubtrack.store import atomic_files
from pubtrack.store.bib_file import BibFile
from pubtrack.store.store import Store, Transaction, notes_folder

_IGNORED = (
    f"# proposals and how to undo the last ones: of this copy alone\n{proposal_store.FILE_NAME}\n{undo.FILE_NAME}\n"
)
_ATTRIBUTES = f"{base_lines.FILE_NAME} merge=union\n"


# Without the lock --------------------------------------------------------------------------------------------------


def read_bases(path: str) -> Bases:
    """The bases beside the store at `path`; none for standard input."""
    return {} if path == "-" else base_lines.parse(*_read_note(path, base_lines.FILE_NAME))


def read_proposals(path: str, ids: Iterable[str] | None = None) -> list[Proposal]:
    """The kept proposals of these ids; None: all that can be declined. Raises PubtrackError for an unknown id."""
    return _chosen(proposal_store.parse(*_read_note(path, proposal_store.FILE_NAME)), ids)


def read_last_run(path: str) -> AppliedRefresh:
    """The last refresh that was written. Raises PubtrackError where there is none."""
    return _last(undo.parse(*_read_note(path, undo.FILE_NAME)))


def applied_texts(store: Store, chosen: Sequence[Proposal]) -> Mapping[str, str]:
    """The texts of the files that the proposals would change, by the files' names."""
    return apply_to_documents(_documents(store), chosen, {}, "").texts


def undone_texts(store: Store, run: AppliedRefresh) -> undo.Undone:
    """What taking the run back would make of the files."""
    return undo.undo_run(run, _documents(store), {})


def files_by_name(store: Store) -> dict[str, BibFile]:
    """The files by their names within the store, which are the same from wherever it is looked at."""
    return {file.path.name: file for file in store.files}


# Under the lock ----------------------------------------------------------------------------------------------------


def bases_of(change: Transaction) -> Bases:
    """The bases beside the store."""
    return base_lines.parse(*_note(change, base_lines.FILE_NAME))


def keep_plan(change: Transaction, outcome: RefreshPlan, safe: Sequence[Proposal], known: Bases, now: str) -> None:
    """Have the proposals kept, the bases on which file and registry agree moved, and the proposals `safe` written."""
    bases = settle(known, outcome.settled)
    before = proposal_store.parse(*_note(change, proposal_store.FILE_NAME))
    written = {proposal.id for proposal in safe}
    left = [proposal for proposal in outcome.proposals if proposal.id not in written]
    kept = proposal_store.renew_proposals(before, outcome.reached, left)
    if kept != list(before.values()):
        _write_note(change, proposal_store.FILE_NAME, proposal_store.write(kept))
    if safe:
        bases = _apply(change, safe, bases, now)
    if bases != known:
        _write_note(change, base_lines.FILE_NAME, base_lines.write(bases))


def apply_kept(change: Transaction, ids: Iterable[str], now: str) -> list[Proposal]:
    """Have the kept proposals of these ids written as they were printed. Raises PubtrackError for an unknown id."""
    kept = proposal_store.parse(*_note(change, proposal_store.FILE_NAME))
    chosen = _chosen(kept, ids)
    _write_note(change, base_lines.FILE_NAME, base_lines.write(_apply(change, chosen, bases_of(change), now)))
    _forget(change, kept, chosen)
    return chosen


def decline_kept(change: Transaction, ids: Iterable[str] | None) -> list[Proposal]:
    """Decline the kept proposals of these ids, or all: they come again only when the registry says something else."""
    kept = proposal_store.parse(*_note(change, proposal_store.FILE_NAME))
    chosen = _chosen(kept, ids)
    _write_note(change, base_lines.FILE_NAME, base_lines.write(decline(chosen, bases_of(change))))
    _forget(change, kept, chosen)
    return chosen


def undo_last(change: Transaction) -> tuple[AppliedRefresh, tuple[str, ...]]:
    """Take the last refresh back: the run, and what stays because it was edited since, a line each."""
    runs = undo.parse(*_note(change, undo.FILE_NAME))
    run = _last(runs)
    back = undo.undo_run(run, _documents(change.store), bases_of(change))
    files = files_by_name(change.store)
    for name, text in back.texts.items():
        change.write(files[name], text)
    _write_note(change, undo.FILE_NAME, undo.write(runs[:-1]))
    _write_note(change, base_lines.FILE_NAME, base_lines.write(back.bases))
    return run, back.kept


# -------------------------------------------------------------------------------------------------------------------


def _apply(change: Transaction, chosen: Sequence[Proposal], bases: Bases, now: str) -> Bases:
    """Has the changes written, and the run kept so that it can be undone; the bases after it."""
    done = apply_to_documents(_documents(change.store), chosen, bases, now)
    files = files_by_name(change.store)
    for name, text in done.texts.items():
        change.write(files[name], text)
    runs = undo.parse(*_note(change, undo.FILE_NAME))
    _write_note(change, undo.FILE_NAME, undo.write([*runs, done.run]))
    return done.bases


def _forget(change: Transaction, kept: Mapping[str, Proposal], chosen: Sequence[Proposal]) -> None:
    left = (proposal for proposal in kept.values() if proposal not in chosen)
    _write_note(change, proposal_store.FILE_NAME, proposal_store.write(left))


def _write_note(change: Transaction, name: str, text: str) -> None:
    """Has a note written; with the first one what git should know of this folder."""
    if text == change.note(name):
        return
    for beside, content in ((".gitignore", _IGNORED), (".gitattributes", _ATTRIBUTES)):
        if not change.note(beside):
            change.write_note(beside, content)
    change.write_note(name, text)


def _chosen(kept: Mapping[str, Proposal], ids: Iterable[str] | None) -> list[Proposal]:
    if ids is None:
        return [proposal for proposal in kept.values() if proposal.settles]
    found = []
    for id_ in dict.fromkeys(ids):
        if id_ not in kept:
            hint = did_you_mean(id_, kept) if kept else ""
            raise PubtrackError(f'no proposal of the last run has the id "{id_}"{hint or "; run pubtrack refresh"}')
        found.append(kept[id_])
    return found


def _last(runs: Sequence[AppliedRefresh]) -> AppliedRefresh:
    if not runs:
        raise PubtrackError("there is no refresh to take back")
    return runs[-1]


def _documents(store: Store) -> dict[str, Document]:
    return {name: file.document for name, file in files_by_name(store).items()}


def _note(change: Transaction, name: str) -> tuple[str, str]:
    """The text of a note, and how it is called in messages."""
    return change.note(name), str(notes_folder(change.store.path or ".") / name)


def _read_note(path: str, name: str) -> tuple[str, str]:
    file = notes_folder(path) / name
    text = atomic_files.read(file).decode("utf-8", "surrogateescape") if file.exists() else ""
    return text, str(file)
