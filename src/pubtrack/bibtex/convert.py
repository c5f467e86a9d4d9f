"""A BibTeX store to `Work`s in CSL's variables; the way back (`entry_type`, `entry_fields`) is compose.py's."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from pubtrack.bibtex import fields, inherit, macros
from pubtrack.bibtex.collector import uncollected
from pubtrack.bibtex.compose import entry_fields, entry_type
from pubtrack.bibtex.inherit import Record
from pubtrack.bibtex.reader import Reader
from pubtrack.bibtex.syntax import Document, Entry, Field
from pubtrack.findings import Finding
from pubtrack.work import Work

__all__ = ["entry_fields", "entry_type", "resolved", "work", "work_of", "works"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN1 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def works(
    documents: Sequence[Document], keys: Container[str] | None = None
) -> tuple[tuple[Work, ...], tuple[Finding, ...]]:
    """The works that a store's sound entries stand for, in the files' order, and what is wrong with them.

    With `keys` only the entries of these keys become works, which read all the same what they inherit.
    All files count as one: macros, `crossref` and `xdata` reach across them. Containers of data and the entries that
    steer BibTeX styles are no works. Never raises, whatever the text.
    """
    with uncollected():
        records, findings = _records(documents)
        found = [*findings, *inherit.inherit(records)]
        converted = []
        for record in records:
            if record.type not in fields.NOT_WORKS and (keys is None or record.entry.key in keys):
                reader = Reader(record)
                converted.append(reader.work())
                found += reader.findings
    return tuple(converted), tuple(sorted(found, key=lambda finding: (finding.file, finding.line)))


def resolved(documents: Sequence[Document]) -> tuple[Record, ...]:
    """Every sound entry of a store that is a work: macros expanded, and what it takes from others among its fields."""
    with uncollected():
        records, _ = _records(documents)
        inherit.inherit(records)
    return tuple(record for record in records if record.type not in fields.NOT_WORKS)


def work_of(record: Record) -> Work:
    """The work that one of `resolved` stands for."""
    return Reader(record).work()


def work(entry: Entry, known: Mapping[str, str] = macros.STANDARD) -> Work:
    """The work that one entry stands for by itself; `known` are the macros, by names in lower case."""
    return Reader(_record(entry, "", known, [], is_bytes=True)).work()


def _records(documents: Sequence[Document]) -> tuple[list[Record], list[Finding]]:
    """Every sound entry with its macros expanded and its fields under biblatex's names."""
    known, remarks = macros.defined(documents)
    findings = list(remarks)
    records = []
    for document in documents:
        strings = list(document.strings)[::-1]
        is_bytes = _SURROGATE.search(document.text) is not None
        for block, entry in zip(document.entry_blocks, document.entries, strict=True):
            while strings and strings[-1].name_start < entry.start:
                _define(strings.pop(), known)
            if block.kind != "broken":
                records.append(_record(entry, document.file, known, findings, is_bytes=is_bytes))
        while strings:
            _define(strings.pop(), known)
    return records, findings


def _define(string: Field, known: dict[str, str]) -> None:
    known[string.name.lower()] = macros.expand(string.value, known).latex


def _record(entry: Entry, file: str, known: Mapping[str, str], findings: list[Finding], *, is_bytes: bool) -> Record:
    own: dict[str, str] = {}
    aliased: dict[str, str] = {}
    for field in entry.fields:
        latex, undefined = macros.expand(field.value, known)
        if undefined:
            findings += (
                macros.undefined(word, file=file, line=field.line, key=entry.key, field=field.name.lower())
                for word in undefined
            )
        if is_bytes and not latex.isascii():
            latex = _SURROGATE.sub("\ufffd", latex.translate(_LATIN1))
        if latex and not latex.isspace():
            name, is_own = fields.field_name(field.name)
            (own if is_own else aliased).setdefault(name, latex)
    if "location" in own and "location" in aliased and "proceedings" in entry.type.lower():
        # ACM's exports have both: `address` is the publisher's, `location` where the conference was (acmart, 5.3).
        own.setdefault("venue", own["location"])
        own["location"] = aliased["location"]
    for name, latex in aliased.items():
        own.setdefault(name, latex)
    return Record(entry, file, fields.biblatex_type(entry.type), own)
