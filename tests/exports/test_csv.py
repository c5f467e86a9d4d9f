"""CSV: every value comes back as it was, but for what a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack.exports import Selection, exported_before
from pubtrack.exports.csv import COLUMNS
from pubtrack.model.work import Work
from tests.exports.reading import NAMES, exported, of, reference, titled
from tests.exports.samples import WICKED, selection, wicked, wicked_selection


def rows(chosen: Selection) -> list[dict[str, str]]:
    content = exported(chosen, "csv").encode("utf-8").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


def test_the_reference_store_is_exported_as_in_the_golden_file(golden: Callable[[Path, str], None]) -> None:
    content = exported(reference(), "csv").replace("\r\n", "\n")
    golden(Path(__file__).parent / "golden" / "reference.csv", content)


def test_excel_is_told_the_encoding_and_lines_end_in_cr_lf() -> None:
    content = exported(selection(), "csv")
    assert content.encode("utf-8").startswith(b'\xef\xbb\xbf"key",')
    assert content.count("\n") == content.count("\r\n") == len(selection().works) + 1


def test_every_work_is_a_row_of_one_line_with_all_columns() -> None:
    found = rows(wicked_selection())
    assert len(found) == len(wicked_selection().works)
    for row in found:
        assert list(row) == list(COLUMNS)
        assert not any("\n" in value or "\r" in value or "\t" in value for value in row.values())


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'=1"), ("\r=1", "'=1"),
        ("＝1", "'＝1"), ("a;=1", "a;'=1"), ("a; @b", "a; '@b"), ("\u200b=1", "'=1"), ("\ufeff=1", "'=1"),
        ("a=1", "a=1"), ("a-b", "a-b"), ("'=1", "'=1"), ('="a"', "'=\"a\""), ("1", "1"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: str, cell: str) -> None:
    (row,) = rows(of(titled(value)))
    assert row["title"] == cell


def test_no_wicked_cell_begins_as_a_formula_whatever_parts_the_cells() -> None:
    for value in WICKED:
        for row in rows(of(wicked(value))):
            pieces = [piece.strip() for cell in row.values() for piece in cell.split(";")]
            assert not any(piece.startswith(("=", "+", "-", "@")) for piece in pieces)


def test_pages_are_no_day_of_a_month() -> None:
    (row,) = rows(of(titled("T", page="1-9", volume="3", issue="1-2")))
    assert (row["page"], row["volume"], row["issue"]) == ("1–9", "3", "1–2")


def test_people_are_parted_by_semicolons() -> None:
    (row,) = rows(of(Work("a", "book", people={"author": NAMES}, others=frozenset({"author"}))))
    assert row["author"] == (
        "van der Berg, Jan Pieter; Beethoven, Ludwig van; King, Martin L., Jr.; Survey of Tides Azores; Plato; et al."
    )


def test_a_table_that_a_spreadsheet_has_saved_is_no_former_export() -> None:
    content = exported(selection(), "csv")
    table = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))
    saved = io.StringIO(newline="")
    csv.writer(saved).writerows(table)
    assert exported_before(content, "csv")
    assert not exported_before("\ufeff" + saved.getvalue(), "csv")
    assert not exported_before(content.removeprefix("\ufeff"), "csv")
