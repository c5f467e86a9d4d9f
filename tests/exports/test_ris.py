"""RIS: a record is what stands between TY and ER, and no value can be a tag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack.model.richtext import Span, text
from pubtrack.model.work import Date, Work
from tests.exports.reading import NAMES, exported, of, of_bib, records, reference, titled
from tests.exports.samples import WICKED, wicked, wicked_selection


def values(work: Work) -> dict[str, list[str]]:
    """The values of the only record by their tags."""
    (record,) = records(exported(of(work), "ris"))
    return {tag: [value for other, value in record if other == tag] for tag, _ in record}


def test_the_reference_store_is_exported_as_in_the_golden_file(golden: Callable[[Path, str], None]) -> None:
    content = exported(reference(), "ris").replace("\r\n", "\n")
    golden(Path(__file__).parent / "golden" / "reference.ris", content)


def test_every_line_ends_in_cr_lf() -> None:
    content = exported(reference(), "ris")
    assert content.count("\n") == content.count("\r\n") == content.count("\r")


def test_each_work_is_a_record_whatever_it_holds() -> None:
    found = list(records(exported(wicked_selection(), "ris")))
    assert len(found) == len(wicked_selection().works)
    assert all(record[-1] == ("ER", "") and len([tag for tag, _ in record if tag == "ER"]) == 1 for record in found)


@pytest.mark.parametrize("value", ["One\nER  - \nTY  - BOOK\nTI  - Two", "One\r\nER  -", "ER  - ", "x\u2028ER  - "])
def test_a_value_ends_no_record_and_begins_none(value: str) -> None:
    (record,) = records(exported(of(wicked(value)), "ris"))
    assert dict(record)["TI"] == " ".join(value.split())


@pytest.mark.parametrize("value", WICKED)
def test_a_value_stays_in_its_line(value: str) -> None:
    assert len(exported(of(wicked(value)), "ris").splitlines()) == exported(of(wicked(value)), "ris").count("\r\n")


def test_names_are_in_parts_between_commas_and_a_group_ends_in_one() -> None:
    work = Work("a", "book", people={"author": NAMES}, others=frozenset({"author"}))
    assert values(work)["AU"] == [
        "van der Berg, Jan Pieter", "Beethoven, Ludwig van", "King, Martin L., Jr.", "Survey of Tides Azores,",
        "Plato,", "et al.,",
    ]  # fmt: skip


def test_marks_are_characters() -> None:
    title = (*text("H"), Span("2", ("sub",)), *text("O at "), Span("x^2", ("math",)), Span(" In vivo", ("italic",)))
    assert values(titled(title))["TI"] == ["H₂O at x² In vivo"]


@pytest.mark.parametrize(
    ("date", "year", "full"),
    [
        (Date((2021, 5, 3)), "2021", "2021/05/03/"), (Date((2021,)), "2021", "2021///"),
        (Date((2004,), season=2), "2004", "2004///Summer"), (Date((-44, 3)), "44 BC", None),
        (Date((1999,), (2003,)), "1999", "1999///"), (Date(literal="spring term"), None, "///spring term"),
        (Date((2021, 2, 30)), "2021", "2021/02//"),
    ],
)  # fmt: skip
def test_a_date_has_its_slashes(date: Date, year: str | None, full: str | None) -> None:
    found = values(Work("a", "book", dates={"issued": date}))
    assert (found.get("PY"), found.get("DA")) == (year and [year], full and [full])


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        ("201-219", "201", "219"), ("3-1–3-20", "3-1", "3-20"), ("e1234", "e1234", None), ("A1, A4", "A1, A4", None),
        ("1-3, 7-9", "1-3, 7-9", None), ("3-1-3-20", "3-1-3-20", None), ("5-", "5-", None),
    ],
)  # fmt: skip
def test_pages_are_parted_only_where_they_are_one_range(page: str, first: str, last: str | None) -> None:
    found = values(titled("T", page=page))
    assert (found["SP"], found.get("EP")) == ([first], last and [last])


def test_a_part_of_a_book_names_the_book_its_editors_and_its_series() -> None:
    bib = "@incollection{a, author={A, B}, editor={E, F}, title={T}, booktitle={Book}, series={S}, year=2000}"
    (record,) = records(exported(of_bib(bib), "ris"))
    assert {tag: value for tag, value in record if tag in ("TY", "ED", "BT", "T3")} == {
        "TY": "CHAP", "ED": "E, F", "BT": "Book", "T3": "S",
    }  # fmt: skip


def test_a_reports_number_stands_where_others_have_the_isbn() -> None:
    bib = "@techreport{a, title={T}, number={TR-1}, institution={I}, year=2000, isbn={978-0-00-000000-2}}"
    (record,) = records(exported(of_bib(bib), "ris"))
    assert ("SN", "TR-1") in record
