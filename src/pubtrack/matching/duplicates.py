"""The works of a store to the pairs that are one work entered twice, and to those of a preprint and its paper.

Not quadratic: only works with an identifier, or one of their three rarest title words, in common are compared; words
that many titles have count only by two, together with an author's family name and the year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Literal

from pubtrack.matching.duplicate_rule import may_be_alike, twin_reason
from pubtrack.matching.thresholds import COMMON, MOST_IN_BLOCK
from pubtrack.matching.titles import Folded, fold_title
from pubtrack.matching.versions import published_versions
from pubtrack.matching.work_identifiers import arxiv_ids, normal_doi
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.people import fold

_RAREST = 3
_PEOPLE = 3  # of the alphabet's first authors, whatever their order in the paper


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two entries of a store, `one` the first of them in it: the same work twice, or a preprint and its paper.

    Of a preprint and its paper `one` is the preprint.
    """

    kind: Literal["duplicate", "preprint"]
    one: Work
    other: Work
    why: str


def pairs(works: Sequence[Work]) -> tuple[DuplicatePair, ...]:
    """The duplicates among `works`, in their order, then the preprints with the keys of their published versions.

    Of a work that is there three times each pair is given.
    """
    found = [DuplicatePair("duplicate", works[i], works[j], why) for i, j, why in sorted(_duplicates(works))]
    by_key = {work.id: work for work in works}
    twins = {frozenset((pair.one.id, pair.other.id)) for pair in found}
    found += [
        DuplicatePair("preprint", by_key[preprint], by_key[paper], "a preprint and its published version")
        for preprint, paper in published_versions(works).items()
        if frozenset((preprint, paper)) not in twins
    ]
    return tuple(found)


def group_pairs(pairs: Iterable[DuplicatePair]) -> tuple[tuple[str, ...], ...]:
    """The keys of duplicates that belong together, in the order of `pairs`."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.kind != "duplicate":
            continue
        one = group_of.setdefault(pair.one.id, [pair.one.id])
        other = group_of.setdefault(pair.other.id, [pair.other.id])
        if one is not other:
            one += other
            group_of.update(dict.fromkeys(other, one))
    return tuple(tuple(group) for group in {id(group): group for group in group_of.values()}.values())


def _duplicates(works: Sequence[Work]) -> Iterator[tuple[int, int, str]]:
    titles = [fold_title(plain(work.title)) for work in works]
    seen = {pair for block in _by_identifier(works) for pair in combinations(block, 2)}
    for block in _by_words(works, titles):
        seen.update(pair for pair in _near(block, titles) if may_be_alike(titles[pair[0]], titles[pair[1]]))
    for i, j in seen:
        why = twin_reason(works[i], works[j])
        if why:
            yield i, j, why


def _near(block: Sequence[int], titles: Sequence[Folded]) -> Iterator[tuple[int, int]]:
    """The pairs of a block; of a big one those whose titles are near each other in the alphabet, from either end."""
    if len(block) <= MOST_IN_BLOCK:
        yield from combinations(block, 2)
        return
    for step in (1, -1):
        row = sorted(block, key=lambda number: titles[number].glued[::step])
        for at, number in enumerate(row):
            yield from (((number, other) if number < other else (other, number)) for other in row[at + 1 : at + 6])


def _by_identifier(works: Sequence[Work]) -> Iterator[list[int]]:
    """The numbers of works that have a DOI or an arXiv number in common."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, work in enumerate(works):
        doi = normal_doi(work.doi)
        for name in dict.fromkeys((*((doi,) if doi else ()), *arxiv_ids(work))):
            found[name].append(number)
    yield from (block for block in found.values() if len(block) > 1)


def _by_words(works: Sequence[Work], titles: Sequence[Folded]) -> Iterator[list[int]]:
    """The numbers of works that have words of their titles in common which few others have."""
    counts = Counter(word for title in titles for word in set(title.content or title.words))
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        words = sorted(set(title.content or title.words), key=lambda word: (counts[word], word))
        for key in {(title.glued,), *_keys(works[number], words, counts)}:
            found[key].append(number)
    yield from (block for block in found.values() if len(block) > 1)


def _keys(work: Work, words: Sequence[str], counts: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """What a work is found by: its rarest words; of common ones two together with an author and the year."""
    yield from ((word,) for word in words[:_RAREST] if counts[word] <= COMMON)
    year = work.year
    years = (year, year + 1) if year is not None else (None,)  # each meets the year before and the year after
    common = [word for word in words if counts[word] > COMMON][:_RAREST]
    people = sorted({_last_word(name.family or name.literal) for name in work.creators})[:_PEOPLE] if common else ()
    yield from product(combinations(common, 2), people, years)


@lru_cache(maxsize=1 << 16)
def _last_word(family: str) -> str:
    """The last word of a family name in folded letters, in which particles do not matter."""
    return (fold(family).split() or [""])[-1]
