r"""The citations typed into a Word document: `[@key]`, `@key`, `\cite{key}`, in the text, footnotes and endnotes.

Runs are joined before keys are sought, for Word cuts words into runs as it likes. A place is the paragraph's number
and the column in it. Deleted text that changes are tracked of does not count. The package is read with limits: what
claims to be larger is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from pubtrack.citation_scan._collector import Gathering, SourceText
from pubtrack.citation_scan._tex_commands import typed
from pubtrack.citation_scan._values import Read, Scan
from pubtrack.citation_scan.markdown import KEY
from pubtrack.docx_package import BROKEN, DOCTYPE, MAIN_PART, check_package, unpack_part
from pubtrack.model.errors import PubtrackError

_PARTS = ((MAIN_PART, ""), ("word/footnotes.xml", " (footnotes)"), ("word/endnotes.xml", " (endnotes)"))
_TOKEN = re.compile(rf"(?:https?|ftp)://[^\s<>\])}}]*+|{KEY}")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the Word document cites. What is none, or is broken, leaves a problem."""
    gathering = Gathering(read, file)
    try:
        check_package(content, file)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            for part, title in _PARTS:
                if part in names:
                    _scan_part(unpack_part(package, part, file), gathering, file + title)
    except PubtrackError as error:
        gathering.problems.append(error)
    except BROKEN:  # a part in an encoding that nobody knows
        gathering.problems.append(PubtrackError("this is not a Word document (.docx), or a broken one", file=file))
    return gathering.scan()


def _scan_part(content: bytes, gathering: Gathering, file: str) -> None:
    for number, text in enumerate(_paragraphs(content, file), 1):
        if "@" not in text and "\\" not in text:
            continue
        source = SourceText(text, file)
        found = [*_keys(text), *typed(text)]
        for offset, key in sorted(found):
            gathering.cite_at(key, file, number, source.place(offset)[1])


def _keys(text: str) -> list[tuple[int, str]]:
    """pandoc's keys: not right behind a letter or digit, as in an e-mail address."""
    return [
        (match.start(), match["braced"] or match["bare"])
        for match in _TOKEN.finditer(text)
        if (match["braced"] or match["bare"]) and not (match.start() and text[match.start() - 1].isalnum())
    ]


def _paragraphs(content: bytes, file: str) -> list[str]:
    """The paragraphs' texts in their order, those of text boxes before the one that the box stands in."""
    reading = _Paragraphs()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise PubtrackError(DOCTYPE, file=file)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise PubtrackError(f"broken XML in this Word document: {expat.ErrorString(error.code)}", file=file) from None
    return reading.texts


class _Paragraphs:
    """WordprocessingML as it goes by (ECMA-376, part 1, 17.3): `w:p` holds `w:t`; a text box holds `w:p` again."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.open: list[list[str]] = []
        self.in_text = False
        self.in_run = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "p":
            self.open.append([])
        elif tag == "t":
            self.in_text = True
        elif tag == "r":
            self.in_run = True
        elif tag in _SIGNS and self.open and self.in_run:
            self.open[-1].append(_SIGNS[tag])

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "t":
            self.in_text = False
        elif tag == "r":
            self.in_run = False
        elif tag == "p" and self.open:
            self.texts.append("".join(self.open.pop()))

    def characters(self, text: str) -> None:
        if self.in_text and self.open:
            self.open[-1].append(text)
