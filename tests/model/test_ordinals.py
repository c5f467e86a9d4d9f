"""An edition is the same number in every reader and writer, and ordinals are the same words."""

from __future__ import annotations

import pytest

import pubtrack
from pubtrack.checks import Context, check
from pubtrack.matching.titles import compare_titles
from pubtrack.model.ordinals import ORDINALS, edition_number, ordinal_of
from pubtrack.store.library import Library


def book(edition: str) -> Library:
    source = f"@book{{a, author = {{Roe, Ann}}, title = {{Tea}}, date = 2020, edition = {{{edition}}}}}"
    return Library.parse(source.encode())


@pytest.mark.parametrize("written", ["2", "2nd", "Second", "second edition", "2nd ed.", "2. Aufl."])
def test_an_edition_is_one_number_in_checks_works_and_exports(written: str) -> None:
    assert book(written).works[0].get("edition") == edition_number(written) == "2"
    assert "{2}" in str(pubtrack.export(book(written), "biblatex"))
    assert "{Second}" in str(pubtrack.export(book("2"), "bibtex"))
    findings = list(check(book(written), Context(dialect="biblatex"), select=["fld-edition"]))
    assert bool(findings) == (written != "2")


def test_every_number_with_a_word_is_written_and_read_back() -> None:
    for number in range(1, len(ORDINALS) + 1):
        assert edition_number(ordinal_of(str(number))) == str(number)
    assert [ordinal_of(digits) for digits in ("0", "21", "", "9" * 5000)] == [""] * 4


@pytest.mark.parametrize(("one", "other"), [("First", "Second"), ("Fourth", "Fifth"), ("Eleventh", "Twelfth")])
def test_titles_that_differ_in_an_ordinal_are_numbered(one: str, other: str) -> None:
    title = "{} Report on the Growing of Tea in Cold and Rainy Hills"
    assert compare_titles(title.format(one), [title.format(other)]).numbered
