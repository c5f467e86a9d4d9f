"""Find the fields that refer to other entries, and replace or remove a key in them.

Fields that hold keys: `crossref`, `xref`, and as comma-separated lists `xdata`, `related`, `entryset` (biblatex
manual, sections 2.2.3 and 2.4.1); and `xdata=key-field` within any value (section 3.14.6, granular XDATA).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pubtrack.bibtex.blocks import Entry, Field, Piece
from pubtrack.bibtex.document import Document, pieces
from pubtrack.model.errors import PubtrackError

KEY_FIELDS = frozenset(("crossref", "xref", "xdata", "related", "entryset"))
_GRANULAR = re.compile(r"(xdata\s*=\s*)([^\s,{}]+)", re.I)


@dataclass(frozen=True, slots=True)
class Reference:
    """The field of an entry that refers to the entry `target`."""

    entry: Entry
    field: Field
    target: str


def references(document: Document, keys: Collection[str]) -> tuple[Reference, ...]:
    """Who in `document` refers to one of `keys`, in the order of the text.

    A key in another case counts, as BibTeX reads it, unless an entry has that very key. Entries that do not name
    a key at all are not read.
    """
    named = [key for key in keys if key]
    if not named:
        return ()
    folded = {key.lower(): key for key in named}
    found = []
    mention = re.compile("|".join(re.escape(key) for key in sorted(named, key=len, reverse=True)), re.I)
    blocks = document.entry_blocks
    starts = [block.start for block in blocks]
    mentioned = {bisect_right(starts, match.start()) - 1 for match in mention.finditer(document.text)}
    for index in sorted(mentioned - {-1}):
        entry = document.entry_of(blocks[index])
        for field in entry.fields:
            targets = dict.fromkeys(_target(document, token, named, folded) for token in _tokens(field))
            found += [Reference(entry, field, target) for target in targets if target]
    return tuple(found)


def referenced_keys(entry: Entry) -> list[str]:
    """The keys that the entry's fields refer to, as they are spelt; of `xdata=key-field` each that may be the key."""
    return [token for field in entry.fields for token in _tokens(field) if token]


def _target(document: Document, token: str, keys: Collection[str], folded: dict[str, str]) -> str:
    if token in keys:
        return token
    return "" if token in document.by_key else folded.get(token.lower(), "")


def _tokens(field: Field) -> list[str]:
    """The keys that a field names, also as `xdata=key-field-1`, of which each beginning may be the key."""
    if field.name.lower() in KEY_FIELDS:
        return [token.strip() for piece in pieces(field.value) for token in piece.text.split(",")]
    tokens = []
    for _, reference in _GRANULAR.findall(field.value) if "xdata" in field.value.lower() else ():
        parts = reference.split("-")
        tokens += ["-".join(parts[:count]) for count in range(1, len(parts))]
    return tokens


def with_renamed(found: Sequence[Reference], old: str, new: str) -> list[tuple[Reference, str]]:
    """Each reference to `old` with its field's raw value, in which `new` stands for it."""
    return [(reference, _renamed(reference, old, new)) for reference in found]


def _renamed(reference: Reference, old: str, new: str) -> str:
    field = reference.field
    if field.name.lower() not in KEY_FIELDS:
        granular = re.compile(rf"(xdata\s*=\s*){re.escape(old)}(?=-)", re.I)
        return granular.sub(lambda match: match[1] + new, field.value)
    _single(reference)
    whole = re.compile(rf'(?<![^\s,{{"]){re.escape(old)}(?![^\s,}}"])', re.I)
    return whole.sub(lambda _: new, field.value)


def remove_keys(reference: Reference, keys: Collection[str]) -> str | None:
    """The field's raw value without these keys, None if nothing is left.

    Raises `PubtrackError` where the key stands within other text or is built from macros.
    """
    field = reference.field
    if field.name.lower() not in KEY_FIELDS:
        raise PubtrackError(
            f'the field "{field.name}" of "{reference.entry.key}" takes its value from "{reference.target}"; '
            "change that first"
        )
    text = _single(reference).text
    gone = {key.lower() for key in keys}
    left = [token for token in text.split(",") if token.strip() and token.strip().lower() not in gone]
    if not left:
        return None
    return field.value[0] + ",".join(left).strip() + field.value[-1]


def _single(reference: Reference) -> Piece:
    found = pieces(reference.field.value)
    if len(found) != 1 or found[0].kind == "bare":
        field = reference.field
        raise PubtrackError(
            f'the field "{field.name}" of "{reference.entry.key}" builds the key "{reference.target}" from macros; '
            "change that first"
        )
    return found[0]
