"""Entries of a bibliography as one line of the fixtures' HTML, in one canonical form: ours, and citeproc-js's.

Only what a reader sees is kept: characters, and which of them are bold, italic, underlined, small capitals, raised
or lowered. Blanks have no looks of their own; the margin's number stands before the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import groupby

from pubtrack.csl import RenderedEntry
from pubtrack.model.richtext import Text

NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}
_ELEMENTS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "sup", "sub": "sub", "u": "underline"}
_STYLES = {
    "font-variant:small-caps": (True, "small-caps"),
    "text-decoration:underline": (True, "underline"),
    "font-style:normal": (False, "italic"),
    "font-weight:normal": (False, "bold"),
    "font-variant:normal": (False, "small-caps"),
    "text-decoration:none": (False, "underline"),
}
_PANDOC_MATH = re.compile(r"\\\((.*?)\\\)")
_CLASSES = {"smallcaps": "small-caps", "underline": "underline"}  # pandoc's
_NUMBER = re.compile(r"^(\[\d+\]|\(\d+\)|\d+\.?) ")
Run = tuple[str, frozenset[str]]


def shown_entry(entry: RenderedEntry) -> str:
    """One of our entries in canonical form."""
    return canonical(_runs(entry.text)) or NOTHING


def _runs(text: Text) -> Iterable[Run]:
    display = ""
    for span in text:
        if span.display != display:
            yield " ", frozenset()
            display = span.display
        shown = f"${span.text}$" if "math" in span.marks else span.text
        yield shown, frozenset(span.marks) & _TAGS.keys()


def shown_html(value: str) -> str:
    """One of citeproc-js's entries in canonical form."""
    reader = _Reader()
    reader.feed(value)
    reader.close()
    shown = canonical(reader.runs)
    return NOTHING if not shown or shown.endswith(NOTHING) else shown


def without_number(line: str) -> str:
    """An entry without the citation number in front of it, which only says how the entries are ordered."""
    return _NUMBER.sub("# ", line)


def canonical(runs: Iterable[Run]) -> str:
    """The runs as HTML: equal neighbours joined, tags in one order, blanks plain and single."""
    characters = [(c, marks) for text, marks in runs for c in text]
    spaced: list[tuple[str, frozenset[str]]] = []
    for character, marks in characters:
        if character in " \n\t":
            if spaced and spaced[-1][0] != " ":
                spaced.append((" ", frozenset()))
        else:
            spaced.append((character, marks))
    if spaced and spaced[-1][0] == " ":
        spaced.pop()
    return "".join(
        _tagged("".join(character for character, _ in group), marks)
        for marks, group in groupby(_adopted(spaced), key=lambda pair: pair[1])
    )


def _adopted(characters: list[Run]) -> list[Run]:
    """A blank between two characters of one look takes that look, so that words stay together."""
    for i, (character, _) in enumerate(characters):
        if character == " " and 0 < i < len(characters) - 1:
            before, after = characters[i - 1][1], characters[i + 1][1]
            characters[i] = (" ", before & after)
    return characters


def _tagged(text: str, marks: frozenset[str]) -> str:
    order = [mark for mark in _TAGS if mark in marks]
    opening = "".join(_TAGS[mark][0] for mark in order)
    closing = "".join(_TAGS[mark][1] for mark in reversed(order))
    return f"{opening}{html.escape(text, quote=False)}{closing}"


class _Reader(HTMLParser):
    """Collects the runs of an HTML fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self.marks: list[frozenset[str]] = [frozenset()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = self.marks[-1]
        if tag == "div":
            self.runs.append((" ", frozenset()))
        if tag in _ELEMENTS:
            marks |= {_ELEMENTS[tag]}
        for name, value in attrs:
            if name == "class" and value in _CLASSES:
                marks |= {_CLASSES[value]}
            if name == "style":
                for rule in (value or "").replace(" ", "").split(";"):
                    on, mark = _STYLES.get(rule, (True, ""))
                    marks = (marks | {mark} if on else marks - {mark}) if mark else marks
        self.marks.append(marks)

    def handle_endtag(self, tag: str) -> None:
        if len(self.marks) > 1:
            self.marks.pop()
        if tag == "div":
            self.runs.append((" ", frozenset()))

    def handle_data(self, data: str) -> None:
        self.runs.append((_PANDOC_MATH.sub(r"$\1$", data), self.marks[-1]))
