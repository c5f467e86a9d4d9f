"""BibTeX text to blocks that tile it, and the entries in them with the place of every field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["entry", "string", "preamble", "comment", "text", "broken"]
PieceKind = Literal["braced", "quoted", "bare"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One operand of `#` in a value: the text between its delimiters; a bare one is a macro or a number."""

    kind: PieceKind
    text: str
