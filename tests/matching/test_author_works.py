"""The works of an author that a store lacks: one each, preprint and paper together."""

from __future__ import annotations

from pubtrack.matching.author_works import Authored, missing_works
from pubtrack.model.name import Name
from pubtrack.model.record import Identifier, Record, Relation
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

TITLE = "Light in a dim box"


def work(
    kind: str = "article-journal",
    *,
    doi: str = "",
    arxiv: str = "",
    title: str = TITLE,
    year: int = 2020,
    key: str = "",
) -> Work:
    values = {"title": text(title)} | ({"doi": text(doi)} if doi else {})
    custom = {"eprint": arxiv, "eprinttype": "arXiv"} if arxiv else {}
    people = {"author": (Name("Doe", "Jane"),)}
    return Work(key, kind, values, people, {"issued": Date((year,))}, custom=custom)


def record(source: str, described: Work, *relations: Relation, kind: str = "") -> Record:
    return Record(described, source, described.doi or source, relations=relations, registered_type=kind)


def found(records: list[Record], *store: Work) -> list[Authored]:
    return missing_works(records, store)


def test_the_same_doi_is_one_work_whatever_the_service() -> None:
    (one,) = found([record("orcid", work(doi="10.5555/A")), record("crossref", work(doi="10.5555/a", title="Other"))])
    assert one.sources == ("orcid", "crossref")
    assert one.chief.source == "crossref"
    assert (one.doi, one.year) == ("10.5555/a", 2020)


def test_a_preprint_and_its_paper_are_one_by_relation_and_by_title() -> None:
    tie = Relation("is-preprint-of", Identifier("doi", "10.5555/a"))
    related = [record("arxiv", work("article", arxiv="2001.00001", title="Early name"), tie),
               record("crossref", work(doi="10.5555/a"))]  # fmt: skip
    alike = [record("arxiv", work("article", arxiv="2001.00001", year=2019)), record("crossref", work(doi="10.5555/a"))]
    for records in (related, alike):
        (one,) = found(records)
        assert (one.doi, one.arxiv) == ("10.5555/a", "2001.00001")
        assert one.published is not None
        assert one.preprint is not None
        assert one.chief is one.published


def test_arxivs_doi_and_number_are_the_same_name() -> None:
    (one,) = found([record("datacite", work("article", doi="10.48550/arxiv.2001.00001", title="One name of it")),
                    record("orcid", work("article", arxiv="2001.00001"))])  # fmt: skip
    assert (one.doi, one.arxiv) == ("", "2001.00001")


def test_other_titles_and_far_years_are_other_works() -> None:
    records = [record("orcid", work(year=2010)), record("openalex", work(year=2020)),
               record("crossref", work(title="Light in a dim box, part 2"))]  # fmt: skip
    assert len(found(records)) == 3


def test_what_the_store_has_is_not_listed() -> None:
    records = [record("crossref", work(doi="10.5555/a"))]
    assert found(records, work(doi="10.5555/A", title="Renamed", key="a")) == []
    assert found(records, work(key="a")) == []
    nameless = Work("", "article-journal", {"title": text(TITLE)}, {}, {"issued": Date((2020,))})
    assert found([record("orcid", nameless)], work(key="a")) == []
    preprint = record("arxiv", work("article", arxiv="2001.00001"))
    assert found([preprint, *records], work(doi="10.5555/a", key="a")) == []


def test_the_paper_of_a_preprint_in_the_store_is_listed_with_its_key() -> None:
    preprint = work("article", arxiv="2001.00001", key="doe2020preprint")
    tie = Relation("has-preprint", Identifier("arxiv", "2001.00001"))
    (one,) = found([record("crossref", work(doi="10.5555/a", title="A new name of it"), tie)], preprint)
    assert one.preprint_key == "doe2020preprint"
    assert found([record("arxiv", work("article", arxiv="2001.00001"))], preprint) == []


def test_reviews_and_parts_are_no_works_and_the_newest_is_first() -> None:
    records = [record("crossref", work("review", doi="10.5555/r"), kind="peer-review"),
               record("crossref", work(doi="10.5555/old", title="The old story told", year=1999)),
               record("crossref", work(doi="10.5555/new", title="A new story told", year=2021))]  # fmt: skip
    assert [one.doi for one in found(records)] == ["10.5555/new", "10.5555/old"]
