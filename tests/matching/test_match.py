"""The match rule: an identifier is not enough, and without one everything must agree alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pubtrack.bibtex.name_lists import parse
from pubtrack.matching import best_match, compare, identifiers, same_work
from pubtrack.matching.match import score_record
from pubtrack.model.record import Identifier, Record
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

TITLE = "Careful Measurements of Slow Machines in Winter"


def work(
    title: str = TITLE,
    author: str = "Doe, Jane and Roe, Max",
    year: int | None = 2020,
    venue: str = "Journal of Tea",
    kind: str = "article-journal",
    **values: str,
) -> Work:
    people = parse(author)
    texts = {"title": title, "container_title": venue, **values}
    return Work(
        "key",
        kind,
        {name: text(value) for name, value in texts.items() if value},
        {"author": people.names} if people.names else {},
        {"issued": Date((year,))} if year else {},
        frozenset({"author"} if people.others else ()),
    )


def record(identifier: str = "10.1000/tea", **fields: Any) -> Record:
    made = replace(work(**fields), id="")
    return Record(replace(made, values={**made.values, "doi": text(identifier)}), "crossref", identifier)


def test_a_search_hit_that_agrees_in_everything_is_the_work() -> None:
    found = same_work(work(), record())
    assert found
    assert found.by is None
    assert found.why == "title, authors and year agree"


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ({"title": "Careful Measurements of Fast Machines in Summer"}, "for"),
        ({"author": "Abe, Ann and Moe, Tim"}, "other people"),
        ({"year": 2022}, "2 years off"),
        ({"year": None, "venue": ""}, "no year"),
        ({"kind": "thesis"}, "another type"),
        ({"kind": "article"}, "another type"),
        ({"title": f"{TITLE} II"}, "another number"),
    ],
)
def test_one_criterion_that_fails_is_not_made_up_for(theirs: dict[str, Any], why: str) -> None:
    found = same_work(work(), record(**theirs))
    assert not found
    assert why in found.why


def test_a_short_title_needs_its_venue_besides() -> None:
    assert not same_work(work(title="Tea", venue=""), record(title="Tea"))
    assert same_work(work(title="Tea"), record(title="Tea"))


def test_a_rival_that_fits_as_well_makes_the_choice_a_guess() -> None:
    rival = record("10.1000/tea.2")
    assert not same_work(work(), record(), rivals=[rival])
    assert same_work(work(), record(), rivals=[record("10.1000/tea.2", venue="The Lancet", year=2010)])


@pytest.mark.parametrize(
    ("rival", "is_guess"),
    [
        ({"year": None, "venue": ""}, True),  # 0.04 worse
        ({"title": f"{TITLE} Nights"}, False),  # 0.07 worse
    ],
)
def test_a_rival_counts_within_the_margin(rival: dict[str, Any], is_guess: bool) -> None:
    """`MARGIN` is 0.05: half of it would overlook the first rival, half as much again would count the second."""
    apart = score_record(compare(work(), record())) - score_record(compare(work(), record("10.1000/tea.2", **rival)))
    assert (0.025 < apart < 0.05) if is_guess else (0.05 < apart < 0.075)
    assert bool(same_work(work(), record(), rivals=[record("10.1000/tea.2", **rival)])) is not is_guess


def test_the_best_of_several_is_found() -> None:
    found = best_match(work(), [record("10.1/other", title="Another Thing Entirely"), record()])
    assert found is not None
    assert found.compared.record.id == "10.1000/tea"
    assert best_match(work(), [record(title="Another Thing Entirely")]) is None


def test_a_list_that_ends_in_others_matches_by_half_of_the_families() -> None:
    assert same_work(work(author="Doe, J and others"), record())
    assert not same_work(work(author="Abe, A and others"), record())


def test_an_identifier_needs_title_or_authors_besides() -> None:
    mine = work(doi="10.1000/TEA")
    assert same_work(mine, record(title="Careful Measurements of Slow Machines")).by == Identifier("doi", "10.1000/tea")
    assert same_work(mine, record(title="Wholly Renamed since Then"))
    assert same_work(mine, record(author="Abe, Ann"))
    assert not same_work(mine, record(title="Wholly Renamed since Then", author="Abe, Ann"))


def test_an_arxiv_number_and_its_doi_are_one_identifier() -> None:
    mine = replace(work(kind="article", venue=""), custom={"eprint": "2001.00001v2", "eprinttype": "arXiv"})
    assert identifiers(mine) == (Identifier("arxiv", "2001.00001"),)
    assert same_work(mine, record("10.48550/arxiv.2001.00001", kind="article", venue="")).by is not None


def test_a_preprint_record_says_nothing_of_the_venue_of_its_paper() -> None:
    found = compare(work(), record(kind="article", venue=""))
    assert found.version
    assert not found.venue.grade.differs
