"""Add entries: new keys, duplicates refused, macros resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pubtrack.bibtex import fields, macros
from pubtrack.bibtex import works as convert
from pubtrack.bibtex.blocks import Entry, Field
from pubtrack.bibtex.document import Document, parse, pieces
from pubtrack.bibtex.edit import add_entries
from pubtrack.bibtex.grammar import GOOD_KEY
from pubtrack.matching import find_twin
from pubtrack.model.errors import PubtrackError
from pubtrack.model.work import Work
from pubtrack.store.bib_file import BibFile
from pubtrack.store.citation_keys import DEFAULT_PATTERN, new_key
from pubtrack.store.store import Store


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it will stand in the store: its key and raw field values, and the work it stands for."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    work: Work


def add_documents(
    store: Store, documents: Sequence[Document], home: BibFile, *, pattern: str = DEFAULT_PATTERN
) -> tuple[list[NewEntry], dict[BibFile, str]]:
    """The entries of `documents` as they will stand in the store's file `home`, all or none, and its new text.

    Raises PubtrackError as `new_entries` does.
    """
    known = convert.works(store.documents)[0]
    added: list[NewEntry] = []
    for document in documents:
        so_far = parse(with_entries(home.document, added)) if added else home.document
        stored = [so_far if one is home.document else one for one in store.documents]
        added += new_entries(document, stored, [*known, *(one.work for one in added)], pattern)
    return added, {home: with_entries(home.document, added)}


def home_file(store: Store, wanted: Path | None = None) -> BibFile:
    """The file that new entries go to: the one that is wanted, else publications.bib or the last one.

    Raises PubtrackError where the store has no such file.
    """
    if wanted is None:
        named = [file for file in store.files if file.path.name == "publications.bib"]
        return (named or list(store.files))[-1]
    for file in store.files:
        if file.path == wanted or file.path.name == str(wanted):
            return file
    raise PubtrackError("this is not a file of the store", file=str(wanted))


def new_entries(
    document: Document, documents: Sequence[Document], works: Sequence[Work], pattern: str
) -> list[NewEntry]:
    """The entries of `document` that may be added to the store `documents`, whose works are `works`.

    An entry without a usable key gets one by `pattern`; a macro that the store does not define in the same way is
    written out. Raises PubtrackError, naming the place and the twin, for a fault in the text, for a macro that nothing
    defines, for a key in use and for an entry that stands for a work of the store or of this text already.
    """
    for block in document.blocks:
        for problem in block.problems if block.kind != "entry" else ():  # an entry without a key is given one
            raise PubtrackError(problem.message, file=document.file, line=problem.line, column=problem.column)
    if not document.entries:
        raise PubtrackError("there is no entry in this text", file=document.file)
    known = macros.read_macros(documents)[0]
    own = macros.read_macros([document, *documents])[0]
    taken = {key.lower() for one in documents for key in one.by_key}
    seen = list(works)
    found: list[NewEntry] = []
    for entry, work in zip(document.entries, _works(document, documents, own), strict=True):
        _refuse_twin(entry, work, seen, document.file)
        key = _key(entry, work, pattern, taken, document.file)
        taken.add(key.lower())
        seen.append(work)
        written = tuple((field.name, _resolved(field, known, own, document.file)) for field in entry.fields)
        found.append(NewEntry(entry.type, key, written, work))
    return found


def with_entries(document: Document, entries: Sequence[NewEntry]) -> str:
    """The text of `document` with `entries` behind its last one, written in its own way."""
    return add_entries(document, [(entry.type, entry.key, entry.fields) for entry in entries], raw=True)


def _works(document: Document, documents: Sequence[Document], own: Mapping[str, str]) -> list[Work]:
    """The work of each entry of `document`, with what it takes from entries beside it or in the store."""
    borrowing = any(field.name.lower() in ("crossref", "xdata") for entry in document.entries for field in entry.fields)
    if not borrowing:
        return [convert.work(entry, own) for entry in document.entries]
    converted = iter(convert.works([document, *documents])[0])
    return [
        convert.work(entry, own) if fields.biblatex_type(entry.type) in fields.NOT_WORKS else next(converted)
        for entry in document.entries
    ]


def _refuse_twin(entry: Entry, work: Work, works: Sequence[Work], file: str) -> None:
    twin = find_twin(work, works)
    if twin is not None:
        named = f'"{entry.key}"' if entry.key else "this entry"
        message = f'{named} is in the store already as "{twin[0].id}": {twin[1]}'
        raise PubtrackError(message, file=file, line=entry.line)


def _key(entry: Entry, work: Work, pattern: str, taken: set[str], file: str) -> str:
    if not GOOD_KEY.fullmatch(entry.key):
        return new_key(work, pattern, taken)
    if entry.key.lower() in taken:
        message = f'the key "{entry.key}" is in use by another work; give this entry another key, or none'
        raise PubtrackError(message, file=file, line=entry.line)
    return entry.key


def _resolved(field: Field, known: Mapping[str, str], own: Mapping[str, str], file: str) -> str:
    """The raw value, written out in braces where it has a macro that the store lacks or defines otherwise."""
    names = [piece.text.lower() for piece in pieces(field.value) if piece.kind == "bare" and not piece.text.isdigit()]
    if all(name in known and known[name] == own[name] for name in names):
        return field.value
    latex, undefined = macros.expand(field.value, own)
    for name in undefined:
        remark = macros.undefined_macro(name)
        if remark.severity == "error":
            raise PubtrackError(remark.message, file=file, line=field.line)
    return f"{{{latex}}}"
