"""The citations of a LaTeX run with biblatex, from the control file (`.bcf`) that it wrote for biber.

Read are `citekey`, with the members of sets that the document made (`type="set"`), and `datasource`.
"""

from __future__ import annotations

from xml.parsers import expat

from pubtrack.citation_scan._collector import Gathering, SourceText
from pubtrack.citation_scan._values import Read, Scan
from pubtrack.model.errors import PubtrackError

MAX_SIZE = 100_000_000
"""Bytes. A control file has some 150,000, and 70 more for each citation."""
_AGAIN = "run LaTeX again, to its end"


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the control file `content` asks biber for. Broken or foreign XML and a DOCTYPE leave a problem."""
    reading = _Reading(Gathering(read, file), file)
    try:
        reading.parse(content)
    except PubtrackError as error:
        reading.gathering.problems.append(error)
    return reading.finished()


class _Reading:
    """The XML as it goes by."""

    def __init__(self, gathering: Gathering, file: str) -> None:
        self.gathering = gathering
        self.source = SourceText("", file)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.cited: list[tuple[str, int, int]] = []
        self.sets: dict[str, list[str]] = {}
        self.root = ""
        self.text: list[str] | None = None
        self.place = (0, 0)
        self.members: str | None = None

    def parse(self, content: bytes) -> None:
        if len(content) > MAX_SIZE:
            raise self.source.whole(f"this file is larger than {MAX_SIZE:,} bytes; it is not a biber control file")
        if not content.strip():
            raise self.source.whole(f"this file is empty, so the LaTeX run failed; {_AGAIN}")
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            reason = f"broken XML: {expat.ErrorString(error.code)}; {_AGAIN}"
            raise PubtrackError(reason, file=self.source.file, line=error.lineno, column=error.offset + 1) from None
        except (ValueError, LookupError) as error:  # an encoding that Python does not know
            raise self.source.whole(f"broken XML: {error}; {_AGAIN}") from None

    def finished(self) -> Scan:
        """A cited set stands for its members: it has no entry of its own."""
        for key, line, column in self.cited:
            for one in self.sets.get(key, [key]):
                self.gathering.cite_at(one, self.source.file, line, column)
        return self.gathering.scan()

    def _error(self, message: str) -> PubtrackError:
        place = {"line": self.parser.CurrentLineNumber, "column": self.parser.CurrentColumnNumber + 1}
        return PubtrackError(message, file=self.source.file, **place)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        raise self._error("a biber control file has no DOCTYPE; this one is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if not self.root:
            self.root = tag
            if tag != "controlfile":
                raise self._error(f"<{name[:40]}> begins no biber control file; give the .bcf that biblatex wrote")
        if tag in ("citekey", "datasource"):
            self.text = []
            self.place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
            self.members = attributes.get("members") if attributes.get("type") == "set" else None

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        if self.text is None:
            return
        word, self.text = "".join(self.text).strip(), None
        if name.rpartition(":")[2] == "datasource":
            self.gathering.name_library(word)
        elif self.members is not None:
            self.sets[word] = [one.strip() for one in self.members.split(",") if one.strip()]
        elif word:
            self.cited.append((word, *self.place))
