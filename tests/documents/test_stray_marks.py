"""Marks that stand where no list can go are named: within other text, in headers, in another kind of document."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from pubtrack.documents import stray_marks
from tests.cli.project import make_project
from tests.cli.run import run_in


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("cv.md", "See <!-- pubtrack:begin cv --> here", "cv.md:2: <!-- pubtrack:begin cv --> stands within a line"),
        ("cv.md", "The end <!-- pubtrack:end -->", "cv.md:2: <!-- pubtrack:end --> stands within a line"),
        ("cv.md", "* {{pubtrack:cv}}", "cv.md:2: {{pubtrack:cv}} is a mark of Word documents"),
        ("cv.qmd", "{{pubtrack:cv}}", "cv.qmd:2: {{pubtrack:cv}} is a mark of Word documents"),
        ("cv.html", "<p><!-- pubtrack:begin cv --></p>", "cv.html:2: <!-- pubtrack:begin cv --> stands within a line"),
        ("cv.tex", r"\section{A} % pubtrack:begin cv", "cv.tex:2: % pubtrack:begin cv stands within a line"),
        ("cv.tex", r"{{pubtrack:cv}}", "cv.tex:2: {{pubtrack:cv}} is a mark of Word documents"),
        (
            "cv.typ",
            "= A // pubtrack:begin short",
            "cv.typ:2: // pubtrack:begin short stands within a line",
        ),
    ],
)
def test_a_mark_within_other_text_is_named_with_its_line(file: str, line: str, said: str) -> None:
    (remark,) = stray_marks(f"\n{line}\n".encode(), file)
    assert remark.startswith(said)
    assert "pubtrack:begin" in remark.partition("; ")[2]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("cv.docx.md", "An entry named pubtrack:cv\n"),
        ("cv.md", "<!-- pubtrack:begin cv -->\nA list\n<!-- pubtrack:end -->\n"),
        ("cv.md", "Write `<!-- pubtrack:begin cv -->` or `{{pubtrack:cv}}`.\n"),
        ("cv.md", "```\nSee <!-- pubtrack:begin cv --> here\n{{pubtrack:cv}}\n```\n"),
        ("cv.md", "pubtrack:begin is a word\n"),
        ("cv.tex", "\\begin{verbatim}\na % pubtrack:begin cv\n\\end{verbatim}\n"),
        ("cv.typ", "  // pubtrack:begin cv\n// pubtrack:end\n"),
        ("notes.odt", "{{pubtrack:cv}}"),
    ],
)
def test_marks_in_their_place_and_in_code_are_not(file: str, text: str) -> None:
    assert stray_marks(text.encode(), file) == []


def word(*paragraphs: str, header: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_in_word_a_mark_within_a_paragraph_is_named() -> None:
    assert stray_marks(word("My works: {{pubtrack:cv}}", "{{pubtrack:cv}}"), "cv.docx") == [
        'cv.docx: {{pubtrack:cv}} stands within other text, "My works: {{pubtrack:cv}}"; give it a paragraph of its own'
    ]


def test_in_word_a_mark_in_a_header_is_named() -> None:
    assert stray_marks(word("{{pubtrack:cv}}", header="{{pubtrack:short}}"), "cv.docx") == [
        "cv.docx: {{pubtrack:short}} stands outside the text, in a header, a footer or a note; put it into the text"
    ]


def test_cv_fills_the_others_and_says_so(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={T}, year=2000}\n")
    (tmp_path / "cv.docx").write_bytes(word("My works: {{pubtrack:cv}}", "{{pubtrack:cv}}"))
    run = run_in(tmp_path, "cv", "cv.docx")
    assert run.code == 0
    assert run.err.count("stands within other text") == 1
    assert "cv.docx: filled" in run.err


def test_where_no_other_mark_is_there_both_are_said(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={T}, year=2000}\n")
    (tmp_path / "cv.md").write_text("See {{pubtrack:cv}}\n", encoding="utf-8")
    run = run_in(tmp_path, "cv", "cv.md")
    assert run.code == 1
    assert "pubtrack: cv.md:1: {{pubtrack:cv}} is a mark of Word documents" in run.err
    assert "no marked region" in run.err
