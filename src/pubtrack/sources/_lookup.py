"""One identifier on its way through the services: what was told of it until now, and the `Lookup` that this makes."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.model import identifiers as spelling
from pubtrack.model.record import Identifier, Lookup, Record, ServiceFailure
from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._queries import QueryReply


class Case:
    """What the rounds of fetch.py fill: `told` by service, the DOI's agency, its handle.

    `doi`, `arxiv`, `pmid` and `isbn` are the identifier as services are asked for it, "" where it is not of that kind;
    one of arXiv's own DOIs is an arXiv number, too, and a number has its DOI.
    """

    def __init__(self, identifier: Identifier) -> None:
        self.identifier = identifier
        self.told: dict[str, QueryReply[Record]] = {}
        self.agencies: QueryReply[str] | None = None
        self.handle: QueryReply[bool] | None = None
        self.is_unreached = False
        kind, value = identifier.kind, identifier.value
        self.doi = spelling.doi(value) if kind == "doi" else ""
        self.arxiv = spelling.arxiv(value) if kind == "arxiv" or self.doi.startswith(spelling.ARXIV_DOI) else ""
        self.doi = self.doi or (spelling.arxiv_doi(self.arxiv) if self.arxiv else "")
        self.pmid = spelling.pmid(value) if kind == "pmid" else ""
        self.isbn = spelling.isbn(value) if kind == "isbn" else ""

    @property
    def has_records(self) -> bool:
        return any(told.values for told in self.told.values())

    @property
    def agency(self) -> str | None:
        """The agency's name, "" where there is no such DOI, None where that is not known."""
        return self.agencies.values[0] if self.agencies is not None and self.agencies.values else None

    @property
    def exists(self) -> bool | None:
        """Whether the DOI exists, as far as doi.org was asked. An agency is only named for one that does."""
        if self.handle is not None and self.handle.values:
            return self.handle.values[0]
        return True if self.agency else None

    def lacks(self, service: str) -> bool:
        """Whether a service answered that it has no such work."""
        told = self.told.get(service)
        return told is not None and told.failure is None and not told.values

    def answer(self) -> Lookup:
        """What all the services said."""
        told = list(self._everything())
        failures = dict.fromkeys(failure for _, failure in told if failure is not None)
        if not told:
            what = f"{self.identifier.kind} {self.identifier.value}"[:80]
            failures = {ServiceFailure("pubtrack", f"no service was asked about {ascii(what)[1:-1]}"): None}
        return Lookup(
            records=tuple(record for name in HOSTS if name in self.told for record in self.told[name].values),
            exists=self.exists,
            agency=self.agency or "",
            asked=tuple(dict.fromkeys(name for name, failure in told if failure is None)),
            failures=tuple(failures),
        )

    def _everything(self) -> Iterator[tuple[str, ServiceFailure | None]]:
        """Each service that was asked, with its failure or None for an answer, in the order of the services."""
        for name in HOSTS:
            if name == "doi":
                for question in (self.agencies, self.handle):
                    if question is not None:
                        yield name, question.failure
            if name in self.told:
                yield name, self.told[name].failure
