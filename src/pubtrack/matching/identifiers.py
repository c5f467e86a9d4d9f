"""The identifiers that a work carries, normalised: what the services are asked for, and what settles an identity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.record import Identifier
from pubtrack.work import Work

_ARXIV = re.compile(
    r"(?:arxiv:|https?://arxiv\.org/(?:abs|pdf)/|10\.48550/arxiv\.)?(?P<id>\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?",
    re.I,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_ARXIV_DOI = re.compile(r"(10\.48550/arxiv\..+?)v\d+", re.I)


def normal_doi(text: str) -> str:
    """A DOI in small letters without resolver, an arXiv DOI without version; "" if `text` is none."""
    match = _DOI.fullmatch(text.strip())
    if match is None:
        return ""
    doi = match[1].lower()
    versioned = _ARXIV_DOI.fullmatch(doi)
    return versioned[1] if versioned else doi


def arxiv_ids(work: Work) -> Iterator[str]:
    """The work's arXiv numbers, without version."""
    for value in (work.custom.get("eprint", ""), work.doi, work.get("url"), work.get("number")):
        match = _ARXIV.fullmatch(value.strip())
        if match:
            yield match["id"].lower()


def identifiers(work: Work) -> tuple[Identifier, ...]:
    """The work's DOI and arXiv number, each once, in this order; an arXiv DOI is a DOI."""
    found: list[Identifier] = []
    doi = normal_doi(work.doi)
    if doi:
        found.append(Identifier("doi", doi))
    if not doi.startswith("10.48550/"):
        found += [Identifier("arxiv", number) for number in dict.fromkeys(arxiv_ids(work))]
    return tuple(found)
