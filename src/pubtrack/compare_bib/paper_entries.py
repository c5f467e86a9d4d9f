"""A paper's .bib and a store to what each of the paper's entries is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pubtrack.bibtex import fields
from pubtrack.bibtex import works as convert
from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.document import Document
from pubtrack.compare_bib.differences import Unlike, find_differences
from pubtrack.matching import (
    Grade,
    compare_people,
    compare_titles,
    find_twin,
    is_preprint,
    published_versions,
    title_words,
)
from pubtrack.matching.work_identifiers import arxiv_ids
from pubtrack.model.digits import int_of
from pubtrack.model.findings import Finding
from pubtrack.model.name import ME
from pubtrack.model.work import Work
from pubtrack.people import fold
from pubtrack.writers.text import inline

Status = Literal["new", "differs", "has-more", "same"]
Version = Literal["", "preprint", "published"]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """An entry of a paper's .bib, and the work of the store that it stands for.

    `twin` is that work's key, `reason` by what it was found, "" where there is none. Then `other` is the key of another
    version of the work in the store, `version` which one that is, and `clash` says that the store has another work
    under the entry's key.
    """

    work: Work
    file: str = ""
    line: int = 0
    twin: str = ""
    reason: str = ""
    differences: tuple[Unlike, ...] = ()
    fills: tuple[Unlike, ...] = ()
    other: str = ""
    version: Version = ""
    clash: bool = False

    @property
    def status(self) -> Status:
        if not self.reason:
            return "new"
        return "differs" if self.differences else "has-more" if self.fills else "same"

    @property
    def is_mine(self) -> bool:
        """Whether the owner is one of the work's people."""
        return any(ME in name.roles for names in self.work.people.values() for name in names)


def read(document: Document) -> tuple[list[tuple[Entry, Work]], tuple[Finding, ...]]:
    """The sound entries of a paper's .bib that are works, each with its work, and what is wrong in the file."""
    works, findings = convert.works([document])
    entries = [
        entry
        for block, entry in zip(document.entry_blocks, document.entries, strict=True)
        if block.kind != "broken" and fields.biblatex_type(entry.type) not in fields.NOT_WORKS
    ]
    return list(zip(entries, works, strict=True)), findings


def compare(
    entries: Sequence[tuple[Entry, Work]], store: Sequence[Work], *, file: str = "", venues: Mapping[str, str]
) -> list[PaperEntry]:
    """The entries of a paper, which stand in `file`, beside the works of the store, in the paper's order.

    `venues` maps short names of venues to full ones and is used both ways.
    """
    known = _Known(store)
    found = [_compared(entry, work, known, file, venues) for entry, work in entries]
    return _with_versions(found, store)


class _Known:
    """The works of a store by what a twin has in common with them, so that not all are compared with all."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.keys = frozenset(work.id.lower() for work in works)
        self.by_key = {work.id: work for work in reversed(works)}
        self._by_identifier: dict[str, list[Work]] = {}
        self._by_family: dict[str, list[tuple[frozenset[str], Work]]] = {}
        for work in works:
            for identifier in _identifiers(work):
                self._by_identifier.setdefault(identifier, []).append(work)
            for family in _families(work):
                self._by_family.setdefault(family, []).append((_title_words(work), work))

    def twin(self, work: Work) -> tuple[Work, str] | None:
        """The work's twin, else the work with the same people and a title written otherwise or with less subtitle.

        Of several the one with its key, then one with an identifier of it.
        """
        first = [self.by_key[work.id]] if work.id in self.by_key else []
        first += (one for name in _identifiers(work) for one in self._by_identifier.get(name, ()))
        found = find_twin(work, first)
        if found is None:
            others = self._like(work)
            found = find_twin(work, others) or next(
                ((one, "the same people and nearly the same title") for one in first + others if _is_near(work, one)),
                None,
            )
        return found

    def _like(self, work: Work) -> list[Work]:
        """The works of one of its people with half of its title's words."""
        found: dict[int, Work] = {}
        words = _title_words(work)
        for theirs, one in (each for family in _families(work) for each in self._by_family.get(family, ())):
            least = min(len(words), len(theirs))
            if least <= _FEW or 2 * len(words & theirs) >= least:
                found[id(one)] = one
        return list(found.values())


_PEOPLE = 10  # of a work, by whom it is looked up
_FEW = 2  # words of a title, of which one slip of the pen leaves less than half


def _identifiers(work: Work) -> Iterator[str]:
    if work.doi:
        yield f"doi {work.doi.casefold()}"
    yield from (f"arxiv {number}" for number in arxiv_ids(work))


def _families(work: Work) -> set[str]:
    """The family names of the first people, "" where there are none."""
    return {fold(name.family or name.literal) for name in work.creators[:_PEOPLE]} or {""}


def _title_words(work: Work) -> frozenset[str]:
    return frozenset(title_words(work).split())


def _is_near(work: Work, other: Work) -> bool:
    """Whether the people and the titles agree, and the years are at most one apart; without people all is the same.

    What else differs is what the paper is compared for.
    """
    years = [year for one in (work, other) if (year := one.year) is not None]
    if is_preprint(work) != is_preprint(other) or (len(years) == 2 and abs(years[0] - years[1]) > 1):
        return False
    title = compare_titles(inline(work.title), [inline(other.title)]).grade
    if not work.creators and not other.creators:
        return title is Grade.SAME and work.type == other.type and len(years) == 2 and years[0] == years[1]
    people = compare_people(work.creators, other.creators, others=bool(work.others), truncated=bool(other.others))
    return title.agrees and people.grade.agrees


def _compared(entry: Entry, work: Work, known: _Known, file: str, venues: Mapping[str, str]) -> PaperEntry:
    found = PaperEntry(work, file, entry.line)
    namesake = known.by_key.get(work.id)
    twin = known.twin(work)
    if twin is None and namesake is not None:  # a note without a title, or people written beyond recognition
        titles = compare_titles(inline(work.title), [inline(namesake.title)])
        contradicted = any(one.store for one in find_differences(namesake, work, entry, venues))
        if titles.grade.agrees or not contradicted:
            twin = namesake, "the same key, and the same title" if titles.grade.agrees else "the same key"
    if twin is None:
        return replace(found, clash=work.id.lower() in known.keys)
    fields_unlike = list(find_differences(twin[0], work, entry, venues))
    return replace(
        found,
        twin=twin[0].id,
        reason=twin[1],
        differences=tuple(one for one in fields_unlike if one.store),
        fills=tuple(one for one in fields_unlike if not one.store),
    )


def _with_versions(found: Sequence[PaperEntry], store: Sequence[Work]) -> list[PaperEntry]:
    """`found` with the published version, or the preprint, that the store has of a work which it lacks."""
    mark = "\0"  # sets the paper's keys apart from the store's
    lacking = [replace(one.work, id=f"{mark}{number}") for number, one in enumerate(found) if one.status == "new"]
    versions: dict[int, tuple[str, Version]] = {}
    for preprint, published in published_versions([*lacking, *store]).items() if lacking else ():
        if preprint.startswith(mark) and not published.startswith(mark):
            versions[int_of(preprint[1:])] = published, "published"
        elif published.startswith(mark) and not preprint.startswith(mark):
            versions[int_of(published[1:])] = preprint, "preprint"
    return [
        replace(one, other=versions[number][0], version=versions[number][1]) if number in versions else one
        for number, one in enumerate(found)
    ]
