"""The values that BibTeX text is read into: blocks, entries, fields and the operands of a value, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pubtrack.bibtex.positions import LineIndex
from pubtrack.model.findings import Finding

BlockKind = Literal["entry", "string", "preamble", "comment", "text", "broken"]
PieceKind = Literal["braced", "quoted", "bare"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One operand of `#` in a value: the text between its delimiters; a bare one is a macro or a number."""

    kind: PieceKind
    text: str


class Field(NamedTuple):
    """`name = value` in an entry: both as they stand in the file, `value` with its delimiters and `#`.

    A tuple, for a store holds more of these than of all other values together.
    """

    name: str
    value: str
    line: int = 0
    name_start: int = 0
    value_start: int = 0

    @property
    def name_end(self) -> int:
        return self.name_start + len(self.name)

    @property
    def value_end(self) -> int:
        return self.value_start + len(self.value)


class Entry(NamedTuple):
    """One `@type{key, …}`, its type and key as written; the place is that of the `@`.

    A broken entry is one too, with the fields that could be read and the fault in `problem`.
    """

    type: str
    key: str
    fields: tuple[Field, ...] = ()
    start: int = 0
    end: int = 0
    line: int = 0
    column: int = 0
    problem: Finding | None = None

    def get(self, name: str) -> Field | None:
        """The first field of this name in any case (BibTeX reads the first), or None."""
        folded = name.lower()
        for field in self.fields:
            if field.name.lower() == folded:
                return field
        return None


class Block(NamedTuple):
    """A stretch of the text; the blocks of a document tile it.

    `kind` is "broken" where the syntax had to be guessed; an "entry" may have a problem too (no key, a blank in
    the key, a comment among its fields). `type` and `key` are an entry's (a broken one's as far as they could be
    read). `fields` is None for a sound entry, whose fields are read when asked for.
    """

    kind: BlockKind
    start: int
    end: int
    places: LineIndex
    type: str = ""
    key: str = ""
    fields: tuple[Field, ...] | None = ()
    problems: tuple[Finding, ...] = ()

    @property
    def line(self) -> int:
        return self.places.of(self.start)[0]

    @property
    def column(self) -> int:
        return self.places.of(self.start)[1]

    @property
    def problem(self) -> Finding | None:
        return self.problems[0] if self.problems else None

    @property
    def is_guessed(self) -> bool:
        """Does what stands behind this block say where it ends? Then a change there may change this one."""
        return self.kind == "broken" or (self.kind == "comment" and bool(self.problems))
