"""How fast duplicates are found in a store, one entry in ten of which is there twice: ours and plain title and year.

The peer is a dictionary from title (small letters) and year to the entries; it finds what is typed alike, and is as
fast as such a look can be.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from benchmarks.corpus import items
from benchmarks.measure import Table, seconds_of
from benchmarks.options import Options
from pubtrack.csl_json import work_from_item
from pubtrack.matching.duplicates import pairs
from pubtrack.model.richtext import plain, text
from pubtrack.model.work import Work

SIZES = (1_000, 10_000, 50_000)
TWICE = 10
"""Of so many entries one is there a second time."""


def store(count: int) -> list[Work]:
    """`count` works, every tenth a second time: without DOI, every other such copy with a slip in a word."""
    rng = random.Random(20_240_403)
    works = [work_from_item(item) for item in items(count - count // (TWICE + 1))]
    for number in range(0, len(works), TWICE):
        one = works[number]
        title = plain(one.title)
        if number % (2 * TWICE):
            at = rng.randrange(len(title) // 2)
            title = title[:at] + title[at + 1 :]
        values = {name: value for name, value in one.values.items() if name != "doi"} | {"title": text(title)}
        works.append(replace(one, id=f"{one.id}-again", values=values))
    return works


def by_title_and_year(works: Sequence[Work]) -> list[tuple[str, str]]:
    """The peer: entries with one title, in small letters, and one year."""
    found: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for work in works:
        found[plain(work.title).lower(), work.issued.year if work.issued else None].append(work.id)
    return [pair for keys in found.values() for pair in combinations(keys, 2)]


def dedupe(options: Options) -> Iterator[Table]:
    """Seconds and copies found, of ours and of the peer."""
    rows = []
    for size in SIZES:
        works = store(size)
        copies = {work.id for work in works if work.id.endswith("-again")}
        ours = {pair.other.id for pair in pairs(works) if pair.kind == "duplicate"}
        theirs = {other for _, other in by_title_and_year(works)}
        repeats = min(options.repeats, 3)
        seconds = [
            seconds_of(lambda call=call, works=works: call(works), repeats=repeats)  # type: ignore[misc]
            for call in (pairs, by_title_and_year)
        ]
        shares = [f"{len(found & copies) / len(copies):.2f}" for found in (ours, theirs)]
        rows.append([f"{len(works):,}", f"{seconds[0]:.2f} s", shares[0], f"{seconds[1]:.2f} s", shares[1]])
    yield "Duplicates", ["entries", "pubtrack", "found", "title and year", "found"], rows
