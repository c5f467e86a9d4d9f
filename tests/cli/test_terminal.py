"""Tables on a terminal: they fit it, by cutting what matters least; colours only where they are wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pubtrack.cli.terminal import lay_out_table
from tests.cli.project import make_project

HEAD = ("key", "year", "type", "title", "venue")
ROWS = [
    ("carberry2008", "2008", "article-journal", "Toward a Unified Theory of High-Energy Metaphysics", "Psychoceramics"),
    ("roe2001", "2001", "book", "On 茶 and Kettles", "Brown Press"),
]
CUT = ("venue", "title", "type", "year", "key")


def lines(width: int, *below: str) -> list[str]:
    return lay_out_table(HEAD, ROWS, width, cut=CUT, below=below)


def test_a_wide_terminal_shows_everything() -> None:
    assert lines(120) == [
        "key           year  type             title                                               venue",
        "────────────  ────  ───────────────  ──────────────────────────────────────────────────  ──────────────",
        "carberry2008  2008  article-journal  Toward a Unified Theory of High-Energy Metaphysics  Psychoceramics",
        "roe2001       2001  book             On 茶 and Kettles                                   Brown Press",
    ]


@pytest.mark.parametrize(
    ("width", "first"),
    [
        (102, "carberry2008  2008  article-journal  Toward a Unified Theory of High-Energy Metaphysics  Psychocerami…"),
        (80, "carberry2008  2008  article-journal  Toward a Unified Theory of H…  Psychoceram…"),
        (60, "carberry2008  2008  article-jou…  Toward a Un…  Psychoceram…"),
    ],
)
def test_the_least_important_column_is_cut_first(width: int, first: str) -> None:
    assert lines(width)[2] == first


def test_a_column_without_room_is_left_out() -> None:
    assert lines(40)[2] == "carberry2008  2008  article-journal"
    assert lines(15)[2] == "carberry2008"
    assert lines(8)[2] == "carberr…"


def test_a_narrow_terminal_has_two_lines_for_each_row() -> None:
    assert lines(60, "title", "venue") == [
        "key           year  type",
        "────────────  ────  ───────────────",
        "carberry2008  2008  article-journal",
        "    Toward a Unified Theory of High-Energy M… · Psychoceram…",
        "roe2001       2001  book",
        "    On 茶 and Kettles · Brown Press",
    ]
    assert lines(120, "title", "venue") == lines(120)


CELLS = st.text(alphabet="abc dé茶\u0301", max_size=60)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=4), st.integers(12, 150), st.booleans())
def test_every_line_fits_and_no_row_is_lost(rows: list[tuple[str, ...]], width: int, two: bool) -> None:
    shown = lay_out_table(HEAD, rows, width, cut=CUT, below=("title", "venue") if two else ())
    assert all(cell_len(line) <= width for line in shown)
    assert len(shown) >= 2 + len(rows)


# On a real terminal -------------------------------------------------------------------------------------------------


def on_a_terminal(folder: Path, *arguments: str, columns: int = 80, **environment: str) -> str:
    """What the command shows on a terminal of so many columns, line ends as line feeds."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PUBTRACK_CONFIG")}
    settings = {"COLUMNS": str(columns), "TERM": "xterm", **environment}
    with subprocess.Popen(
        [sys.executable, "-m", "pubtrack", *arguments],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env={**inherited, **settings},
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says so at the end of a terminal
            pass
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_project(
        tmp_path,
        "@article{doe1999, author={Doe, Jane}, title={A Rather Long Title of an Article on the Making of Tea in War},"
        " journal={International Journal of Tea}, year=1999, doi={nonsense}}\n",
    )
    return tmp_path


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", ["list", "styles apa"])
def test_tables_fit_the_terminal(folder: Path, columns: int, command: str) -> None:
    shown = on_a_terminal(folder, *command.split(), columns=columns, NO_COLOR="1")
    assert shown
    assert max(map(cell_len, shown.splitlines())) <= columns


def test_list_has_two_lines_for_an_entry_on_a_narrow_terminal(folder: Path) -> None:
    assert on_a_terminal(folder, "list", NO_COLOR="1").splitlines()[2:] == [
        "doe1999  1999  article-journal  1/1",
        "    A Rather Long Title of an Article on the Making of Tea in War · Internation…",
    ]


def test_what_a_terminal_would_act_on_is_not_shown(folder: Path) -> None:
    bib = folder / "bib" / "publications.bib"
    bib.write_text("@book{a, title={Red \x1b[31m and \u202e back}}\n", encoding="utf-8")
    shown = on_a_terminal(folder, "list", NO_COLOR="1")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("command", ["list", "check"])
def test_colours_are_for_terminals_of_those_who_want_them(folder: Path, command: str) -> None:
    words = command.split()
    assert "\x1b[" in on_a_terminal(folder, *words)
    assert "\x1b[" not in on_a_terminal(folder, *words, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(folder, *words, TERM="dumb")
    assert "\x1b[" in on_a_terminal(folder, *words, NO_COLOR="")
    piped = subprocess.run([sys.executable, "-m", "pubtrack", *words], cwd=folder, capture_output=True, check=False)
    assert b"\x1b" not in piped.stdout + piped.stderr
