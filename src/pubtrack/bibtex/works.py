"""A BibTeX store to `Work`s in CSL's variables; the way back (`entry_type`, `entry_fields`) is from_work.py's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pubtrack.bibtex import fields, inheritance, macros, references
from pubtrack.bibtex.document import Block, Document, Entry, Field
from pubtrack.bibtex.from_work import entry_fields, entry_type
from pubtrack.bibtex.gc_pause import paused_gc
from pubtrack.bibtex.inheritance import ResolvedEntry
from pubtrack.bibtex.to_work import Reader
from pubtrack.bibtex.user_macros import UserMacro, read_definitions
from pubtrack.model.findings import Finding
from pubtrack.model.work import Work

__all__ = [
    "entry_fields",
    "entry_type",
    "own_records",
    "records",
    "resolved_work",
    "with_referenced",
    "work",
    "works",
    "works_of",
]

_SURROGATE = re.compile("[\ud800-\udfff]")
_IDS = re.compile(r"\bids\s*=", re.I)
_LATIN1 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def works(
    documents: Sequence[Document], keys: Collection[str] | None = None
) -> tuple[tuple[Work, ...], tuple[Finding, ...]]:
    """The works that a store's sound entries stand for, in the files' order, and what is wrong with them.

    With `keys` only the entries of these keys become works, the first of each, which read all the same what they
    inherit; the fields of no other entry are read.
    All files count as one: macros, `crossref` and `xdata` reach across them. Containers of data and the entries that
    steer BibTeX styles are no works. Never raises, whatever the text.
    """
    read, found = records(documents, keys)
    converted, more = works_of(read, keys)
    return converted, tuple(sorted([*found, *more], key=lambda finding: (finding.file, finding.line)))


def records(
    documents: Sequence[Document], keys: Collection[str] | None = None
) -> tuple[tuple[ResolvedEntry, ...], tuple[Finding, ...]]:
    """Every sound entry with its macros expanded, its fields under biblatex's names and those that it inherits.

    With `keys` only the entries of these keys, and those that they refer to. The findings are on macros that nothing
    defines and on references that lead nowhere.
    """
    with paused_gc():
        found, findings = own_records(documents, keys)
        return tuple(found), (*findings, *inheritance.inherit(found))


def works_of(
    records: Sequence[ResolvedEntry], keys: Collection[str] | None = None
) -> tuple[tuple[Work, ...], tuple[Finding, ...]]:
    """The works of those `records` that are works, in their order; with `keys` only of these."""
    converted = []
    findings: list[Finding] = []
    with paused_gc():
        for record in records:
            if record.type not in fields.NOT_WORKS and (keys is None or record.entry.key in keys):
                reader = Reader(record)
                try:
                    converted.append(reader.work())
                except Exception as error:  # whatever one entry holds, it must not hide all others
                    findings.append(_unreadable(record, error))
                findings += reader.findings
    return tuple(converted), tuple(findings)


def _unreadable(record: ResolvedEntry, error: Exception) -> Finding:
    message = f"this entry cannot be read and is left out ({type(error).__name__}: {str(error)[:80]})"
    entry = record.entry
    return Finding("syn-entry", "error", message, record.file, entry.line, entry.column, entry.key)


def resolved_work(record: ResolvedEntry, *, without: Collection[str] = ()) -> Work:
    """The work that a record stands for, whose macros are marked and whose inheritance is done.

    The fields `without` are not read, which saves time where nobody asks for an abstract.
    """
    own = {name: macros.resolve_macros(value) for name, value in record.fields.items() if name not in without}
    return Reader(ResolvedEntry(record.entry, record.file, record.type, own, record.definitions)).work()


def work(entry: Entry, known: Mapping[str, str] = macros.STANDARD) -> Work:
    """The work that one entry stands for by itself; `known` are the macros, by names in lower case."""
    return Reader(_record(entry, "", known, [], is_bytes=True)).work()


def own_records(
    documents: Sequence[Document],
    keys: Collection[str] | None = None,
    *,
    known: Mapping[str, str] = macros.STANDARD,
    marked: bool = False,
) -> tuple[list[ResolvedEntry], list[Finding]]:
    """The sound entries with their fields under biblatex's names, and a remark on each macro that nobody defines.

    With `keys` these are the entries of the keys and all that they refer to, however far, and no other is read.
    Macros are expanded, or with `marked` marked (`macros.Marked`); `known` are those defined elsewhere. What entries
    inherit is for `inherit.inherit` to fill in.
    """
    defined, remarks = macros.read_macros(documents, known)
    findings = list(remarks)
    shown = macros.Marked(defined) if marked else defined
    definitions = _definitions(documents)
    wanted = None if keys is None else with_referenced(documents, keys)
    found = []
    for number, document in enumerate(documents):
        strings = list(document.strings)[::-1]
        is_bytes = not document.text.isascii() and _SURROGATE.search(document.text) is not None
        for block, entry in _entries(document, None if wanted is None else wanted[number]):
            while strings and strings[-1].name_start < entry.start:
                _define(strings.pop(), defined)
            if block.kind != "broken":
                record = _record(entry, document.file, shown, findings, is_bytes=is_bytes, marked=marked)
                found.append(replace(record, definitions=definitions) if definitions else record)
        while strings:
            _define(strings.pop(), defined)
    return found, findings


def _definitions(documents: Sequence[Document]) -> Mapping[str, UserMacro]:
    """The macros that the preambles of all files define."""
    preambles = [
        macros.expand(document.source(block).partition("{")[2].rpartition("}")[0] or '""', macros.STANDARD)[0]
        for document in documents
        for block in document.blocks
        if block.kind == "preamble"
    ]
    return read_definitions(preambles)


def _entries(document: Document, wanted: Mapping[int, Entry] | None) -> Iterable[tuple[Block, Entry]]:
    if wanted is None:
        return zip(document.entry_blocks, document.entries, strict=True)
    blocks = (block for block in document.entry_blocks if block.start in wanted)
    return ((block, wanted[block.start]) for block in blocks)


def with_referenced(documents: Sequence[Document], keys: Iterable[str]) -> Sequence[Mapping[int, Entry]] | None:
    """The entries of `keys`, and those they refer to, however far: for each document by where they begin.

    None means that all entries have to be read: a reference in another case or to one of biblatex's `ids`.
    """
    found: list[dict[int, Entry]] = [{} for _ in documents]
    waiting = dict.fromkeys(keys)
    seen: set[str] = set()
    is_reference = False
    while waiting:
        seen |= waiting.keys()
        blocks: list[tuple[int, Block]] = []
        for key in waiting:
            number = next((number for number, one in enumerate(documents) if key in one.by_key), None)
            if number is not None:
                blocks.append((number, documents[number].by_key[key]))
            elif is_reference and _may_be_another_spelling(documents, key):
                return None
        waiting = {}
        for number, block in sorted(blocks, key=lambda pair: (pair[0], pair[1].start)):  # so that lines count up
            entry = found[number][block.start] = documents[number].entry_of(block)
            waiting |= dict.fromkeys(key for key in references.referenced_keys(entry) if key not in seen)
        is_reference = True
    return found


def _may_be_another_spelling(documents: Sequence[Document], key: str) -> bool:
    folded = key.lower()
    return any(folded in document.folded_keys or _IDS.search(document.text) is not None for document in documents)


def _define(string: Field, known: dict[str, str]) -> None:
    known[string.name.lower()] = macros.expand(string.value, known).latex


def _record(
    entry: Entry,
    file: str,
    known: Mapping[str, str],
    findings: list[Finding],
    *,
    is_bytes: bool,
    marked: bool = False,
) -> ResolvedEntry:
    own: dict[str, str] = {}
    aliased: dict[str, str] = {}
    for field in entry.fields:
        latex, undefined = macros.expand(macros.remove_marks(field.value) if marked else field.value, known)
        if undefined:
            findings += (
                macros.undefined_macro(word, file=file, line=field.line, key=entry.key, field=field.name.lower())
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
    return ResolvedEntry(entry, file, fields.biblatex_type(entry.type), own)
