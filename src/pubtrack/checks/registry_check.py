"""Ask the registries about works, with as few requests as the verdicts need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.checks.verdict import Verdict, needs_search, search_words, verdict
from pubtrack.matching import identifiers
from pubtrack.matching.work_class import class_of
from pubtrack.model.record import Lookup, ServiceFailure
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.sources import titles
from pubtrack.sources.fetch import Fetched, Progress, fetch
from pubtrack.sources.http import Client
from pubtrack.sources.search import Query, search

SEARCHED = ("crossref", "datacite")
"""Where a work without a record is searched for, one after the other. DataCite has arXiv's preprints, and answers
faster than arXiv itself."""

_ON_ARXIV = frozenset(("journal", "conference", "preprint", "report", "other"))


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict about each work, by key (the first one's where several works share it).

    `failures` are what the services that did not answer said, each once; `stopped` is why the run ended early, "" if it
    did not, and `unreached` how many works were not asked about in full then.
    """

    verdicts: Mapping[str, Verdict]
    failures: tuple[str, ...] = ()
    unreached: int = 0
    stopped: str = ""


def judge_works(
    works: Sequence[Work],
    client: Client,
    *,
    venues: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Judged:
    """What the registries make of `works`.

    All identifiers are asked about in batches, then the works that these did not settle are searched for. Ctrl-C and
    the end of the run's time give verdicts on what was told until then. `venues` maps short names of venues to full
    ones. Raises nothing for what a service does.
    """
    told = fetch(client, [one for work in works for one in identifiers(work)], progress=progress)
    found: dict[int, Lookup] = {}
    stopped, late = (
        told.stopped,
        {work.id for work in works if not set(identifiers(work)).isdisjoint(told.unreached)},
    )
    for service in SEARCHED:
        queries = {
            at: _query(work, service)
            for at, work in enumerate(works)
            if _is_for(work, service) and needs_search(work, told, found.get(at), venues=venues)
        }
        if stopped:
            late |= {works[at].id for at in queries}
            unasked = Lookup(failures=(ServiceFailure(service, f"{titles([service])}: {stopped}"),))
            found |= {at: _together(found.get(at), unasked) for at in queries}
            break
        answers = search(client, queries.values(), services=(service,), progress=progress)
        for at, query in queries.items():
            found[at] = _together(found.get(at), answers[query])
        late |= {works[at].id for at, query in queries.items() if query in answers.unreached}
        stopped = answers.stopped
    verdicts: dict[str, Verdict] = {}
    for at, work in enumerate(works):
        if work.id not in verdicts:
            verdicts[work.id] = verdict(work, told, found.get(at), venues=venues)
    return Judged(verdicts, _failures(told, found.values()), len(late), stopped)


def _is_for(work: Work, service: str) -> bool:
    """Whether a search there may find the work: DataCite is asked for arXiv's sake, which has no books and theses."""
    return service != "datacite" or class_of(work) in _ON_ARXIV


def _query(work: Work, service: str) -> Query:
    """What to search for. Crossref looks for words anywhere, DataCite wants every word in the title."""
    return Query(search_words(work) if service == "crossref" else plain(work.title))


def _together(one: Lookup | None, other: Lookup) -> Lookup:
    if one is None:
        return other
    return Lookup(one.records + other.records, asked=one.asked + other.asked, failures=one.failures + other.failures)


def _failures(told: Fetched, found: Iterable[Lookup]) -> tuple[str, ...]:
    answers = (*told.values(), *found)
    return tuple(dict.fromkeys(failure.message for answer in answers for failure in answer.failures))
