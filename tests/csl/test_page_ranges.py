"""Page ranges (CSL 1.0.2, "Page Ranges", Appendix V)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.csl.page_ranges import PageRange


@pytest.mark.parametrize(
    ("style", "pages", "expected"),
    [
        ("chicago-15", "3-10", "3–10"),
        ("chicago-15", "600-613", "600–613"),
        ("chicago-15", "107-108", "107–8"),
        ("chicago-15", "1002-1006", "1002–6"),
        ("chicago-15", "415-532", "415–532"),
        ("chicago-15", "13792-13803", "13792–803"),
        ("chicago-15", "1496-1504", "1496–1504"),
        ("chicago", "2787-2816", "2787–2816"),
        ("chicago-16", "1496-1500", "1496–500"),
        ("chicago-16", "92-113", "92–113"),
        ("chicago-16", "1087-1089", "1087–89"),
        ("expanded", "321-8", "321–328"),
        ("expanded", "N110-N115", "N110–N115"),
        ("minimal", "2787-2816", "2787–816"),
        ("minimal", "42-45", "42–5"),
        ("minimal", "S17-S29", "S17–29"),
        ("minimal-two", "321-328", "321–28"),
        ("minimal-two", "7-8", "7–8"),
        ("minimal", "12:1-12:30", "12:1–30"),
        ("minimal", "xii-xvi", "xii–xvi"),
        ("minimal", "N110-P5", "N110-P5"),
        ("minimal", "1-4, 10-12", "1–4, 10–2"),
        ("minimal", "21--29", "21–9"),
        ("", "21-29", "21–29"),
        ("", "12:1-12:30", "12:1–12:30"),
        ("", "327\\-30", "327-30"),
        ("", "e1234", "e1234"),
        ("", "Michaelson-Morley", "Michaelson-Morley"),
    ],
)
def test_ranges(style: str, pages: str, expected: str) -> None:
    assert PageRange(style, "–").shape(pages) == expected


def test_the_locale_says_what_stands_between() -> None:
    """The term "page-range-delimiter"."""
    assert PageRange("expanded", "-").shape("10–12") == "10-12"


@pytest.mark.parametrize(("pages", "first"), [("12-15", "12"), ("e5", "e5"), ("3, 7", "3"), (" 9–11", "9"), ("", "")])
def test_the_first_page(pages: str, first: str) -> None:
    assert PageRange.first(pages) == first


@given(
    st.integers(1, 99999), st.integers(0, 9999), st.sampled_from(["chicago", "chicago-16", "minimal", "minimal-two"])
)
def test_what_is_shortened_expands_to_itself(first: int, length: int, style: str) -> None:
    whole = f"{first}–{first + length}"
    short = PageRange(style, "–").shape(whole)
    assert PageRange("expanded", "–").shape(short) == whole
