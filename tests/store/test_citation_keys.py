"""Citation keys made for entries that have none."""

from __future__ import annotations

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work
from pubtrack.store.citation_keys import DEFAULT_PATTERN, new_key


def work(title: str = "", family: str = "", year: int = 0, **people: tuple[Name, ...]) -> Work:
    authors = {"author": (Name(family),)} if family else {}
    dates = {"issued": Date((year,))} if year else {}
    return Work("", "book", {"title": text(title)} if title else {}, {**authors, **people}, dates)


@pytest.mark.parametrize(
    ("one", "key"),
    [
        (work("On the Theory of Work", "Doe", 1999), "doe1999theory"),
        (work("Über Größe", "Müller-Łukasz", 2001), "mullerlukasz2001uber"),
        (work("The", "O'Brien", 2001), "obrien2001the"),
        (work("3D Vision", "de la Cruz", 2020), "delacruz20203d"),
        (work("小明", "王", 2020), "2020"),
        (work("Work", editor=(Name("Roe"),)), "roework"),
        (work("Work", year=1999), "anonymous1999work"),
        (work(), "anonymous"),
    ],
)
def test_the_default_pattern(one: Work, key: str) -> None:
    assert new_key(one, DEFAULT_PATTERN, ()) == key


def test_a_key_in_use_gets_a_letter() -> None:
    assert new_key(work("Work", "Doe", 1999), "{family}{year}", {"doe1999", "doe1999a"}) == "doe1999b"


@pytest.mark.parametrize("pattern", ["{yaer}", "{family", "{0}", "{family.x}"])
def test_a_wrong_pattern_is_one_clear_error(pattern: str) -> None:
    with pytest.raises(PubtrackError, match="pattern"):
        new_key(work("Work", "Doe", 1999), pattern, ())
