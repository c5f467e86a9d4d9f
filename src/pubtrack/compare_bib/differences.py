"""Find the differences between an entry of a paper and the work of the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.from_work import entry_type
from pubtrack.lists.filters import fold_value
from pubtrack.matching import compare_people, compare_titles, compare_venues, normal_doi
from pubtrack.matching.comparison import venue_names
from pubtrack.matching.number_comparison import compare_numbers, compare_pages
from pubtrack.matching.work_class import class_of
from pubtrack.matching.work_identifiers import arxiv_ids
from pubtrack.model.name import Name
from pubtrack.model.work import Date, Work
from pubtrack.people import fold
from pubtrack.writers.text import inline


@dataclass(frozen=True, slots=True)
class Unlike:
    """A field on which the store and the paper do not agree; `store` is "" where only the paper has it.

    `field` is the word of a .bib file, that of the paper's entry where it has the field.
    """

    field: str
    store: str
    paper: str


_WORDS: Mapping[str, tuple[str, ...]] = {
    "container_title": ("journal", "journaltitle", "booktitle", "fjournal"),
    "issued": ("year", "date"),
    "issue": ("number", "issue"),
    "number": ("number", "eid", "eprint"),
    "page": ("pages", "eid", "articleno"),
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher_place": ("address", "location"),
    "collection_title": ("series",),
}
"""The words in a .bib for variables that are not called so there, the usual one first."""


class _Words:
    """What the variables are called in an entry."""

    def __init__(self, entry: Entry) -> None:
        self._written = {field.name.lower() for field in entry.fields}

    def of(self, variable: str) -> str:
        words = _WORDS.get(variable, (variable,))
        return next((word for word in words if word in self._written), words[0])


def find_differences(store: Work, paper: Work, entry: Entry, venues: Mapping[str, str]) -> Iterator[Unlike]:
    """What differs, and what only the paper has (an `Unlike` without `store`), in the order of an entry's fields."""
    words = _Words(entry)
    yield from _type(store, paper)
    for role in ("author", "editor"):
        yield from _people(store, paper, role)
    yield from _title(store, paper)
    yield from _venue(store, paper, words, venues)
    yield from _dates(store, paper, words)
    for variable in ("volume", "issue", "number", "edition"):
        yield from _number(variable, store, paper, words)
    yield from _pages(store, paper, words)
    for variable in ("publisher", "publisher_place"):
        yield from _name(variable, store, paper, words)
    yield from _doi(store, paper)
    yield from _lacking(store, paper, words)


def _type(store: Work, paper: Work) -> Iterator[Unlike]:
    """Types that no work can be both of, or that are two kinds of publication; a vague one says nothing."""
    mine, theirs = class_of(store), class_of(paper)
    if mine != theirs and "other" not in (mine, theirs):
        yield Unlike("type", entry_type(store, "bibtex"), entry_type(paper, "bibtex"))


def _people(store: Work, paper: Work, role: str) -> Iterator[Unlike]:
    mine, theirs = store.people.get(role, ()), paper.people.get(role, ())
    if not theirs:
        return
    shown = _listed(theirs, role in paper.others)
    if not mine:
        yield Unlike(role, "", shown)
        return
    match = compare_people(mine, theirs, others=role in store.others, truncated=role in paper.others)
    if match.differences:
        yield Unlike(role, _listed(mine, role in store.others), shown)
    elif role in store.others and role not in paper.others:
        yield Unlike(role, "", shown)


def _listed(people: Sequence[Name], others: bool) -> str:
    return ", ".join([*map(str, people), *(["et al."] if others else [])])


def _title(store: Work, paper: Work) -> Iterator[Unlike]:
    mine, theirs = inline(store.title), inline(paper.title)
    match = compare_titles(mine, [theirs])
    if not theirs or not mine:
        yield from [Unlike("title", "", theirs)] if theirs else []
    elif match.grade.differs:
        yield Unlike("title", mine, theirs)
    elif match.why == "one of them without the subtitle" and len(theirs) > len(mine):
        yield Unlike("title", "", theirs)


def _venue(store: Work, paper: Work, words: _Words, venues: Mapping[str, str]) -> Iterator[Unlike]:
    mine, theirs = venue_names(store), venue_names(paper)
    if theirs and not mine:
        yield Unlike(words.of("container_title"), "", theirs[0])
    elif theirs and not (
        {fold_value(name) for name in mine} & {fold_value(name) for name in theirs}
        or compare_venues(mine, theirs, aliases=venues).grade.agrees
    ):
        yield Unlike(words.of("container_title"), mine[0], theirs[0])


def _dates(store: Work, paper: Work, words: _Words) -> Iterator[Unlike]:
    mine, theirs = store.issued, paper.issued
    if theirs is None or theirs.year is None:
        return
    if mine is None or mine.year is None:
        yield Unlike(words.of("issued"), "", _date(theirs))
    elif mine.year != theirs.year or mine.end != theirs.end:
        yield Unlike(words.of("issued"), _date(mine), _date(theirs))
    elif len(mine.parts) < len(theirs.parts):
        yield Unlike("month", "", _date(theirs))
    elif mine.parts[: len(theirs.parts)] != theirs.parts:
        yield Unlike("month", _date(mine), _date(theirs))


def _date(date: Date) -> str:
    ends = [date.parts] if date.end is None else [date.parts, date.end]
    return "/".join("-".join(f"{part:02}" for part in end) for end in ends)


def _number(variable: str, store: Work, paper: Work, words: _Words) -> Iterator[Unlike]:
    mine, theirs = store.get(variable), paper.get(variable)
    if theirs and fold_value(mine) != fold_value(theirs) and not compare_numbers(mine, theirs).grade.agrees:
        yield Unlike(words.of(variable), mine, theirs)


def _pages(store: Work, paper: Work, words: _Words) -> Iterator[Unlike]:
    mine, theirs = store.get("page"), paper.get("page")
    match = compare_pages(mine, theirs)
    if theirs and fold_value(mine) != fold_value(theirs) and not match.grade.agrees:
        yield Unlike(words.of("page"), mine, theirs)
    elif match.why == "without the last page" and len(theirs) > len(mine):
        yield Unlike(words.of("page"), "", theirs)


def _name(variable: str, store: Work, paper: Work, words: _Words) -> Iterator[Unlike]:
    """A publisher or a place, of which one may say more than the other: "Springer", "Springer International"."""
    mine, theirs = inline(store.values.get(variable, ())), inline(paper.values.get(variable, ()))
    one, other = fold(mine).split(), fold(theirs).split()
    if theirs and not mine:
        yield Unlike(words.of(variable), "", theirs)
    elif theirs and not (set(one) <= set(other) or set(other) <= set(one)) and not _is_acronym(one, other):
        yield Unlike(words.of(variable), mine, theirs)


def _is_acronym(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one is the first letters of the other's words, small ones perhaps left out ("ACM")."""
    short, long = sorted((one, other), key=len)
    big = [word for word in long if word not in ("of", "for", "the", "and", "in")]
    return len(short) == 1 and short[0] in ("".join(word[0] for word in words) for words in (long, big))


def _doi(store: Work, paper: Work) -> Iterator[Unlike]:
    mine, theirs = (normal_doi(work.doi) or work.doi.lower() for work in (store, paper))
    if theirs and mine != theirs:
        yield Unlike("doi", store.doi, paper.doi)


def _lacking(store: Work, paper: Work, words: _Words) -> Iterator[Unlike]:
    """What is worth having and is not a contradiction where it differs: numbers of other editions, addresses."""
    for variable in ("collection_title", "isbn", "issn", "pmid", "pmcid"):
        if paper.values.get(variable) and not store.values.get(variable):
            yield Unlike(words.of(variable), "", inline(paper.values[variable]))
    if (eprint := paper.custom.get("eprint")) and not any(arxiv_ids(store)) and not store.custom.get("eprint"):
        yield Unlike("eprint", "", eprint)
    url = paper.get("url")
    if url and not store.get("url") and not store.doi and not _is_of_doi(url, paper):
        yield Unlike("url", "", url)
    if paper.values.get("abstract") and not store.values.get("abstract"):
        yield Unlike("abstract", "", inline(paper.values["abstract"]))


def _is_of_doi(url: str, work: Work) -> bool:
    return bool(work.doi) and work.doi.lower() in url.lower()
