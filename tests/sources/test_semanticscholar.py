"""Semantic Scholar: addresses, and records of replies in the shapes that it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Record, Relation
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import semanticscholar

PAPER: dict[str, Any] = {
    "paperId": "204e3073870fae3d05bcbc2f6a8e263d9b72e776", "title": "On tests", "year": 2017, "url": "https://x",
    "authors": [{"authorId": "1", "name": "A. Vas"}, {"authorId": "2", "name": "N. van Shaz"}],
    "venue": "Neural Tests", "publicationVenue": {"name": "Neural Test Systems", "type": "conference",
    "issn": "1234-5679"},
    "journal": {"name": "Neural", "pages": "145 - 146", "volume": "30"}, "publicationDate": "2017-06-12",
    "publicationTypes": ["JournalArticle", "Conference"],
    "externalIds": {"DOI": "10.5555/ABC", "ArXiv": "1706.01234", "PubMed": "12345", "CorpusId": 13756489,
    "DBLP": "x/y"},
}  # fmt: skip


def record(**members: Any) -> Record:
    (found,) = semanticscholar.parse(json.dumps(PAPER | members).encode())
    return found


def test_a_paper() -> None:
    found = record()
    assert (found.id, found.work.type) == (PAPER["paperId"], "paper-conference")
    assert {name: plain(value) for name, value in found.work.values.items()} == {
        "title": "On tests", "doi": "10.5555/abc", "pmid": "12345", "container_title": "Neural Test Systems",
        "volume": "30",
        "page": "145-146", "issn": "1234-5679",
    }  # fmt: skip
    assert found.work.author == (Name("Vas", "A."), Name("Shaz", "N.", non_dropping_particle="van"))
    assert found.work.issued == Date((2017, 6, 12))
    assert found.containers == ("Neural Test Systems", "Neural Tests", "Neural")
    assert found.relations == (Relation("has-preprint", Identifier("arxiv", "1706.01234")),)
    assert found.traits == {"initials"}


def test_a_preprint_is_one_where_nothing_else_is_named() -> None:
    found = record(
        venue="arXiv.org", publicationVenue={"name": "arXiv.org"}, journal={"name": "ArXiv", "volume": "abs/1"}
    )
    assert found.work.type == "article"
    assert found.work.custom["eprint"] == "1706.01234"
    assert "volume" not in found.work.values


def test_the_preprints_doi_is_not_the_published_papers() -> None:
    names = {"DOI": "10.48550/arXiv.1706.01234", "ArXiv": "1706.01234"}
    found = record(externalIds=names, journal={"volume": "abs/1706.01234"})
    assert "doi" not in found.work.values
    assert "volume" not in found.work.values


@pytest.mark.parametrize("members", [{"authors": None, "journal": None, "externalIds": None, "publicationVenue": None}])
def test_members_may_be_missing(members: dict[str, Any]) -> None:
    assert record(**members).work.author == ()


def test_a_search_that_finds_nothing_is_no_failure() -> None:
    assert semanticscholar.parse(b'{"total": 0, "offset": 0}') == ()
    assert len(semanticscholar.parse(json.dumps({"data": [PAPER, {}]}).encode())) == 1


def test_addresses() -> None:
    base = "https://api.semanticscholar.org/graph/v1/paper"
    assert semanticscholar.url(["10.1000/A?b"]).startswith(f"{base}/DOI:10.1000/a%3Fb?fields=title,")
    assert semanticscholar.url(["arXiv:1706.01234v2"]).startswith(f"{base}/ARXIV:1706.01234?")
    assert semanticscholar.url([PAPER["paperId"]]).startswith(f"{base}/{PAPER['paperId']}?")
    assert semanticscholar.search_url("A & b", "Doe").startswith(f"{base}/search?query=A%20%26%20b%20Doe&limit=5&")
