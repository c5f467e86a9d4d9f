"""doi.org: addresses, agencies, handles, and CSL-JSON by content negotiation."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.name import Name
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, doi

ITEM: dict[str, Any] = {
    "type": "article-journal", "id": "https://doi.org/10.5555/JAL.1", "DOI": "10.5555/JAL.1",
    "title": "Über <b>Tests</b>",
    "container-title": "Zeitschrift", "author": [{"family": "Sato", "given": "Aki"}, {"literal": "Test Group"}],
    "issued": {"date-parts": [[2015, "7"]]}, "volume": "3", "page": "1-2", "publisher": "J-Stage", "ISSN": "1234-5679",
}  # fmt: skip


def test_csl_json_is_read_with_csls_words_and_with_crossrefs() -> None:
    for kind in ("article-journal", "journal-article"):
        (found,) = doi.parse(json.dumps(ITEM | {"type": kind}).encode())
        assert (found.id, found.source, found.work.type) == ("10.5555/jal.1", "doi", "article-journal")
        assert found.work.author == (Name("Sato", "Aki"), Name(literal="Test Group"))
        assert found.work.issued == Date((2015, 7))
        assert {name: plain(value) for name, value in found.work.values.items()} == {
            "doi": "10.5555/jal.1", "title": "Über Tests", "container_title": "Zeitschrift", "volume": "3",
            "page": "1-2",
            "publisher": "J-Stage", "issn": "1234-5679",
        }  # fmt: skip


def test_datacites_csl_json_of_arxiv_is_a_preprint_and_of_software_none() -> None:
    item = {"type": "article", "DOI": "10.48550/ARXIV.2301.01234", "title": "T", "publisher": "arXiv"}
    (found,) = doi.parse(json.dumps(item).encode())
    assert found.work.custom == {"eprint": "2301.01234", "eprinttype": "arXiv"}
    (found,) = doi.parse(json.dumps(item | {"DOI": "10.5281/zenodo.1", "publisher": "Zenodo"}).encode())
    assert (found.work.type, plain(found.work.values["publisher"])) == ("document", "Zenodo")


def test_agencies() -> None:
    rows = [
        {"DOI": "10.5555/A", "RA": "Crossref"},
        {"DOI": "10.5555/B", "status": "DOI does not exist"},
        {"DOI": "junk", "status": "Invalid DOI"},
        {"DOI": "10.5555/C", "status": "Unknown"},
        {"DOI": "10.6084", "RA": "DataCite"},
        "odd",
    ]
    assert doi.parse_agency(json.dumps(rows).encode()) == {
        "10.5555/a": "Crossref",
        "10.5555/b": "",
        "10.6084": "DataCite",
    }
    with pytest.raises(ReplyError):
        doi.parse_agency(b'{"DOI": "10.5555/A", "RA": "Crossref"}')


@pytest.mark.parametrize(("code", "exists"), [(1, True), (200, True), (100, False)])
def test_handles(code: int, exists: bool) -> None:
    assert doi.parse_handle(json.dumps({"responseCode": code, "handle": "10.5555/a"}).encode()) is exists


@pytest.mark.parametrize("content", [b"{}", b'{"responseCode": 2}', b'{"responseCode": true}', b"[]", b"<html>"])
def test_what_does_not_say_whether_a_doi_exists_is_refused(content: bytes) -> None:
    with pytest.raises(ReplyError):
        doi.parse_handle(content)


def test_addresses() -> None:
    assert doi.url(["10.1002/A#b?c"]) == "https://doi.org/10.1002/a%23b%3Fc"
    assert doi.handle_url("10.1002/a%b") == "https://doi.org/api/handles/10.1002/a%25b"
    assert doi.agency_url(["10.1002/a", "10.6084"]) == "https://doi.org/doiRA/10.1002/a,10.6084"
    for wrong in ([], ["10.1000/a,b", "10.1000/c"], ["10.1000/x"] * 51):
        with pytest.raises(ValueError, match="takes 1 to 50"):
            doi.agency_url(wrong)
