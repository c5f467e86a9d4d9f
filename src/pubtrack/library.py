"""A whole store as values: its entries, the works they stand for, and what is broken in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pubtrack.bibtex.blocks import Entry
from pubtrack.errors import PubtrackError, did_you_mean
from pubtrack.findings import Finding
from pubtrack.store import Store
from pubtrack.work import Work


@dataclass(frozen=True)
class Library:
    """A store and what it says. Made by `load` (from a path) or `parse` (from bytes).

    A library read from CSL-JSON has no store behind it, only `items`.
    """

    store: Store | None = None
    items: tuple[Work, ...] = ()

    @classmethod
    def load(cls, path: Path | str) -> Library:
        """The library at `path`: a .bib file, a folder of them, or a CSL-JSON file (`.json`).

        Raises PubtrackError when there is none or it cannot be read. A broken entry is no error but one of
        `problems`.
        """
        from pubtrack import disk

        path = Path(path)
        if path.suffix.lower() == ".json":
            return cls.parse(disk.read(path), file=str(path))
        return cls(Store.open(path))

    @classmethod
    def parse(cls, content: bytes, *, file: str = "-") -> Library:
        """The library in `content`, BibTeX or CSL-JSON as its first sign tells; `file` is for messages."""
        from pubtrack import csl_json
        from pubtrack.store import decoded

        text = decoded(content, file)
        if text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
            return cls(items=tuple(csl_json.load(text, file=file)))
        return cls(Store.of_text(text, file))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the store, in its order; none for CSL-JSON."""
        return tuple(entry for document in self.store.documents for entry in document.entries) if self.store else ()

    @cached_property
    def _converted(self) -> tuple[tuple[Work, ...], tuple[Finding, ...]]:
        from pubtrack.bibtex.convert import works

        return works(self.store.documents) if self.store else (self.items, ())

    @property
    def works(self) -> tuple[Work, ...]:
        """The works that the entries stand for, in their order."""
        return self._converted[0]

    @cached_property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the store: its syntax, its encoding, and references that lead nowhere."""
        return (*(self.store.problems if self.store else ()), *self._converted[1])

    @cached_property
    def _by_key(self) -> Mapping[str, Work]:
        index: dict[str, Work] = {}
        for work in self.works:
            index.setdefault(work.id, work)
        return index

    def chosen(self, keys: Sequence[str]) -> tuple[Work, ...]:
        """The works of these keys in this order, or all without keys. Raises PubtrackError for an unknown key."""
        for key in keys:
            if key not in self._by_key:
                raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, self._by_key)}')
        return tuple(self._by_key[key] for key in keys) if keys else self.works

    def source(self, key: str) -> str:
        """The entry's own text in the store. Raises PubtrackError for an unknown key or a library without a store."""
        if self.store is None:
            raise PubtrackError("this library is CSL-JSON; it has no BibTeX source")
        document = self.store.file_of(key).document
        return document.source(document.entry(key))
