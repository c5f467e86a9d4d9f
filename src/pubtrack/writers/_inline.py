"""What all writers share: a `Text` to clean spans, a `Listing` to its blocks, marks to markup around markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pubtrack.lists.listing_model import Item, Listing, Section
from pubtrack.model.richtext import Display, Mark, Span, Text, join_texts, text
from pubtrack.writers._urls import href

_SURROGATES = re.compile("[\ud800-\udfff]")
# Controls (C0, C1), bidirectional embeddings, overrides and isolates (UAX #9, section 2: their effect leaves the
# place where they stand), deprecated formats, interlinear annotation, tags, noncharacters (Unicode, section 23.7).
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_BLANKS = re.compile("[ \t-\r\x85\u2028\u2029]{2,}|[\t-\r\x85\u2028\u2029]")


def printable(value: str) -> str:
    """`value` in one line without anything invisible that acts beyond its place; blanks collapsed.

    What is not a character (lone surrogates, as undecodable bytes become) is U+FFFD. Joiners, direction marks, soft
    hyphens and no-break spaces stay: scripts need them.
    """
    if value.isprintable():  # so are most, and then only blanks may be too many
        return _BLANKS.sub(" ", value) if "  " in value else value
    return _BLANKS.sub(" ", _HIDDEN.sub("", _SURROGATES.sub("\ufffd", value)))


def clean(value: Text) -> Text:
    """`value` as a writer may escape it: printable, no blank at either end and no two in a row, URLs that are safe.

    Spans carry text, looks and URL alone, and equal neighbours are one.
    """
    shown: list[str] = []
    looks: list[tuple[tuple[Mark, ...], str]] = []
    after_blank = True
    for span in value:
        piece = printable(span.text)
        if after_blank:
            piece = piece.lstrip(" ")
        if not piece:
            continue
        after_blank = piece[-1] == " "
        marks = tuple(mark for mark in span.marks if mark != "nocase") if "nocase" in span.marks else span.marks
        look = (marks, href(span.url) if span.url else "")
        if looks and looks[-1] == look:
            # Math keeps apart, for $a$$b$ would be display math.
            shown[-1] += f" {piece}" if "math" in marks else piece
        else:
            shown.append(piece)
            looks.append(look)
    if shown and after_blank:
        shown[-1] = shown[-1][:-1]
    return tuple(Span(piece, *look) for piece, look in zip(shown, looks, strict=True) if piece)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry; `display` is "", "block" or "indent"."""

    text: Text
    display: Display = ""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry to be written: what stands in the margin (the list's number, and the style's own) and its lines."""

    item: Item
    label: Text
    lines: tuple[Line, ...]

    @property
    def first(self) -> Text:
        """The first line behind the label."""
        body = self.lines[0].text if self.lines else ()
        return _in_a_row((self.label, body)) if self.label else body

    @property
    def body(self) -> Text:
        """All lines as one, without the label."""
        return _in_a_row(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title; `level` is 1 to 6."""

    text: Text
    level: int


@dataclass(frozen=True, slots=True)
class Intro:
    """A paragraph between a section's title and its entries."""

    text: Text


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks of a list mean."""

    text: Text


def entry(item: Item) -> WrittenEntry:
    """`item` with its display blocks told apart."""
    margin, lines = lay_out(item.text)
    if margin and not lines:
        margin, lines = (), (Line(margin),)
    number = text(item.number)
    return WrittenEntry(item, _in_a_row((number, margin)) if number else margin, lines)


def lay_out(value: Text) -> tuple[Text, tuple[Line, ...]]:
    """What of `value` stands in the margin, and its lines (CSL 1.0.2, section "Display"), all clean."""
    margin: list[Span] = []
    lines: list[tuple[list[Span], Display]] = []
    open_line = False
    for display, run in groupby(value, attrgetter("display")):
        piece = list(run)
        if display == "left-margin":
            margin += [*piece, Span(" ")]
        elif display in ("block", "indent"):
            lines.append((piece, display))
            open_line = False
        elif open_line:
            lines[-1][0].extend(piece)
        else:
            lines.append((piece, ""))
            open_line = True
    cleaned = [Line(clean(tuple(spans)), display) for spans, display in lines]
    return clean(tuple(margin)), tuple(line for line in cleaned if line.text)


def one_line(value: Text) -> Text:
    """`value` clean, its display blocks one behind the other with blanks between."""
    if not any(span.display for span in value):
        return clean(value)
    margin, lines = lay_out(value)
    return _in_a_row((margin, *(line.text for line in lines)))


def _in_a_row(parts: Iterable[Text]) -> Text:
    """The non-empty `parts` with a blank between, clean."""
    return clean(join_texts(parts, text(" ")))


def section_entries(section: Section) -> list[WrittenEntry]:
    """The entries of `section` that print something."""
    return [shown for item in section.items if (shown := entry(item)).lines]


def blocks(listing: Listing) -> Iterator[Heading | Intro | WrittenEntry | Legend]:
    """What is to be written of `listing`, from the top; an entry that prints nothing is left out."""
    level = min(max(listing.heading_level, 1), 6)
    for section in listing.sections:
        if title := clean(text(section.title)):
            yield Heading(title, level)
        if intro := clean(text(section.intro)):
            yield Intro(intro)
        yield from section_entries(section)
    if legend := clean(listing.legend):
        yield Legend(legend)


Frame = tuple[str, str]
"""What is put around text: a mark and "", or "link" and the URL."""


def frames(span: Span) -> list[Frame]:
    """What stands around `span`, outermost first; a link is outside of all looks."""
    looks = [(str(mark), "") for mark in span.marks if mark != "math"]
    return [("link", span.url), *looks] if span.url else looks


def nest_marks(
    value: Text,
    leaf: Callable[[Span], str],
    wrap: Callable[[Frame, str], str],
    beside: Callable[[Sequence[str]], str] = "".join,
) -> str:
    """Clean `value` in a markup whose marks nest: neighbours share the marks that they begin with.

    `leaf` writes bare text (or math), `wrap` puts a frame around markup, `beside` puts pieces of markup side by side.
    """

    def level(group: Iterable[tuple[Span, list[Frame]]], depth: int) -> str:
        pieces: list[str] = []
        for frame, run in groupby(group, lambda pair: pair[1][depth] if depth < len(pair[1]) else None):
            if frame is None:
                pieces += [leaf(span) for span, _ in run]
            else:
                pieces.append(wrap(frame, level(run, depth + 1)))
        return beside(pieces)

    return level([(span, frames(span)) for span in value], 0)


def wrap_mark(frame: Frame, inner: str, marks: Mapping[str, tuple[str, str]]) -> str:
    """`inner` between what opens and closes the mark `frame` in `marks`."""
    before, after = marks[frame[0]]
    return f"{before}{inner}{after}"
