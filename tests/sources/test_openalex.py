"""OpenAlex: addresses, and records of replies in the shapes that it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Record, Relation, UpdateNotice
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, openalex


def place(kind: str, name: str, address: str, *, published: bool = True) -> dict[str, Any]:
    source = {"display_name": name, "type": kind, "issn_l": "1234-5679", "host_organization_name": "Test Press"}
    return {"landing_page_url": address, "source": source, "is_published": published}


WORK: dict[str, Any] = {
    "id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.5555/ABC", "title": "On <i>tests</i>",
    "display_name": "On tests", "publication_year": 2018, "publication_date": "2018-02-13", "type": "article",
    "ids": {"openalex": "https://openalex.org/W2741809807", "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894"},
    "primary_location": place("journal", "PeerJ", "https://doi.org/10.5555/abc"),
    "locations": [place("journal", "PeerJ", "https://doi.org/10.5555/abc"),
                  place("repository", "arXiv (Cornell University)", "http://arxiv.org/abs/1701.01234",
                      published=False)],
    "authorships": [
        {"author": {"display_name": "H. Piwowar", "orcid": "https://orcid.org/0000-0002-1825-0097"},
         "raw_author_name": "Heather van Piwowar"},
        {"author": {"display_name": "Jason Priem", "orcid": None}, "raw_author_name": None},
    ],
    "biblio": {"volume": "6", "issue": "1", "first_page": "4", "last_page": "9"}, "is_retracted": False,
    "language": "en",
    "abstract_inverted_index": {"We": [0]}, "referenced_works": ["https://openalex.org/W1"],
}  # fmt: skip


def record(**members: Any) -> Record:
    (found,) = openalex.parse(json.dumps(WORK | members).encode())
    return found


def test_an_article() -> None:
    found = record()
    assert (found.id, found.url, found.work.type) == (
        "W2741809807",
        "https://openalex.org/W2741809807",
        "article-journal",
    )
    assert {name: plain(value) for name, value in found.work.values.items()} == {
        "doi": "10.5555/abc", "title": "On tests", "language": "en", "pmid": "29456894", "container_title": "PeerJ",
        "publisher": "Test Press", "issn": "1234-5679", "volume": "6", "issue": "1", "page": "4-9",
    }  # fmt: skip
    assert found.work.author == (
        Name("Piwowar", "Heather", non_dropping_particle="van", orcid="0000-0002-1825-0097"),
        Name("Priem", "Jason"),
    )
    assert found.work.issued == Date((2018, 2, 13))
    assert found.relations == (Relation("has-preprint", Identifier("arxiv", "1701.01234")),)


def test_the_first_of_january_stands_for_a_year() -> None:
    assert record(publication_date="2018-01-01").work.issued == Date((2018,))


def test_a_preprint_names_its_published_version() -> None:
    found = record(
        type="preprint", doi="https://doi.org/10.48550/arxiv.1701.01234",
        primary_location=place("repository", "arXiv (Cornell University)", "http://arxiv.org/abs/1701.01234",
            published=False),
        locations=[place("journal", "PeerJ", "https://doi.org/10.5555/pub")],
    )  # fmt: skip
    assert found.work.type == "article"
    assert found.work.custom == {"eprint": "1701.01234", "eprinttype": "arXiv"}
    assert found.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/pub")),)


def test_a_book_series_is_no_venue() -> None:
    series = place("book series", "Lecture notes in computer science", "https://doi.org/10.5555/abc")
    found = record(type="book-chapter", primary_location=series)
    assert "container_title" not in found.work.values
    assert plain(found.work.values["collection_title"]) == "Lecture notes in computer science"
    assert "venue-is-series" in found.traits


@pytest.mark.parametrize(
    ("members", "csl"),
    [
        ({"primary_location": place("conference", "ICML", "https://x.org")}, "paper-conference"),
        ({"type_crossref": "proceedings-article"}, "paper-conference"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "paratext"}, "document"),
        ({"primary_location": None, "locations": None, "biblio": None}, "article-journal"),
    ],
)
def test_types(members: dict[str, Any], csl: str) -> None:
    assert record(**members).work.type == csl


def test_retracted_and_truncated() -> None:
    found = record(is_retracted=True, is_authors_truncated=True)
    assert found.updates == (UpdateNotice("retraction", "", None, ("openalex",)),)
    assert "authors-truncated" in found.traits
    assert found.work.others == {"author"}


def test_pages_of_works() -> None:
    content = json.dumps({"meta": {"next_cursor": "IlsxXSI="}, "results": [WORK, {"id": "x"}, None]}).encode()
    assert [found.id for found in openalex.parse(content)] == ["W2741809807"]
    assert openalex.next_cursor(content) == "IlsxXSI="
    assert openalex.next_cursor(b'{"meta": {"next_cursor": "x"}, "results": []}') == ""
    assert openalex.next_cursor(json.dumps({"meta": {"next_cursor": None}, "results": [WORK]}).encode()) == ""


def test_a_selection_of_members_is_no_work() -> None:
    with pytest.raises(ReplyError):
        openalex.parse(b'{"doi": "https://doi.org/10.5555/abc", "open_access": {}}')


def test_addresses() -> None:
    assert openalex.url(["10.1002/A#b"]) == "https://api.openalex.org/works/doi:10.1002/a%23b"
    assert openalex.url(["W2741809807"]) == "https://api.openalex.org/works/W2741809807"
    assert (
        openalex.search_url("A, b|c: d")
        == "https://api.openalex.org/works?filter=title.search:A%20b%20c%20d&per_page=5"
    )
    assert openalex.author_url("0000-0002-1825-0097") == (
        "https://api.openalex.org/works?filter=author.orcid:0000-0002-1825-0097&per_page=100&cursor=%2A"
    )
