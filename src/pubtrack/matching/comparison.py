"""A work of the store beside a registry's record: every field compared, each with its grade and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubtrack.matching.author_lists import PeopleMatch, compare_people
from pubtrack.matching.grades import SILENT, Comparison, Grade
from pubtrack.matching.number_comparison import compare_numbers, compare_pages, compare_to_preprint, compare_years
from pubtrack.matching.thresholds import EXTENSION_LAG, YEARS
from pubtrack.matching.titles import TitleMatch, compare_titles, fold_title
from pubtrack.matching.venues import compare_venues, is_conference, known_acronym, venue_years
from pubtrack.matching.work_class import class_of, is_preprint, may_be_one
from pubtrack.model.record import Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

_CHAPTERS = frozenset("book-chapter book-section book-part book-track monograph edited-book book".split())


@dataclass(frozen=True, slots=True)
class Compared:
    """How a work agrees with `record`, field by field.

    `kind` is whether the types leave it open that both are one work; `version` says that one is a preprint and the
    other is not, so that venue and year are those of two versions.
    """

    record: Record
    title: TitleMatch
    people: PeopleMatch
    year: Comparison
    venue: Comparison
    volume: Comparison = SILENT
    issue: Comparison = SILENT
    pages: Comparison = SILENT
    kind: bool = True
    version: bool = False


def compare(work: Work, record: Record, *, venues: Mapping[str, str] | None = None) -> Compared:
    """`work` beside `record`; `venues` maps short names of venues to full ones, as [venues] of the configuration."""
    other = record.work
    people = _people(work, record)
    version = is_preprint_record(record) != is_unpublished(work) and class_of(work) != "other"
    mine, theirs = venue_names(work), record_venues(record)
    if version:
        years, venue = _version_years(work, record), SILENT
    else:
        named = venue_years(theirs) if is_conference(theirs) else ()
        years = compare_years(work.year, record_years(record), named)
        venue = _venue(work, record, mine, theirs, venues)
    silent = version or venue.grade.differs
    return Compared(
        record,
        compare_titles(plain(work.title), record_titles(record)),
        people,
        years,
        venue,
        SILENT if silent else compare_numbers(work.get("volume"), other.get("volume")),
        SILENT if silent else compare_numbers(work.get("issue"), other.get("issue")),
        SILENT if silent else compare_pages(_pages(work), _pages(other)),
        may_be_one(work, other),
        version,
    )


def _people(work: Work, record: Record) -> PeopleMatch:
    mine, theirs = work.creators, record.work.creators
    return compare_people(
        mine,
        theirs,
        others="author" in work.others or "editor" in work.others,
        truncated="authors-truncated" in record.traits,
        ordered="order-unreliable" not in record.traits,
    )


def record_years(record: Record) -> tuple[int, ...]:
    """All years that a record gives for the work."""
    issued = record.work.year
    return tuple(dict.fromkeys((*record.years.values(), *((issued,) if issued is not None else ()))))


def record_titles(record: Record) -> tuple[str, ...]:
    """Every form of a record's title."""
    return tuple(dict.fromkeys((*record.titles, plain(record.work.title))))


def venue_names(work: Work) -> tuple[str, ...]:
    """The names under which a work gives its venue."""
    fields = ("container_title", "container_title_short", "event_title")
    return tuple(dict.fromkeys(name for field in fields if (name := work.get(field))))


def record_venues(record: Record) -> tuple[str, ...]:
    """Every name of a record's venue: of the journal or book, and of the conference."""
    return tuple(dict.fromkeys((*record.containers, *venue_names(record.work))))


def is_preprint_record(record: Record) -> bool:
    """Whether the record is that of a preprint."""
    return is_preprint(record.work) or record.source == "arxiv"


def is_unpublished(work: Work) -> bool:
    """Whether a work of the store is given as a preprint: by its type, or by a venue that is an archive."""
    from pubtrack.bibtex.preprints import preprint_of_text

    names = venue_names(work)
    if any((found := preprint_of_text(name)) is not None and found.is_preprint for name in names):
        return True
    return is_preprint(work) and not names


def is_extension(one: Work, one_venues: Sequence[str], other: Work, other_venues: Sequence[str]) -> bool:
    """Whether one is a conference paper and the other, by its venue and year, the article a journal made of it."""
    if not one_venues or not other_venues:
        return False
    in_conference, other_in_conference = (
        is_conference(names) or class_of(work) == "conference"
        for work, names in ((one, one_venues), (other, other_venues))
    )
    if in_conference == other_in_conference:
        return False
    years = (one.year, other.year) if in_conference else (other.year, one.year)
    if years[0] is None or years[1] is None:
        return True
    return -YEARS <= years[1] - years[0] <= EXTENSION_LAG


def _version_years(work: Work, record: Record) -> Comparison:
    mine, theirs = work.year, record_years(record)
    if is_preprint_record(record):
        return compare_to_preprint(mine, theirs, journal=class_of(work) in ("journal", "book"))
    if mine is None or not theirs:
        return SILENT
    return compare_years(mine, theirs) if mine > max(theirs) else SILENT


def _venue(
    work: Work, record: Record, mine: tuple[str, ...], theirs: tuple[str, ...], venues: Mapping[str, str] | None
) -> Comparison:
    if not _issns(work).isdisjoint(_issns(record.work)):
        return Comparison(Grade.SAME, "the same ISSN", *(names[0] if names else "" for names in (mine, theirs)))
    series = record.registered_type in _CHAPTERS or "venue-is-series" in record.traits
    certain = not series or any(map(known_acronym, theirs))
    found = compare_venues(mine, theirs, aliases=venues, certain=certain)
    if found.grade.differs and mine and fold_title(mine[0]).words == fold_title(record.work.get("publisher")).words:
        return SILENT
    return found


def _issns(work: Work) -> frozenset[str]:
    return frozenset(
        number.replace("-", "").upper() for number in work.get("issn").replace(",", " ").split() if len(number) >= 8
    )


def _pages(work: Work) -> str:
    return work.get("page") or work.custom.get("eid", "")
