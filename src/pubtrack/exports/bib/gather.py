"""Collect the entries to export from libraries and keys, with what each inherits.

Of a large store only the entries asked for, and what those refer to, are read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pubtrack.bibtex import fields, from_work, inheritance, macros
from pubtrack.bibtex import works as convert
from pubtrack.bibtex.dialect_fields import DialectEntry
from pubtrack.bibtex.document import Block, Document, Entry
from pubtrack.bibtex.gc_pause import paused_gc
from pubtrack.bibtex.inheritance import ResolvedEntry
from pubtrack.model.findings import Finding
from pubtrack.model.work import Work
from pubtrack.store.library import Library

# What no decision on an entry depends on.
_UNREAD = frozenset({"abstract", "annotation", "keywords", "file"})
_IDS = re.compile(r"\bids\s*=\s*[{\"]([^{}\"]*)", re.I)


@dataclass(frozen=True, slots=True)
class GatheredEntry:
    """An entry of a library: its key, its words, and where it stands."""

    key: str
    source: DialectEntry
    file: str = ""
    line: int = 0
    entry: Entry | None = None

    def place_of(self, name: str) -> int:
        """The line of the field with biblatex's `name`, or the entry's."""
        if self.entry is not None:
            for one in self.entry.fields:
                if fields.field_name(one.name)[0] == name and one.line:
                    return one.line
        return self.line


@dataclass(slots=True)
class Gathered:
    """The entries by key, other keys for them (biblatex's `ids`), `@preamble`s, and what is wrong."""

    entries: dict[str, GatheredEntry] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    preambles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather(libraries: Sequence[Library], keys: Sequence[str] | None) -> Gathered:
    """The entries of `keys`, or all, and those that they refer to; the first library that has a key gives the entry.

    Raises nothing: keys that no library has are not in `entries`, broken entries stand in `findings`.
    """
    found = Gathered()
    known = _macros(libraries)
    wanted = None if keys is None else list(keys)
    if wanted is not None:
        found.aliases = other_keys(libraries, wanted)
        wanted += found.aliases.values()
    for number, library in enumerate(libraries):
        left = None if wanted is None else [key for key in wanted if key not in found.entries]
        if library.store is None:
            _take_works(found, library.items, left)
        else:
            _take_entries(found, library.store.documents, left, known[number])
    _note_duplicates(found, libraries, wanted)
    return found


def has_key(library: Library, key: str) -> bool:
    """Whether the library has an entry of this very key."""
    if library.store is None:
        return any(work.id == key for work in library.items)
    return any(key in document.by_key for document in library.store.documents)


def all_keys(library: Library) -> Iterable[str]:
    """Every key of the library."""
    if library.store is None:
        return [work.id for work in library.items]
    return [key for document in library.store.documents for key in document.by_key]


def _macros(libraries: Sequence[Library]) -> list[dict[str, str]]:
    """For each library the macros that the others define; its own count before them."""
    own = (
        [macros.read_macros(one.store.documents)[0] if one.store else {} for one in libraries]
        if len(libraries) > 1
        else []
    )
    known: list[dict[str, str]] = []
    for number in range(len(libraries)):
        merged: dict[str, str] = {}
        for other, defined in enumerate(own):
            if other != number:
                merged |= {name: value for name, value in defined.items() if name not in merged}
        known.append({**merged, **macros.STANDARD})
    return known


def other_keys(libraries: Sequence[Library], keys: Iterable[str]) -> dict[str, str]:
    """The keys that are no entry's own but one of its `ids` (biblatex manual, section 2.2.3), with the entry's."""
    missing = {key for key in keys if not any(has_key(library, key) for library in libraries)}
    found: dict[str, str] = {}
    if not missing:
        return found
    for library in libraries:
        for document in library.store.documents if library.store else ():
            blocks = document.entry_blocks
            starts = [block.start for block in blocks]
            for match in _IDS.finditer(document.text):
                block = blocks[max(bisect_right(starts, match.start()) - 1, 0)] if blocks else None
                for name in map(str.strip, match[1].split(",")):
                    if block is not None and name in missing and match.start() < block.end:
                        found.setdefault(name, block.key)
    return found


def _take_works(found: Gathered, works: Iterable[Work], keys: Collection[str] | None) -> None:
    """Entries made of works, for a library that is CSL-JSON."""
    for work in works:
        if (keys is None or work.id in keys) and work.id not in found.entries:
            own = from_work.entry_fields(work, "biblatex", "unicode")
            named = {fields.field_name(name)[0]: value for name, value in own.items()}
            kind = from_work.entry_type(work)
            found.entries[work.id] = GatheredEntry(work.id, DialectEntry(kind, kind, named, work, frozenset(named)))


def _take_entries(
    found: Gathered, documents: Sequence[Document], keys: Collection[str] | None, known: Mapping[str, str]
) -> None:
    broken = {
        block.key: (document, block)
        for document in documents
        for block in (
            document.entry_blocks if keys is None else [document.by_key[k] for k in keys if k in document.by_key]
        )
        if block.kind == "broken"
    }
    for document, block in broken.values():
        line, column = document.places.of(block.start)
        reason = block.problem.message if block.problem else "it cannot be read"
        message = f"this entry is broken, so it is not exported: {reason}"
        found.findings.append(Finding("exp-broken", "error", message, document.file, line, column, block.key))
    with paused_gc():
        records, findings = convert.own_records(documents, keys, known=known, marked=True)
        own = [frozenset(record.fields) for record in records]
        findings += inheritance.inherit(records)
        found.findings += findings
        for record, names in zip(records, own, strict=True):
            key = record.entry.key
            if key and key not in found.entries:
                found.entries[key] = _found(record, names)
    for document in documents:
        found.preambles += [
            document.source(block) for block in document.blocks if block.kind == "preamble" and not block.problems
        ]


def _found(record: ResolvedEntry, own: frozenset[str]) -> GatheredEntry:
    work = convert.resolved_work(record, without=_UNREAD)
    source = DialectEntry(record.entry.type.lower(), record.type, record.fields, work, own)
    return GatheredEntry(record.entry.key, source, record.file, record.entry.line, record.entry)


def _note_duplicates(found: Gathered, libraries: Sequence[Library], keys: Collection[str] | None) -> None:
    """Says where a key stands twice with different entries; the first is exported."""
    wanted = found.entries if keys is None else [key for key in keys if key in found.entries]
    if keys is None and len(libraries) == 1 and libraries[0].store is not None:
        documents = libraries[0].store.documents
        wanted = [key for document in documents for key in document.repeated]
        for document in documents[1:]:
            wanted += [key for key in document.by_key if key in found.entries]
    for key in dict.fromkeys(wanted):
        blocks = [block for library in libraries for block in _blocks(library, key)]
        places = [place(key) for place in blocks] if len(blocks) > 1 else []
        for other in places[1:]:
            first = places[0]
            if first[2] != other[2]:
                message = f'the key "{key}" stands for another entry in {other[0]}:{other[1]}; this one is exported'
                found.findings.append(Finding("exp-duplicate", "warning", message, first[0], first[1], 0, key))


def _blocks(library: Library, key: str) -> list[Callable[[str], tuple[str, int, str]]]:
    """For each entry with the key what tells its file, its line, and its text without blanks."""
    found: list[Callable[[str], tuple[str, int, str]]] = []
    for document in library.store.documents if library.store else ():
        if key in document.by_key:
            blocks = document.repeated.get(key) or (document.by_key[key],)
            found += [partial(_place, document, block) for block in blocks]
    if library.store is None and has_key(library, key):
        found.append(lambda key: ("CSL-JSON", 0, key))
    return found


def _place(document: Document, block: Block, key: str) -> tuple[str, int, str]:
    del key
    return document.file, block.line, "".join(document.source(block).split())
