"""The works of a store to the pairs that are one work entered twice, and to those of a preprint and its paper.

Not quadratic: only works with an identifier, or one of their three rarest title words, in common are compared; a word
that many titles have counts only together with an author's family name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from pubtrack.matching.comparing import creators
from pubtrack.matching.identifiers import arxiv_ids, normal_doi
from pubtrack.matching.people import family_key
from pubtrack.matching.thresholds import COMMON
from pubtrack.matching.titles import fold_title
from pubtrack.matching.twin import twin_reason
from pubtrack.matching.twins import published_versions
from pubtrack.richtext import plain
from pubtrack.work import Work

_RAREST = 3
_PEOPLE = 3  # so many authors of a work stand beside a common word


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries of a store, `one` the first of them in it: the same work twice, or a preprint and its paper.

    Of a preprint and its paper `one` is the preprint.
    """

    kind: Literal["duplicate", "preprint"]
    one: Work
    other: Work
    why: str


def pairs(works: Sequence[Work]) -> tuple[Pair, ...]:
    """The duplicates among `works`, in their order, then the preprints with the keys of their published versions.

    Of a work that is there three times each pair is given.
    """
    found = [Pair("duplicate", works[i], works[j], why) for i, j, why in sorted(_duplicates(works))]
    by_key = {work.id: work for work in works}
    twins = {frozenset((pair.one.id, pair.other.id)) for pair in found}
    found += [
        Pair("preprint", by_key[preprint], by_key[paper], "a preprint and its published version")
        for preprint, paper in published_versions(works).items()
        if frozenset((preprint, paper)) not in twins
    ]
    return tuple(found)


def groups(pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
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
    seen: set[tuple[int, int]] = set()
    for block in _blocks(works):
        for pair in combinations(block, 2):
            if pair not in seen:
                seen.add(pair)
                why = twin_reason(works[pair[0]], works[pair[1]])
                if why:
                    yield *pair, why


def _blocks(works: Sequence[Work]) -> Iterator[list[int]]:
    """The numbers of works that may be the same: with an identifier or a rare word in common."""
    by_identifier: dict[str, list[int]] = defaultdict(list)
    for number, work in enumerate(works):
        doi = normal_doi(work.doi)
        for name in dict.fromkeys((*((doi,) if doi else ()), *arxiv_ids(work))):
            by_identifier[name].append(number)
    yield from (block for block in by_identifier.values() if len(block) > 1)
    titles = [fold_title(plain(work.title)) for work in works]
    counts = Counter(word for title in titles for word in set(title.content or title.words))
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        words = sorted(set(title.content or title.words), key=lambda word: (counts[word], word))[:_RAREST]
        for word in words:
            if counts[word] <= COMMON:
                by_word[word, ""].append(number)
            else:
                for name in _names(works[number]) or (title.glued,):
                    by_word[word, name].append(number)
        by_word["", title.glued].append(number)
    yield from (block for block in by_word.values() if len(block) > 1)


def _names(work: Work) -> tuple[str, ...]:
    return tuple(family_key(name) for name in creators(work)[:_PEOPLE])
