"""The package of a Word document: its bytes, checked against limits before anything in it is parsed.

A .docx is a ZIP file of XML parts (ECMA-376, part 2). A few kilobytes of one may unpack to gigabytes or to millions of
paragraphs, so the parts are unpacked piece by piece and counted first. Every limit is far above what Word writes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pubtrack.model.errors import PubtrackError

MAIN_PART = "word/document.xml"
MAX_PARTS = 5_000
MAX_PART = 100_000_000
"""Bytes of one unpacked part. The text of a long book has some 20,000,000 with its markup."""
MAX_TOTAL = 400_000_000
"""Bytes of all unpacked parts, pictures included."""
MAX_PARAGRAPHS = 100_000
"""Paragraphs of one part; a book of a thousand pages has some 20,000."""
MAX_TAGS = 4_000_000
"""Tags of one part."""
DOCTYPE = "the XML of this document has a DOCTYPE, which no word processor writes"

_PIECE = 1 << 20
_OVERLAP = 64
_PARAGRAPH = re.compile(rb"<(?:[A-Za-z]{1,20}:)?p[\s/>]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, LookupError,
)  # fmt: skip
"""What `zipfile` raises over a broken package, or one that is encrypted or packed in an unknown way."""


def check_package(content: bytes, file: str) -> None:
    """Unpack every part once, in pieces, and raise `PubtrackError` where the package is broken or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_directory(package, file)
            total = 0
            for part in package.infolist():
                if not part.is_dir():
                    total += _check_part(package, part, MAX_TOTAL - total, file)
    except BROKEN as error:
        raise PubtrackError("this is not a Word document (.docx), or a broken one", file=file) from error


def unpack_part(package: zipfile.ZipFile, part: str, file: str) -> bytes:
    """The content of a part; raises `PubtrackError` where it is larger than `MAX_PART`."""
    with package.open(part) as stream:
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise PubtrackError(f"{part} unpacks to more than {MAX_PART:,} bytes; it is not read", file=file)
    return content


def _check_directory(package: zipfile.ZipFile, file: str) -> None:
    names = package.namelist()
    if MAIN_PART not in names:
        raise PubtrackError("this is not a Word document (.docx)", file=file)
    if len(names) > MAX_PARTS:
        raise PubtrackError(f"this document has more than {MAX_PARTS:,} parts; it is not read", file=file)
    if len(set(names)) < len(names):
        raise PubtrackError("this document has two parts of one name; save it anew in Word", file=file)
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise PubtrackError("this document is encrypted; save it without a password", file=file)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, file: str) -> int:
    """The unpacked size of a part; `left` bytes are allowed for it and all that follow."""
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    size = paragraphs = tags = 0
    end = b""
    for piece in _pieces(package, part):
        size += len(piece)
        if size > MAX_PART:
            raise PubtrackError(f"{part.filename} unpacks to more than {MAX_PART:,} bytes; it is not read", file=file)
        if size > left:
            raise PubtrackError(f"this document unpacks to more than {MAX_TOTAL:,} bytes; it is not read", file=file)
        if not is_xml:
            continue
        if _DECLARATION.search(end + piece):
            raise PubtrackError(DOCTYPE, file=file)
        paragraphs += sum(1 for _ in _PARAGRAPH.finditer(piece)) + _across(end, piece)
        tags += piece.count(b"<")
        if paragraphs > MAX_PARAGRAPHS or tags > MAX_TAGS:
            what = f"{MAX_PARAGRAPHS:,} paragraphs" if paragraphs > MAX_PARAGRAPHS else f"{MAX_TAGS:,} tags"
            raise PubtrackError(f"{part.filename} has more than {what}; it is not read", file=file)
        end = piece[-_OVERLAP:]
    return size


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _across(end: bytes, piece: bytes) -> int:
    """How many paragraphs begin in `end` and are only told by the `piece` behind it."""
    both = _PARAGRAPH.finditer(end + piece[:_OVERLAP])
    return sum(1 for match in both if match.start() < len(end) < match.end())
