"""A conference paper and the article that a journal makes of it are two works, by one rule for all that compare."""

from __future__ import annotations

import pytest

from pubtrack.matching.comparison import is_extension, venue_names
from pubtrack.matching.thresholds import EXTENSION_LAG
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work


def work(kind: str, venue: str, year: int | None = None) -> Work:
    dates = {"issued": Date((year,))} if year else {}
    return Work("a", kind, {"container_title": text(venue)} if venue else {}, dates=dates)


def paper(year: int | None = None) -> Work:
    return work("paper-conference", "Proceedings of the Conference on Tea", year)


def article(year: int | None = None) -> Work:
    return work("article-journal", "Journal of Tea", year)


@pytest.mark.parametrize(
    ("one", "other", "extends"),
    [
        (paper(), article(), True),
        (paper(2015), article(), True),
        (paper(2015), article(2015), True),
        (paper(2015), article(2014), True),  # printed before the conference met
        (paper(2015), article(2013), False),
        (paper(2015), article(2015 + EXTENSION_LAG), True),
        (paper(2015), article(2015 + EXTENSION_LAG + 1), False),
        (paper(2015), paper(2016), False),
        (article(2015), article(2016), False),
        (paper(2015), work("article-journal", "", 2016), False),
    ],
)
def test_an_article_extends_a_conference_paper_of_the_years_before(one: Work, other: Work, extends: bool) -> None:
    assert is_extension(one, venue_names(one), other, venue_names(other)) is extends
    assert is_extension(other, venue_names(other), one, venue_names(one)) is extends
