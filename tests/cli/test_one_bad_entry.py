"""One entry over which pubtrack itself fails is named and left out; it hides no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtrack.bibtex.to_work import Reader
from pubtrack.csl.style import Style
from pubtrack.model.work import Work
from tests.cli.project import make_project
from tests.cli.run import run_in

STORE = """\
@article{good, author = {Doe, Jane}, title = {Good}, journal = {J}, year = 2020}
@article{bad, author = {Doe, Jane}, title = {Bad}, journal = {J}, year = 2021}
"""


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project in which reading the entry `bad` fails."""
    read = Reader.work

    def fail(self: Reader) -> Work:
        if self.record.entry.key == "bad":
            raise RecursionError("too deep")
        return read(self)

    monkeypatch.setattr(Reader, "work", fail)
    make_project(tmp_path, STORE)
    return tmp_path


@pytest.fixture
def unprintable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project in which printing the entry `bad` fails."""
    bibliography = Style.bibliography

    def fail(self: Style, works: list[Work], **options: object) -> object:
        if any(work.id == "bad" for work in works):
            raise ZeroDivisionError
        return bibliography(self, works, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Style, "bibliography", fail)
    make_project(tmp_path, STORE)
    return tmp_path


@pytest.mark.parametrize(
    "words", [["list"], ["render"], ["render", "--to", "html"], ["who"], ["export", "--to", "csl-json"]], ids=" ".join
)
def test_an_entry_that_cannot_be_read_is_named_and_left_out(words: list[str], unreadable: Path) -> None:
    result = run_in(unreadable, *words)
    assert "bib/publications.bib:2:1: error syn-entry [bad] this entry cannot be read and is left out" in result.err
    assert "good" in result.out or "Good" in result.out
    assert "internal error" not in result.err
    assert result.code == (0 if words == ["who"] else 1)  # what could be read is explained


def test_check_lists_it_among_the_errors_and_checks_the_others(unreadable: Path) -> None:
    result = run_in(unreadable, "check")
    assert "error syn-entry [bad] this entry cannot be read and is left out" in result.out
    assert "in 2 entries" in result.out
    assert (result.code, result.err) == (1, "")


def test_dedupe_goes_on_without_it(unreadable: Path) -> None:
    result = run_in(unreadable, "dedupe")
    assert "internal error" not in result.err


@pytest.mark.parametrize("to", ["markdown", "latex", "json"])
def test_an_entry_that_cannot_be_printed_is_named_and_left_out(to: str, unprintable: Path) -> None:
    result = run_in(unprintable, "render", "--to", to)
    assert result.err == "bib/publications.bib:2:1: error [bad] this entry cannot be printed and is left out\n"
    assert "Good" in result.out
    assert "Bad" not in result.out
    assert result.code == 1


def test_no_document_is_changed_for_the_worse(unprintable: Path) -> None:
    page = "<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n"
    (unprintable / "cv.md").write_text(page)
    result = run_in(unprintable, "cv", "cv.md")
    assert result.code == 1
    assert "an entry cannot be printed, so no document was changed; fix it first" in result.err
    assert (unprintable / "cv.md").read_text() == page
