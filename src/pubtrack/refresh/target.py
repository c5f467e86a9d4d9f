"""The entries of a store that a refresh works on, each with its document, work and identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pubtrack.bibtex import works as convert
from pubtrack.bibtex.document import Document, Entry, Field, pieces
from pubtrack.matching import identifiers
from pubtrack.model.record import Identifier
from pubtrack.model.work import Work
from pubtrack.refresh.field_kinds import biblatex_field

LOCK = "pubtrack-lock"
"""The field that names fields which no refresh may change."""


@dataclass(frozen=True)
class Subject:
    """One entry. `values` are its fields by biblatex's names as LaTeX, macros expanded, inherited ones among them."""

    entry: Entry
    document: Document
    work: Work
    values: Mapping[str, str]

    @property
    def key(self) -> str:
        return self.entry.key

    @cached_property
    def own(self) -> Mapping[str, Field]:
        """The entry's own fields by biblatex's names; of two with one meaning the one that counts."""
        found: dict[str, Field] = {}
        for field in self.entry.fields:
            name = biblatex_field(field.name)
            known = found.get(name)
            if known is None or (known.name.lower() != name and field.name.lower() == name and self._says(field)):
                found[name] = field
        return found

    def _says(self, field: Field) -> bool:
        return any(piece.text.strip() for piece in pieces(field.value))

    @cached_property
    def twice(self) -> frozenset[str]:
        """The names that stand in the entry more than once, in lower case."""
        names = [field.name.lower() for field in self.entry.fields]
        return frozenset(name for name in names if names.count(name) > 1)

    @cached_property
    def locked(self) -> frozenset[str]:
        """The fields that the entry's own `pubtrack-lock` names, by biblatex's names."""
        source = self.values.get(LOCK, "")
        return frozenset(map(biblatex_field, source.replace(",", " ").split()))

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What the entry gives for the registries to find it by, DOI first."""
        return identifiers(self.work)


def refresh_targets(documents: Sequence[Document]) -> Iterator[Subject]:
    """The sound entries of a store that are works, in its order; of a key that is used twice none."""
    by_start = {(document.file, entry.start): document for document in documents for entry in document.entries}
    keys = Counter(block.key for document in documents for block in document.entry_blocks)
    for record in convert.records(documents)[0]:
        entry = record.entry
        works = convert.works_of([record])[0] if entry.key and keys[entry.key] == 1 else ()
        if works:
            yield Subject(entry, by_start[record.file, entry.start], works[0], record.fields)
