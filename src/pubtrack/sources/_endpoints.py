"""The endpoints of the services: records, a DOI's agency, whether a DOI exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pubtrack.model.record import Record
from pubtrack.sources import service as module_of
from pubtrack.sources._queries import Manner
from pubtrack.sources._service import ReplyError

Kind = Callable[[str], Manner[Any]]
"""A service's name to the way in which it is asked."""


def own_id(name: str, doi: str, arxiv: str, pmid: str) -> str:
    """The id by which a service that is asked by name only can be asked for a work, "" for none: DBLP is searched."""
    return {"pubmed": pmid, "semanticscholar": arxiv or doi}.get(name, "")


_TELLS_ABSENCE = frozenset({"doi", "datacite", "openalex", "semanticscholar"})
"""Services that answer "not found" for a work that they do not know; an empty reply of theirs is none."""


def records(name: str) -> Manner[Record]:
    """How a service is asked for records, by the ids that it files works under."""
    module: Any = module_of(name)
    return Manner(
        name,
        module.ACCEPT,
        module.url,
        _by_id(module.parse, may_be_empty=name not in _TELLS_ABSENCE),
        batch=module.BATCH,
        split=getattr(module, "split", None),
        joinable=getattr(module, "is_batchable", lambda one: True),
    )


def one_by_one(name: str) -> Manner[Record]:
    """The same, each id in a request of its own, even if the reply to a batch did not hold it."""
    return replace(records(name), batch=1)


def books(name: str = "crossref") -> Manner[Record]:
    """How Crossref is asked for books and chapters by ISBN."""
    from pubtrack.sources import crossref

    def url(numbers: Sequence[str]) -> str:
        (one,) = numbers
        return crossref.isbn_url(one)

    return Manner(name, crossref.ACCEPT, url, _by_id(crossref.parse))


def agencies(name: str = "doi") -> Manner[str]:
    """How doi.org is asked which agency registered a DOI: "" for one that does not exist."""
    from pubtrack.sources import _json, crossref, doi

    def split(content: bytes) -> Mapping[str, bytes]:
        found = {}
        for row in _json.mappings(_json.load(content)):
            part = _json.dump([row])
            found.update(dict.fromkeys(doi.parse_agency(part), part))
        return found

    return Manner(
        name,
        "application/json",
        doi.agency_url,
        doi.parse_agency,
        batch=doi.AGENCY_BATCH,
        split=split,
        joinable=crossref.is_batchable,
    )


def handles(name: str = "doi") -> Manner[bool]:
    """How doi.org is asked whether a DOI exists. A "not found" counts only in the service's own words."""
    from pubtrack.sources import doi

    def url(dois: Sequence[str]) -> str:
        (one,) = dois
        return doi.handle_url(one)

    def read(content: bytes) -> Mapping[str, bool]:
        return {"": doi.parse_handle(content)}

    return Manner(name, "application/json", url, read, absent=read)


def _by_id(
    parse: Callable[[bytes], tuple[Record, ...]], *, may_be_empty: bool = True
) -> Callable[[bytes], Mapping[str, Record]]:
    def read(content: bytes) -> Mapping[str, Record]:
        found = {record.id: record for record in parse(content)}
        if not found and not may_be_empty:
            raise ReplyError("the reply is about no work")
        return found

    return read
