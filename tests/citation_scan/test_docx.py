"""Word documents: keys typed into paragraphs, across runs, in notes and text boxes; broken packages."""

from __future__ import annotations

import io
import zipfile

import docx as word
import pytest

from pubtrack import docx_package
from tests.citation_scan.given import cites, keys, said

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: tuple[str, ...]) -> bytes:
    """A Word document, each paragraph given as the texts of its runs."""
    made = word.Document()
    for runs in paragraphs:
        paragraph = made.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def package(**parts: str) -> bytes:
    """A package with these XML parts in its folder `word`, each the content of the root element."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("runs", "expected"),
    {
        ("As @a says [@b; -@c, p. 3].",): "a b c",
        ("[@", "smi", "th2020", "]"): "smith2020",
        ("\\ci", "te[p. 3]{a,", " b}", " \\citep{c}"): "a b c",
        ("me@example.org https://x.org/@no @{a b} @",): "",
        ("@{https://x.org/a}.",): "https://x.org/a",
        ("50% @a",): "a",
    }.items(),
)
def test_what_a_paragraph_cites(runs: tuple[str, ...], expected: str) -> None:
    assert keys(document(runs), name="paper.docx") == expected


def test_a_place_is_a_paragraph_and_a_column() -> None:
    found = cites(document(("no",), ("See @a",), ("@b",)), name="paper.docx")
    assert [(one.line, one.column) for one in found.citations] == [(2, 5), (3, 1)]


def test_tables_notes_text_boxes_and_tracked_changes() -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    content = package(
        document=f"<w:body><w:p>{run('@a')}<w:r><w:pict><w:p>{run('@box')}</w:p></w:pict></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('@cell')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:del><w:r><w:delText>@no</w:delText></w:r></w:del><w:ins>{run('@new')}</w:ins>"
        f"{run('-x')}<w:r><w:noBreakHyphen/><w:t>y</w:t><w:tab/><w:instrText>@no</w:instrText></w:r></w:p></w:body>",
        footnotes=f"<w:footnote><w:p>{run('@foot')}</w:p></w:footnote>",
        endnotes=f"<w:endnote><w:p>{run('@end')}</w:p></w:endnote>",
    )
    assert keys(content, name="paper.docx") == "box a cell new-x-y foot end"
    assert cites(content, name="p.docx").citations[-1].file == "p.docx (endnotes)"


def test_what_is_no_word_document_is_a_problem() -> None:
    good = document(("@a",))
    none = "paper.docx: this is not a Word document (.docx), or a broken one"
    assert said(cites(b"", name="paper.docx")) == [none]
    assert said(cites(good[: len(good) // 2], name="paper.docx")) == [none]
    assert said(cites(package(styles=""), name="paper.docx")) == ["paper.docx: this is not a Word document (.docx)"]
    assert said(cites(package(document="<w:p>"), name="paper.docx")) == [
        "paper.docx: broken XML in this Word document: mismatched tag"
    ]


def test_entities_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert said(cites(stream.getvalue(), name="paper.docx")) == [
        "paper.docx: the XML of this document has a DOCTYPE, which no word processor writes"
    ]
    monkeypatch.setattr(docx_package, "MAX_PART", 1000)
    assert said(cites(package(document="<w:p/>" * 10_000), name="paper.docx")) == [
        "paper.docx: word/document.xml unpacks to more than 1,000 bytes; it is not read"
    ]
