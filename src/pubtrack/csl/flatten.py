"""Flatten a tree of parts to runs: quotation marks, flipped fonts, punctuation that meets or moves.

Parts in, `FlatRun`s out; `to_text` makes the public `Text` of them. Punctuation is looked at only where two parts
meet, so what stands inside of a field stays as its author wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pubtrack.csl.content import lower_superscript
from pubtrack.csl.locale import Locale
from pubtrack.csl.output_tree import Parts, Wrap
from pubtrack.model.name import Name
from pubtrack.model.richtext import Display, Mark, Span, Text

# What meeting punctuation becomes, as the fixtures "punctuation_FullMonty*" of the CSL test suite have it:
# the second of the two goes, or the first goes; every other pair stays.
_DROP_SECOND = frozenset(["::", "..", ";;", "!!", "??", ",,", ";:", "!:", "?:", ":.", ";.", "!.", "?."])
_DROP_FIRST = frozenset([":!", ";!", ":?", ";?"])
_MEETING = frozenset(" .,:;!?")
_MOVES_INTO_QUOTES = frozenset(".,!?")
_DOI = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")
_OPPOSITE = {
    "no-italic": "italic", "no-bold": "bold", "no-small-caps": "small-caps", "no-underline": "underline",
}  # fmt: skip
_REVERSE = {on: off for off, on in _OPPOSITE.items()}
_UNSEEN = frozenset({"names", "namelist", "year", "year-suffix", "number", "term"})  # what only later steps look for
_VERTICAL = frozenset({"sup", "sub"})


class Frame:
    """One treatment within those around it.

    `effects` are the marks it really changes, "no-italic" for an italic that is flipped back; `marks` are all
    that hold in it.
    """

    __slots__ = ("display", "effects", "kind", "marks", "name", "parent", "url", "value")

    def __init__(self, kind: str, value: Any, parent: Frame | None) -> None:
        self.kind = kind
        self.value = value
        self.parent = parent
        self.effects: tuple[str, ...] = ()
        self.marks: tuple[str, ...] = ()
        self.name: Name | None = None
        self.url: str = ""
        self.display: Display = ""
        if parent is not None:
            self.marks, self.name = parent.marks, parent.name
            self.url, self.display = parent.url, parent.display
        if kind == "name":
            self.name = value
        elif kind == "format" or kind == "markup":
            self._format(value, flips=kind == "markup")
        elif kind == "link":
            self.url = value
        elif kind == "display":
            self.display = value
        elif kind == "protected":
            self.marks = (*self.marks, "nocase")
        elif kind == "math":
            self.marks = (*self.marks, "math")

    def _format(self, value: Sequence[str], *, flips: bool) -> None:
        """CSL 1.0.2, "Formatting"; italics within italics turn upright where the content asks for them."""
        for mark in value:
            if mark == "nodecor":
                for held in self.marks:
                    self._switch(_REVERSE.get(held, ""), off=held)
            elif mark in _OPPOSITE:
                self._switch(mark, off=_OPPOSITE[mark])
            elif mark == "baseline":
                for held in _VERTICAL.intersection(self.marks):
                    self._switch("baseline", off=held)
            elif mark not in self.marks:
                self.effects = (*self.effects, mark)
                self.marks = (*self.marks, mark)
            elif flips and mark in _REVERSE:
                self._switch(_REVERSE[mark], off=mark)

    def _switch(self, effect: str, *, off: str) -> None:
        if effect and off in self.marks:
            self.effects = (*self.effects, effect)
            self.marks = tuple(mark for mark in self.marks if mark != off)


@dataclass(slots=True)
class FlatRun:
    """Characters in one frame; `quote` is "open" or "close" for a quotation mark that the style or locale set."""

    text: str
    frame: Frame
    quote: str = ""

    @property
    def is_math(self) -> bool:
        """Whether the characters are TeX, whose punctuation is none of the sentence's."""
        return "math" in self.frame.marks


class Setter:
    """Lays parts down run by run; holds the state that one entry or citation needs."""

    __slots__ = ("content", "depth", "into_quotes", "marks", "runs")

    def __init__(self, locale: Locale) -> None:
        self.runs: list[FlatRun] = []
        self.into_quotes = locale.punctuation_in_quote
        self.marks = locale.quotes
        self.depth = 0
        self.content = 0  # 1: at the start of a variable's content, 2: inside of it

    def lay(self, parts: Parts, frame: Frame) -> None:
        runs = self.runs
        for part in parts:
            if not isinstance(part, str):
                self.enter(part, frame)
            elif part:
                text = part
                if runs and self.content < 2 and text[0] in _MEETING:
                    text = self.meet(text)
                    if not text:
                        continue
                if self.content == 1:
                    self.content = 2
                last = runs[-1] if runs else None
                if last is not None and last.frame is frame and not last.quote:
                    last.text += text
                else:
                    runs.append(FlatRun(text, frame))

    def enter(self, wrap: Wrap, frame: Frame) -> None:
        kind = wrap.kind
        if kind in _UNSEEN:
            self.lay(wrap.parts, frame)
        elif kind == "quoted":
            self.quote(wrap, frame)
        elif kind == "content":
            outside = self.content
            self.content = max(1, outside)
            self.lay(wrap.parts, frame)
            self.content = outside
        else:
            inside = Frame(kind, wrap.value, frame)
            if kind == "link":
                self.reach_back(inside)
            self.lay(wrap.parts, inside)

    def quote(self, wrap: Wrap, frame: Frame) -> None:
        before = len(self.runs)
        opening, closing = self.marks[self.depth % 2] if self.depth or wrap.value is None else wrap.value
        self.runs.append(FlatRun(opening, frame, "open"))
        self.content = 2 if self.content else 0
        self.depth += 1
        self.lay(wrap.parts, frame)
        self.depth -= 1
        if len(self.runs) == before + 1:
            self.runs.pop()  # nothing inside
        else:
            self.runs.append(FlatRun(closing, frame, "close"))

    def reach_back(self, link: Frame) -> None:
        """Takes the resolver that the style printed as a prefix into the link (CSL 1.0.2, Appendix VI)."""
        last = self.runs[-1] if self.runs else None
        if last is None or not last.text.endswith(_DOI):
            return
        start = last.text.rfind("http")
        resolver = last.text[start:]
        last.text = last.text[:start]
        self.runs.append(FlatRun(resolver, link))

    def meet(self, text: str) -> str:
        """What is left of `text` to print after the runs so far, which it may change at their end."""
        while text and text[0] in _MEETING:
            index = len(self.runs) - 1
            while index >= 0 and not self.runs[index].text:
                index -= 1
            if index < 0:
                return text
            last, first = self.runs[index], text[0]
            if first == " ":
                return text.lstrip(" ") if last.text[-1] in " \u00a0" else text
            if last.quote == "close" and self.into_quotes and (inside := self.inside(index)) >= 0:
                if first in _MOVES_INTO_QUOTES:
                    self.push(inside, first)
                    text = text[1:]
                    continue
                if not self.runs[inside].is_math and self.runs[inside].text[-1] + first in _DROP_SECOND:
                    text = text[1:]
                    continue
            if last.text[-1] in " \n" and first in ".,;:":
                before = last.text.rstrip(" \n")
                if before and (len(text) > 1 or before[-1] == first == ","):
                    last.text = before
                    continue
            pair = "" if last.is_math else last.text[-1] + first
            if pair in _DROP_SECOND:
                text = text[1:]
            elif pair in _DROP_FIRST:
                last.text = last.text[:-1]
            else:
                return text
        return text

    def inside(self, index: int) -> int:
        """Which run stands last in the quotation that ends at `index`; -1 where no punctuation can move behind it."""
        while index >= 0 and self.runs[index].quote == "close":
            index -= 1
        run = self.runs[index]
        return -1 if index < 0 or run.quote or not run.text else index

    def push(self, index: int, char: str) -> None:
        """Puts `char` behind the run at `index`, before the closing mark and in its format."""
        run, closing = self.runs[index], self.runs[index + 1]
        pair = "" if run.is_math else run.text[-1] + char
        if pair in _DROP_SECOND:
            return
        if pair in _DROP_FIRST:
            run.text = run.text[:-1]
        if run.frame is closing.frame or not run.text:
            run.text += char
        else:
            self.runs.insert(index + 1, FlatRun(char, closing.frame))


_BARE = Frame("", None, None)


def raise_superscripts(runs: Iterable[FlatRun]) -> list[FlatRun]:
    """`runs` with Unicode's superscript characters as marked ordinary ones, for outputs whose fonts lack them.

    CSL 1.0.2, "Terms", lets locales write ordinals with these characters ("1ᵉʳ").
    """
    out: list[FlatRun] = []
    for run in runs:
        if run.text.isascii():
            out.append(run)
            continue
        for char in run.text:
            letters = lower_superscript(char)
            if letters and "sup" not in run.frame.marks:
                out.append(FlatRun(letters, Frame("format", ("sup",), run.frame)))
            elif out and out[-1].frame is run.frame and not out[-1].quote:
                out[-1] = FlatRun(out[-1].text + char, run.frame)
            else:
                out.append(FlatRun(char, run.frame))
    return out


def set_parts(parts: Parts, locale: Locale) -> list[FlatRun]:
    """`parts` as runs, blanks at both ends dropped."""
    setter = Setter(locale)
    setter.lay(parts, _BARE)
    runs = [run for run in setter.runs if run.text]
    _trim(runs)
    return runs


def _trim(runs: list[FlatRun]) -> None:
    """Drops blanks at the start and end of the whole and of each display block."""
    for index, run in enumerate(runs):
        if index == 0 or runs[index - 1].frame.display != run.frame.display:
            run.text = run.text.lstrip(" ")
            if index:
                runs[index - 1].text = runs[index - 1].text.rstrip(" ")
    if runs:
        runs[-1].text = runs[-1].text.rstrip(" ")


def to_text(runs: Iterable[FlatRun]) -> Text:
    """The public form of `runs`: flat spans, equal neighbours as one."""
    spans: list[Span] = []
    text, frame = "", _BARE
    for run in runs:
        if run.frame is frame or _look_alike(run.frame, frame):
            text += run.text
            continue
        if text:
            spans.append(_span(text, frame))
        text, frame = run.text, run.frame
    if text:
        spans.append(_span(text, frame))
    return tuple(spans)


def _look_alike(left: Frame, right: Frame) -> bool:
    """Whether runs of both frames are one span; a name or a formula never continues another."""
    return (
        left.marks == right.marks
        and left.url == right.url
        and left.display == right.display
        and left.name is right.name is None
        and "math" not in left.marks
    )


def _span(text: str, frame: Frame) -> Span:
    return Span(text, _public(frame.marks), frame.url, frame.name, frame.display)


def _public(marks: tuple[str, ...]) -> tuple[Mark, ...]:
    if not marks:
        return ()
    return tuple(mark for mark in dict.fromkeys(marks) if mark in _PUBLIC)  # type: ignore[misc]


_PUBLIC = frozenset({"bold", "italic", "underline", "small-caps", "sup", "sub", "nocase", "math"})
