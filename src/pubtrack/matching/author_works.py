"""List the works that services file under an author and that a store lacks.

A preprint and its paper are one work, by the identifiers and relations that the records give, else by the same title
within three years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pubtrack.bibtex.from_record import choose_record
from pubtrack.matching import find_twin, is_preprint, title_words
from pubtrack.matching.work_identifiers import arxiv_ids
from pubtrack.model import identifiers
from pubtrack.model.record import HAS_PREPRINT, SAME_WORK, Record
from pubtrack.model.work import Work

_NO_WORKS = frozenset({"peer-review", "component", "grant", "journal", "journal-issue", "journal-volume"})
_FEWEST_WORDS = 3
_MOST_YEARS = 3


@dataclass(frozen=True, slots=True, repr=False)
class Authored:
    """One work of an author's: what each service says of it, and the best record of its paper and of its preprint.

    `preprint_key` is the key under which the store has the preprint of a paper that it lacks.
    """

    records: tuple[Record, ...]
    published: Record | None
    preprint: Record | None
    preprint_key: str = ""

    def __repr__(self) -> str:
        return f"<Authored {self.doi or self.arxiv or self.chief.id}: {self.chief.work.label}>"

    @property
    def chief(self) -> Record:
        """The record that stands for the work: the paper's where there is one."""
        return self.published or self.preprint or self.records[0]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(record.source for record in self.records))

    @property
    def doi(self) -> str:
        return next((doi for record in self._of(self.chief) if (doi := own_doi(record.work))), "")

    @property
    def arxiv(self) -> str:
        return next((number for record in self.records for number in _arxiv_numbers(record)), "")

    @property
    def year(self) -> int | None:
        return next((year for record in self._of(self.chief) if (year := _year(record)) is not None), None)

    def _of(self, chief: Record) -> Iterator[Record]:
        """The chief record, then the others of the same version."""
        yield chief
        yield from (other for other in self.records if is_preprint(other.work) == is_preprint(chief.work))


def own_doi(work: Work) -> str:
    """The work's DOI, normalised, but for one that arXiv made of its number."""
    doi = identifiers.doi(work.doi)
    return "" if doi.startswith(identifiers.ARXIV_DOI) else doi


def missing_works(records: Iterable[Record], works: Sequence[Work]) -> list[Authored]:
    """The works among `records` that the store `works` lacks, the newest first.

    A paper whose preprint the store has is listed with the preprint's key; a preprint of a paper in the store is not.
    """
    found = []
    for group in _groups([record for record in records if record.registered_type not in _NO_WORKS]):
        papers = [record for record in group if not is_preprint(record.work)]
        preprints = [record for record in group if is_preprint(record.work)]
        known = [work for record in group if (work := find_counterpart(record, works)) is not None]
        if any(not is_preprint(work) for work in known) or (known and not papers):
            continue
        key = known[0].id if known else ""
        found.append(Authored(tuple(group), choose_record(papers), choose_record(preprints), key))
    found = [one for one in found if one.chief.work.title]
    return sorted(found, key=lambda one: (-(one.year or 0), title_words(one.chief.work)))


def find_counterpart(record: Record, works: Sequence[Work]) -> Work | None:
    """The work of the store that the record is of, in either version."""
    names = set(_names(record))
    for work in works:
        if names & {*_dois(work), *(("arxiv", number) for number in arxiv_ids(work))}:
            return work
    twin = find_twin(record.work, works)
    if twin is not None:
        return twin[0]
    words, year = title_words(record.work), _year(record)
    if len(words.split()) < _FEWEST_WORDS:
        return None
    return next((work for work in works if title_words(work) == words and _is_near(year, _work_year(work))), None)


# Grouping ----------------------------------------------------------------------------------------------------------


def _groups(records: Sequence[Record]) -> list[list[Record]]:
    """The records, those of one work together, in the order of each first one."""
    parent = list(range(len(records)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[object, int] = {}
    for at, record in enumerate(records):
        for name in (*_names(record), *_related(record)):
            other = first.setdefault(name, at)
            parent[root(at)] = root(other)
    by_title: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        words = title_words(record.work)
        if len(words.split()) >= _FEWEST_WORDS:
            for other in by_title[words]:
                if _is_near(_year(record), _year(records[other])):
                    parent[root(at)] = root(other)
                    break
            by_title[words].append(at)
    groups: dict[int, list[Record]] = {}
    for at, record in enumerate(records):
        groups.setdefault(root(at), []).append(record)
    return list(groups.values())


def _names(record: Record) -> Iterator[tuple[str, str]]:
    """The identifiers of the record's own work."""
    yield from _dois(record.work)
    for number in _arxiv_numbers(record):
        yield "arxiv", number
    if record.work.get("pmid"):
        yield "pmid", record.work.get("pmid")


def _related(record: Record) -> Iterator[tuple[str, str]]:
    for relation in record.relations:
        if relation.kind in SAME_WORK and relation.target.kind in ("doi", "arxiv"):
            yield relation.target.kind, relation.target.value


def _dois(work: Work) -> Iterator[tuple[str, str]]:
    doi = own_doi(work)
    if doi:
        yield "doi", doi


def _arxiv_numbers(record: Record) -> Iterator[str]:
    yield from arxiv_ids(record.work)
    for relation in record.relations:
        if relation.kind == HAS_PREPRINT and relation.target.kind == "arxiv":
            yield relation.target.value


def _year(record: Record) -> int | None:
    return _work_year(record.work)


def _work_year(work: Work) -> int | None:
    return work.issued.year if work.issued is not None else None


def _is_near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= _MOST_YEARS
