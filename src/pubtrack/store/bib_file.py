"""One .bib file: bytes to a document, and a changed text back to bytes in the file's own encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pubtrack.bibtex.document import Document, parse
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Finding

_WIDE = (
    (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)  # fmt: skip
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


def wide_encoding(content: bytes) -> str:
    """ "UTF-16" or "UTF-32" if the bytes are text in one of these, by the byte order mark or its NULs, else ""."""
    for mark, name in _WIDE:
        if content.startswith(mark):
            return name
    sample = content[:400]
    if len(sample) < 4 or sample.count(0) * 5 < len(sample) * 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample[::2]) * 8:
        return ""
    name = "UTF-16-LE" if odd > even else "UTF-16-BE"
    return name if min(even, odd) * 10 < len(sample[::2]) else "UTF-32"


def decode_bib(content: bytes, file: str = "") -> str:
    """The text of a file, from which `BibFile.encoded` makes the same bytes again, unless it is UTF-16 or UTF-32.

    Bytes that are not UTF-8 become lone surrogates (PEP 383). Raises `PubtrackError` where a file begins as UTF-16 or
    UTF-32 but does not go on so.
    """
    wide = wide_encoding(content)
    if not wide:
        return content.decode("utf-8", "surrogateescape")
    try:
        return content.decode(wide)
    except UnicodeDecodeError as error:
        raise PubtrackError(f"this file begins as {wide} but does not go on so: {error}", file=file) from error


def _wide_message(wide: str) -> str:
    return f"this file is {wide}, which LaTeX cannot read; convert it"


def _conversion(wide: str) -> str:
    return f"iconv -f {wide} -t UTF-8"


@dataclass(frozen=True)
class BibFile:
    """One file of the store as it was read. `name` is its path as the user wrote it.

    `changed` is a text that is to stand in place of what was read, once it is saved.
    """

    path: Path
    content: bytes
    changed: str | None = None

    @property
    def name(self) -> str:
        return str(self.path)

    @cached_property
    def document(self) -> Document:
        text = decode_bib(self.content, self.name) if self.changed is None else self.changed
        return parse(text, file=self.name)

    @cached_property
    def wide(self) -> str:
        """ "UTF-16" or "UTF-32" if the file is in one of these, which can be read but not edited, else ""."""
        return wide_encoding(self.content)

    @cached_property
    def is_latin1(self) -> bool:
        """Whether this text is in an encoding of one byte a character, as old files are."""
        text = self.document.text
        return (
            not self.wide and len(text) == len(self.content) and not text.isascii()
        )  # no byte was part of a UTF-8 character

    def encoded(self, text: str) -> bytes:
        """The bytes of a changed text in this file's own encoding.

        Raises `PubtrackError` for a character that the encoding lacks, and for a file in UTF-16 or UTF-32.
        """
        if self.wide:
            raise PubtrackError(
                f"{_wide_message(self.wide)} before it is edited: {_conversion(self.wide)}", file=self.name
            )
        if not self.is_latin1:
            return text.encode("utf-8", "surrogateescape")
        try:
            return b"".join(
                run.encode("utf-8", "surrogateescape") if _NOT_UTF8.match(run) else run.encode("latin-1")
                for run in re.split("([\udc80-\udcff]+)", text)
            )
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            raise PubtrackError(
                f'this file is not UTF-8 and cannot hold "{character}"; convert it first: iconv -f ISO-8859-1 -t UTF-8',
                file=self.name,
            ) from error


def encoding_problems(file: BibFile) -> Iterator[Finding]:
    """What is wrong with the encoding of the file."""
    text = file.document.text
    if file.wide:
        message = f"{_wide_message(file.wide)}: {_conversion(file.wide)}"
        yield Finding("txt-encoding", "warning", message, file.name, 1, 1)
    match = None if text.isascii() else _NOT_UTF8.search(text)
    if match:
        line, column = file.document.places.of(match.start())
        message = "this byte is not UTF-8; convert the file, e.g. with iconv -f ISO-8859-1 -t UTF-8"
        yield Finding("txt-encoding", "warning", message, file.name, line, column)
