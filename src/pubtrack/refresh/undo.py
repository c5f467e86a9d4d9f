"""Record what a refresh changed, and undo it.

If a file is still what the refresh left, the very bytes return. Else each field returns that still holds what the
refresh wrote; one that a person has edited since stays, and is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from pubtrack.bibtex.document import Document
from pubtrack.bibtex.document import parse as parse_document
from pubtrack.bibtex.edit import change_fields, remove_entries
from pubtrack.model.errors import PubtrackError
from pubtrack.refresh.bases import Base, Bases
from pubtrack.refresh.read_members import read_members

FILE_NAME = "undo.jsonl"
KEPT = 20
"""How many runs can be taken back, one after the other."""


@dataclass(frozen=True, slots=True)
class SpanOfFile:
    """The one stretch of a file in which all changes of a run lie, before it; `digest` is that of the file after."""

    file: str
    start: int
    end: int
    before: str
    digest: str


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field: its source before (None: no such field) and after."""

    file: str
    key: str
    field: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Added:
    """A new entry and its source."""

    file: str
    key: str
    source: str


@dataclass(frozen=True, slots=True)
class AppliedRefresh:
    """One applied refresh, with its previous bases."""

    time: str
    spans: tuple[SpanOfFile, ...] = ()
    steps: tuple[ChangedField, ...] = ()
    added: tuple[Added, ...] = ()
    bases: tuple[tuple[str, str, Base | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """The texts and bases after it, and what stays because it was edited since."""

    texts: Mapping[str, str]
    bases: Bases
    kept: tuple[str, ...] = ()


def spans(files: Mapping[str, tuple[str, str]]) -> tuple[SpanOfFile, ...]:
    """What `undo_run` needs to give the first text of each file back for the second."""
    return tuple(_span(name, before, after) for name, (before, after) in files.items())


def _span(name: str, before: str, after: str) -> SpanOfFile:
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    return SpanOfFile(name, start, len(after) - tail, before[start : len(before) - tail], _digest(after))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def undo_run(run: AppliedRefresh, documents: Mapping[str, Document], bases: Bases) -> Undone:
    """The store without what `run` changed; its bases return with the fields."""
    texts: dict[str, str] = {}
    kept: list[str] = []
    exact = {
        span.file: span
        for span in run.spans
        if span.file in documents and _digest(documents[span.file].text) == span.digest
    }
    for name, span in exact.items():
        text = documents[name].text
        texts[name] = text[: span.start] + span.before + text[span.end :]
    stayed: set[tuple[str, str]] = set()
    for name in dict.fromkeys([step.file for step in run.steps] + [one.file for one in run.added]):
        if name not in exact:
            _by_field(run, name, documents, texts, kept, stayed)
    return Undone(texts, _bases(run, bases, {key for key, _ in stayed}), tuple(kept))


def _by_field(
    run: AppliedRefresh, name: str, documents: Mapping[str, Document], texts: dict[str, str], kept: list[str],
    stayed: set[tuple[str, str]],
) -> None:  # fmt: skip
    """Takes back in one file what is still as the run left it."""
    document = documents.get(name)
    changes: dict[str, dict[str, str | None]] = {}
    for step in (step for step in run.steps if step.file == name):
        field = _field(document, step) if document is not None else None
        if field == step.after:
            changes.setdefault(step.key, {})[step.field] = step.before
        elif field != step.before:
            kept.append(f"{step.key}.{step.field} has been edited since, so it stays as it is")
            stayed.add((step.key, step.field))
    if document is None:
        return
    text = change_fields(document, changes, raw=True) if changes else document.text
    after = parse_document(text, file=document.file)
    unchanged = []
    for added in (one for one in run.added if one.file == name):
        block = after.by_key.get(added.key)
        if block is not None and after.source(block) == added.source:
            unchanged.append(added.key)
        elif block is not None:
            kept.append(f"{added.key} has been edited since, so the entry stays")
    texts[name] = remove_entries(after, unchanged) if unchanged else text


def _field(document: Document, step: ChangedField) -> str | None:
    if step.key not in document.by_key or step.key in document.repeated:
        return None
    field = document.entry(step.key).get(step.field)
    return field.value if field else None


def _bases(run: AppliedRefresh, bases: Bases, stayed: Iterable[str]) -> Bases:
    """The bases as they were, but for entries in which something stays."""
    found = dict(bases)
    staying = set(stayed)
    for key, field, base in run.bases:
        if key in staying:
            continue
        if base is None:
            found.pop((key, field), None)
        else:
            found[key, field] = base
    return found


# The journal -------------------------------------------------------------------------------------------------------


def parse(source: str, file: str = FILE_NAME) -> tuple[AppliedRefresh, ...]:
    """The runs in a journal, the oldest first; raises `PubtrackError` for a line that is not one."""
    runs = []
    for number, line in enumerate(source.split("\n"), 1):
        if line:
            try:
                runs.append(read_members(AppliedRefresh, json.loads(line)))
            except (ValueError, RecursionError, TypeError) as error:
                message = "this line is not a record of a refresh, so it cannot be undone; delete the file"
                raise PubtrackError(message, file=file, line=number) from error
    return tuple(runs)


def write(runs: Sequence[AppliedRefresh]) -> str:
    """The last `KEPT` runs as text that `parse` reads."""
    return "".join(f"{json.dumps(asdict(run))}\n" for run in runs[-KEPT:])
