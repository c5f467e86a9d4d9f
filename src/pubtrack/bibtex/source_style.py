"""Describe how a file is written: indent, spacing, delimiters and field order near a place in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pubtrack.bibtex.blocks import Block, Entry
from pubtrack.bibtex.document import Document, pieces
from pubtrack.model.date_words import MONTH_MACROS
from pubtrack.model.errors import PubtrackError

MONTHS = frozenset(MONTH_MACROS[1:])
USUAL_ORDER = (
    "author", "editor", "translator", "title", "subtitle", "titleaddon", "booktitle", "maintitle", "journal",
    "journaltitle", "series", "edition", "volume", "number", "issue", "part", "chapter", "pages", "eid", "publisher",
    "school", "institution", "organization", "location", "address", "howpublished", "type", "eventtitle", "venue",
    "date", "year", "month", "day", "pubstate", "isbn", "issn", "doi", "eprint", "eprinttype", "archiveprefix",
    "eprintclass", "primaryclass", "url", "urldate", "crossref", "xref", "xdata", "related", "relatedtype", "note",
    "addendum", "langid", "keywords", "abstract", "annotation", "file",
)  # fmt: skip
"""The order in which most files have their fields, for a file too short to have an order of its own."""

_NEAR = 60  # entries before and behind that show how a file is written
_MANY = 20  # edits at once
_RANK = {name: rank for rank, name in enumerate(USUAL_ORDER)}
_COMMENT = re.compile(r"(?:(?<![ \t])[ \t]++)?%[^\r\n]*+")
_NEW_LINE = re.compile(r"\r\n?|\n")
_NUMBER = re.compile(r"[0-9]+")


def newline_of(text: str) -> str:
    """The line ending that most lines of `text` have; LF if it has none."""
    if "\r" not in text:
        return "\n"
    line_feeds, pairs = text.count("\n"), text.count("\r\n")
    if not line_feeds:
        return "\r"
    return "\r\n" if pairs * 2 > line_feeds else "\n"


class Separators(NamedTuple):
    """What stands in an entry behind the comma of the key, between two fields, and behind the last value."""

    opening: str
    joint: str
    closing: str


@dataclass
class _Sample:
    """What was seen in some entries."""

    shapes: Counter[Separators] = field(default_factory=Counter)
    spacings: list[tuple[int, str, str]] = field(default_factory=list)
    delimiters: Counter[str] = field(default_factory=Counter)
    numbers: Counter[tuple[str, bool]] = field(default_factory=Counter)
    orders: list[list[str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)

    def see(self, text: str, entry: Entry) -> None:
        self.types.append(entry.type)
        if not entry.fields:
            return
        self.shapes[_shape(text, entry)] += 1
        for one in entry.fields:
            self._see_field(text[one.name_end : one.value_start], one.name, one.value)
        self.orders.append([one.name.lower() for one in entry.fields])

    def _see_field(self, between: str, name: str, value: str) -> None:
        self.names.append(name)
        before, _, after = between.partition("=")
        if between.isascii() and not set(between) - set(" =\t"):
            self.spacings.append((len(name), before, after))
        if value[:1] in ("{", '"'):
            self.delimiters[value[0]] += 1
        digits = value.strip('{}"')
        if _NUMBER.fullmatch(digits):
            self.numbers[name.lower(), value == digits] += 1


def _shape(text: str, entry: Entry) -> Separators:
    """The shape of an entry with fields, its comments left out."""
    first, last = entry.fields[0], entry.fields[-1]
    key_end = text.find(",", entry.start, first.name_start)
    opening = _COMMENT.sub("", text[key_end + 1 : first.name_start])
    joints = Counter(_COMMENT.sub("", text[one.value_end : next_.name_start]) for one, next_ in pairwise(entry.fields))
    joint = joints.most_common(1)[0][0] if joints else f",{opening}"
    return Separators(opening, joint, _COMMENT.sub("", text[last.value_end : entry.end - 1]))


@dataclass(frozen=True)
class SourceStyle:
    """How entries are written around one place of a document: at an entry of it, or at its end.

    What is asked for is looked at then: the entry itself (`own`) and its neighbours (`near`), which are those of
    `neighbour` where that is given.
    """

    document: Document
    block: Block | None = None
    neighbour: SourceStyle | None = None

    @cached_property
    def newline(self) -> str:
        return newline_of(self.document.text)

    @cached_property
    def macros(self) -> frozenset[str]:
        """The names, in lower case, that stand for text in this document."""
        return MONTHS | {string.name.lower() for string in self.document.strings}

    @cached_property
    def own(self) -> _Sample:
        return self._sample([self.block] if self.block else [])

    @cached_property
    def near(self) -> _Sample:
        return self.neighbour.near if self.neighbour else self._sample(self._window)

    def _sample(self, blocks: Iterable[Block]) -> _Sample:
        sample = _Sample()
        for block in blocks:
            if block.kind == "entry":
                sample.see(self.document.text, self.document.entry_of(block))
        return sample

    @cached_property
    def _window(self) -> Sequence[Block]:
        blocks, block = self.document.entry_blocks, self.block
        at = bisect_left(blocks, block.start, key=lambda one: one.start) if block else len(blocks)
        return blocks[max(0, at - _NEAR) : at + _NEAR + 1]

    @property
    def gap(self) -> str:
        """What stands between two entries."""
        text = self.document.text
        between = (text[one.end : next_.start] for one, next_ in pairwise(self._window))
        gaps = Counter(gap for gap in between if gap.isspace())
        return gaps.most_common(1)[0][0] if gaps else self.newline * 2

    @property
    def shape(self) -> Separators:
        """The entry's own shape, else that of most neighbours; on a tie one with a field a line."""
        for shapes in (self.own.shapes, self.near.shapes):
            if shapes:
                return max(shapes, key=lambda shape: (shapes[shape], shape.joint.count("\n")))
        return Separators(f"{self.newline}  ", f",{self.newline}  ", f",{self.newline}")

    def type(self, type_: str) -> str:
        """An entry type in the case in which most types are written."""
        return _cased(type_, self.near.types)

    def field(self, name: str, raw: str) -> str:
        """A whole field, its name in the usual case and `=` where the others have it."""
        name = _cased(name, self.own.names if len(self.own.names) > 1 else self.near.names)
        own = self.own.spacings
        enough = len({length for length, _, _ in own}) > 1
        before, after = _spacing(len(name), own if enough else own + self.near.spacings)
        return f"{name}{before}={after}{raw}"

    def value(self, name: str, content: str, old: str = "") -> str:
        """The content between the delimiters that a value has here; a number or a month may have none.

        Raises `PubtrackError` where the braces of `content` do not balance.
        """
        refuse_unbalanced(name, content)
        if "\n" in content or "\r" in content:
            content = _NEW_LINE.sub(lambda _: self.newline, content)
        was_bare = bool(old) and [piece.kind for piece in pieces(old)] == ["bare"]
        if name.lower() == "month" and content.lower() in MONTHS:
            return content
        if was_bare and content.lower() in self.macros:
            return content
        if _NUMBER.fullmatch(content) and (was_bare if old else self._has_bare_numbers(name)):
            return content
        quoted = old.startswith('"') if old and not was_bare else self._has_quotes()
        return f'"{content}"' if quoted and _fits_quotes(content) else f"{{{content}}}"

    def _has_bare_numbers(self, name: str) -> bool:
        folded = name.lower()
        for sample in (self.near, self.own):
            if bare := sample.numbers[folded, True] + sample.numbers[folded, False]:
                return sample.numbers[folded, True] * 2 > bare
        counts = self.own.numbers if self.own.numbers else self.near.numbers
        bare = sum(count for (_, is_bare), count in counts.items() if is_bare)
        return bare * 2 > counts.total()

    def _has_quotes(self) -> bool:
        delimiters = self.own.delimiters or self.near.delimiters
        return delimiters['"'] > delimiters["{"]

    def place(self, names: Sequence[str], name: str, *, usual: bool = True) -> int:
        """Where a new field goes among `names`: as in the neighbours, else (`usual`) as in `USUAL_ORDER`.

        The place with the fewest neighbours in the wrong order; of several the last.
        """
        weights = [self._comes_before(name.lower(), other.lower(), usual=usual) for other in names]
        best, best_cost = len(names), 0.0
        cost = 0.0
        for index in range(len(names) - 1, -1, -1):
            cost -= weights[index]
            if cost < best_cost:
                best, best_cost = index, cost
        return best

    def _comes_before(self, name: str, other: str, *, usual: bool) -> float:
        """How much speaks for `name` standing before `other`; negative for behind."""
        votes = 0
        for order in self.near.orders:
            if name in order and other in order:
                votes += 1 if order.index(name) < order.index(other) else -1
        if votes:
            return float(votes)
        if not usual or name not in _RANK or other not in _RANK:
            return 0.0
        return 0.5 if _RANK[name] < _RANK[other] else -0.5


def source_styles(document: Document, blocks: Sequence[Block]) -> Iterator[SourceStyle]:
    """The style at each of these entries' blocks. Where there are many, those that stand together share their
    neighbours, which are looked at once."""
    at = {block.start: number for number, block in enumerate(document.entry_blocks)}
    shared: dict[int, SourceStyle] = {}
    for block in blocks:
        neighbour = None
        if len(blocks) > _MANY:
            place = at[block.start] // _NEAR
            middle = min(place * _NEAR + _NEAR // 2, len(at) - 1)
            neighbour = shared.setdefault(place, SourceStyle(document, document.entry_blocks[middle]))
        yield SourceStyle(document, block, neighbour)


def _spacing(length: int, seen: Sequence[tuple[int, str, str]]) -> tuple[str, str]:
    """What stands before and behind the `=` of a name of this length: the same column, else the usual blanks."""
    if not seen:
        return " ", " "
    befores, afters = Counter(before for _, before, _ in seen), Counter(after for _, _, after in seen)
    before, after = befores.most_common(1)[0][0], afters.most_common(1)[0][0]
    equals = Counter(name + len(blanks) for name, blanks, _ in seen if "\t" not in blanks)
    if equals and len(befores) > 1:
        column, count = equals.most_common(1)[0]
        lengths = {name for name, blanks, _ in seen if name + len(blanks) == column}
        if count * 2 > len(seen) and len(lengths) > 1:
            return " " * max(column - length, 1 if before else 0), after
    values = Counter(name + len(blanks) + len(behind) for name, blanks, behind in seen)
    if len(afters) > 1 and len(befores) == 1 and "\t" not in after:
        column, count = values.most_common(1)[0]
        if count * 2 > len(seen):
            return before, " " * max(column - length - len(before), 0)
    return before, after


def _cased(name: str, seen: Sequence[str]) -> str:
    """`name` in capitals or with a capital if all that were seen are, else as it is."""
    if len(seen) < 2 or not name.islower():
        return name
    if all(other.isupper() for other in seen):
        return name.upper()
    return name.title() if all(other[:1].isupper() for other in seen) else name


def refuse_unbalanced(name: str, content: str) -> None:
    """Raises `PubtrackError` if the braces of `content` do not balance; a backslash before one changes nothing."""
    depth = 0
    for offset, character in enumerate(content):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            place = f"character {offset + 1}"
            raise PubtrackError(f'the value of "{name}" has a "}}" too many ({place}); a lone one is \\textbraceright')
    if depth:
        raise PubtrackError(f'the value of "{name}" lacks {depth} "}}"; a lone "{{" is \\textbraceleft')


def _fits_quotes(content: str) -> bool:
    """Can `content`, whose braces balance, stand between quotation marks?"""
    depth = 0
    for character in content:
        depth += (character == "{") - (character == "}")
        if character == '"' and not depth:
            return False
    return True
