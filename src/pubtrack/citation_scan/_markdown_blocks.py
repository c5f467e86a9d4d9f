"""Markdown's blocks: which stretches of a text are prose, which are code, comments or metadata.

Prose keeps its offsets: what is none is blanked. Rules are those of pandoc's manual (fenced and indented code, HTML
comments, the YAML metadata block); a fence or comment without its end is text, as pandoc has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*(.*)")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z#]|@[\w-]*)[.)]|[:~]|\[\^[^\]\s]+\]:)[ \t]+(?=\S)")
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")
_METADATA = re.compile(r"---[ \t]*\n(?![ \t]*\n)")
_METADATA_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_MARKDOWN_FIELDS = frozenset({"nocite", "abstract", "title", "subtitle", "thanks"})
_RAW_LATEX = re.compile(r"\{=(?:la)?tex\}")
_CAPTION = re.compile(r"\s*#\|")
"""Quarto's options of a code cell: captions, and names that cite nothing."""
_CHUNK = re.compile(r"\{.*\bcap\s*=")
"""knitr's options of a chunk with a caption (`fig.cap="…"`)."""
_CHILD = re.compile(r"""\bchild\s*+=\s*+((?:c\()?\s*+["'][^)}]*+)""")
_QUOTED = re.compile(r"""["']([^"']+)["']""")
_WORDS = re.compile(r"[^\n]")


@dataclass(slots=True)
class Blocks:
    """The prose; the text of raw LaTeX blocks; both as long as the source. `metadata_end` is 0 without metadata."""

    prose: str
    latex: str
    metadata_end: int = 0
    bibliographies: list[str] = field(default_factory=list)
    children: list[tuple[int, str]] = field(default_factory=list)


def blocks(text: str) -> Blocks:
    """The blocks of a Markdown text; linear in its length."""
    end = _metadata_end(text)
    found = Blocks("", "", end)
    head = _metadata(text[:end], found) if end else ""
    lines = text[end:].split("\n")
    prose, latex = _Lines(lines, end, found).run()
    found.prose = head + "\n".join(prose)
    found.latex = blank_out(text[:end]) + "\n".join(latex)
    return found


def blank_out(text: str) -> str:
    """Blanks in place of all but the lines' ends."""
    return " " * len(text) if "\n" not in text else _WORDS.sub(" ", text)


def _metadata_end(text: str) -> int:
    begin = _METADATA.match(text)
    end = _METADATA_END.search(text, begin.end()) if begin else None
    return end.end() if end else 0


def _metadata(text: str, found: Blocks) -> str:
    """The YAML block with only those fields kept that hold Markdown; the libraries it names go to `found`."""
    name = ""
    kept = []
    for line in text.split("\n"):
        match = _FIELD.match(line)
        if match or line.startswith(("---", "...")):
            name = match[1] if match else ""
        if name == "bibliography":
            value = line[match.end() :] if match else line
            words = re.split(r"[\[\],]|^\s*-\s", value.split(" #")[0])
            found.bibliographies += [word.strip(" \t\"'") for word in words if word.strip(" \t\"'")]
        begin = match.end() if match else 0
        kept.append(" " * begin + line[begin:] if name in _MARKDOWN_FIELDS else " " * len(line))
    return "\n".join(kept)


class _Lines:
    """One pass over the lines behind the metadata."""

    def __init__(self, lines: list[str], offset: int, found: Blocks) -> None:
        self.lines = lines
        self.at = offset
        self.found = found
        self.prose: list[str] = []
        self.latex: list[str] = []
        self.list_indent = 0
        self.after_blank = True
        self.closers = _longest_closers(lines)
        self.comment_ends = _last_with("-->", lines)

    def run(self) -> tuple[list[str], list[str]]:
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if not line.strip():
                self._add(line)
                self.after_blank = True
                number += 1
                continue
            number = self._code(number) or self._fence(number) or self._comment(number) or self._paragraph(number)
        return self.prose, self.latex

    def _add(self, prose: str, latex: str = "") -> None:
        self.prose.append(prose)
        self.latex.append(latex or " " * len(prose))
        self.at += len(prose) + 1

    def _drop(self, line: str) -> None:
        self._add(" " * len(line))

    def _code(self, number: int) -> int:
        """Indented code: four blanks behind an empty line, more within a list."""
        line = self.lines[number]
        if not self.after_blank or _indent(line) < self.list_indent + 4:
            return 0
        self._drop(line)
        return number + 1

    def _fence(self, number: int) -> int:
        match = _FENCE.match(self.lines[number])
        if match is None or (match[1][0] == "`" and "`" in match[2]):
            return 0
        if self.closers[match[1][0]][number + 1] < len(match[1]):
            return 0
        self._header(number, match)
        raw = _RAW_LATEX.match(match[2]) is not None
        cell = match[2].startswith("{")
        for following in range(number + 1, len(self.lines)):
            line = self.lines[following]
            end = _FENCE.match(line)
            if end and end[1][0] == match[1][0] and len(end[1]) >= len(match[1]) and not end[2].strip():
                self._drop(line)
                break
            if raw:
                self._add(" " * len(line), line)
            elif cell and _CAPTION.match(line):
                self._add(line)
            else:
                self._drop(line)
        self.after_blank = True
        return following + 1

    def _header(self, number: int, match: re.Match[str]) -> None:
        """The fence's line: a chunk's caption is prose, its `child` documents are included."""
        line = self.lines[number]
        offset = self.at + match.start(2)
        for child in _CHILD.finditer(match[2]):
            self.found.children += [(offset + child.start(), name) for name in _QUOTED.findall(child[1])]
        if _CHUNK.match(match[2]):
            self._add(line)
        else:
            self._drop(line)

    def _comment(self, number: int) -> int:
        """An HTML comment that begins a line."""
        line = self.lines[number]
        if not line.lstrip().startswith("<!--") or self.comment_ends < number:
            return 0
        for following in range(number, len(self.lines)):
            line = self.lines[following]
            begin = line.find("<!--") + 4 if following == number else 0
            end = line.find("-->", begin)
            if end >= 0:
                self._add(" " * (end + 3) + line[end + 3 :])
                break
            self._drop(line)
        self.after_blank = False
        return following + 1

    def _paragraph(self, number: int) -> int:
        line = self.lines[number]
        item = _LIST.match(line)
        if item:
            self.list_indent = len(item[0].expandtabs(4))
        elif self.after_blank:
            self.list_indent = min(self.list_indent, _indent(line))
        self.after_blank = False
        self._add(line)
        return number + 1


def _indent(line: str) -> int:
    """The columns before a line's first sign."""
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blanks.expandtabs(4))


def _longest_closers(lines: list[str]) -> dict[str, list[int]]:
    """For each line the length of the longest fence, by its sign, that could close one from there on."""
    longest = {sign: [0] * (len(lines) + 1) for sign in "`~"}
    for number in range(len(lines) - 1, -1, -1):
        match = _FENCE.match(lines[number])
        for sign, lengths in longest.items():
            own = len(match[1]) if match and match[1][0] == sign and not match[2].strip() else 0
            lengths[number] = max(own, lengths[number + 1])
    return longest


def _last_with(word: str, lines: list[str]) -> int:
    return next((number for number in range(len(lines) - 1, -1, -1) if word in lines[number]), -1)
