"""ORCID: addresses, and records of an author's works in the shapes that it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Relation
from pubtrack.model.richtext import plain
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, orcid

ME = "0000-0002-1825-0097"


def ids(*pairs: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "external-id": [
            {"external-id-type": kind, "external-id-value": value, "external-id-relationship": tie,
             "external-id-normalized": {"value": value.lower(), "transient": True}, "external-id-url": None}
            for kind, value, tie in pairs
        ]
    }  # fmt: skip


def summary(code: int, index: str, **members: Any) -> dict[str, Any]:
    return {
        "put-code": code, "path": f"/{ME}/work/{code}", "display-index": index, "type": "journal-article",
        "title": {"title": {"value": "On &amp; tests"}, "subtitle": {"value": "a study"}, "translated-title": None},
        "journal-title": {"value": "J. Tests"}, "url": None, "visibility": "public",
        "publication-date": {"year": {"value": "2020"}, "month": {"value": "05"}, "day": None},
        "external-ids": ids(("doi", "10.5555/ABC", "self"), ("issn", "1234-5679", "part-of")),
    } | members  # fmt: skip


GROUPS = json.dumps(
    {
        "last-modified-date": {"value": 1},
        "group": [
            {"work-summary": [
                summary(11, "0", title={"title": {"value": "Less loved"}}, **{"external-ids": ids(("pmid", "12345",
                    "self"))}),
                summary(12, "1"),
            ]},
            {"work-summary": [summary(13, "0", type="preprint", **{
                "journal-title": {"value": "arXiv"},
                "external-ids": ids(("arxiv", "2301.01234", "self"), ("doi", "10.5555/v1", "version-of"))})]},
            {"work-summary": [summary(14, "0", title=None)]},
            {"work-summary": []},
        ],
    }
).encode()  # fmt: skip


def test_each_group_is_one_work_with_all_its_identifiers() -> None:
    first, second = orcid.parse_works(GROUPS)
    assert (first.id, first.url, first.work.type) == (f"{ME}/12", f"https://orcid.org/{ME}", "article-journal")
    assert {name: plain(value) for name, value in first.work.values.items()} == {
        "title": "On & tests: a study", "container_title": "J. Tests", "doi": "10.5555/abc", "issn": "1234-5679",
        "pmid": "12345",
    }  # fmt: skip
    assert first.work.issued == Date((2020, 5))
    assert first.work.author == ()
    assert second.work.type == "article"
    assert second.work.custom == {"eprint": "2301.01234", "eprinttype": "arXiv"}
    assert "doi" not in second.work.values
    assert second.relations == (Relation("is-version-of", Identifier("doi", "10.5555/v1")),)


def test_the_numbers_of_the_preferred_descriptions() -> None:
    assert orcid.put_codes(GROUPS) == ("12", "13", "14")


def test_a_work_in_full_names_its_authors() -> None:
    people = [
        {"credit-name": {"value": "Jane Doe"}, "contributor-orcid": {"path": ME},
         "contributor-attributes": {"contributor-role": "author"}},
        {"credit-name": {"value": "Ed Itor"}, "contributor-attributes": {"contributor-role": "editor"}},
        {"credit-name": {"value": "Rick Roe"}, "contributor-attributes": None},
    ]  # fmt: skip
    work = summary(12, "1", contributors={"contributor": people})
    content = json.dumps({"bulk": [{"work": work}, {"error": {"response-code": 404}}]}).encode()
    (found,) = orcid.parse(content)
    assert found.work.author == (Name("Doe", "Jane", orcid=ME), Name("Roe", "Rick"))


@pytest.mark.parametrize(
    ("kind", "csl"),
    [("BOOK_CHAPTER", "chapter"), ("dissertation-thesis", "thesis"), ("conference-paper", "paper-conference"),
     ("data-set", "dataset"), ("lecture-speech", "speech"), ("x", "document")],
)  # fmt: skip
def test_types(kind: str, csl: str) -> None:
    (found,) = orcid.parse(json.dumps({"bulk": [{"work": summary(1, "0", type=kind)}]}).encode())
    assert found.work.type == csl


def test_a_list_is_not_the_bulk_and_a_search_is_neither() -> None:
    for content in (GROUPS, b'{"result": [], "num-found": 0}'):
        with pytest.raises(ReplyError):
            orcid.parse(content)
    with pytest.raises(ReplyError):
        orcid.parse_works(b'{"bulk": []}')


def test_addresses() -> None:
    assert orcid.works_url(f"https://orcid.org/{ME}") == f"https://pub.orcid.org/v3.0/{ME}/works"
    assert orcid.url([f"{ME}/12", f"{ME}/13"]) == f"https://pub.orcid.org/v3.0/{ME}/works/12,13"
    with pytest.raises(ValueError, match="one author"):
        orcid.url([f"{ME}/12", "0000-0001-5109-3700/13"])
    with pytest.raises(ValueError, match="one author"):
        orcid.url([f"{ME}/12a"])
