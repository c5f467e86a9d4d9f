"""DataCite: addresses, and records of replies in the shapes that it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Record, Relation
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import datacite

SOFTWARE: dict[str, Any] = {
    "doi": "10.5281/ZENODO.7", "prefix": "10.5281", "url": "https://zenodo.org/records/7", "version": "v1.2",
    "creators": [
        {"name": "Doe, Jane", "nameType": "Personal", "givenName": "Jane", "familyName": "Doe", "affiliation": [],
         "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
         "nameIdentifierScheme": "ORCID"}]},
        {"name": "Test Lab", "nameType": "Organizational"},
    ],
    "contributors": [{"name": "Roe, Rick (Ed.)", "contributorType": "Editor"}, {"name": "X",
    "contributorType": "Other"}],
    "titles": [{"title": "Tester"}, {"title": "for tests", "titleType": "Subtitle"},
               {"title": "Prüfer", "titleType": "TranslatedTitle", "lang": "de"}],
    "publisher": {"name": "Zenodo", "publisherIdentifier": "x"}, "publicationYear": 2021, "container": {},
    "dates": [{"date": "2021-05-06", "dateType": "Issued"}, {"date": "2020-01-01", "dateType": "Created"}],
    "types": {"resourceTypeGeneral": "Software", "citeproc": "article", "resourceType": ""}, "language": "en",
    "relatedIdentifiers": [
        {"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.6", "relatedIdentifierType": "DOI"},
        {"relationType": "IsSupplementTo", "relatedIdentifier": "https://github.com/x/y",
            "relatedIdentifierType": "URL"},
        {"relationType": "Cites", "relatedIdentifier": "10.5555/c", "relatedIdentifierType": "DOI"},
        {"relationType": "IsPartOf", "relatedIdentifierType": "DOI"},
    ],
    "descriptions": [{"description": "It <em>tests</em>.", "descriptionType": "Abstract"}],
}  # fmt: skip
PREPRINT: dict[str, Any] = {
    "doi": "10.48550/arxiv.2301.01234", "creators": [{"name": "Doe, Jane", "givenName": "Jane", "familyName": "Doe"}],
    "titles": [{"title": "On tests"}], "publisher": "arXiv", "publicationYear": 2023, "version": "2",
    "dates": [{"date": "2023-01-03T10:00:00Z", "dateType": "Submitted"}, {"date": "2024-02-01T10:00:00Z",
    "dateType": "Updated"},
              {"date": "2023-01", "dateType": "Available"}, {"date": "2023", "dateType": "Issued"}],
    "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article", "citeproc": "article"},
    "subjects": [{"subject": "FOS: Physics"}, {"subject": "Machine Learning (cs.LG)", "subjectScheme": "arXiv"}],
    "relatedIdentifiers": [
        {"relationType": "IsVersionOf", "relatedIdentifier": "10.5555/PUB", "relatedIdentifierType": "DOI"}],
}  # fmt: skip


def record(attributes: dict[str, Any], **members: Any) -> Record:
    content = json.dumps({"data": {"id": "x", "type": "dois", "attributes": attributes | members}}).encode()
    (found,) = datacite.parse(content)
    return found


def values(found: Record) -> dict[str, str]:
    return {name: plain(value) for name, value in found.work.values.items()}


def test_software() -> None:
    found = record(SOFTWARE)
    assert (found.id, found.work.type, found.registered_type) == ("10.5281/zenodo.7", "software", "Software")
    assert values(found) == {
        "doi": "10.5281/zenodo.7", "title": "Tester: for tests", "publisher": "Zenodo", "version": "v1.2",
        "language": "en", "abstract": "It tests.",
    }  # fmt: skip
    assert found.work.people == {
        "author": (Name("Doe", "Jane", orcid="0000-0002-1825-0097"), Name(literal="Test Lab")),
        "editor": (Name("Roe", "Rick"),),
    }
    assert found.titles == ("Tester: for tests", "Tester", "Prüfer")
    assert found.work.issued == Date((2021, 5, 6))
    assert found.relations == (
        Relation("is-version-of", Identifier("doi", "10.5281/zenodo.6")),
        Relation("is-supplement-to", Identifier("url", "https://github.com/x/y")),
    )


def test_the_publisher_may_be_a_string_or_an_object() -> None:
    assert values(record(SOFTWARE, publisher="Zenodo")) == values(record(SOFTWARE))


def test_arxivs_preprint_says_of_what_it_is_one() -> None:
    found = record(PREPRINT)
    assert found.work.type == "article"
    assert found.work.custom == {"eprint": "2301.01234", "eprinttype": "arXiv", "eprintclass": "cs.LG"}
    assert (values(found)["publisher"], values(found)["number"]) == ("arXiv", "arXiv:2301.01234")
    assert found.work.issued == Date((2023, 1))
    assert found.years == {"issued": 2023, "online": 2023, "posted": 2023, "updated": 2024}
    assert found.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/pub")),)


@pytest.mark.parametrize(
    ("types", "csl"),
    [
        ({"resourceTypeGeneral": "Dataset", "resourceType": "Book"}, "dataset"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Dissertation"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Conference Paper"}, "paper-conference"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Blog-Posting"}, "post-weblog"),
        ({"resourceTypeGeneral": "Text", "citeproc": "book"}, "book"),
        ({"resourceTypeGeneral": "Text"}, "document"),
        ({"resourceTypeGeneral": "JournalArticle"}, "article-journal"),
        ({"resourceTypeGeneral": "Image", "resourceType": "Poster"}, "speech"),
        ({"resourceTypeGeneral": "Image", "resourceType": "Photo"}, "graphic"),
        ({}, "document"),
    ],
)
def test_types(types: dict[str, str], csl: str) -> None:
    assert record(SOFTWARE, types=types).work.type == csl


def test_a_paper_in_proceedings_has_its_place_in_them() -> None:
    container = {"title": "LIPIcs, TQC 2013", "volume": "22", "firstPage": "93", "lastPage": "105",
        "identifierType": "ISSN",
                 "identifier": "1868-8969"}  # fmt: skip
    found = record(SOFTWARE, types={"resourceTypeGeneral": "ConferencePaper"}, container=container)
    read = values(found)
    assert (read["container_title"], read["volume"], read["page"], read["issn"]) == (
        "LIPIcs, TQC 2013", "22", "93-105", "1868-8969",
    )  # fmt: skip
    broken = record(
        SOFTWARE, types={"resourceTypeGeneral": "ConferencePaper"}, container=container | {"firstPage": "Korea"}
    )
    assert "page" not in values(broken)


def test_a_thesis_has_its_school() -> None:
    found = record(SOFTWARE, types={"resourceTypeGeneral": "Dissertation", "resourceType": "Masters thesis"})
    assert (values(found)["genre"], values(found)["publisher"]) == ("Master’s thesis", "Zenodo")


def test_old_records_hold_all_creators_in_one() -> None:
    found = record(SOFTWARE, creators=[{"name": "Jones, Matthew B.; Slaughter, Peter; A Group"}])
    assert [str(name) for name in found.work.author] == ["Matthew B. Jones", "Peter Slaughter", "A Group"]


def test_lists_and_pages() -> None:
    data = [{"id": "x", "attributes": SOFTWARE}, {"id": "y", "attributes": {}}, 7]
    links = {"next": "https://evil.example/dois?page%5Bcursor%5D=abc&query=x"}
    content = json.dumps({"data": data, "links": links}).encode()
    assert [found.id for found in datacite.parse(content)] == ["10.5281/zenodo.7"]
    assert datacite.next_cursor(content) == "abc"
    assert datacite.next_cursor(b'{"data": [], "links": {"next": "https://x/?page[cursor]=a"}}') == ""
    assert datacite.next_cursor(b'{"data": [{}], "links": {}}') == ""


def test_addresses() -> None:
    assert datacite.url(["10.5281/Zenodo.7"]) == "https://api.datacite.org/dois/10.5281%2Fzenodo.7"
    assert datacite.search_url('A "b" OR c:d', "Doe") == (
        "https://api.datacite.org/dois?query=titles.title%3A%28A%20b%20OR%20c%20d%29%20AND%20"
        "creators.familyName%3A%28Doe%29"
        "&page[size]=5"
    )
    assert datacite.author_url("0000-0002-1825-0097").endswith("&page[size]=100&page[cursor]=1")
    with pytest.raises(ValueError, match="no word"):
        datacite.search_url("?!")
