"""The table of writers is the folder, costs nothing to import, and an unknown or missing one is one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pubtrack.writers
from pubtrack.lists.listing_model import Listing, Section
from pubtrack.model.errors import PubtrackError, UsageError
from pubtrack.model.richtext import text
from pubtrack.writers import WRITERS, inline, write, writer
from tests.writers.samples import listing

FOLDER = Path(pubtrack.writers.__file__).parent


def test_the_table_is_the_folder() -> None:
    assert {path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")} == set(WRITERS)
    assert all(module == f"pubtrack.writers.{name}" for name, module in WRITERS.items())


@pytest.mark.parametrize("name", WRITERS)
def test_each_writes_a_list_and_a_list_of_nothing(name: str) -> None:
    for standalone in (False, True):
        made = write(listing(text("Ein Titel")), name, standalone=standalone)
        assert isinstance(made, bytes if name in ("docx", "pdf") else str)
        write(Listing(()), name, standalone=standalone)
        write(Listing((Section((), "Nothing"),)), name, standalone=standalone)


@pytest.mark.parametrize("name", WRITERS)
def test_equal_lists_make_equal_files(name: str) -> None:
    assert write(listing(text("A")), name) == write(listing(text("A")), name)


@pytest.mark.parametrize("name", ["markdown", "html", "latex", "text", "typst"])
def test_nothing_is_written_as_nothing(name: str) -> None:
    assert write(Listing(()), name) == ""
    assert inline((), name) == inline(text(" \x00"), name) == ""


def test_the_package_loads_no_writer() -> None:
    program = "import sys, pubtrack.writers; print(sorted(n for n in sys.modules if n.startswith('pubtrack.writers')))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "['pubtrack.writers']\n"


@pytest.mark.parametrize("verb", [lambda: writer("markdwn"), lambda: inline(text("a"), "markdwn")])
def test_an_unknown_format_names_the_nearest(verb: object) -> None:
    with pytest.raises(UsageError, match=r'^unknown format "markdwn"; did you mean markdown'):
        verb()  # type: ignore[operator]


def test_a_format_without_lines_says_so() -> None:
    with pytest.raises(UsageError, match='"docx" has no single lines'):
        inline(text("a"), "docx")


def test_pdf_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PubtrackError, match=r"pip install 'pubtrack\[pdf\]'"):
        write(listing(text("a")), "pdf")
