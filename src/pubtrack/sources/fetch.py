"""What the services say of works: identifiers in, an `Lookup` for each out, asked in the order that costs them least.

    with Client(settings) as client:
        answers = fetch(door, [Identifier("doi", "10.5555/12345678"), ...])
        answers[identifier].records, answers.unreached, answers.stopped

DOIs go to Crossref in batches; what it does not know is looked up with its registration agency and asked there, at
DataCite or by content negotiation; arXiv's own DOIs and numbers go to arXiv in batches, then to DataCite. What is left
is looked up as a handle, which says whether such a DOI exists at all, and asked at OpenAlex. Services that are asked
for by name only (Semantic Scholar, DBLP, PubMed) are asked of everything. A service that fails is in the answer's
failures: it never reads as "nothing found".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pubtrack.model.record import Identifier, Lookup, ServiceFailure
from pubtrack.sources import _endpoints
from pubtrack.sources._hosts import HOSTS, MOST
from pubtrack.sources._lookup import Case
from pubtrack.sources._queries import QueryReply, Receipt, ask, recall
from pubtrack.sources._workers import Job, run
from pubtrack.sources.http import Client

DEFAULT = ("crossref", "doi", "datacite", "arxiv", "openalex")
"""The services that are asked unless others are named."""
Progress = Callable[[int, int], None]
"""Called with how many identifiers are settled, and of how many."""
JobProgress = Callable[[str, int, int], None]
"""Called with the name of a job, how much of it is done, and how much there is."""
STOPPED, LATE = "stopped before it answered", "the time for this run was over"
"""Why a run ends early."""


@dataclass(frozen=True, slots=True)
class Fetched(Mapping[Identifier, Lookup]):
    """The answers, in the order in which the identifiers were given.

    `receipts` says of an identifier and a service when and where its records were fetched. `stopped` is why the run
    ended early ("" if it did not), and `unreached` are the identifiers for which a service was not asked then.
    """

    answers: Mapping[Identifier, Lookup]
    receipts: Mapping[tuple[Identifier, str], Receipt] = field(default_factory=dict)
    unreached: tuple[Identifier, ...] = ()
    stopped: str = ""

    def __getitem__(self, identifier: Identifier) -> Lookup:
        return self.answers[identifier]

    def __iter__(self) -> Iterator[Identifier]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


def of_job(progress: JobProgress | None, name: str) -> Progress | None:
    """The progress of the one job of this name."""
    return None if progress is None else partial(progress, name)


def fetch(
    client: Client,
    identifiers: Iterable[Identifier],
    *,
    services: Collection[str] = DEFAULT,
    progress: Progress | None = None,
) -> Fetched:
    """What `services` say of the works with these identifiers.

    Ctrl-C and the end of the run's time give what was found until then; a second Ctrl-C gets through. `progress` is
    called in this thread. Raises nothing for what a service does: that is in the answers' failures.
    """
    cases = [Case(identifier) for identifier in dict.fromkeys(identifiers)]
    rounds = _Rounds(client, cases, services, progress)
    rounds.run()
    return Fetched(
        {case.identifier: case.answer() for case in cases},
        {
            (case.identifier, name): told.receipt
            for case in cases
            for name, told in case.told.items()
            if told.values and told.receipt is not None
        },
        tuple(case.identifier for case in cases if case.is_unreached),
        rounds.stopped,
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What a service is to be asked of one case in a round."""

    case: Case
    service: str
    id: str
    kind: _endpoints.Kind


class _Rounds:
    """The order of the services: each round asks, in parallel, what the rounds before left open."""

    def __init__(
        self, client: Client, cases: Sequence[Case], services: Collection[str], progress: Progress | None
    ) -> None:
        self._client, self._cases, self._services = client, cases, services
        self._progress = progress or (lambda done, of: None)
        self._done = 0
        self.stopped = ""

    def run(self) -> None:
        self._progress(0, len(self._cases))
        plans = [self._first, self._agencies, self._by_agency, self._handles, self._last]
        for number, plan in enumerate(plans):
            questions = list(plan())
            try:
                self._ask(questions)
            except KeyboardInterrupt:
                self._client.stop(STOPPED)
                self.stopped = STOPPED
            if self.stopped == STOPPED:
                self._give_up(questions)
                for later in plans[number + 1 :]:
                    self._give_up([question for question in later() if not question.case.is_unreached])
                break
        self._progress(len(self._cases), len(self._cases))

    # What each round asks -----------------------------------------------------------------------------------------

    def _first(self) -> Iterator[_Question]:
        for case in self._cases:
            if case.arxiv:
                yield from self._records("arxiv", case, case.arxiv)
            else:
                yield from self._records("crossref", case, case.doi)
            if case.isbn and "crossref" in self._services:
                yield _Question(case, "crossref", case.isbn, _endpoints.books)
            for name in self._services:
                if name not in DEFAULT:
                    yield from self._records(name, case, _endpoints.own_id(name, case.doi, case.arxiv, case.pmid))

    def _agencies(self) -> Iterator[_Question]:
        for case in self._open():
            if "doi" in self._services and not case.arxiv:
                yield _Question(case, "doi", case.doi, _endpoints.agencies)

    def _by_agency(self) -> Iterator[_Question]:
        for case in self._open():
            if case.agency == "Crossref":
                # Not in the list, but registered there: an alias, which is answered when it is asked alone.
                if case.lacks("crossref"):
                    yield _Question(case, "crossref", case.doi, _endpoints.one_by_one)
            elif case.arxiv or case.agency in ("DataCite", None):
                yield from self._records("datacite", case, case.doi)
            elif case.agency:
                yield from self._records("doi", case, case.doi)

    def _handles(self) -> Iterator[_Question]:
        for case in self._open():
            if "doi" in self._services and case.exists is None:
                yield _Question(case, "doi", case.doi, _endpoints.handles)

    def _last(self) -> Iterator[_Question]:
        for case in self._open():
            if case.exists is not False:
                yield from self._records("openalex", case, case.doi)

    def _open(self) -> Iterator[Case]:
        return (case for case in self._cases if case.doi and not case.has_records)

    def _records(self, service: str, case: Case, own: str) -> Iterator[_Question]:
        if own and service in self._services:
            yield _Question(case, service, own, _endpoints.records)

    # How it is asked ----------------------------------------------------------------------------------------------

    def _ask(self, questions: Sequence[_Question]) -> None:
        """Asks what the cache does not have, each service in batches, and notes what was told."""
        lots: dict[tuple[_endpoints.Kind, str], dict[str, list[Case]]] = {}
        for question in questions:
            lots.setdefault((question.kind, question.service), {}).setdefault(question.id, []).append(question.case)
        jobs: list[Job[list[QueryReply[Any]]]] = []
        places: list[tuple[_endpoints.Kind, str]] = []
        for (kind, service), cases in lots.items():
            manner = kind(service)
            known = recall(self._client, manner, list(cases))
            self._note(kind, service, known.values(), cases)
            for lot in manner.batches([one for one in cases if one not in known]):
                jobs.append(Job(service, partial(ask, self._client, manner, lot)))
                places.append((kind, service))

        def done(number: int, told: list[QueryReply[Any]]) -> None:
            self._note(*places[number], told, lots[places[number]])

        if run(jobs, lambda service: MOST.in_flight, done, lambda: self._client.stop(STOPPED)):
            self.stopped = STOPPED

    def _note(
        self, kind: _endpoints.Kind, service: str, told: Iterable[QueryReply[Any]], cases: Mapping[str, Sequence[Case]]
    ) -> None:
        for one in told:
            for case in cases[one.id]:
                before = case.has_records
                _put(case, kind, service, one)
                self._done += case.has_records and not before
                if one.is_late:
                    case.is_unreached = True
                    self.stopped = self.stopped or LATE
        self._progress(self._done, len(self._cases))

    def _give_up(self, questions: Iterable[_Question]) -> None:
        """Notes of the questions that Ctrl-C left without an answer that they were not answered."""
        for question in questions:
            told = _got(question.case, question.kind, question.service)
            if told is None or told.failure is not None:
                failure = ServiceFailure(question.service, f"{HOSTS[question.service].title}: {STOPPED}")
                _put(question.case, question.kind, question.service, QueryReply(question.id, failure=failure))
                question.case.is_unreached = True


def _put(case: Case, kind: _endpoints.Kind, service: str, told: QueryReply[Any]) -> None:
    if kind is _endpoints.agencies:
        case.agencies = told
    elif kind is _endpoints.handles:
        case.handle = told
    else:
        case.told[service] = told


def _got(case: Case, kind: _endpoints.Kind, service: str) -> QueryReply[Any] | None:
    if kind is _endpoints.agencies:
        return case.agencies
    return case.handle if kind is _endpoints.handles else case.told.get(service)
