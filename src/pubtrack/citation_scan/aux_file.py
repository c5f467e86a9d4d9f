r"""The citations of a LaTeX run, from the `.aux` files that it left: exactly what BibTeX would be asked for.

Not called `aux.py`, a name that Windows keeps for a device. Read are `\citation` (btxdoc, section 3), biblatex's
`\abx@aux@cite` with and without the section's number before the key, `\abx@aux@nociteall`, `\bibdata`, and `\@input`
of included files, whose names count from the main file's folder.
"""

from __future__ import annotations

import re

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._paths import folder_of, join_path
from pubtrack.citation_scan._values import Read, Scan

_COMMAND = re.compile(
    r"\\(citation|abx@aux@cite|abx@aux@nociteall|bibdata|@input)(?![A-Za-z@])\s*+(?:\{(\d*)\}(?=\{))?(?:\{([^{}]*)\})?"
)
_CARETS = re.compile(r"(?:\^\^[0-9a-f]{2})+")
_STEERING = re.compile(r"biblatex-control|achemso-control|(?:REV|apsrev|aip)4\d?[Cc]ontrol|REVTEX4\dControl")
"""Entries that packages write for their BibTeX styles themselves."""
_NOTE = re.compile(r"Note\d+")
"""A footnote that REVTeX files as an entry of its own library, `\\jobname Notes.bib`."""
_OWN_LIBRARY = re.compile(r".*-blx|.*Notes|apsrev4-\dcontrol|acs-.*")
_ENDED = re.compile(r"\\(?:@abspage@last|bibcite|abx@aux@read@bbl|@setckpt)")
"""What is written at the end of a document or of an included file; with `\\bibdata` the signs of a whole run."""
_AGAIN = "run LaTeX again, to its end"


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the run cites whose main `.aux` is `content`. A run that failed leaves a problem."""
    gathering = Gathering(read, file)
    reading = _Reading(gathering, folder_of(file))
    reading.scan(SourceText(decode_document(content), file))
    if reading.cites and not reading.ended and not gathering.problems:
        message = f"this is left from a LaTeX run that stopped before its bibliography; {_AGAIN}"
        gathering.problems.append(SourceText("", file).whole(message))
    return gathering.scan()


class _Reading:
    """One run's files: whether they cite at all, and whether any shows that the run came to its end."""

    def __init__(self, gathering: Gathering, folder: str) -> None:
        self.gathering = gathering
        self.folder = folder
        self.cites = False
        self.ended = False
        self.notes = False

    def scan(self, source: SourceText) -> None:
        source = SourceText(_without_carets(source.text), source.file)
        broken = _broken(source.text)
        if broken:
            self.gathering.problems.append(source.whole(f"{broken}, so the LaTeX run failed; {_AGAIN}"))
        self.ended = self.ended or _ENDED.search(source.text) is not None
        self.notes = self.notes or "Notes" in source.text
        for match in _COMMAND.finditer(source.text):
            name, argument = match[1], match[3]
            if name == "abx@aux@nociteall":
                self.gathering.everything = True
            elif argument is None:
                continue
            elif name == "@input":
                self._include(argument, source, match.start())
            elif name == "bibdata":
                self._libraries(argument)
            else:
                self._cite(argument, source, match.start(3))

    def _cite(self, argument: str, source: SourceText, offset: int) -> None:
        for key in argument.split(","):
            if (
                key.strip()
                and not _STEERING.fullmatch(key.strip())
                and not (self.notes and _NOTE.fullmatch(key.strip()))
            ):
                self.cites = True
                self.gathering.cite(key.strip(), source, offset + len(key) - len(key.lstrip()))
            offset += len(key) + 1

    def _libraries(self, argument: str) -> None:
        for name in argument.split(","):
            if not _OWN_LIBRARY.fullmatch(name):
                self.ended = True
                self.gathering.name_library(name, suffix=".bib")

    def _include(self, name: str, source: SourceText, offset: int) -> None:
        path = join_path(self.folder, name)
        if not self.gathering.include([path], self.scan, source, offset):
            message = f"{path} is not there, so what it cites is not known; {_AGAIN}"
            self.gathering.problems.append(source.error(message, offset))


def _broken(text: str) -> str:
    """What is wrong with a file that LaTeX did not finish writing, or ""."""
    if not text.strip():
        return "this file is empty"
    if not text.endswith("\n"):
        return "this file ends within a line"
    return ""


def _without_carets(text: str) -> str:
    """`^^c3^^bc`, as TeX writes bytes that it takes for unprintable, as the characters that they spell."""
    if "^^" not in text:
        return text
    return _CARETS.sub(lambda match: bytes.fromhex(match[0].replace("^^", "")).decode("utf-8", "replace"), text)
