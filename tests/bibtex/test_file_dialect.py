"""The words of a file or an entry say which dialect it is written in."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.file_dialect import dialect_of, entry_dialect

WRITTEN = [
    ("@article{a, journal = {J}, year = 2020}", "bibtex"),
    ("@article{a, journaltitle = {J}, date = {2020}}", "biblatex"),
    ("@thesis{a, title = {J}, subtitle = {A Study}, langid = {english}, year = 2020}", "biblatex"),
    ("@phdthesis{a, title = {J}, location = {Here}, year = 2020, month = may}", "bibtex"),
    ("@online{a, title = {J}}", "biblatex"),
    ("@misc{a, title = {J}}", None),
    ("@online{a, title = {J}, year = 2020}", None),
]


@pytest.mark.parametrize(("source", "dialect"), WRITTEN)
def test_the_dialect_is_that_of_most_words(source: str, dialect: str | None) -> None:
    document = parse(source)
    assert entry_dialect(document.entries[0]) == dialect
    assert dialect_of(document) == (dialect or "bibtex")
    assert dialect_of(document, "biblatex") == (dialect or "biblatex")


def test_the_words_of_all_entries_count() -> None:
    source = "@article{a, journal = {J}, year = 2020}\n" + "@online{b, date = {2020}}\n" * 2
    assert dialect_of(parse(source)) == "biblatex"
