"""Works that are like a title, and the works of an author: words or an ORCID iD in, an `Lookup` for each out.

    found = search(door, [Query("Silly string theory", "Carberry")])
    mine = works_of(door, "0000-0002-1825-0097")

What a search finds is a candidate, in the service's own order, best first; whether one is the work that was meant is
for `matching` to say. The works of an author are those that services file under the iD: ORCID's list is the author's
own, the others' hold what publishers deposited or what was guessed. A service that fails is in the failures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pubtrack.model.errors import PubtrackError, UsageError
from pubtrack.model.record import Lookup, Record, ServiceFailure
from pubtrack.sources import service as module_of
from pubtrack.sources._hosts import HOSTS, MOST
from pubtrack.sources._service import UnansweredError
from pubtrack.sources._workers import Job, run
from pubtrack.sources.fetch import LATE, STOPPED, JobProgress, Progress, of_job
from pubtrack.sources.http import DAY, LISTS, Client, client_or_default

SEARCHED = ("crossref",)
AUTHORED = ("orcid", "openalex", "crossref", "datacite")
PAGES = 20
"""The most pages of an author's works that are asked for: 2,000 works."""


@dataclass(frozen=True, slots=True)
class Query:
    """A title, plain, and the name of an author, as far as known."""

    title: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class SearchResults(Mapping[Query, Lookup]):
    """The answers, in the order of the queries; `stopped` is why the run ended early, "" if it did not."""

    answers: Mapping[Query, Lookup]
    unreached: tuple[Query, ...] = ()
    stopped: str = ""

    def __getitem__(self, query: Query) -> Lookup:
        return self.answers[query]

    def __iter__(self) -> Iterator[Query]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one service said to one question."""

    records: tuple[Record, ...] = ()
    failure: ServiceFailure | None = None
    is_late: bool = False


def search(
    client: Client,
    queries: Iterable[Query],
    *,
    services: Collection[str] = SEARCHED,
    rows: int = 5,
    progress: Progress | None = None,
) -> SearchResults:
    """Up to `rows` candidates of each service for each query.

    Ctrl-C and the end of the run's time give what was found until then. Raises nothing for what a service does.
    """
    wanted, names = list(dict.fromkeys(queries)), [name for name in HOSTS if name in services]
    calls = [Job(name, partial(_searched, client, name, query, rows)) for query in wanted for name in names]
    parts, stopped = _run(client, calls, progress)
    answers, unreached = {}, []
    for place, query in enumerate(wanted):
        own = [(name, parts.get(place * len(names) + number)) for number, name in enumerate(names)]
        answers[query] = _answer(own)
        if any(part is None or part.is_late for _, part in own):
            unreached.append(query)
    return SearchResults(answers, tuple(unreached), stopped)


def search_records(
    words: str, *, rows: int = 10, client: Client | None = None, progress: JobProgress | None = None
) -> tuple[Record, ...]:
    """Up to `rows` records that Crossref finds for the words of a title and names, best first.

    `client` is the network for one run; one of its own is opened where none is given. Raises PubtrackError for no
    words, and where the service does not answer.
    """
    if not isinstance(words, str) or not words.strip():
        raise UsageError("there is no word to search for")
    query = Query(words)
    with client_or_default(client) as used:
        answer = search(used, [query], rows=rows, progress=of_job(progress, "Searching"))[query]
    if answer.failures and not answer.records:
        raise PubtrackError(answer.failures[0].message)
    return answer.records


def works_of(
    client: Client, orcid: str, *, services: Collection[str] = AUTHORED, progress: Progress | None = None
) -> Lookup:
    """The works that each service files under an ORCID iD, service by service; the same work may come from several."""
    names = [name for name in HOSTS if name in services]
    parts, _ = _run(client, [Job(name, partial(_authored, client, name, orcid)) for name in names], progress)
    return _answer([(name, parts.get(number)) for number, name in enumerate(names)])


def _run(client: Client, jobs: list[Job[_Part]], progress: Progress | None) -> tuple[dict[int, _Part], str]:
    """What each job gave, by its number, and why the run ended early."""
    parts: dict[int, _Part] = {}

    def done(number: int, part: _Part) -> None:
        parts[number] = part
        if progress is not None:
            progress(len(parts), len(jobs))

    interrupted = run(jobs, lambda service: MOST.in_flight, done, lambda: client.stop(STOPPED))
    if interrupted:  # what failed then may have failed because of it
        parts = {number: part for number, part in parts.items() if part.failure is None}
    late = any(part.is_late for part in parts.values())
    return parts, STOPPED if interrupted else LATE if late else ""


def _answer(parts: Iterable[tuple[str, _Part | None]]) -> Lookup:
    told = [
        (name, part or _Part(failure=ServiceFailure(name, f"{HOSTS[name].title}: {STOPPED}"))) for name, part in parts
    ]
    return Lookup(
        records=tuple(record for _, part in told for record in part.records),
        asked=tuple(name for name, part in told if part.failure is None),
        failures=tuple(dict.fromkeys(part.failure for _, part in told if part.failure is not None)),
    )


def _told(name: str, ask: Callable[[], tuple[Record, ...]]) -> _Part:
    try:
        return _Part(ask())
    except UnansweredError as error:
        return _Part(failure=ServiceFailure(name, error.message), is_late=error.kind == "late")
    except PubtrackError as error:
        return _Part(failure=ServiceFailure(name, error.message))
    except ValueError as error:  # of the service's module: nothing that can be asked
        return _Part(failure=ServiceFailure(name, f"{HOSTS[name].title} was not asked: {error}"))


def _searched(client: Client, name: str, query: Query, rows: int) -> _Part:
    module: Any = module_of(name)

    def ask() -> tuple[Record, ...]:
        url = module.search_url(query.title, query.author, rows)
        reply = client.get(name, url, accept=module.ACCEPT, read=module.parse, keep=LISTS)
        return (reply.value or ())[:rows]

    return _told(name, ask)


def _authored(client: Client, name: str, orcid: str) -> _Part:
    module: Any = module_of(name)

    def listed() -> tuple[Record, ...]:
        reply = client.get(
            name, module.works_url(orcid), accept=module.ACCEPT, read=module.parse_works, many=True, keep=DAY
        )
        return reply.value or ()

    def paged() -> tuple[Record, ...]:
        records: list[Record] = []
        cursor = "*"
        for _ in range(PAGES):
            url = module.author_url(orcid, cursor)
            reply = client.get(name, url, accept=module.ACCEPT, read=module.parse, many=True, keep=DAY)
            records += reply.value or ()
            following = module.next_cursor(reply.content) if reply.value is not None else ""
            if not following or following == cursor:
                break
            cursor = following
        return tuple(records)

    return _told(name, listed if name == "orcid" else paged)
