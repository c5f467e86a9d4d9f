"""Styles cut down to the shape of a work print what the whole style prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.csl import Style
from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.node import WorkShape
from pubtrack.csl.output_tree import flatten_characters
from pubtrack.model.work import Work
from tests.csl.mini import style, work

FULL: Mapping[str, Any] = {
    "title": "A “title”: its <i>end</i>?", "title_short": "Title", "container_title": "Journal of It", "volume": "12",
    "container_title_short": "J. It", "issue": "3", "page": "123-145", "number": "R7", "edition": "2",
    "genre": "Report",
    "publisher": "Press", "publisher_place": "Bonn", "DOI": "10.1/x", "URL": "https://x.example", "note": "N",
    "author": "Doe, Jane; Roe, Ron", "editor": "Poe, Ed", "translator": "Poe, Ed", "issued": [[2020, 3, 4]],
    "collection_title": "Series", "event_title": "Meeting", "status": "in press", "version": "1.0", "medium": "CD",
    "archive": "Archive", "authority": "Office", "abstract": "Abstract", "accessed": {"date-parts": [[2021]]},
}  # fmt: skip
TYPES = [
    "article-journal",
    "book",
    "chapter",
    "paper-conference",
    "thesis",
    "report",
    "dataset",
    "webpage",
    "article",
    "bill",
]
STYLES = ["apa", "ieee", "chicago-author-date", "modern-language-association", "nature", "cv"]


def both_ways(one: Style, item: Work) -> tuple[object, object]:
    """Entry and sort keys of a work, by the whole style and by the tree that is left for its shape."""
    program = one.program("bibliography")
    used = program.variables
    present = used & (item.values.keys() | item.people.keys() | item.dates.keys())
    results = []
    for tree in (program.tree, program.tree.shaped(WorkShape(item.type, present))):
        context = CiteContext(*program.of_work(item), number=1)
        parts, _ = tree.render(context)
        results.append((flatten_characters(parts), tree.sort_values(context._replace(sorting=True))))
    return results[0], results[1]


@pytest.mark.parametrize("name", STYLES)
@given(kind=st.sampled_from(TYPES), kept=st.sets(st.sampled_from(sorted(FULL))))
@settings(max_examples=25, deadline=None)
def test_a_shaped_style_prints_the_same(name: str, kind: str, kept: set[str]) -> None:
    item = work(type=kind, **{key: FULL[key] for key in sorted(kept)})
    whole, shaped = both_ways(Style.load(name), item)
    assert whole == shaped


def test_a_shape_is_small_and_remembered() -> None:
    program = Style.load("apa").program("bibliography")
    item = work(type="article-journal", **{key: FULL[key] for key in ("title", "author", "issued", "container_title")})
    assert program.tree_for(item) is program.tree or program.tree_for(item) is program.tree_for(item)
    assert program.tree_for(item) is program.tree_for(item)
    assert program.tree_for(item) is not program.tree


def test_an_absent_variable_still_suppresses_its_group() -> None:
    one = style('<group delimiter=" "><text term="in"/><text variable="edition"/></group><text variable="title"/>')
    whole, shaped = both_ways(one, work(title="T"))
    assert whole == shaped == ("T", [])


def test_the_third_work_of_a_shape_prints_as_the_first() -> None:
    entries = Style.load("ieee").bibliography([work(id=str(n), **FULL) for n in range(3)], numbers=[1, 1, 1])
    assert entries[0].text == entries[1].text == entries[2].text
