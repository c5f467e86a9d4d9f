"""Ask the services about the entries of a refresh: identifiers first, then what the records lead to, then searches."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from pubtrack.matching.comparison import is_unpublished
from pubtrack.model.record import Identifier, Lookup, Record
from pubtrack.model.richtext import plain
from pubtrack.refresh.bases import Bases
from pubtrack.refresh.plan import RefreshOptions, Responses
from pubtrack.refresh.proposal import Missed
from pubtrack.refresh.record_acceptance import accepted_records, published_identifiers
from pubtrack.refresh.target import Subject
from pubtrack.sources.fetch import STOPPED, Fetched, JobProgress, fetch, of_job
from pubtrack.sources.http import Client
from pubtrack.sources.search import Query, search

_SEARCHED = frozenset("article-journal article-magazine paper-conference chapter book report".split())
"""Types that Crossref knows most of; of others (theses, software, talks) a miss says nothing and a hit is rarely it."""


def utc_now() -> str:
    """The time as bases and journals have it (ISO 8601, UTC)."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def ask_services(
    client: Client,
    wanted: Sequence[Subject],
    options: RefreshOptions,
    bases: Bases,
    *,
    search: bool = True,
    progress: JobProgress | None = None,
) -> tuple[Responses, bool]:
    """What the services say of the entries, and whether Ctrl-C cut them short.

    With `search` entries without an identifier are searched for by title and first name, unless their base says that a
    DOI was declined.
    """
    now = utc_now()
    identifiers = list(dict.fromkeys(one for subject in wanted for one in subject.identifiers))
    first = fetch(client, identifiers, progress=of_job(progress, "looking up"))
    rounds: list[Fetched] = [first]
    if not first.stopped:
        led_to = list(dict.fromkeys(_led_to(wanted, first, options)))
        rounds.append(fetch(client, [one for one in led_to if one not in first]))
    found, unasked, stopped = _search(client, wanted if search else (), bases, progress)
    answers = {identifier: answer for one in rounds for identifier, answer in one.items()}
    times = {place: receipt.fetched for one in rounds for place, receipt in one.receipts.items()}
    is_interrupted = STOPPED in (*(one.stopped for one in rounds), stopped)
    return Responses(answers, found, now, times, unasked), is_interrupted


def _led_to(
    wanted: Sequence[Subject], answers: Mapping[Identifier, Lookup], options: RefreshOptions
) -> Iterator[Identifier]:
    """The published versions that the records of preprints name."""
    for subject in wanted:
        if is_unpublished(subject.work):
            yield from published_identifiers(subject, accepted_records(subject, answers, options.venues))


def _search(
    client: Client, wanted: Sequence[Subject], bases: Bases, progress: JobProgress | None
) -> tuple[dict[str, tuple[Record, ...]], dict[str, Missed], str]:
    """The candidates for entries without an identifier, the searches that failed, and why they ended early."""
    queries = {
        subject.key: Query(plain(subject.work.title), people[0].family or people[0].literal)
        for subject in wanted
        if not subject.identifiers and subject.work.title and subject.work.type in _SEARCHED
        if (people := subject.work.author or subject.work.people.get("editor", ()))
        if (subject.key, "doi") not in bases and "doi" not in subject.own
    }
    if not queries:
        return {}, {}, ""
    answers = search(client, queries.values(), progress=of_job(progress, "searching"))
    found = {key: answers[query].records for key, query in queries.items()}
    unasked = {
        key: Missed(key, failure.source, failure.message)
        for key, query in queries.items()
        for failure in answers[query].failures[:1]
    }
    return found, unasked, answers.stopped
