"""The filter language: what each form means, and that a mistake is pointed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.lists.filters import compile_filter
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

PAPER = Work(
    id="xiong2021",
    type="article-journal",
    values={
        "title": text("Über Graphen"),
        "container_title": text("Conference on Computer Vision"),
        "doi": text("10.1000/1"),
        "keyword": text("workshop, vision"),
        "volume": text("12"),
    },
    people={
        "author": (
            Name(family="Jacobs", given="Carl"),
            Name(family="Xiong", given="Zhexiao", roles=frozenset({"me", "equal"})),
        )
    },
    dates={"issued": Date((2021, 3))},
    custom={"selected": "true", "preview": "false", "code": "https://example.org"},
)
IN_PRESS = Work(id="new", type="book", values={"status": text("in press")})


@pytest.mark.parametrize(
    ("source", "paper", "in_press"),
    [
        ("", True, True),
        ("type = article-journal", True, False),
        ("type != book", True, False),
        ("year >= 2020", True, False),
        ("year = 2019-2021", True, False),
        ("year = 2019..2020", False, False),
        ("year < 2021 or year > 2020", True, False),
        ("not year > 2020", False, True),
        ("month = 3", True, False),
        ("keyword = workshop", True, False),
        ("keyword = work", False, False),
        ("keyword ~ work", True, False),
        ("not keyword = workshop", False, True),
        ("role = equal", True, False),
        ("role = corresponding", False, False),
        ("position = 2", True, False),
        ("position = last", True, False),
        ("position = 1", False, False),
        ('state = "in press"', False, True),
        ("selected", True, False),
        ("has selected", True, False),
        ("preview", False, False),
        ("has doi", True, False),
        ("doi = 10.1000/1", True, False),
        ("author ~ jacobs", True, False),
        ('author = "Carl Jacobs"', True, False),
        ('author = "Jacobs, Carl"', True, False),
        ("author = Jacob", False, False),
        ("title ~ uber", True, False),
        ("venue ~ vision", True, False),
        ("venue = CVPR", True, False),
        ("container-title ~ computer", True, False),
        ("volume > 9", True, False),
        ("type = book or type = article-journal and year = 1999", False, True),
        ("(type = book or type = article-journal) and year = 2021", True, False),
        ("TYPE = book OR NOT type = book", True, True),
        ("key = new", False, True),
        ("code", True, False),
        ("title !~ graph", False, True),
    ],
)
def test_what_a_filter_accepts(source: str, paper: bool, in_press: bool) -> None:
    accepts = compile_filter(source, {"CVPR": "Conference on Computer Vision"})
    assert (accepts(PAPER), accepts(IN_PRESS)) == (paper, in_press)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("yaer = 2020", 'unknown field "yaer"; did you mean year'),
        ("year = 2020 and tipe = book", 'column 17: unknown field "tipe"; did you mean type'),
        ("type = journal-article", 'unknown type "journal-article"; did you mean article-journal'),
        ("year = soon", 'column 8: "year" needs a number, "soon" is none'),
        ("year >=", "a value expected"),
        ("year = 2020 type = book", '"and" or "or" expected before "type"'),
        ("(year = 2020", '"\\)" expected'),
        ("year = 2020)", '"and" or "or" expected before "\\)"'),
        ("and year = 2020", "a field expected"),
        ("has", "a field expected"),
        ('title = "open', "column 9: a quotation mark that is not closed"),
        ("author > 3", '"author" can be compared with = and ~ only'),
        ("not", "a field, not or"),
        ("volume > many", "not a number"),
    ],
)
def test_a_mistake_is_pointed_at(source: str, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        compile_filter(source)


@given(st.text(alphabet="()=<>~!\"' aeiounotrdyp0123", max_size=40))
def test_any_text_is_a_filter_or_one_clear_error(source: str) -> None:
    try:
        accepts = compile_filter(source)
    except PubtrackError as error:
        assert "\n" not in error.message
    else:
        assert accepts(PAPER) in (True, False)


def test_brackets_nested_without_end_are_an_error_not_a_crash() -> None:
    with pytest.raises(PubtrackError, match="nested too deep"):
        compile_filter("(" * 10_000 + "selected")


def test_of_a_long_filter_the_place_of_the_mistake_is_shown() -> None:
    with pytest.raises(PubtrackError) as caught:
        compile_filter(f"{'selected or ' * 500}tipe = book{' or selected' * 500}")
    assert "filter, column 6001:" in caught.value.message
    assert "selected or »tipe = book or" in caught.value.message
    assert len(caught.value.message) < 250
