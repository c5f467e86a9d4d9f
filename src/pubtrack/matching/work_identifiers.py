"""The identifiers that a work carries, normalised: what the services are asked for, and what settles an identity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.model import identifiers as spelt
from pubtrack.model.record import Identifier
from pubtrack.model.work import Work

_VERSION = re.compile(rf"({re.escape(spelt.ARXIV_DOI)}.+?)v\d+")


def normal_doi(text: str) -> str:
    """A DOI in small letters without resolver, an arXiv DOI without version; "" if `text` is none."""
    doi = spelt.doi(text)
    versioned = _VERSION.fullmatch(doi)
    return versioned[1] if versioned else doi


def arxiv_ids(work: Work) -> Iterator[str]:
    """The work's arXiv numbers, without version."""
    for value in (work.custom.get("eprint", ""), work.doi, work.get("url"), work.get("number")):
        number = spelt.arxiv(value) if value else ""
        if number:
            yield number


def identifiers(work: Work) -> tuple[Identifier, ...]:
    """The work's DOI and arXiv number, each once, in this order; an arXiv DOI is a DOI."""
    found: list[Identifier] = []
    doi = normal_doi(work.doi)
    if doi:
        found.append(Identifier("doi", doi))
    if not doi.startswith(spelt.ARXIV_DOI):
        found += [Identifier("arxiv", number) for number in dict.fromkeys(arxiv_ids(work))]
    return tuple(found)
