"""One refresh of a store: choose entries, ask the services, keep the proposals, write the safe ones on demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean
from pubtrack.refresh.plan import RefreshOptions, Responses, plan
from pubtrack.refresh.proposal import Proposal, RefreshPlan
from pubtrack.refresh.responses import ask_services, utc_now
from pubtrack.refresh.store_notes import apply_kept, bases_of, decline_kept, keep_plan, read_bases, undo_last
from pubtrack.refresh.target import Subject, refresh_targets
from pubtrack.sources.fetch import JobProgress
from pubtrack.sources.http import Client, client_or_default
from pubtrack.store.library import Library, checked_keys
from pubtrack.store.store import Store, Transaction, transaction


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found, which proposals it wrote, and whether Ctrl-C cut it short."""

    plan: RefreshPlan
    written: tuple[Proposal, ...] = ()
    is_interrupted: bool = False

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        return self.plan.proposals

    def __repr__(self) -> str:
        found = ", ".join(
            f"{count} {name}"
            for name, count in (
                ("proposals", len(self.plan.proposals)),
                ("remarks", len(self.plan.remarks)),
                ("incomplete", len(self.plan.incomplete)),
                ("written", len(self.written)),
            )
        )
        return f"<Refreshed: {found}>"


def refresh_library(
    library: Library,
    *,
    keys: Iterable[str] | None = None,
    apply_safe: bool = False,
    search: bool = True,
    options: RefreshOptions | None = None,
    client: Client | None = None,
    progress: JobProgress | None = None,
) -> Refreshed:
    """What the registries would change in the entries of `keys` (None: all), as `pubtrack refresh` proposes it.

    The proposals of a library in files are kept beside it, so that `apply_proposals` knows them; with `apply_safe` what
    only fills or updates is written. `search` looks for entries without an identifier, `client` is the network for one
    run (one of its own where none is given), `progress` is called with what is being done, how many are done and how
    many there are. Raises PubtrackError for an unknown key, for CSL-JSON, and where the proposals cannot be kept.
    """
    options = options or RefreshOptions()
    store = library.store
    if store is None:
        raise UsageError("only BibTeX can be refreshed")
    path = str(store.path) if store.path is not None else "-"
    if path == "-" and apply_safe:
        raise UsageError("a library that came from no file cannot be written; leave apply_safe out")
    everything = list(refresh_targets(store.documents))
    wanted = choose_targets(everything, store, checked_keys(keys))
    with client_or_default(client) as used:
        responses, stopped = ask_services(used, wanted, options, read_bases(path), search=search, progress=progress)
    if path == "-":
        return Refreshed(plan(wanted, responses, {}, options, everything), (), stopped)
    names = frozenset(subject.key for subject in wanted)
    with transaction(path) as change:
        outcome, written = plan_and_keep(
            change, store, everything, names, responses, options, write=apply_safe and not stopped
        )
    return Refreshed(outcome, written, stopped)


def apply_proposals(library: Library, proposals: Iterable[Proposal | str]) -> list[Proposal]:
    """Write these kept proposals, or those of these ids, into the files of the library; load it again to see them.

    All are written or none. Raises PubtrackError for an unknown id, and where the store cannot be written.
    """
    ids = _ids(proposals)
    with transaction(_path(library)) as change:
        return apply_kept(change, ids, utc_now())


def decline_proposals(library: Library, proposals: Iterable[Proposal | str] | None = None) -> list[Proposal]:
    """Decline these kept proposals, or those of these ids (None: all).

    They come again only when the registry says something else.
    """
    ids = None if proposals is None else _ids(proposals)
    with transaction(_path(library)) as change:
        return decline_kept(change, ids)


def undo_refresh(library: Library) -> tuple[str, ...]:
    """Take the last refresh of the library's files back; what stays because it was edited since, a line each."""
    with transaction(_path(library)) as change:
        return undo_last(change)[1]


def _ids(proposals: Iterable[Proposal | str]) -> list[str]:
    if isinstance(proposals, (str, Proposal)) or not isinstance(proposals, Iterable):
        raise UsageError("proposals are a list of them or of their ids")
    return [one.id if isinstance(one, Proposal) else one for one in proposals]


def _path(library: Library) -> str:
    if library.store is None or library.store.path is None:
        raise UsageError("a library that came from no .bib file has no proposals")
    return str(library.store.path)


def choose_targets(everything: Sequence[Subject], store: Store, keys: Collection[str] | None) -> list[Subject]:
    """The entries of the keys, None: all; raises PubtrackError for a key of no sound entry."""
    known = {subject.key: subject for subject in everything}
    if keys is None:
        return list(everything)
    for key in keys:
        if key not in known and key in store.by_key:
            raise PubtrackError(f'the entry "{key}" is broken, stands twice or is not a work; fix it first')
        if key not in known:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, known)}')
    return [known[key] for key in dict.fromkeys(keys)]


def safe_proposals(outcome: RefreshPlan) -> tuple[Proposal, ...]:
    """The proposals that only fill or update, and that can be applied."""
    return tuple(proposal for proposal in outcome.proposals if proposal.safe and proposal.applicable)


def plan_and_keep(
    change: Transaction,
    store: Store,
    everything: Sequence[Subject],
    keys: Collection[str],
    responses: Responses,
    options: RefreshOptions,
    *,
    write: bool,
) -> tuple[RefreshPlan, tuple[Proposal, ...]]:
    """The proposals, kept beside the store, and with `write` those that are safe, written.

    Planned on what the files hold while they are locked, for the services took their time; `everything` are the
    entries of `store`, as it was read before.
    """
    known = bases_of(change)
    now = everything if _is_same(change.store, store) else list(refresh_targets(change.store.documents))
    outcome = plan([one for one in now if one.key in keys], responses, known, options, now)
    safe = safe_proposals(outcome) if write else ()
    keep_plan(change, outcome, safe, known, responses.time)
    return outcome, safe


def _is_same(one: Store, other: Store) -> bool:
    """Whether both hold the same files with the same bytes."""
    files = [(file.path, file.content) for file in one.files]
    return files == [(file.path, file.content) for file in other.files]
