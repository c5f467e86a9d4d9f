"""Word files are read back by python-docx and by an XML parser of their parts: runs have real formats."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from hypothesis import given, settings

from pubtrack.model.richtext import Mark, Span, Text, text
from pubtrack.writers import write
from pubtrack.writers.docx import add_text, fill
from tests.writers.samples import (
    HOSTILE,
    INVISIBLE,
    SAFE,
    SEEN,
    Shown,
    listing,
    meant,
    runs,
    squeezed,
    texts,
)


def opened(made: str | bytes) -> Any:
    assert isinstance(made, bytes)
    return docx.Document(io.BytesIO(made))


def read(paragraph: Paragraph) -> Shown:
    """The characters of a paragraph with the formats of their runs."""
    shown: Shown = []
    for part in paragraph.iter_inner_content():
        link = "" if isinstance(part, Run) else f"link {part.address}"
        for run in [part] if isinstance(part, Run) else part.runs:
            font = run.font
            given = {
                "bold": font.bold, "italic": font.italic, "small-caps": font.small_caps, "sup": font.superscript,
                "underline": font.underline, "sub": font.subscript, link: link,
            }  # fmt: skip
            looks = frozenset(name for name, is_set in given.items() if is_set)
            shown += [(character, looks) for character in squeezed(run.text)]
    return shown


def one(value: Text) -> Paragraph:
    paragraph = docx.Document().add_paragraph()
    add_text(paragraph, value)
    return paragraph


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("look", [(), ("bold",), ("italic", "underline")])
def test_hostile_text_is_text(kind: str, look: tuple[Mark, ...]) -> None:
    value = (Span(HOSTILE[kind], look),)
    document = opened(write(listing(value, title=HOSTILE[kind]), "docx"))
    assert squeezed(document.paragraphs[0].text) == squeezed(HOSTILE[kind])
    assert runs(read(document.paragraphs[1])) == runs(meant(value, {}))


def test_invisible_characters_are_gone() -> None:
    assert one(text(INVISIBLE)).text == SEEN


@settings(max_examples=60, deadline=None)
@given(texts())
def test_every_text_reads_back(value: Text) -> None:
    shown, expected = read(one(value)), meant(value, SAFE)
    if any({"sup", "sub"} <= set(span.marks) for span in value):  # in Word a run is raised or lowered, not both
        shown, expected = [(c, frozenset()) for c, _ in shown], [(c, frozenset()) for c, _ in expected]
    assert runs(shown) == runs(expected)


def test_math_has_real_scripts() -> None:
    value = (Span("O("), Span(r"n^2 \log n", ("math", "bold")), Span(")"))
    assert runs(read(one(value))) == [
        ("O(", frozenset()), ("n", {"bold"}), ("2", {"bold", "sup"}), ("logn", {"bold"}), (")", frozenset()),
    ]  # fmt: skip


def test_a_list_has_headings_literal_numbers_and_a_hanging_indent() -> None:
    document = opened(write(listing(text("A"), text("B"), title="Papers", number="J2.", legend="* equal"), "docx"))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Heading 3", "Papers"), ("Publication", "J2.\tA"), ("Publication", "J2.\tB"),
        ("Publication Note", "* equal"),
    ]  # fmt: skip
    assert document.styles["Publication"].paragraph_format.first_line_indent < 0


def test_every_part_is_xml_and_no_part_has_a_time() -> None:
    made = write(listing(*(text(line) for line in HOSTILE.values()), text(INVISIBLE)), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))


class TestFill:
    def test_the_list_takes_the_format_of_its_place(self) -> None:
        document = docx.Document()
        document.add_paragraph("before")
        place = document.add_paragraph(style="List Bullet")
        place.add_run("{{pubtrack:cv}}").font.name = "Garamond"
        document.add_paragraph("after")
        made = fill(place, listing(text("A"), (Span("B", ("bold",)),), title="Papers"))
        assert [(p.style.name, p.text) for p in document.paragraphs] == [
            ("Normal", "before"), ("Heading 3", "Papers"), ("List Bullet", "A"), ("List Bullet", "B"),
            ("Normal", "after"),
        ]  # fmt: skip
        assert [paragraph.text for paragraph in made] == ["Papers", "A", "B"]
        assert {run.font.name for paragraph in made[1:] for run in paragraph.runs} == {"Garamond"}
        assert made[2].runs[0].bold

    def test_numbers_of_the_list_replace_those_of_the_place(self) -> None:
        place = docx.Document().add_paragraph("x", style="List Number")
        made = fill(place, listing(text("A"), number="7."))
        assert made[0].text == "7.\tA"
        assert made[0]._p.pPr.numPr.numId.val == 0

    def test_titles_are_bold_where_there_is_no_heading_style(self) -> None:
        document = docx.Document()
        document.styles["Heading 3"].delete()
        made = fill(document.add_paragraph("x"), listing(text("A"), title="Papers"))
        assert (made[0].style.name, made[0].text, made[0].runs[0].bold) == ("Publication Note", "Papers", True)

    def test_entries_look_as_in_a_document_of_their_own_and_a_style_of_the_users_stays(self) -> None:
        document = docx.Document()
        document.add_paragraph("x", style="Body Text").paragraph_format.left_indent = docx.shared.Cm(2)
        made = fill(document.paragraphs[0], listing(text("A"), number="7.", legend="* equal"))
        style = document.styles["Publication"]
        assert [paragraph.style.name for paragraph in made] == ["Publication", "Publication Note"]
        assert style.base_style.name == "Body Text"
        indents = (style.paragraph_format.left_indent.cm, style.paragraph_format.first_line_indent.cm)
        assert indents == pytest.approx((3, -1), abs=0.01)
        assert made[0].paragraph_format.left_indent is None  # the style's
        style.paragraph_format.left_indent = docx.shared.Cm(5)
        style.font.italic = True
        again = fill(made[0], listing(text("B"), number="8."))[0]
        assert again.style.name == "Publication"
        assert style.paragraph_format.left_indent.cm == pytest.approx(5, abs=0.01)
        assert style.font.italic

    def test_a_break_of_the_section_comes_behind_the_list(self) -> None:
        place = docx.Document().add_paragraph("x")
        place._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))
        made = fill(place, listing(text("A"), text("B")))
        assert [len(paragraph._p.findall(f".//{qn('w:sectPr')}")) for paragraph in made] == [0, 1]

    def test_nothing_to_list_leaves_an_empty_paragraph(self) -> None:
        document = docx.Document()
        made = fill(document.add_paragraph("x", style="List Bullet"), listing())
        assert [(p.style.name, p.text) for p in document.paragraphs] == [("List Bullet", "")]
        assert len(made) == 1

    def test_a_cell_of_a_table_is_a_place_too(self) -> None:
        cell = docx.Document().add_table(1, 1).cell(0, 0)
        fill(cell.paragraphs[0], listing(text("A"), (Span("B", (), "https://x.y"),)))
        assert [paragraph.text for paragraph in cell.paragraphs] == ["A", "B"]
