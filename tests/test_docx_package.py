"""Hostile Word documents are refused in one line, in time, by everything that reads them."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest

from pubtrack import docx_package
from pubtrack.docx_package import check_package
from pubtrack.model.errors import PubtrackError
from tests.cli.project import make_project
from tests.cli.run import run_in

HEAD = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
FOOT = "</w:body></w:document>"
STORE = "@misc{doe2020, author = {Doe, Jane}, title = {T}, year = 2020}\n"
MAIN = docx_package.MAIN_PART


def document(text: str = "{{pubtrack:cv}} @doe2020") -> bytes:
    made, stream = python_docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(stream)
    return stream.getvalue()


def with_part(name: str, content: bytes | None) -> bytes:
    """A sound document with one part replaced, added, or left out for None."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return stream.getvalue()


def encrypted() -> bytes:
    content = bytearray(document())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def damaged() -> bytes:
    """A document one stored part of which does not have the checksum that the directory says."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    return stream.getvalue().replace(b"@doe2020", b"@doe2021")


def twice() -> bytes:
    stream = io.BytesIO(document())
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(MAIN, HEAD + FOOT)
    return stream.getvalue()


def with_folder() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(f"{MAIN}/" if part == MAIN else part, b"" if part == MAIN else old.read(part))
    return stream.getvalue()


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a zip": (lambda: b"plain text", "Word document (.docx)"),
    "empty": (lambda: b"", "Word document (.docx)"),
    "truncated": (lambda: document()[:-200], "Word document (.docx)"),
    "without a main part": (lambda: with_part(MAIN, None), "Word document (.docx)"),
    "the main part is a folder": (with_folder, "Word document (.docx)"),
    "encrypted": (encrypted, "is encrypted"),
    "a wrong checksum": (damaged, "Word document (.docx)"),
    "a part twice": (twice, "two parts of one name"),
    "an unknown encoding": (lambda: with_part(MAIN, b'<?xml version="1.0" encoding="x-none"?><a/>'), "x.docx: "),
    "a document type": (
        lambda: with_part(MAIN, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "has a DOCTYPE"
    ),
    "a part that is not XML": (lambda: with_part(MAIN, b"\x00\x01"), "x.docx: "),
    "millions of paragraphs": (
        lambda: with_part(MAIN, (HEAD + "<w:p/>" * 4_000_000 + FOOT).encode()), "has more than 100,000 paragraphs"
    ),
    "millions of tags": (lambda: with_part(MAIN, (HEAD + "<w:r/>" * 5_000_000 + FOOT).encode()), "4,000,000 tags"),
    "a part of many bytes": (
        lambda: with_part("word/media/x.bin", b"\x00" * (docx_package.MAX_PART + 1)), "unpacks to more than"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_package_is_one_line_and_the_file_stays(kind: str, tmp_path: Path) -> None:
    make, message = BROKEN[kind]
    make_project(tmp_path, STORE)
    content = make()
    (tmp_path / "x.docx").write_bytes(content)
    for words in (["cv", "x.docx"], ["export", "x.docx"], ["check", "--cited", "x.docx"]):
        start = time.process_time()
        result = run_in(tmp_path, *words)
        assert result.code == 1
        lines = [line for line in result.err.splitlines() if line.startswith("x.docx")]
        assert len(lines) == 1
        assert message in lines[0]
        assert "internal error" not in result.err
        assert time.process_time() - start < 10
    assert (tmp_path / "x.docx").read_bytes() == content


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("content", [None, b"", b"<a", b'<?xml version="1.0" encoding="x-none"?><a/>'])
def test_cv_refuses_a_document_with_a_broken_frame_in_one_line(
    part: str, content: bytes | None, tmp_path: Path
) -> None:
    make_project(tmp_path, STORE)
    (tmp_path / "x.docx").write_bytes(with_part(part, content))
    result = run_in(tmp_path, "cv", "x.docx")
    assert "internal error" not in result.err
    assert result.code in (0, 1)
    assert (result.code == 0) or result.err.splitlines()[-1].startswith("x.docx: ")


def test_a_long_document_is_read() -> None:
    made, stream = python_docx.Document(), io.BytesIO()
    for _ in range(300):
        made.add_paragraph("x" * 2_000)
    made.save(stream)
    check_package(stream.getvalue(), "x.docx")


def test_a_tag_that_is_cut_between_two_pieces_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_PARAGRAPHS", 400)
    for size in range(64, 72):
        monkeypatch.setattr(docx_package, "_PIECE", size)
        check_package(with_part(MAIN, (HEAD + "<w:p/>" * 400 + FOOT).encode()), "x.docx")
        with pytest.raises(PubtrackError, match="more than 400 paragraphs"):
            check_package(with_part(MAIN, (HEAD + "<w:p/>" * 401 + FOOT).encode()), "x.docx")
