"""What the services say of works: identifiers in, an `Answer` for each out, asked in the order that costs them least.

    with Door(settings) as door:
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
from typing import Any

from pubtrack import identifiers as spelling
from pubtrack.record import Answer, Failure, Identifier, Record
from pubtrack.sources import _kinds
from pubtrack.sources._crew import Job, run
from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._manners import Manner, Receipt, Told, asked, recalled
from pubtrack.sources.http import Door

DEFAULT = ("crossref", "doi", "datacite", "arxiv", "openalex")
"""The services that are asked unless others are named."""
Progress = Callable[[int, int], None]
"""Called with how many identifiers are settled, and of how many."""
STOPPED = "stopped before it was asked"
_ARXIV_DOI = "10.48550/arxiv."


@dataclass(frozen=True, slots=True)
class Fetched(Mapping[Identifier, Answer]):
    """The answers, in the order in which the identifiers were given.

    `receipts` says of an identifier and a service when and where its records were fetched. `stopped` is why the run
    ended early ("" if it did not), and `unreached` are the identifiers for which a service was not asked then.
    """

    answers: Mapping[Identifier, Answer]
    receipts: Mapping[tuple[Identifier, str], Receipt] = field(default_factory=dict)
    unreached: tuple[Identifier, ...] = ()
    stopped: str = ""

    def __getitem__(self, identifier: Identifier) -> Answer:
        return self.answers[identifier]

    def __iter__(self) -> Iterator[Identifier]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)
