"""Judge a work that has no record of its own by what a search found.

A search always finds something. A hit counts only where it is the work by the match rule, or where it is so near that
chance is out of the question; another version of the work (preprint, conference, journal) contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pubtrack.checks._verdict_fields import WRONG, field_findings
from pubtrack.matching.comparison import Compared, compare, is_extension, record_venues, venue_names
from pubtrack.matching.grades import Grade
from pubtrack.matching.match import same_work, score_record
from pubtrack.matching.thresholds import CONTENT_WORDS, DISTINCT_WORDS
from pubtrack.matching.titles import fold_title
from pubtrack.model.findings import Finding
from pubtrack.model.record import Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

Outcome = tuple[Record | None, tuple[Finding, ...], bool]


def judge_search(work: Work, records: Sequence[Record], venues: Mapping[str, str] | None) -> Outcome | None:
    """(the hit, what contradicts it, whether it verifies), or None where no hit says anything.

    The entry contradicts a hit only if no other hit is the work as the entry has it.
    """
    hits = sorted((compare(work, record, venues=venues) for record in records), key=score_record, reverse=True)
    for hit in hits:
        if _is_confirmed(work, hit, [other.record for other in hits if other is not hit], venues):
            return hit.record, tuple(_harmless(field_findings(work, hit))), True
    if any(_is_version(work, hit) and not _is_too_late(hit) for hit in hits):
        return None
    for hit in hits:
        if _is_near_enough(work, hit):
            return hit.record, tuple(field_findings(work, hit)), False
    return None


def _harmless(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.code not in WRONG or one.severity == "info"]


def _is_confirmed(work: Work, hit: Compared, rivals: Sequence[Record], venues: Mapping[str, str] | None) -> bool:
    """Whether the hit is the work in all that is compared."""
    if not (hit.title.grade.agrees and hit.people.grade.agrees) or hit.version:
        return False
    if hit.year.grade.differs or hit.venue.grade.differs:
        return False
    return hit.title.grade is Grade.SAME or bool(same_work(work, hit.record, rivals=rivals, venues=venues))


def _is_version(work: Work, hit: Compared) -> bool:
    """Whether the hit may be another version of the work: the title, people in common, and another kind of venue."""
    if not hit.title.grade.agrees or hit.people.shared < 0.5:
        return False
    record = hit.record
    return hit.version or is_extension(work, venue_names(work), record.work, record_venues(record))


def _is_too_late(hit: Compared) -> bool:
    """Whether the hit is a preprint so old that a paper of it would have come out years before the entry's."""
    return hit.version and hit.year.grade.differs and "after" in hit.year.why


def _is_near_enough(work: Work, hit: Compared) -> bool:
    """Whether the hit is so near that the entry can only mean it, and errs where they differ.

    The title says it where it has words enough to be this work's alone; a shorter one with place and year besides.
    """
    title, people = hit.title, hit.people
    words = len(fold_title(plain(work.title)).content)
    placed = hit.year.grade.agrees + hit.venue.grade.agrees
    if title.numbered:
        return False
    if hit.version:
        alien = people.grade is Grade.CONTRADICTS and not hit.year.grade.differs
        late = people.grade.agrees and _is_too_late(hit)
        return title.grade is Grade.SAME and words >= DISTINCT_WORDS - late and (alien or late)
    if not hit.kind:
        return False
    if title.grade.agrees and people.grade.agrees:
        return words >= CONTENT_WORDS or placed > 0
    if title.grade is Grade.SAME and people.grade.differs:
        return words + placed >= DISTINCT_WORDS
    return title.grade is Grade.NEAR and _is_altered(work, hit)


def _is_altered(work: Work, hit: Compared) -> bool:
    """Whether the title is the hit's with one word changed: the same people, two or more, year and venue as well."""
    changed = hit.title.changed
    one_place = len(changed) == 1 and all(len(side.split()) <= 2 for side in changed[0])
    together = hit.people.grade.agrees and not work.others and len(work.creators) > 1
    return one_place and together and hit.year.grade.agrees and not hit.venue.grade.differs
