"""A whole store as values: its entries, the works they stand for, and what is broken in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pubtrack.bibtex.blocks import Entry
from pubtrack.model.errors import PubtrackError, UnknownKeyError, UsageError, did_you_mean
from pubtrack.model.findings import Finding
from pubtrack.model.record import Record
from pubtrack.model.work import Work
from pubtrack.store.bib_file import BibFile
from pubtrack.store.citation_keys import DEFAULT_PATTERN
from pubtrack.store.store import Store

if TYPE_CHECKING:
    import bibtexparser

    from pubtrack.bibtex.inheritance import ResolvedEntry


_COLUMNS = ("key", "year", "type", "title", "venue")
"""Of the table that notebooks show."""


def checked_keys(keys: Iterable[str] | None) -> list[str] | None:
    """The keys of any iterable of them, each once; None stays. Raises UsageError for a word, meant as a list of it."""
    if keys is None:
        return None
    if isinstance(keys, (str, bytes)) or not isinstance(keys, Iterable):
        raise UsageError(f"keys are a list; write keys=[{keys!r}]")
    return list(dict.fromkeys(keys))


@dataclass(frozen=True, repr=False)
class Library:
    """A store and what it says. Made by `load` (from a path) or `parse` (from bytes).

    A library read from CSL-JSON has no store behind it, only `items`. `library["key"]` is a work; iterating and
    `len` go over the works.

    >>> library = Library.parse(b"@book{a, author={Doe, Jane}, title={On Work}, year=1999}")
    >>> library["a"]
    <Work a: Doe, On Work, 1999>
    >>> [work.year for work in library], len(library), "b" in library
    ([1999], 1, False)
    """

    store: Store | None = None
    items: tuple[Work, ...] = ()

    @classmethod
    def load(cls, path: Path | str) -> Library:
        """The library at `path`: a .bib file, a folder of them, or a CSL-JSON file (`.json`).

        Raises PubtrackError when there is none or it cannot be read. A broken entry is not an error but one of
        `problems`.
        """
        from pubtrack.store import atomic_files

        path = Path(path)
        if path.suffix.lower() == ".json":
            return cls.parse(atomic_files.read(path), file=str(path))
        return cls(Store.open(path))

    @classmethod
    def parse(cls, content: bytes, *, file: str = "-") -> Library:
        """The library in `content`, BibTeX or CSL-JSON as its first sign tells; `file` is for messages."""
        from pubtrack import csl_json
        from pubtrack.store.bib_file import decode_bib

        text = decode_bib(content, file)
        if text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
            return cls(items=tuple(csl_json.load(text, file=file)))
        return cls(Store.of_text(text, file))

    def __getitem__(self, key: str) -> Work:
        """The work of this key. Raises UnknownKeyError, a PubtrackError and KeyError, with the nearest key."""
        found = self._by_id.get(key)
        if found is None:
            raise UnknownKeyError(f'there is no entry "{key}"{did_you_mean(str(key), self._by_id)}')
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._by_id

    def __iter__(self) -> Iterator[Work]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def __bool__(self) -> bool:
        """A library is something, also where it is empty."""
        return True

    def __repr__(self) -> str:
        where = str(self.store.path) if self.store is not None and self.store.path is not None else "in memory"
        return f"<Library {where}: {len(self)} work{'' if len(self) == 1 else 's'}>"

    def _repr_html_(self) -> str:
        """The works as a table, for notebooks."""
        head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in self._row(work, 'html'))}</tr>" for work in self)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _repr_markdown_(self) -> str:
        """The works as a table, for notebooks that show Markdown."""
        rows = [" | ".join(cell.replace("|", "\\|") for cell in self._row(work, "markdown")) for work in self]
        return "\n".join(f"| {row} |" for row in (" | ".join(_COLUMNS), " | ".join("---" for _ in _COLUMNS), *rows))

    @staticmethod
    def _row(work: Work, to: str) -> list[str]:
        """The cells of a work, escaped for the markup `to`."""
        from pubtrack.model.richtext import text
        from pubtrack.writers import inline

        venue = work.values.get("container_title") or work.values.get("publisher", ())
        year = "" if work.year is None else str(work.year)
        return [inline(cell, to) for cell in (text(work.id), text(year), text(work.type), work.title, venue)]

    @cached_property
    def _by_id(self) -> Mapping[str, Work]:
        return {work.id: work for work in reversed(self.works)}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of the store, in its order; none for CSL-JSON."""
        return tuple(entry for document in self.store.documents for entry in document.entries) if self.store else ()

    @cached_property
    def records(self) -> tuple[ResolvedEntry, ...]:
        """Every sound entry with its macros expanded and what it inherits, under biblatex's field names."""
        return self._read_records[0]

    @property
    def record_problems(self) -> tuple[Finding, ...]:
        """What reading the records found: macros that nothing defines, references that lead nowhere."""
        return self._read_records[1]

    @cached_property
    def _read_records(self) -> tuple[tuple[ResolvedEntry, ...], tuple[Finding, ...]]:
        from pubtrack.bibtex.works import records

        return records(self.store.documents) if self.store else ((), ())

    @cached_property
    def _converted(self) -> tuple[tuple[Work, ...], tuple[Finding, ...]]:
        from pubtrack.bibtex.works import works, works_of

        if self.store is None or "_read_records" not in self.__dict__:
            return works(self.store.documents) if self.store else (self.items, ())
        converted, more = works_of(self.records)
        return converted, (*self._read_records[1], *more)

    @property
    def works(self) -> tuple[Work, ...]:
        """The works that the entries stand for, in their order."""
        return self._converted[0]

    @cached_property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the store: its syntax, its encoding, and references that lead nowhere."""
        return (*(self.store.problems if self.store else ()), *self._converted[1])

    def chosen(self, keys: Sequence[str]) -> tuple[Work, ...]:
        """The works of these keys in this order, or all without keys. Raises PubtrackError for an unknown key.

        A few works of a large store do not cost the reading of all.
        """
        if not keys:
            return self.works
        found: dict[str, Work] = {}
        for work in self._read(frozenset(keys)):
            found.setdefault(work.id, work)
        for key in keys:
            if key not in found:
                raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, [work.id for work in self.works])}')
        return tuple(found[key] for key in keys)

    def _read(self, keys: frozenset[str]) -> tuple[Work, ...]:
        """The works of `keys`, those that were read already if all were."""
        from pubtrack.bibtex.works import works

        if self.store is None or "_converted" in self.__dict__:
            return tuple(work for work in self.works if work.id in keys)
        return works(self.store.documents, keys)[0]

    def set(self, key: str, **values: str | None) -> Library:
        """This library with fields of the entry `key` set, or removed where the value is None; nothing is saved.

        Raises PubtrackError for an unknown key, a broken entry and a value that would unbalance the file.

        >>> library = Library.parse(b"@book{a, title={On Work}}")
        >>> library.set("a", year="1999").source("a")
        '@book{a, title={On Work}, year={1999}}'
        """
        from pubtrack.bibtex.edit import change_fields

        store = self._editable()
        file = store.file_of(key)
        return self._with_texts(store, {file: change_fields(file.document, {key: values})})

    def add(
        self,
        works: Iterable[Record | Work | str],
        *,
        key_pattern: str = DEFAULT_PATTERN,
        into: Path | str | None = None,
    ) -> Library:
        """This library with new entries, all or none, where `pubtrack add` puts them; nothing is saved.

        Each is a registry's record, a work or BibTeX text; a record and a work are written in the dialect of the file
        they go to. An entry without a key is given one by `key_pattern`; `into` names another file of the store. Raises
        PubtrackError for a duplicate, which is named, and for what cannot be an entry.

        >>> library = Library.parse(b"@book{a, title={On Work}}")
        >>> [work.id for work in library.add(["@book{, author={Doe, Jane}, title={On Rest}, year=1999}"])]
        ['a', 'doe1999rest']
        """
        from pubtrack.bibtex.document import parse
        from pubtrack.bibtex.file_dialect import dialect_of
        from pubtrack.bibtex.from_record import entry_of
        from pubtrack.store.add_entries import add_documents, home_file

        if isinstance(works, (str, bytes, Mapping)) or not isinstance(works, Iterable):
            raise UsageError("works are a list of records, works or BibTeX texts")
        store = self._editable()
        home = home_file(store, None if into is None else Path(into))
        dialect = dialect_of(home.document)
        documents = []
        for one in works:
            if isinstance(one, str) and "@" not in one:
                raise UsageError(f'"{one[:100]}" is not BibTeX text; find_record asks the registries for an identifier')
            if not isinstance(one, (str, Record, Work)):
                raise UsageError("works are a list of records, works or BibTeX texts")
            work = one.work if isinstance(one, Record) else one
            documents.append(parse(work if isinstance(work, str) else entry_of(work, dialect), file="-"))
        return self._with_texts(store, add_documents(store, documents, home, pattern=key_pattern)[1])

    def save(self) -> tuple[Path, ...]:
        """Writes the files that `set` and `add` have changed, all or none, and returns their paths.

        Raises PubtrackError, and nothing is written, when another process has changed one since it was read.
        """
        from pubtrack.store.store import save

        store = self._editable()
        return save(store, {file.path: file.changed for file in store.files if file.changed is not None})

    def _with_texts(self, store: Store, texts: Mapping[BibFile, str]) -> Library:
        files = tuple(replace(file, changed=texts[file]) if file in texts else file for file in store.files)
        return replace(self, store=replace(store, files=files))

    def _editable(self) -> Store:
        if self.store is None:
            raise PubtrackError("this library is CSL-JSON; only BibTeX can be edited")
        return self.store

    def to_bibtexparser(self) -> bibtexparser.Library:
        """The store as bibtexparser 2 would have read it, with our reading of it; see `bibtex.interop`."""
        from pubtrack.bibtex.interop import to_bibtexparser

        return to_bibtexparser(self._editable().documents)

    @classmethod
    def from_bibtexparser(cls, library: bibtexparser.Library) -> Library:
        """The library in a bibtexparser 2 library; see `bibtex.interop`. It has no file, so it cannot be saved."""
        from pubtrack.bibtex.interop import from_bibtexparser

        return cls(Store.of_text(from_bibtexparser(library).text))

    def source(self, key: str) -> str:
        """The entry's own text in the store. Raises PubtrackError for an unknown key or a library without a store."""
        if self.store is None:
            raise PubtrackError("this library is CSL-JSON; it has no BibTeX source")
        document = self.store.file_of(key).document
        return document.source(document.entry(key))
