"""The entries of a store and the door to the services to a verdict for each entry, with as few questions as it takes.

Identifiers are asked first, DOIs in batches. Then Crossref is searched for the works that this left open, and DataCite,
which has arXiv's, for those that Crossref does not settle: one question a work each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.checks.verdict import Verdict, needs_search, search_words, verdict
from pubtrack.matching import identifiers
from pubtrack.matching.kinds import class_of
from pubtrack.record import Answer
from pubtrack.richtext import plain
from pubtrack.sources.fetch import DEFAULT, Progress, fetch
from pubtrack.sources.http import Door
from pubtrack.sources.search import Query, search
from pubtrack.work import Work

_ON_ARXIV = frozenset(("journal", "conference", "preprint", "report", "other"))


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts by citation key, and why the run ended early ("" if it did not)."""

    verdicts: Mapping[str, Verdict]
    stopped: str = ""


def judge(
    door: Door,
    works: Sequence[Work],
    *,
    venues: Mapping[str, str] | None = None,
    services: Collection[str] = DEFAULT,
    progress: Progress | None = None,
) -> Judged:
    """The verdicts about `works`.

    Ctrl-C and the end of the run's time give the verdicts that the answers until then allow; what was not reached is
    `unchecked`. Raises nothing for what a service does.
    """
    fetched = fetch(door, [one for work in works for one in identifiers(work)], services=services, progress=progress)
    answers = {work.id: {one: fetched[one] for one in identifiers(work)} for work in works}
    candidates: dict[str, Answer] = {}
    stopped = fetched.stopped
    for service in ("crossref", "datacite"):
        if stopped or service not in services:
            continue
        queries = {
            work.id: _query(work, service)
            for work in works
            if _is_for(work, service) and needs_search(work, answers[work.id], candidates.get(work.id), venues=venues)
        }
        found = search(door, queries.values(), services=(service,), progress=progress)
        for key, query in queries.items():
            candidates[key] = together(candidates.get(key), found[query])
        stopped = found.stopped
    return Judged(
        {work.id: verdict(work, answers[work.id], candidates.get(work.id), venues=venues) for work in works}, stopped
    )


def _query(work: Work, service: str) -> Query:
    """Crossref weighs the words of a search; DataCite wants all of them in the title."""
    return Query(search_words(work) if service == "crossref" else plain(work.title))


def _is_for(work: Work, service: str) -> bool:
    return service == "crossref" or class_of(work) in _ON_ARXIV


def together(one: Answer | None, other: Answer) -> Answer:
    """The answers of two searches as one."""
    if one is None:
        return other
    return Answer(one.records + other.records, asked=one.asked + other.asked, failures=one.failures + other.failures)
