"""What commands do takes time in proportion to the length of a value, whatever the field and whatever it holds."""

from __future__ import annotations

import contextlib

import pytest

from pubtrack import api
from pubtrack.bibtex.tidy import tidy
from pubtrack.checks import Context, check
from pubtrack.documents.regions import HTML, LATEX, MARKDOWN, TYPST, Syntax, find_regions
from pubtrack.matching.duplicates import pairs
from pubtrack.model.errors import PubtrackError
from pubtrack.store.library import Library
from pubtrack.store.store import Store
from tests.linear import grows_linearly

FIELDS = (
    "author editor title journal booktitle pages year date doi url note keywords abstract author+an crossref month "
    "edition howpublished eprint volume number series publisher school isbn"
).split()
PIECES = (
    "~", "{}", "\\\\", "x=", "a-", "1", "1-", "\\&", "&lt;", ", ", " and ", ".", "A. ", "\\\"", "'", "-", "a", "a ",
    "(", "()", "\\$", "\\#", ":", "<", "<a ", "`", "?", "?a ", "{a}", "\t\n", "\\a ", "{\\'e}", "é ", "1, ", "[",
    "; ", "\\_", "^", "!",
)  # fmt: skip
FORMATS = ("bibtex", "biblatex", "csl-json", "ris", "hayagriva")


def _everything(field: str, value: str) -> None:
    """Check, compare, render, export and tidy an entry with a value in a field."""
    fields = {"title": "A title", "author": "Jane Doe and John Roe", "year": "2020", "journal": "J", field: value}
    text = "@article{k,\n" + ",\n".join(f"  {name} = {{{shown}}}" for name, shown in fields.items()) + "\n}\n"
    library = Library(Store.of_text(f"{text}@article{{l, title = {{A title}}, author = {{Doe, J.}}, year = 2020}}"))
    check(library, Context(year=2026))
    pairs(library.works)
    api.render(library.works, "apa", "markdown", "Jane Doe")
    for format_ in FORMATS:
        api.export(library, format_)
    tidy(text)


@pytest.mark.parametrize(
    ("field", "piece"),
    [
        ("journal", "~"),
        ("title", "x="),
        ("pages", " "),
        ("author", "{}"),
        ("author", "?a "),
        ("doi", "/"),
        ("date", "1-"),
    ],
)
def test_a_long_value_takes_time_in_proportion(field: str, piece: str) -> None:
    def run(size: int) -> None:
        _everything(field, piece * (size // len(piece)))

    assert grows_linearly(run, small=1_500)


def test_many_nested_braces_take_time_in_proportion() -> None:
    def run(size: int) -> None:
        _everything("editor", "{" * (size // 2) + "}" * (size // 2))

    assert grows_linearly(run, small=1_500)


@pytest.mark.slow
@pytest.mark.parametrize("field", FIELDS)
def test_whatever_a_long_value_holds_it_takes_time_in_proportion(field: str) -> None:
    for piece in PIECES:

        def run(size: int, piece: str = piece) -> None:
            _everything(field, piece * (size // len(piece)))

        assert grows_linearly(run, small=1_500), piece


@pytest.mark.parametrize("syntax", [MARKDOWN, HTML, LATEX, TYPST])
@pytest.mark.parametrize(
    "piece", [" ", "~", "`", "<!--", "```\n", "\\begin{verbatim}\n", "% ", "// ", "-->", "\n", "a=1 "]
)
def test_a_long_document_takes_time_in_proportion(syntax: Syntax, piece: str) -> None:
    def run(size: int) -> None:
        marked = f"{syntax.opening} pubtrack:{{}} cv {syntax.closing}\n"
        text = piece * (size // len(piece)) + "\n" + marked.format("begin") + marked.format("end").replace(" cv", "")
        with contextlib.suppress(PubtrackError):  # a fence that is not closed hides the markers
            find_regions(text, syntax, "cv")

    assert grows_linearly(run, small=5_000)
