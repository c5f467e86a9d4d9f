"""Crossref: addresses, and records of replies in the shapes that it sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.csl_json import text_to_markup
from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Record, Relation, UpdateNotice
from pubtrack.model.work import Date
from pubtrack.sources import ReplyError, crossref

STAMP = {"date-parts": [[2024, 3, 1]], "date-time": "2024-03-01T10:00:00Z", "timestamp": 1709287200000}
ARTICLE: dict[str, Any] = {
    "indexed": STAMP | {"version": "3.5"}, "created": {"date-parts": [[2011, 1, 1]]}, "deposited": STAMP,
    "reference-count": 3, "publisher": "Test Press", "issue": "4", "DOI": "10.5555/ABC.1", "type": "journal-article",
    "page": "101-109", "source": "Crossref", "is-referenced-by-count": 7, "prefix": "10.5555", "member": "1",
    "title": ["On <i>E. coli</i> &amp; friends:\n   a study"], "subtitle": ["With an appendix"],
    "short-title": [], "original-title": [], "container-title": ["Journal of Tests &amp; Trials"],
    "short-container-title": ["J. Tests"], "volume": "12",
    "author": [
        {"given": "Ada", "family": "Lovelace", "sequence": "first", "affiliation": [{"name": "Somewhere"}],
         "ORCID": "http://orcid.org/0000-0002-1825-0097", "authenticated-orcid": False},
        {"given": "Jan", "family": "van der Berg", "suffix": "Jr.", "sequence": "additional", "affiliation": []},
        {"name": "The Test Consortium", "sequence": "additional", "affiliation": []},
    ],
    "published-online": {"date-parts": [[2019, 11, 20]]}, "published-print": {"date-parts": [[2020, 2]]},
    "published": {"date-parts": [[2019, 11, 20]]}, "issued": {"date-parts": [[2019, 11, 20]]},
    "journal-issue": {"issue": "4", "published-print": {"date-parts": [[2020, 3]]}},
    "ISSN": ["2049-3630", "1234-5679"],
    "issn-type": [{"value": "2049-3630", "type": "electronic"}, {"value": "1234-5679", "type": "print"}],
    "abstract": "<jats:title>Abstract</jats:title>\n <jats:p>We test H<jats:sub>2</jats:sub>O.</jats:p>",
    "language": "en", "URL": "http://dx.doi.org/10.5555/abc.1", "score": 1.0,
    "relation": {
        "has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1901.01234", "asserted-by": "object"}],
        "has-review": [{"id-type": "doi", "id": "10.5555/rev1", "asserted-by": "object"}],
        "is-part-of": [{"id-type": "issn", "id": "2049-3630", "asserted-by": "subject"}],
    },
    "updated-by": [
        {"DOI": "10.5555/retr.1", "type": "retraction", "label": "Retraction", "source": "publisher",
         "updated": {"date-parts": [[2022, 5, 6]]}},
        {"DOI": "10.5555/RETR.1", "type": "retraction", "label": "Retraction", "source": "retraction-watch",
         "updated": {"date-parts": [[2022, 5, 6]]}, "record-id": "99"},
        {"DOI": "10.5555/v2", "type": "new_version", "label": "New version", "source": "publisher"},
    ],
}  # fmt: skip


def reply(message: dict[str, Any]) -> bytes:
    whole = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    return json.dumps(whole).encode()


def record(**members: Any) -> Record:
    """The record of the article with other members; None takes one away."""
    message = {name: value for name, value in (ARTICLE | members).items() if value is not None}
    (found,) = crossref.parse(reply(message))
    return found


def values(found: Record) -> dict[str, str]:
    return {name: text_to_markup(value) for name, value in found.work.values.items()}


def test_an_article_arrives_whole() -> None:
    found = record()
    assert found.id == "10.5555/abc.1"
    assert found.source == "crossref"
    assert found.work.type == "article-journal"
    assert found.registered_type == "journal-article"
    assert values(found) == {
        "doi": "10.5555/abc.1",
        "title": "On <i>E. coli</i> & friends: a study: With an appendix",
        "language": "en",
        "container_title": "Journal of Tests & Trials",
        "container_title_short": "J. Tests",
        "volume": "12",
        "issue": "4",
        "page": "101-109",
        "issn": "1234-5679",
        "publisher": "Test Press",
        "abstract": "We test H<sub>2</sub>O.",
    }
    assert found.work.people == {
        "author": (
            Name("Lovelace", "Ada", orcid="0000-0002-1825-0097"),
            Name("Berg", "Jan", non_dropping_particle="van der", suffix="Jr."),
            Name(literal="The Test Consortium"),
        )
    }
    assert found.work.dates == {"issued": Date((2020, 2))}
    assert found.years == {"print": 2020, "issued": 2019, "online": 2019}
    assert found.containers == ("Journal of Tests & Trials", "J. Tests")
    assert found.traits == {"markup"}


def test_links_are_deduplicated_and_said_in_crossrefs_words() -> None:
    found = record()
    assert found.relations == (
        Relation("has-preprint", Identifier("arxiv", "1901.01234")),
        Relation("has-review", Identifier("doi", "10.5555/rev1")),
    )
    assert found.updates == (
        UpdateNotice("retraction", "10.5555/retr.1", Date((2022, 5, 6)), ("publisher", "retraction-watch")),
        UpdateNotice("new_version", "10.5555/v2", None, ("publisher",)),
    )


@pytest.mark.parametrize(
    ("members", "issued"),
    [
        ({}, Date((2020, 2))),
        ({"published-print": None}, Date((2020, 3))),
        ({"published-print": None, "journal-issue": None}, Date((2019, 11, 20))),
        ({"published-print": {"date-parts": [[2021, 2, 31]]}}, Date((2021, 2))),
        ({"published-print": {"date-parts": [[None]]}, "journal-issue": None}, Date((2019, 11, 20))),
        ({"published-print": None, "journal-issue": None, "published-online": None, "published": None}, Date((2019,
            11, 20))),
    ],
)  # fmt: skip
def test_the_date_is_that_of_print_then_of_the_issue_then_online(members: dict[str, Any], issued: Date) -> None:
    assert record(**members).work.issued == issued


def test_the_date_of_registration_is_never_the_works() -> None:
    gone = dict.fromkeys(("published-print", "published-online", "published", "journal-issue"))
    found = record(**gone, issued={"date-parts": [[None]]})
    assert found.work.issued is None
    assert found.years == {}


@pytest.mark.parametrize(
    ("title", "subtitle", "whole", "titles"),
    [
        (["A"], ["B"], "A: B", ("A: B", "A")),
        (["A: b"], ["B"], "A: b", ("A: b",)),
        (["Why?"], ["Because"], "Why? Because", ("Why? Because", "Why?")),
        (["Aha."], [""], "Aha", ("Aha", "Aha.")),
        (["Eins", "One"], ["zwei", "two"], "Eins: zwei", ("Eins: zwei", "Eins", "One", "One: two")),
        ([], ["B"], "", ()),
    ],
)
def test_title_and_subtitle(title: list[str], subtitle: list[str], whole: str, titles: tuple[str, ...]) -> None:
    found = record(title=title, subtitle=subtitle)
    assert values(found).get("title", "") == whole
    assert found.titles == titles


@pytest.mark.parametrize(
    ("members", "page", "eid", "number"),
    [
        ({"page": "1\u201310"}, "1-10", "", ""),
        ({"page": "373-373"}, "373", "", ""),
        ({"page": "1308-1309.e1"}, "1308-1309.e1", "", ""),
        ({"page": "2165-a-2166"}, "2165-a–2166", "", ""),
        ({"page": "A-1-A-9"}, "A-1–A-9", "", ""),
        ({"page": "S1-S5"}, "S1-S5", "", ""),
        ({"page": "n/a-n/a"}, "", "", ""),
        ({"page": None, "article-number": "e42"}, "e42", "e42", ""),
        ({"page": "e42", "article-number": "e42"}, "e42", "e42", ""),
        ({"page": "1-9", "article-number": "42"}, "1-9", "", "42"),
    ],
)
def test_pages_and_article_numbers(members: dict[str, Any], page: str, eid: str, number: str) -> None:
    found = record(**members)
    read = values(found)
    assert (read.get("page", ""), found.work.custom.get("eid", ""), read.get("number", "")) == (page, eid, number)


@pytest.mark.parametrize(
    ("kind", "csl", "entry"),
    [
        ("proceedings-article", "paper-conference", ""),
        ("book", "book", ""),
        ("edited-book", "book", "collection"),
        ("reference-book", "book", "reference"),
        ("proceedings", "book", "proceedings"),
        ("book-chapter", "chapter", ""),
        ("reference-entry", "entry-encyclopedia", ""),
        ("dissertation", "thesis", ""),
        ("report", "report", ""),
        ("standard", "standard", ""),
        ("dataset", "dataset", ""),
        ("peer-review", "review", ""),
        ("component", "document", ""),
        ("grant", "document", ""),
        ("never-heard-of", "document", ""),
    ],
)
def test_types(kind: str, csl: str, entry: str) -> None:
    found = record(type=kind)
    assert (found.work.type, found.work.custom.get("entrytype", "")) == (csl, entry)


@pytest.mark.parametrize(
    ("containers", "book", "series", "only_series"),
    [
        (["Lecture Notes in Computer Science", "Vision 2020"], "Vision 2020", "Lecture Notes in Computer Science",
            False),
        (["Of Body Snatchers", "Göttinger Schriften"], "Of Body Snatchers", "Göttinger Schriften", False),
        (["Next DNA", "SpringerBriefs in Sciences"], "Next DNA", "SpringerBriefs in Sciences", False),
        (["SPIE Proceedings", "Optical Coherence XX"], "Optical Coherence XX", "SPIE Proceedings", False),
        (["Some Series", "The Book"], "The Book", "Some Series", False),
        (["Lecture Notes in Computer Science"], "Lecture Notes in Computer Science", "", True),
        (["Proceedings of the 3rd Workshop"], "Proceedings of the 3rd Workshop", "", False),
        (["Twice", "Twice"], "Twice", "", False),
        ([], "", "", False),
    ],
)  # fmt: skip
def test_a_chapter_has_a_book_and_a_series(containers: list[str], book: str, series: str, only_series: bool) -> None:
    found = record(**{"type": "book-chapter", "container-title": containers, "short-container-title": []})
    read = values(found)
    assert (read.get("container_title", ""), read.get("collection_title", "")) == (book, series)
    assert ("venue-is-series" in found.traits) is only_series


def test_a_preprint_has_its_archive_and_its_published_version() -> None:
    found = record(
        **{
            "type": "posted-content", "subtype": "preprint", "DOI": "10.1101/2020.01.02.123456",
            "institution": [{"name": "bioRxiv", "acronym": ["bioRxiv"]}], "publisher": "Cold Harbour",
            "container-title": [], "posted": {"date-parts": [[2020, 1, 3]]}, "published-print": None,
            "published-online": None, "journal-issue": None, "volume": None, "issue": None, "page": None,
            "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/PUB", "asserted-by": "subject"}]},
        }
    )  # fmt: skip
    read = values(found)
    assert found.work.type == "article"
    assert (read["publisher"], read["number"], read["genre"]) == ("bioRxiv", "2020.01.02.123456", "Preprint")
    assert found.work.custom == {"eprint": "2020.01.02.123456", "eprinttype": "bioRxiv"}
    assert found.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/pub")),)
    assert found.years["posted"] == 2020
    assert found.work.issued == Date((2020, 1, 3))
    assert found.registered_type == "posted-content/preprint"


def test_a_thesis_has_its_school_degree_and_day() -> None:
    found = record(
        type="dissertation", institution=[{"name": "University of Tests"}], degree=["Ph.D. Thesis"],
        approved={"date-parts": [[2018, 6, 1]]},
    )  # fmt: skip
    assert (values(found)["publisher"], values(found)["genre"]) == ("University of Tests", "PhD thesis")
    assert found.work.issued == Date((2018, 6, 1))


def test_a_paper_has_its_event() -> None:
    event = {
        "name": "Tests 2020", "location": "Oslo", "acronym": "T20",
        "start": {"date-parts": [[2020, 5, 1]]}, "end": {"date-parts": [[2020, 5, 3]]},
    }  # fmt: skip
    found = record(type="proceedings-article", event=event)
    assert (values(found)["event_title"], values(found)["event_place"]) == ("Tests 2020", "Oslo")
    assert found.work.dates["event_date"] == Date((2020, 5, 1), end=(2020, 5, 3))
    assert found.work.issued == Date((2020, 2))


def test_members_of_wrong_kinds_are_passed_over() -> None:
    found = record(
        title="A string", author={"family": "Alone"}, page=12, volume=None, relation=[1], issued="x", event=7,
        **{"updated-by": {"type": "retraction"}, "container-title": None, "ISSN": "x", "published-print": [[2020]]},
    )  # fmt: skip
    assert values(found)["title"] == "A string: With an appendix"
    assert found.work.author == (Name("Alone"),)
    assert values(found)["page"] == "12"
    assert found.updates == (UpdateNotice("retraction"),)


def test_many_authors_are_all_there() -> None:
    found = record(author=[{"given": f"A{n}", "family": f"F{n}"} for n in range(3050)])
    assert len(found.work.author) == 3050
    assert not found.work.others


def test_a_list_is_split_into_replies_of_one() -> None:
    items = [ARTICLE, ARTICLE | {"DOI": "10.5555/two"}, {"title": ["no DOI"]}, "odd"]
    content = json.dumps(
        {"status": "ok", "message-type": "work-list", "message": {"items": items, "next-cursor": "a+b=",
            "total-results": 9}}
    ).encode()  # fmt: skip
    records = crossref.parse(content)
    assert [found.id for found in records] == ["10.5555/abc.1", "10.5555/two"]
    assert [crossref.parse(one)[0] for one in crossref.split(content).values()] == list(records)
    assert crossref.next_cursor(content) == "a+b="
    empty = json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": []}}).encode()
    assert crossref.parse(empty) == ()
    assert crossref.next_cursor(empty) == ""


@pytest.mark.parametrize(
    "envelope",
    [
        {"status": "ok", "message-type": "work-agency", "message": {"DOI": "10.5555/x"}},
        {"status": "ok", "message-type": "work", "message": []},
        {"status": "ok", "message-type": "work", "message": {"title": ["no DOI"]}},
        {"status": "ok", "message-type": "work-list", "message": {"items": {}}},
        {"status": "failed", "message-type": "work", "message": {"DOI": "10.5555/x"}},
        [{"status": "ok"}],
    ],
)
def test_another_shape_is_refused(envelope: Any) -> None:
    with pytest.raises(ReplyError):
        crossref.parse(json.dumps(envelope).encode())


def test_addresses() -> None:
    assert crossref.url(["10.1002/(SICI)1<2::A#3>4;5"]) == (
        "https://api.crossref.org/works/10.1002%2F%28sici%291%3C2%3A%3Aa%233%3E4%3B5"
    )
    assert crossref.url(["10.1000/a", "10.1000/b"]) == (
        "https://api.crossref.org/works?filter=doi:10.1000%2Fa,doi:10.1000%2Fb&rows=2"
    )
    assert crossref.search_url("A & B", "Müller", 3) == (
        "https://api.crossref.org/works?query.bibliographic=A%20%26%20B&query.author=M%C3%BCller&rows=3"
    )
    assert crossref.author_url("0000-0002-1825-0097", "x/y=") == (
        "https://api.crossref.org/works?filter=orcid:0000-0002-1825-0097&rows=100&cursor=x%2Fy%3D"
    )
    assert crossref.isbn_url("0-306-40615-2") == "https://api.crossref.org/works?filter=isbn:9780306406157&rows=20"
    for wrong in ([], ["10.1000/a,b", "10.1000/c"], [f"10.1000/{n}" for n in range(51)]):
        with pytest.raises(ValueError, match="takes 1 to 50"):
            crossref.url(wrong)
    assert crossref.is_batchable("10.1000/a:b")
    assert not crossref.is_batchable("10.1000/a,b")
