"""Years, volumes and pages: print and online, ranges cut short, and what is really another number."""

from __future__ import annotations

import pytest

from pubtrack.matching.grades import Grade
from pubtrack.matching.number_comparison import compare_numbers, compare_pages, compare_to_preprint, compare_years


@pytest.mark.parametrize(
    ("mine", "theirs", "named", "grade"),
    [
        (2021, [2020, 2021], (), Grade.SAME),
        (2022, [2021], (), Grade.ALIKE),
        (2023, [2021], (), Grade.CONTRADICTS),
        (2020, [2021], [2020], Grade.SAME),
        (2021, [2021], [2020], Grade.ALIKE),
        (2022, [2023], [2023], Grade.CONTRADICTS),
        (None, [2020], (), Grade.SILENT),
        (2020, [], (), Grade.SILENT),
    ],
)
def test_a_year_may_be_that_of_print_or_one_off_but_not_another_conference(
    mine: int | None, theirs: list[int], named: list[int], grade: Grade
) -> None:
    assert compare_years(mine, theirs, named).grade is grade


@pytest.mark.parametrize(
    ("mine", "journal", "grade"),
    [
        (2020, False, Grade.SAME),
        (2019, False, Grade.SILENT),
        (2022, False, Grade.SILENT),
        (2023, False, Grade.CONTRADICTS),
        (2024, True, Grade.SILENT),
        (2025, True, Grade.CONTRADICTS),
        (2018, False, Grade.CONTRADICTS),
    ],
)
def test_a_paper_follows_its_preprint_within_years(mine: int, journal: bool, grade: Grade) -> None:
    assert compare_to_preprint(mine, [2020], journal=journal).grade is grade


@pytest.mark.parametrize(
    ("mine", "theirs", "grade"),
    [
        ("Vol. 12", "12", Grade.SAME),
        ("012", "12", Grade.SAME),
        ("1-2", "1", Grade.ALIKE),
        ("12", "13", Grade.CONTRADICTS),
        ("October", "10", Grade.SILENT),
        ("", "1", Grade.SILENT),
    ],
)
def test_a_volume_is_its_number(mine: str, theirs: str, grade: Grade) -> None:
    assert compare_numbers(mine, theirs).grade is grade


@pytest.mark.parametrize(
    ("mine", "theirs", "grade"),
    [
        ("123--145", "123–145", Grade.SAME),
        ("123-45", "123-145", Grade.SAME),
        ("pp. 123-145", "123", Grade.ALIKE),
        ("e1000", "E1000", Grade.SAME),
        ("081302", "081302(R)", Grade.SAME),
        ("123-145", "223-245", Grade.CONTRADICTS),
        ("1-12", "223-234", Grade.SILENT),
        ("e1000", "223-234", Grade.SILENT),
        ("", "1", Grade.SILENT),
    ],
)
def test_pages_agree_by_where_they_begin(mine: str, theirs: str, grade: Grade) -> None:
    assert compare_pages(mine, theirs).grade is grade
