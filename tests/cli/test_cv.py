"""pubtrack cv: regions filled in place, every other byte kept, staleness found, bad documents untouched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.cli.project import BROKEN, EXPECTED, ROOT, make_project
from tests.cli.run import run_in

STORE = "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n"
LINE = "**Jane Doe**. **On Work**, 1999.\n"
REGION = "<!-- pubtrack:begin cv -->\n{}<!-- pubtrack:end -->\n"


def test_the_example_cv_is_up_to_date_and_holds_the_expected_list() -> None:
    page = (ROOT / "examples" / "cv.md").read_text(encoding="utf-8")
    assert REGION.format(EXPECTED) in page
    assert run_in(ROOT, "cv", "--check", "examples/cv.md").code == 0


def test_the_region_is_filled_and_nothing_else_moves(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = tmp_path / "cv.md"
    before = b"\xef\xbb\xbf# CV \r\n\tcaf\xe9 \xff\n"
    after = b"\n\nlast line without an end"
    document.write_bytes(before + REGION.format("old\n").encode() + after)
    assert run_in(tmp_path, "cv", "cv.md").code == 0
    assert document.read_bytes() == before + REGION.format(LINE).encode() + after


def test_a_second_run_touches_nothing_not_even_the_time(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = tmp_path / "cv.md"
    document.write_text(REGION.format(LINE), encoding="utf-8", newline="\n")
    os.utime(document, (1, 1))
    result = run_in(tmp_path, "cv", "cv.md")
    assert (result.code, result.out) == (0, "")
    assert "up to date" in result.err
    assert document.stat().st_mtime == 1


def test_check_prints_the_difference_and_changes_nothing(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = tmp_path / "cv.md"
    document.write_text(REGION.format("old\n"), encoding="utf-8", newline="\n")
    result = run_in(tmp_path, "cv", "--check", "cv.md")
    assert result.code == 1
    assert "-old\n" in result.out
    assert f"+{LINE}" in result.out
    assert document.read_text(encoding="utf-8") == REGION.format("old\n")
    assert run_in(tmp_path, "cv", "--diff", "cv.md").code == 0
    assert run_in(tmp_path, "cv", "--dry-run", "cv.md").out == "would fill cv.md\n"
    assert document.read_text(encoding="utf-8") == REGION.format("old\n")


@pytest.mark.parametrize(
    ("name", "begin", "end", "bold"),
    [
        ("cv.html", "<!-- pubtrack:begin cv -->", "<!-- pubtrack:end -->", "<strong>Jane Doe</strong>"),
        ("cv.tex", "% pubtrack:begin cv", "% pubtrack:end", "\\textbf{Jane Doe}"),
        ("cv.typ", "// pubtrack:begin cv", "// pubtrack:end", "#strong[Jane Doe]"),
    ],
)
def test_every_kind_of_document_gets_its_markup(tmp_path: Path, name: str, begin: str, end: str, bold: str) -> None:
    make_project(tmp_path, STORE)
    (tmp_path / name).write_text(f"a\n{begin}\n{end}\nz\n", encoding="utf-8", newline="\n")
    assert run_in(tmp_path, "cv", name).code == 0
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(f"a\n{begin}\n")
    assert text.endswith(f"\n{end}\nz\n")
    assert bold in text


def test_several_documents_and_regions_with_their_own_options(tmp_path: Path) -> None:
    more = "@article{b, author={Doe, Jane and Roe, Richard}, title={On Rest}, journal={J}, year=2001}\n"
    make_project(tmp_path, STORE + more)
    two = '<!-- pubtrack:begin cv where="type = book" -->\n<!-- pubtrack:end -->\n'
    two += "<!-- pubtrack:begin cv style=apa highlight=italic -->\n<!-- pubtrack:end -->\n"
    (tmp_path / "a.md").write_text(two, encoding="utf-8")
    (tmp_path / "b.md").write_text(REGION.format(""), encoding="utf-8")
    assert run_in(tmp_path, "cv", "a.md", "b.md").code == 0
    first = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert first.count(LINE) == 1
    assert "*Doe, J.*, & Roe, R. (2001). On Rest. *J*." in first
    assert (tmp_path / "b.md").read_text(encoding="utf-8").count("**Jane Doe**") == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no region\n", "cv.md: no marked region"),
        ("<!-- pubtrack:begin cv -->\nx\n", "cv.md:1: this region is never closed"),
        ("a\n<!-- pubtrack:begin cv -->\n<!-- pubtrack:begin cv -->\n", "cv.md:3: a region begins inside"),
        ("<!-- pubtrack:begin cvv -->\n<!-- pubtrack:end -->\n", 'cv.md:1: no list named "cvv"'),
        ("\n<!-- pubtrack:begin cv stile=apa -->\n<!-- pubtrack:end -->\n", 'cv.md:2: unknown option "stile"'),
        ('<!-- pubtrack:begin cv where="yaer" -->\n<!-- pubtrack:end -->\n', "did you mean year"),
        ("<!-- pubtrack:begin cv style=nosuchstyle -->\n<!-- pubtrack:end -->\n", "cv.md:1: "),
    ],
)
def test_a_wrong_document_is_one_clear_line_and_untouched(tmp_path: Path, content: str, message: str) -> None:
    make_project(tmp_path, STORE)
    (tmp_path / "cv.md").write_text(content, encoding="utf-8", newline="\n")
    (tmp_path / "good.md").write_text(REGION.format(""), encoding="utf-8", newline="\n")
    result = run_in(tmp_path, "cv", "good.md", "cv.md")
    assert (result.code, result.out) == (1, "")
    assert message in result.err
    assert result.err.count("\n") == 1
    assert (tmp_path / "cv.md").read_text(encoding="utf-8") == content
    assert (tmp_path / "good.md").read_text(encoding="utf-8") == REGION.format("")


def test_a_read_only_document_is_left_alone(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = tmp_path / "cv.md"
    document.write_text(REGION.format(""), encoding="utf-8", newline="\n")
    document.chmod(stat.S_IREAD)
    result = run_in(tmp_path, "cv", "cv.md")
    document.chmod(stat.S_IREAD | stat.S_IWRITE)
    assert result.code == 1
    assert "read-only" in result.err
    assert document.read_text(encoding="utf-8") == REGION.format("")


def test_a_broken_store_changes_no_document(tmp_path: Path) -> None:
    make_project(tmp_path, BROKEN)
    (tmp_path / "cv.md").write_text(REGION.format("old\n"), encoding="utf-8", newline="\n")
    result = run_in(tmp_path, "cv", "cv.md")
    assert result.code == 1
    assert "bib/publications.bib:9:2:" in result.err
    assert (tmp_path / "cv.md").read_text(encoding="utf-8") == REGION.format("old\n")


def test_a_missing_document_or_an_unknown_kind_is_named(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    assert "nowhere.md" in run_in(tmp_path, "cv", "nowhere.md").err
    (tmp_path / "cv.odt").write_bytes(b"x")
    assert 'cv.odt: ".odt" is not a kind of document' in run_in(tmp_path, "cv", "cv.odt").err
    assert run_in(tmp_path, "cv").code == 2


def test_a_word_document_is_filled_checked_and_left_alone(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = docx.Document()
    document.add_paragraph("{{pubtrack:cv}}")
    document.save(str(tmp_path / "cv.docx"))
    check = run_in(tmp_path, "cv", "cv.docx", "--check")
    assert check.code == 1
    assert "-{{pubtrack:cv}}\n+Jane Doe. On Work, 1999.\n" in check.out
    assert run_in(tmp_path, "cv", "cv.docx").code == 0
    assert [one.text for one in docx.Document(str(tmp_path / "cv.docx")).paragraphs] == ["Jane Doe. On Work, 1999."]
    os.utime(tmp_path / "cv.docx", (1, 1))
    assert run_in(tmp_path, "cv", "cv.docx", "--check").code == 0
    assert run_in(tmp_path, "cv", "cv.docx").code == 0
    assert (tmp_path / "cv.docx").stat().st_mtime == 1


def test_latex_entries_may_be_items(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    (tmp_path / "cv.tex").write_text('% pubtrack:begin cv item="\\item"\n% pubtrack:end\n', encoding="utf-8")
    assert run_in(tmp_path, "cv", "cv.tex").code == 0
    assert "\n\\item \\textbf{Jane Doe}" in (tmp_path / "cv.tex").read_text(encoding="utf-8")


def test_watch_fills_again_when_the_store_changes(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    document = tmp_path / "cv.md"
    document.write_text(REGION.format(""), encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "pubtrack", "cv", "cv.md", "--watch", "--quiet"]
    with subprocess.Popen(command, cwd=tmp_path) as process:
        try:
            wait_for(lambda: LINE in document.read_text(encoding="utf-8"))
            store = tmp_path / "bib" / "publications.bib"
            store.write_text(STORE.replace("1999", "2001"), encoding="utf-8")
            wait_for(lambda: "2001" in document.read_text(encoding="utf-8"))
        finally:
            process.terminate()
    assert run_in(tmp_path, "cv", "cv.md", "--watch", "--check").code == 2


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('where = "tipe = book"', 'unknown field "tipe"'),
        ('sections = [{ title = "A", where = "tipe = book" }]', 'unknown field "tipe"'),
        ('sort = "-dat"', 'unknown sort key "dat"'),
    ],
)
def test_a_mistake_in_a_configured_list_is_reported_with_the_configuration(
    tmp_path: Path, wrong: str, message: str
) -> None:
    make_project(tmp_path, STORE, f'[owner]\nname = "Doe, Jane"\n[lists.cv]\n{wrong}\n')
    (tmp_path / "cv.md").write_text(REGION.format(""), encoding="utf-8")
    result = run_in(tmp_path, "cv", "cv.md")
    assert result.code == 1
    assert result.err.startswith('pubtrack.toml: list "cv": ')
    assert message in result.err


def test_an_option_of_latex_is_refused_in_another_document(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author = {Doe, Jane}, title = {Work}, year = 1999}\n")
    page = tmp_path / "cv.md"
    page.write_text('<!-- pubtrack:begin cv item="\\item" -->\n<!-- pubtrack:end -->\n', encoding="utf-8")
    result = run_in(tmp_path, "cv", "cv.md")
    assert (result.code, result.err) == (1, 'cv.md:1: the option "item" is for LaTeX documents\n')
