"""Collects what one document cites while it and the files that it includes are scanned."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property

from pubtrack.citation_scan._values import CitedKey, Read, Scan
from pubtrack.model.errors import PubtrackError

MAX_DEPTH = 50
"""Files within files; TeX itself stops at 15."""

_NEWLINE = re.compile("\n")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode_document(content: bytes) -> str:
    """The text of a document: UTF-8, UTF-16 with its mark, else Windows-1252; lines end with a line feed."""
    if content.startswith(_UTF16):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class SourceText:
    """A text with the name of its file, which knows the lines and columns of its offsets."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _NEWLINE.finditer(self.text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_left(self._ends, offset)
        return line + 1, offset - (self._ends[line - 1] if line else -1)

    def error(self, message: str, offset: int) -> PubtrackError:
        """An error at a place of this text."""
        line, column = self.place(offset)
        return PubtrackError(message, file=self.file, line=line, column=column)

    def whole(self, message: str) -> PubtrackError:
        """An error that concerns the whole file."""
        return PubtrackError(message, file=self.file)


class Gathering:
    """What is found so far in a document and its included files, and which of these are open."""

    def __init__(self, read: Read, file: str) -> None:
        self.everything = False
        self.labels: set[str] = set()
        self.problems: list[PubtrackError] = []
        self.warnings: list[PubtrackError] = []
        self._read = read
        self._chain = [file]
        self._seen = {file}
        self._citations: dict[str, CitedKey] = {}
        self._only_references: dict[str, bool] = {}
        self._bibliographies: dict[str, None] = {}

    def cite(self, key: str, source: SourceText, offset: int, *, reference: bool = False) -> None:
        """Counts a citation; `*` stands for all entries. A `reference` may turn out to mean a label."""
        self.cite_at(key, source.file, *source.place(offset), reference=reference)

    def cite_at(self, key: str, file: str, line: int, column: int, *, reference: bool = False) -> None:
        """The same where line and column are known.

        Blanks around a key fall away and those within become one, so that a key always fits in a line.
        """
        key = " ".join(key.split())
        if key == "*":
            self.everything = True
        elif key not in self._citations and key:
            self._citations[key] = CitedKey(key, file, line, column)
            self._only_references[key] = reference
        elif not reference:
            self._only_references[key] = False

    def name_library(self, name: str, *, suffix: str = "") -> None:
        """Notes a library that the document names; `suffix` is added where the name lacks it."""
        name = name.strip()
        if name:
            self._bibliographies[name if name.endswith(suffix) else name + suffix] = None

    def include(
        self, paths: Iterable[str], scan: Callable[[SourceText], None], source: SourceText, offset: int
    ) -> bool:
        """Runs `scan` for the first of the files that there is; False if there is none.

        A file is scanned once only. One that cannot be read, one that includes itself in the end, and one too deep
        within others are problems at the place that includes it.
        """
        for path in paths:
            try:
                content = self._read(path)
            except PubtrackError as error:
                self.problems.append(source.error(f"{error}, so what it cites is not known", offset))
                return True
            if content is not None:
                self._follow(path, content, scan, source, offset)
                return True
        return False

    def _follow(
        self, path: str, content: bytes, scan: Callable[[SourceText], None], source: SourceText, offset: int
    ) -> None:
        if path in self._chain:
            chain = " -> ".join([*self._chain[self._chain.index(path) :], path])
            self.problems.append(source.error(f"files include each other in a circle: {chain}; break it", offset))
        elif len(self._chain) >= MAX_DEPTH:
            self.problems.append(source.error(f"files include files more than {MAX_DEPTH} deep", offset))
        elif path not in self._seen:
            self._seen.add(path)
            self._chain.append(path)
            scan(SourceText(decode_document(content), path))
            self._chain.pop()

    def scan(self) -> Scan:
        """All that was found."""
        return Scan(
            tuple(self._citations.values()),
            everything=self.everything,
            bibliographies=tuple(self._bibliographies),
            references=frozenset(key for key, only in self._only_references.items() if only),
            labels=frozenset(self.labels),
            problems=tuple(self.problems),
            warnings=tuple(self.warnings),
        )
