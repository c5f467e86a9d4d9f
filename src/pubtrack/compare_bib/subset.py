"""Select entries of a paper's .bib for the store, with what they inherit from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pubtrack.bibtex.document import Document, parse
from pubtrack.bibtex.edit import rename_references
from pubtrack.bibtex.references import references
from pubtrack.compare_bib.paper_entries import PaperEntry
from pubtrack.model.errors import PubtrackError, did_you_mean


def select_entries(document: Document, keys: Collection[str], found: Iterable[PaperEntry]) -> Document:
    """The entries `keys` of a paper's .bib, to be added to the store, with what they take fields from.

    All else is blank lines, so that places stay. A parent that the store has already is left out, and called as it is
    called there. Raises PubtrackError for a key that is none of the paper's.
    """
    for key in keys:
        if key not in document.by_key:
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, document.by_key)}', file=document.file)
    twins = {one.work.id: one.twin for one in found if one.status != "new"}
    wanted = set(keys)
    waiting = list(keys)
    parents = _parents(document)
    while waiting:
        new = parents.get(waiting.pop(), set()) - wanted - twins.keys()
        wanted |= new
        waiting += new
    for parent in set().union(*(parents.get(key, ()) for key in wanted)) & twins.keys():
        if twins[parent] != parent:
            document = parse(rename_references(document, parent, twins[parent]), file=document.file)
    kept = (
        block.kind == "string" or (block.kind in ("entry", "broken") and block.key in wanted)
        for block in document.blocks
    )
    sources = (document.source(block) for block in document.blocks)
    text = "".join(source if keep else "\n" * source.count("\n") for keep, source in zip(kept, sources, strict=True))
    return parse(text, file=document.file)


def _parents(document: Document) -> Mapping[str, set[str]]:
    """The keys of the entries that each entry takes fields from."""
    found: dict[str, set[str]] = {}
    for reference in references(document, document.by_key):
        if reference.field.name.lower() not in ("related", "entryset", "xref"):
            found.setdefault(reference.entry.key, set()).add(reference.target)
    return found
