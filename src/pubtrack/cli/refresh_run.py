"""One run of refresh: choose entries, ask the services, print proposals, write the safe ones on demand."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pubtrack.cli import refresh_edits, refresh_report
from pubtrack.cli.network import Network, open_client, progress_bar
from pubtrack.cli.project import Project
from pubtrack.cli.saves import edit_transaction
from pubtrack.lists.filters import compile_filter
from pubtrack.matching.comparison import is_unpublished
from pubtrack.model.errors import PubtrackError, UsageError, did_you_mean
from pubtrack.model.record import Identifier, Lookup, Record
from pubtrack.model.richtext import plain
from pubtrack.refresh.field_kinds import biblatex_field, fields_named
from pubtrack.refresh.plan import RefreshOptions, Responses, plan
from pubtrack.refresh.proposal import Missed, Proposal, RefreshPlan
from pubtrack.refresh.published import Publishing
from pubtrack.refresh.record_acceptance import accepted_records, published_identifiers
from pubtrack.refresh.target import Subject, refresh_targets
from pubtrack.store.store import Store

if TYPE_CHECKING:
    from pubtrack.sources.fetch import Fetched
    from pubtrack.sources.http import Client

INTERRUPTED = 130
_SEARCHED = frozenset("article-journal article-magazine paper-conference chapter book report".split())
"""Types that Crossref knows most of; of others (theses, software, talks) a miss says nothing and a hit is rarely it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to refresh: entries by key and filter, what to do with published preprints (None: as configured), and
    whether what has no identifier is searched for."""

    keys: tuple[str, ...] = ()
    where: str = ""
    published: str | None = None
    search: bool = True


def refresh(
    project: Project, chosen: Chosen, network: Network, *, apply_safe: bool, dry_run: bool, as_json: bool
) -> int:
    """Ask, propose, print; with `apply_safe` write the fills and updates. The exit code: 1 if a service failed."""
    path = project.bib_path
    store = None if path.lower().endswith(".json") else project.library.store
    if store is None:
        raise UsageError("only BibTeX can be refreshed; name a .bib file or a folder of them with --bib")
    if path == "-" and apply_safe and not dry_run:
        raise UsageError("what comes from standard input cannot be written; name a file with --bib")
    if apply_safe and not dry_run:
        _ = project.edited_path  # refused before anybody is asked
    refresh_options = _wishes(project, chosen)
    everything = list(refresh_targets(store.documents))
    wanted = _wanted(project, everything, store, chosen)
    keys = frozenset(subject.key for subject in wanted)
    titles = {subject.key: plain(subject.work.title) for subject in wanted}
    search = chosen.search and project.config.refresh.search and "doi" in refresh_options.filled
    responses, is_interrupted = _listen(project, network, wanted, refresh_options, search=search)
    if dry_run or path == "-":
        outcome = plan(wanted, responses, refresh_edits.read_bases(path), refresh_options, everything)
        refresh_report.print_plan(project, titles, outcome, as_json=as_json, is_kept=False)
        if apply_safe and not as_json:
            refresh_edits.print_changes(store, _safe(outcome))
    else:
        outcome, written = _plan_and_keep(
            project, everything, keys, responses, refresh_options, write=apply_safe and not is_interrupted
        )
        refresh_report.print_plan(project, titles, outcome, as_json=as_json, written=written)
    if is_interrupted:
        return INTERRUPTED
    return 1 if outcome.incomplete else 0


def _plan_and_keep(
    project: Project,
    read: Sequence[Subject],
    keys: Collection[str],
    responses: Responses,
    refresh_options: RefreshOptions,
    *,
    write: bool,
) -> tuple[RefreshPlan, tuple[Proposal, ...] | None]:
    """The proposals, kept beside the store, and with `write` those that are safe, written.

    Planned on what the files hold while they are locked, for the services took their time. Where nothing can be
    written to the folder, proposals alone are no failure.
    """
    try:
        with edit_transaction(project, project.edited_path) as change:
            known = refresh_edits.bases_of(change)
            now = (
                read if _is_same(change.store, project.library.store) else list(refresh_targets(change.store.documents))
            )
            outcome = plan([one for one in now if one.key in keys], responses, known, refresh_options, now)
            safe = _safe(outcome) if write else ()
            refresh_edits.write(change, outcome, safe, known, responses.time)
    except PubtrackError as error:
        if write:
            raise
        project.say(f"{error}; so the proposals are not kept, and --apply will not know them")
        bases = refresh_edits.read_bases(project.bib_path)
        return plan([one for one in read if one.key in keys], responses, bases, refresh_options, read), None
    return outcome, safe


def _safe(outcome: RefreshPlan) -> tuple[Proposal, ...]:
    return tuple(proposal for proposal in outcome.proposals if proposal.safe and proposal.applicable)


def _is_same(one: Store, other: Store | None) -> bool:
    """Whether both hold the same files with the same bytes."""
    files = [(file.path, file.content) for file in one.files]
    return other is not None and files == [(file.path, file.content) for file in other.files]


def _wishes(project: Project, chosen: Chosen) -> RefreshOptions:
    config = project.config
    try:
        filled = fields_named(config.refresh.fill)
    except PubtrackError as error:
        raise PubtrackError(error.message, file=config.file) from error
    return RefreshOptions(
        filled=filled,
        locked=frozenset(map(biblatex_field, config.refresh.lock)),
        publishing=cast(Publishing, chosen.published or config.refresh.published),
        dialect=config.store.dialect,
        venues=config.venues,
    )


def _wanted(project: Project, subjects_: Sequence[Subject], store: Store, chosen: Chosen) -> list[Subject]:
    """The entries of the keys, or all, that the filter accepts; raises PubtrackError for a key of no sound entry."""
    known = {subject.key: subject for subject in subjects_}
    for key in chosen.keys:
        if key not in known and key in store.by_key:
            raise PubtrackError(f'the entry "{key}" is broken, stands twice or is not a work; mend it first')
        if key not in known:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, known)}')
    wanted = [known[key] for key in dict.fromkeys(chosen.keys)] if chosen.keys else list(subjects_)
    if not chosen.where:
        return wanted
    accepts = compile_filter(chosen.where, project.config.venues, project.own_fields)
    accepted = {work.id for work in project.recognised([subject.work for subject in wanted]) if accepts(work)}
    return [subject for subject in wanted if subject.key in accepted]


# Asking ------------------------------------------------------------------------------------------------------------


def _listen(
    project: Project, network: Network, wanted: Sequence[Subject], refresh_options: RefreshOptions, *, search: bool
) -> tuple[Responses, bool]:
    """What the services say of the entries, and whether Ctrl-C cut them short."""
    from pubtrack.sources.fetch import STOPPED, fetch

    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    identifiers = list(dict.fromkeys(one for subject in wanted for one in subject.identifiers))
    with open_client(project, network) as client:
        with progress_bar(project, "looking up") as progress:
            first = fetch(client, identifiers, progress=progress)
        rounds: list[Fetched] = [first]
        if not first.stopped:
            led_to = list(dict.fromkeys(_led_to(wanted, first, refresh_options)))
            rounds.append(fetch(client, [one for one in led_to if one not in first]))
        found, unasked, stopped = _search(project, client, wanted if search else ())
    answers = {identifier: answer for one in rounds for identifier, answer in one.items()}
    times = {place: receipt.fetched for one in rounds for place, receipt in one.receipts.items()}
    is_interrupted = STOPPED in (*(one.stopped for one in rounds), stopped)
    return Responses(answers, found, now, times, unasked), is_interrupted


def _led_to(
    wanted: Sequence[Subject], answers: Mapping[Identifier, Lookup], refresh_options: RefreshOptions
) -> Iterator[Identifier]:
    """The published versions that the records of preprints name."""
    for subject in wanted:
        if is_unpublished(subject.work):
            yield from published_identifiers(subject, accepted_records(subject, answers, refresh_options.venues))


def _search(
    project: Project, client: Client, wanted: Sequence[Subject]
) -> tuple[dict[str, tuple[Record, ...]], dict[str, Missed], str]:
    """The candidates for entries without an identifier, the searches that failed, and why they ended early."""
    from pubtrack.sources.search import Query, search

    unnamed = [subject for subject in wanted if not subject.identifiers]
    bases = refresh_edits.read_bases(project.bib_path) if unnamed else {}
    queries = {
        subject.key: Query(plain(subject.work.title), people[0].family or people[0].literal)
        for subject in unnamed
        if subject.work.title and subject.work.type in _SEARCHED
        if (people := subject.work.author or subject.work.people.get("editor", ()))
        if (subject.key, "doi") not in bases and "doi" not in subject.own
    }
    if not queries:
        return {}, {}, ""
    with progress_bar(project, "searching") as progress:
        answers = search(client, queries.values(), progress=progress)
    found = {key: answers[query].records for key, query in queries.items()}
    unasked = {
        key: Missed(key, failure.source, failure.message)
        for key, query in queries.items()
        for failure in answers[query].failures[:1]
    }
    return found, unasked, answers.stopped
