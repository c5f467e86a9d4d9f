"""Decide whether two works of one store are the same work, and say why.

Told apart are: the numbered parts of a series, a preprint and its paper, a conference paper and the article that a
journal made of it, a work and what was said about it later (a correction, a comment, a reply, a review), and a volume
and its papers.
"""

from __future__ import annotations

from pubtrack.matching.author_lists import compare_people, families_shared
from pubtrack.matching.comparison import is_extension, venue_names
from pubtrack.matching.grades import Grade
from pubtrack.matching.number_comparison import compare_numbers, compare_pages
from pubtrack.matching.thresholds import CONTENT_WORDS, FAMILIES, SIMILAR, TITLE_FLOOR, TITLE_SAME, YEARS
from pubtrack.matching.titles import Folded, TitleMatch, compare_titles, fold_title
from pubtrack.matching.venues import compare_venues
from pubtrack.matching.work_class import is_preprint, may_be_one
from pubtrack.matching.work_identifiers import arxiv_ids, normal_doi
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work

_ABOUT = frozenset(
    "corrigendum corrigenda correction corrections erratum errata addendum comment comments commentary reply response "
    "rejoinder retraction discussion supplement appendix".split()
)
"""Words that begin the title of something about another work."""
_LONGER = frozenset(("extended", "abridged", "full", "long", "short", "technical", "supplementary"))
"""Words that tell a longer or shorter version of a work apart."""


def twin_reason(one: Work, other: Work) -> str:
    """Why `one` and `other` are the same work, in a few words, or "".

    By DOI, by arXiv number, or by near-equal title, people in common, a year at most one apart, and no contradiction in
    venue, volume and pages.
    """
    doi = _doi(one)
    if doi and doi == _doi(other) and not _may_share_doi(one, other):
        return f"the same DOI {one.doi}"
    if is_preprint(one) != is_preprint(other):
        return ""
    eprints = set(arxiv_ids(one))
    if eprints and not eprints.isdisjoint(arxiv_ids(other)) and not _may_share_doi(one, other):
        return "the same arXiv number"
    return "the same title, authors and year" if _look_alike(one, other) else ""


def _doi(work: Work) -> str:
    """The DOI, or what stands in its place: two that are misspelt alike are the same, too."""
    return normal_doi(work.doi) or work.doi.strip().casefold()


def _may_share_doi(one: Work, other: Work) -> bool:
    if "crossref" not in one.custom and "crossref" not in other.custom:
        return False
    return _folded(one).words != _folded(other).words


def _folded(work: Work) -> Folded:
    return fold_title(plain(work.title))


def _look_alike(one: Work, other: Work) -> bool:
    """Whether title, people, year and place leave no doubt; the cheap questions come first."""
    mine, theirs = _folded(one), _folded(other)
    years = one.year, other.year
    if not mine.words or not theirs.words:
        return False
    if years[0] is not None and years[1] is not None and abs(years[0] - years[1]) > YEARS:
        return False
    if not may_be_one(one, other) or _is_about(mine) != _is_about(theirs):
        return False
    if not may_be_alike(mine, theirs):
        return False
    return _agree(one, other, compare_titles(plain(one.title), [plain(other.title)]))


def may_be_alike(mine: Folded, theirs: Folded) -> bool:
    """Whether two titles are so alike that the works are worth comparing; quick."""
    from rapidfuzz import fuzz

    if mine.text == theirs.text or fuzz.ratio(mine.text, theirs.text, score_cutoff=100 * TITLE_FLOOR):
        return True
    return mine.glued == theirs.glued or _contained(mine, theirs)


def _contained(mine: Folded, theirs: Folded) -> bool:
    """Whether one title, without its label, is a run of the words of the other."""
    short, long = sorted((" ".join(mine.unlabelled), " ".join(theirs.unlabelled)), key=len)
    return f" {short} " in f" {long} "


def _is_about(title: Folded) -> bool:
    return bool(title.words) and title.words[0] in _ABOUT


def _agree(one: Work, other: Work, title: TitleMatch) -> bool:
    """Whether the works agree, given how their titles do."""
    people = compare_people(one.creators, other.creators, ordered=False, others=bool(one.others | other.others))
    venue = compare_venues(venue_names(one), venue_names(other))
    if (
        title.numbered
        or venue.grade.differs
        or is_extension(one, venue_names(one), other, venue_names(other))
        or _numbers_differ(one, other)
    ):
        return False
    whole = people.grade.agrees or (people.grade is Grade.NEAR and not people.of("missing", "extra", "given", "order"))
    placed = venue.grade.agrees and one.year is not None and one.year == other.year
    mine, theirs = _folded(one), _folded(other)
    words = min(len(mine.content), len(theirs.content))
    if not placed and _LONGER & (set(mine.words) ^ set(theirs.words)):
        return False
    if people.grade is Grade.SILENT:
        nobody = not one.creators and not other.creators and one.year == other.year
        return title.grade is Grade.SAME and (nobody or (placed and words >= CONTENT_WORDS))
    if people.shared < 0.5:
        return False
    if words < CONTENT_WORDS:
        somewhere = venue.grade is Grade.SILENT  # in one venue a title that returns every year is a column's
        most = placed and families_shared(one.creators, other.creators) >= FAMILIES
        return title.grade.agrees and ((whole and (placed or somewhere)) or most)
    if title.grade.agrees or title.score >= (SIMILAR if placed and whole else TITLE_SAME):
        return True
    return placed and whole and _contained(mine, theirs)


def _numbers_differ(one: Work, other: Work) -> bool:
    """Whether pages, volume or issue say that these are two."""
    return (
        compare_pages(one.get("page"), other.get("page")).grade.differs
        or compare_numbers(one.get("volume"), other.get("volume")).grade.differs
        or compare_numbers(one.get("issue"), other.get("issue")).grade.differs
    )
