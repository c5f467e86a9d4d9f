"""What rendering makes before it is set: a tree of strings under treatments (format, quotes, person, block)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

Kind = Literal[
    "format",  # by the style; value: tuple of marks, outermost first
    "markup",  # by the content, which flips what is already set; value: as for "format"
    "quoted",  # in quotation marks; value: those that are kept outside of other quotations, or None
    "content",  # of one variable: punctuation moves over its ends, never inside
    "name",  # value: the Name it prints
    "link",  # value: the target
    "display",  # value: the Display
    "protected",  # no text-case may change it
    "math",  # TeX math without its dollar signs: opaque to all that follows
    "names",  # the names of one <names>: what cite grouping and author substitution compare
    "namelist",  # the names of one variable inside of "names", without label
    "year",  # a rendered year, so that a suffix can follow and a repetition be dropped
    "year-suffix",
    "number",  # the citation number, for ranges
    "term",  # a term at whose place a sentence may begin
]


class Wrap:
    """Parts that share one treatment. Mutable on purpose: author substitution swaps the parts of a list."""

    __slots__ = ("kind", "parts", "value")

    def __init__(self, kind: Kind, value: Any, parts: Parts) -> None:
        self.kind = kind
        self.value = value
        self.parts = parts

    def __repr__(self) -> str:
        return f"Wrap({self.kind!r}, {self.value!r}, {self.parts!r})"


Part = str | Wrap
Parts = Sequence[Part]


def flatten_characters(parts: Parts) -> str:
    """The characters of `parts`, without quotation marks or any treatment."""
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(part if isinstance(part, str) else flatten_characters(part.parts) for part in parts)


def walk(parts: Parts) -> Iterator[Wrap]:
    """Every `Wrap` in `parts`, outer before inner."""
    for part in parts:
        if not isinstance(part, str):
            yield part
            yield from walk(part.parts)


def first(parts: Parts, kind: Kind) -> Wrap | None:
    """The first `Wrap` of that kind."""
    return next((wrap for wrap in walk(parts) if wrap.kind == kind), None)


def join_delimited(pieces: Iterable[Parts], delimiter: str) -> list[Part]:
    """The pieces one behind the other, `delimiter` between."""
    out: list[Part] = []
    for piece in pieces:
        if out and delimiter:
            out.append(delimiter)
        out += piece
    return out
