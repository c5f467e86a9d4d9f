"""A plain list of keys: one a line or with commas between; `#` at a word's beginning opens a comment."""

from __future__ import annotations

import re

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._values import Read, Scan

_WORD = re.compile(r"(?<![^\s,])#[^\n]*|[^\s,]+")
_NO_KEY = re.compile(r'[{}"\\%()=]')
"""What BibTeX allows in no key (btxdoc); it stands where another kind of file was given for a list."""


def scan(content: bytes, file: str, read: Read) -> Scan:
    """The keys of the list; `*` means all entries. A word that can be no key is a problem."""
    gathering = Gathering(read, file)
    source = SourceText(decode_document(content), file)
    for match in _WORD.finditer(source.text):
        word = match[0]
        if word.startswith("#"):
            continue
        if _NO_KEY.search(word):
            message = f'"{word[:60]}" is not a citation key; a list has one key a line, or commas between'
            gathering.problems.append(source.error(message, match.start()))
            break
        gathering.cite(word, source, match.start())
    return gathering.scan()
