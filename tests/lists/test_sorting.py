"""The order of a list."""

from __future__ import annotations

import pytest

from pubtrack.lists.sorting import compile_sort
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work


def work(key: str, *, date: Date | None = None, author: str = "", status: str = "", title: str = "") -> Work:
    return Work(
        id=key,
        type="book",
        values={name: text(value) for name, value in (("status", status), ("title", title)) if value},
        people={"author": (Name(family=author),)} if author else {},
        dates={"issued": date} if date else {},
    )


WORKS = [
    work("a", date=Date((2020,)), author="Zed", title="One"),
    work("b", date=Date((2021, 3)), author="Émile", title="two"),
    work("c", date=Date((2021, 12, 1)), author="Ames", title="Three"),
    work("d", status="in press", author="Ames", title="Four"),
    work("e", author="Zed"),
    work("f", date=Date((2020,), season=3), author="Berg"),
]


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("-date", "dcbfae"),
        ("date", "eafbcd"),
        ("author", "cdfbae"),
        ("author,-date", "dcfbae"),
        ("-key", "fedcba"),
        ("", "abcdef"),
    ],
)
def test_the_order_of_works(source: str, keys: str) -> None:
    assert "".join(one.id for one in compile_sort(source)(WORKS)) == keys


def test_works_in_press_may_count_as_the_oldest() -> None:
    assert "".join(one.id for one in compile_sort("-date", in_press="oldest")(WORKS)) == "cbfade"


def test_ties_keep_the_order_of_the_store_also_descending() -> None:
    twins = [work(key, date=Date((2021,))) for key in "xyz"]
    assert compile_sort("-date")(twins) == twins


def test_any_field_is_a_key_its_numbers_by_size_and_works_without_it_last() -> None:
    works = [
        Work(key, "book", {"volume": text(volume)} if volume else {}, custom={"sortkey": sortkey} if sortkey else {})
        for key, volume, sortkey in (("a", "10", "2"), ("b", "9", ""), ("c", "", "10"), ("d", "9a", "1"))
    ]
    assert "".join(one.id for one in compile_sort("volume")(works)) == "bdac"
    assert "".join(one.id for one in compile_sort("-volume")(works)) == "adbc"
    assert "".join(one.id for one in compile_sort("sortkey")(works)) == "dacb"


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(PubtrackError, match='unknown sort key "dtae"; did you mean date'):
        compile_sort("-dtae")
