"""A verdict accuses on positive evidence only: contradictions of a record, and DOIs that do not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pubtrack.bibtex.name_lists import parse
from pubtrack.checks.verdict import Verdict, needs_search, search_words, verdict
from pubtrack.matching import identifiers
from pubtrack.model.record import Identifier, Lookup, Record, Relation, ServiceFailure, UpdateNotice
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

TITLE = "Careful Measurements of Slow Machines in Winter"
DOI = "10.1000/tea"
DOWN = Lookup(failures=(ServiceFailure("crossref", "Crossref did not answer"),))


def work(**given: Any) -> Work:
    """A paper of Doe and Roe in a conference of 2020, with what is given in place of that."""
    usual: dict[str, Any] = {"title": TITLE, "author": "Doe, Jane and Roe, Max and Abe, Ann", "year": 2020, "doi": DOI}
    have = usual | {"container_title": "ICML", "kind": "paper-conference"} | given
    people = parse(have.pop("author"))
    year, kind = have.pop("year"), have.pop("kind")
    return Work(
        "key",
        kind,
        {name: text(value) for name, value in have.items() if value},
        {"author": people.names} if people.names else {},
        {"issued": Date((year,))} if year else {},
        frozenset({"author"} if people.others else ()),
    )


def record(registered: str = "proceedings-article", **given: Any) -> Record:
    """Crossref's record of that paper, with what is given in place of that."""
    full = {"container_title": "International Conference on Machine Learning"} | given
    made = replace(work(**full), id="")
    return Record(made, "crossref", made.doi, f"https://doi.org/{made.doi}", registered_type=registered)


def by_doi(mine: Work, *records: Record, **answer: Any) -> Verdict:
    return verdict(mine, {one: Lookup(records, True, **answer) for one in identifiers(mine)})


def by_search(mine: Work, *records: Record) -> Verdict:
    return verdict(replace(mine, values={**mine.values, "doi": ()}), {}, Lookup(records, asked=("crossref",)))


def codes(found: Verdict) -> list[str]:
    return [one.code for one in found.findings if one.severity != "info"]


def test_a_record_that_agrees_verifies() -> None:
    found = by_doi(work(), record())
    assert (found.status, found.findings) == ("verified", ())


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ({"title": "Careful Measurements of Quick Machines in Winter"}, ["net-title"]),
        ({"title": "Tea"}, ["net-title"]),
        ({"title": "Tea", "author": "Moe, Tim"}, ["net-doi-other-work"]),
        ({"author": "Doe, Jane and Roe, Max"}, ["net-authors"]),
        ({"author": "Moe, Tim and Poe, Edgar"}, ["net-authors"]),
        ({"author": "Doe, Jane and Roe, Tim and Abe, Ann"}, ["net-given"]),
        ({"author": "Roe, Max and Doe, Jane and Abe, Ann"}, ["net-authors"]),
        ({"year": 2017}, ["net-year"]),
        ({"container_title": "The Lancet"}, ["net-venue"]),
        ({"container_title": "ICML 2020 Workshop on Tea"}, ["net-venue"]),
    ],
)
def test_a_contradiction_is_a_problem_with_both_values_and_the_address(
    theirs: dict[str, Any], expected: list[str]
) -> None:
    found = by_doi(work(), record(**theirs))
    assert (found.status, codes(found)) == ("problem", expected)
    assert all(f"https://doi.org/{DOI}" in one.message and one.key == "key" for one in found.findings)


@pytest.mark.parametrize(
    "theirs",
    [
        {"title": TITLE.upper()},
        {"title": TITLE.split(" in ", maxsplit=1)[0] + ": in Winter"},
        {"author": "Doe, J. and Roe, M. and Abe, A."},
        {"author": "Doe, Jane"},
        {"year": 2021},
        {"container_title": "Proc. 37th Int. Conf. Mach. Learn."},
        {"container_title": ""},
    ],
)
def test_what_habits_and_depositors_explain_is_no_problem(theirs: dict[str, Any]) -> None:
    assert by_doi(work(), record(**theirs)).status in ("verified", "unconfirmed")


def test_numbers_that_differ_are_warnings_but_no_verdict() -> None:
    found = by_doi(work(volume="3", page="21-29"), record(volume="4", page="11-19"))
    assert (found.status, codes(found)) == ("verified", ["net-volume", "net-pages"])


def test_a_list_in_an_order_that_is_not_reliable_is_not_judged() -> None:
    theirs = replace(record(author="Abe, Ann and Doe, Jane and Roe, Max"), traits=frozenset({"order-unreliable"}))
    assert by_doi(work(), theirs).status == "verified"


def test_only_the_handle_service_says_that_a_doi_is_dead() -> None:
    dead = verdict(work(), {Identifier("doi", DOI): Lookup((), False, asked=("doi",))})
    assert (dead.status, codes(dead)) == ("problem", ["net-doi-dead"])
    alive = verdict(work(), {Identifier("doi", DOI): Lookup((), True, "Crossref", asked=("crossref", "doi"))})
    assert (alive.status, alive.findings) == ("unconfirmed", ())


def test_a_failure_is_unchecked_and_never_a_problem() -> None:
    found = verdict(work(), {Identifier("doi", DOI): DOWN}, DOWN)
    assert (found.status, [one.code for one in found.findings]) == ("unchecked", ["net-incomplete"])


def test_what_one_service_says_counts_though_another_failed() -> None:
    assert verdict(work(), {Identifier("doi", DOI): DOWN}, Lookup((record(),))).status == "verified"


def test_another_agency_is_named() -> None:
    found = verdict(work(), {Identifier("doi", DOI): Lookup((), True, "mEDRA")})
    assert (found.status, [one.code for one in found.findings]) == ("unconfirmed", ["net-unregistered"])


def test_retractions_are_errors_and_new_versions_are_silent() -> None:
    updates = (
        UpdateNotice("retraction", "10.1000/r", sources=("publisher", "retraction-watch")),
        UpdateNotice("new_version"),
    )
    found = by_doi(work(), replace(record(), updates=updates))
    assert [(one.code, one.severity) for one in found.findings] == [("net-retracted", "error")]
    assert found.status == "verified"


def test_a_preprint_that_was_published_is_told_of() -> None:
    mine = work(kind="article", container_title="", doi="10.48550/arxiv.2001.00001")
    theirs = record(kind="article", container_title="", doi="10.48550/arxiv.2001.00001")
    relation = Relation("is-preprint-of", Identifier("doi", "10.1000/paper"))
    found = by_doi(mine, replace(theirs, relations=(relation,)))
    assert (found.status, codes(found)) == ("verified", ["net-published"])


def test_the_year_and_venue_of_a_paper_are_not_those_of_its_preprint() -> None:
    mine = work(doi="10.48550/arxiv.2001.00001", year=2021)
    theirs = record(kind="article", container_title="", doi="10.48550/arxiv.2001.00001", year=2020)
    assert by_doi(mine, theirs).status == "verified"
    assert codes(by_doi(work(doi="10.48550/arxiv.2001.00001", year=2024), theirs)) == ["net-year"]


# Without a record of its own ---------------------------------------------------------------------------------------


def test_a_search_hit_that_agrees_verifies() -> None:
    assert by_search(work(), record(title="Something Else"), record()).status == "verified"


def test_what_is_not_found_is_unconfirmed() -> None:
    assert by_search(work(), record(title="Other Things in Spring", author="Moe, Tim")).status == "unconfirmed"
    assert by_search(work()).status == "unconfirmed"


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ({"title": "Careful Measurements of Quick Machines in Winter"}, ["net-title"]),
        ({"author": "Moe, Tim and Poe, Edgar"}, ["net-authors"]),
        ({"author": "Doe, Jane and Roe, Max"}, ["net-authors"]),
        ({"container_title": "International Conference on Learning Representations"}, ["net-venue"]),
        ({"year": 2016}, ["net-year"]),
    ],
)
def test_a_hit_that_can_only_be_the_work_contradicts_it(theirs: dict[str, Any], expected: list[str]) -> None:
    found = by_search(work(), record(**theirs))
    assert (found.status, codes(found)) == ("problem", expected)


@pytest.mark.parametrize(
    "theirs",
    [
        {"title": "Careful Measurements of Quick Machines in Winter", "author": "Doe, Jane and Poe, Edgar"},
        {"title": "Careful Measurements of Quick Machines in Winter", "year": 2016},
        {"title": f"{TITLE} II"},
        {"title": "Fast Measurements of Quick Machines in Summer"},
        {"kind": "article", "container_title": "", "year": 2019},
        {"kind": "article-journal", "container_title": "Journal of Machine Learning Research", "year": 2022},
    ],
)
def test_another_paper_or_another_version_of_it_contradicts_nothing(theirs: dict[str, Any]) -> None:
    assert by_search(work(), record(**theirs)).status == "unconfirmed"


def test_a_short_title_proves_nothing_against_other_authors() -> None:
    assert by_search(work(title="Tea"), record(title="Tea", author="Moe, Tim", year=2016)).status == "unconfirmed"


def test_a_dead_doi_stays_one_though_the_work_is_found() -> None:
    found = verdict(work(), {Identifier("doi", DOI): Lookup((), False)}, Lookup((record(doi="10.1000/right"),)))
    assert (found.status, codes(found)) == ("problem", ["net-doi-dead"])
    assert found.record is not None
    assert found.record.id == "10.1000/right"


def test_a_search_is_worth_it_where_identifiers_leave_a_question() -> None:
    doi = Identifier("doi", DOI)
    assert not needs_search(work(), {doi: Lookup((record(),), True)})
    assert not needs_search(work(), {doi: Lookup((record(year=2010),), True)})
    assert needs_search(work(), {doi: Lookup((), False)})
    assert needs_search(work(), {doi: Lookup((), True)})
    assert needs_search(work(), {doi: Lookup((record(title="Tea", author="Moe, Tim"),), True)})
    assert needs_search(work(doi=""), {})
    assert not needs_search(work(doi="", author=""), {})
    assert not needs_search(work(doi=""), {}, Lookup((record(),)))


def test_the_words_of_a_search_are_title_and_first_author() -> None:
    assert search_words(work()) == f"{TITLE} Doe"
