"""The match rule: whether a work and a registry's record are the same, with the evidence.

With an identifier in common, title or authors must agree besides: of 21 DOIs in one real file 5 led to another paper.
Without one, all of (a) title, (b) people, (c) year, (d) margin, (e) length of the title and (f) type must agree, each
alone: no strong one makes up for a weak one. What is not the same work is never copied from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.matching.author_lists import families_shared
from pubtrack.matching.comparison import Compared, compare, record_titles
from pubtrack.matching.grades import Grade
from pubtrack.matching.thresholds import CONTENT_WORDS, FAMILIES, MARGIN, TITLE_OTHER, TITLE_SAME
from pubtrack.matching.titles import Folded, fold_title
from pubtrack.matching.work_identifiers import identifiers, normal_doi
from pubtrack.model.identifiers import ARXIV_DOI, arxiv_doi
from pubtrack.model.record import Identifier, Record
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work


@dataclass(frozen=True, slots=True)
class WorkMatch:
    """Whether a record is the work, and `why` (not): a few words for people.

    `by` is the identifier that both carry, or None; `compared` holds every field's comparison.
    """

    same: bool
    why: str
    compared: Compared
    by: Identifier | None = None

    def __bool__(self) -> bool:
        return self.same


def same_work(
    work: Work, record: Record, *, rivals: Iterable[Record] = (), venues: Mapping[str, str] | None = None
) -> WorkMatch:
    """Whether `record` is the work `work`, by the match rule.

    `rivals` are the other records that the same search gave; one that fits nearly as well and is another work makes
    the choice a guess, so the answer is no. `venues` maps short names of venues to full ones ([venues]). With an
    identifier in common the rivals do not count.
    """
    compared = compare(work, record, venues=venues)
    shared = next((one for one in identifiers(work) if one in record_identifiers(record)), None)
    if shared is not None:
        return _by_identifier(work, compared, shared)
    why = _against(work, compared)
    if not why and (rival := _rival(work, compared, rivals, venues)) is not None:
        why = f"{rival.id} fits as well"
    return WorkMatch(not why, why or "title, authors and year agree", compared)


def best_match(work: Work, records: Sequence[Record], *, venues: Mapping[str, str] | None = None) -> WorkMatch | None:
    """The record of a search's `records` that is the work by the match rule, or None."""
    for record in records:
        found = same_work(work, record, rivals=[other for other in records if other is not record], venues=venues)
        if found:
            return found
    return None


def record_identifiers(record: Record) -> frozenset[Identifier]:
    """The identifiers of a record: those of its work, and the name under which the service files it."""
    filed = {Identifier("doi", doi)} if (doi := normal_doi(record.id)) else set()
    if record.source == "arxiv":
        filed.add(Identifier("arxiv", record.id.lower()))
    own = {*identifiers(record.work), *filed}
    arxiv = {one.value.removeprefix(ARXIV_DOI) for one in own if one.value.startswith(ARXIV_DOI)}
    arxiv |= {one.value for one in own if one.kind == "arxiv"}
    return frozenset(
        {*own, *(Identifier("arxiv", name) for name in arxiv)} | {Identifier("doi", arxiv_doi(name)) for name in arxiv}
    )


def _by_identifier(work: Work, compared: Compared, shared: Identifier) -> WorkMatch:
    title, people = compared.title, compared.people
    title_agrees = title.grade.agrees or (title.score >= TITLE_OTHER and not title.numbered)
    people_agree = people.grade.agrees or (people.grade is Grade.NEAR and people.first)
    name = f"the same {'DOI' if shared.kind == 'doi' else shared.kind}"
    if title_agrees and people.grade is not Grade.CONTRADICTS:
        return WorkMatch(True, f"{name} and title", compared, shared)
    if people_agree:
        return WorkMatch(True, f"{name} and authors", compared, shared)
    if title.grade.agrees:
        return WorkMatch(True, f"{name} and title", compared, shared)
    return WorkMatch(False, f"{name}, but title and authors are another work's", compared, shared)


def _against(work: Work, compared: Compared) -> str:
    """What of (a), (b), (c), (e) and (f) speaks against the match; "" if nothing does."""
    title, people, year = compared.title, compared.people, compared.year
    supported = compared.venue.grade.agrees or compared.pages.grade.agrees
    if title.numbered or not (title.grade.agrees or title.score >= TITLE_SAME):
        return title.why or "no title"
    if not _people_agree(work, compared):
        return people.why or "no authors"
    if year.grade.differs or (year.grade is Grade.SILENT and not supported):
        return year.why or "no year"
    if len(_shortest(work, compared.record).content) < CONTENT_WORDS and not supported:
        return "a short title, and neither venue nor pages agree"
    if not compared.kind or compared.version:
        return "another type of work"
    return ""


def _people_agree(work: Work, compared: Compared) -> bool:
    mine, theirs = work.creators, compared.record.work.creators
    if compared.people.first:
        return compared.people.grade is not Grade.CONTRADICTS
    loose = bool(work.others) or "order-unreliable" in compared.record.traits
    return loose and families_shared(mine, theirs) >= FAMILIES


def _shortest(work: Work, record: Record) -> Folded:
    folded = [fold_title(title) for title in (plain(work.title), *record_titles(record)) if title]
    return min(folded, key=lambda title: len(title.content))


def _rival(work: Work, chosen: Compared, rivals: Iterable[Record], venues: Mapping[str, str] | None) -> Record | None:
    """A record of another work that fits within the margin, or None."""
    least = score_record(chosen) - MARGIN
    for record in rivals:
        if record_identifiers(record) & record_identifiers(chosen.record):
            continue
        other = compare(work, record, venues=venues)
        if other.kind and not other.version and score_record(other) > least and _people_agree(work, other):
            return record
    return None


def score_record(compared: Compared) -> float:
    """How well a record fits, from 0 to about 1: the title's likeness, less what year, venue and people cost."""
    cost = {Grade.CONTRADICTS: 0.1, Grade.NEAR: 0.06, Grade.SILENT: 0.02, Grade.ALIKE: 0.005, Grade.SAME: 0.0}
    grades = (compared.year.grade, compared.venue.grade, compared.people.grade)
    return compared.title.score - sum(cost[grade] for grade in grades) - (0.1 if compared.version else 0.0)
