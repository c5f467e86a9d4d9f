"""Disambiguation (CSL 1.0.2, "Disambiguation")."""

from __future__ import annotations

import pytest

from pubtrack.csl.citation_label import citation_label
from pubtrack.csl.disambiguation import suffix_letters
from pubtrack.model.work import Work
from tests.csl.mini import work
from tests.csl.test_document_citations import cited
from tests.linear import grows_linearly

NAME = '<name form="short" initialize-with=". " et-al-min="3" et-al-use-first="1"/>'
CITE = """<group delimiter=" "><names variable="author">{name}</names>
<date variable="issued"><date-part name="year"/></date>{more}</group>"""


def told(authors: list[str], options: str, *, name: str = NAME, more: str = "", **parts: str) -> str:
    works = [work(id=str(n), title=f"T{n}", author=author, issued=2000) for n, author in enumerate(authors)]
    shown = cited(CITE.format(name=name, more=more), works, citation=options, citation_layout='delimiter="; "', **parts)
    return shown[0]


GIVEN, NAMES, SUFFIX = (f'disambiguate-add-{what}="true" ' for what in ("givenname", "names", "year-suffix"))


def rule(value: str) -> str:
    return f'{GIVEN} givenname-disambiguation-rule="{value}"'


@pytest.mark.parametrize(
    ("authors", "options", "expected"),
    [
        (["Doe, Jane", "Doe, Bob"], "", "Doe 2000; Doe 2000"),
        (["Doe, Jane", "Doe, Bob"], GIVEN, "J. Doe 2000; B. Doe 2000"),
        (["Doe, Jane", "Doe, John"], GIVEN, "Jane Doe 2000; John Doe 2000"),
        (["Doe, Jane", "Roe, Jane"], GIVEN, "Doe 2000; Roe 2000"),
        (["Doe, Jane", "Doe, Jane"], GIVEN, "Doe 2000; Doe 2000"),
        (["Doe, Jane", "Doe, Jane"], SUFFIX, "Doe 2000a; Doe 2000b"),
        (["Doe, Jane", "Doe, Bob"], SUFFIX, "Doe 2000a; Doe 2000b"),
        (["Doe, Jane", "Doe, Bob", "Doe, Bob"], GIVEN + SUFFIX, "J. Doe 2000; B. Doe 2000a; B. Doe 2000b"),
        (["Doe, J; Roe, R; Poe, E", "Doe, J; Roe, R; Moe, M"], NAMES, "Doe, Roe, Poe 2000; Doe, Roe, Moe 2000"),
        (
            ["Doe, J; Roe, R; Poe, E; Zoe, Z", "Doe, J; Moe, M; Poe, E; Zoe, Z"],
            NAMES,
            "Doe, Roe, et al. 2000; Doe, Moe, et al. 2000",
        ),
        (
            ["Doe, J; Roe, R; Poe, E", "Doe, J; Roe, R; Poe, E"],
            NAMES + SUFFIX,
            "Doe et al. 2000a; Doe et al. 2000b",
        ),
        (
            ["Doe, J; Roe, Ann; Poe, E", "Doe, J; Roe, Bob; Poe, E"],
            NAMES + GIVEN,
            "Doe, A. Roe, et al. 2000; Doe, B. Roe, et al. 2000",
        ),
        (["Doe, Jane", "Doe, J.; Roe, R"], rule("all-names"), "Jane Doe 2000; J. Doe, Roe 2000"),
        (["Roe, R; Doe, Jane", "Doe, Bob"], rule("all-names"), "Roe, J. Doe 2000; B. Doe 2000"),
        (["Roe, R; Doe, Jane", "Doe, Bob"], rule("primary-name"), "Roe, Doe 2000; Doe 2000"),
        (["Doe, Jane", "Doe, Bob; Roe, R"], rule("primary-name"), "J. Doe 2000; B. Doe, Roe 2000"),
        (["Doe, Jane", "Doe, John; Roe, R"], rule("all-names-with-initials"), "Doe 2000; Doe, Roe 2000"),
        (["Doe, Jane", "Doe, Bob; Roe, R"], rule("all-names-with-initials"), "J. Doe 2000; B. Doe, Roe 2000"),
    ],
)
def test_cites_are_told_apart(authors: list[str], options: str, expected: str) -> None:
    assert told(authors, options) == expected


def test_a_condition_is_tried_before_the_suffix() -> None:
    """Method 3: the least number of conditions that tells cites apart holds."""
    more = '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'
    assert told(["Doe, Jane", "Doe, Jane"], SUFFIX, more=more) == "Doe 2000, T0; Doe 2000, T1"
    assert told(["Doe, Jane", "Roe, Jane"], SUFFIX, more=more) == "Doe 2000; Roe 2000"


def test_a_style_may_say_where_the_suffix_stands() -> None:
    more = '<text variable="year-suffix" prefix="-"/>'
    assert told(["Doe, Jane", "Doe, Jane"], SUFFIX, more=more) == "Doe 2000 -a; Doe 2000 -b"


def test_suffixes_follow_the_bibliography() -> None:
    sort = '<sort><key variable="title" sort="descending"/></sort>'
    assert told(["Doe, Jane", "Doe, Jane"], SUFFIX, sort=sort) == "Doe 2000b; Doe 2000a"


def test_letters_go_on_after_z() -> None:
    assert [suffix_letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "a",
        "z",
        "aa",
        "az",
        "ba",
        "zz",
        "aaa",
    ]


@pytest.mark.parametrize(
    ("author", "label"),
    [
        ("Doe, J", "Doe01"),
        ("Henderson, J", "Hend01"),
        ("Roe, J; Noakes, R", "RoNo01"),
        ("Roe, J; Noakes, R; Poe, E", "RoNP01"),
        ("Roe, J; Noakes, R; Poe, E; Zoe, Z; Moe, M", "RNPZ01"),
    ],
)
def test_labels_of_works(author: str, label: str) -> None:
    assert citation_label(work(author=author, issued=2001)) == label


def test_a_label_without_people_or_year() -> None:
    assert citation_label(work()) == ""
    assert citation_label(Work("w", "book", {}, {}, {})) == ""


def test_long_equal_lists_cost_no_more_than_short_ones() -> None:
    """Two papers of the same 400 people: showing one name after the other would help nobody."""

    def shown(count: int) -> str:
        people = "; ".join(f"Name{number}, A" for number in range(count))
        return told([people, people], NAMES + GIVEN + SUFFIX)

    assert shown(400) == "Name0 et al. 2000a; Name0 et al. 2000b"
    assert grows_linearly(shown, small=100)
