"""Citations: positions, collapsing, grouping, affixes (CSL 1.0.2, "Citation-specific Options", "Choose")."""

from __future__ import annotations

import pytest

from pubtrack.csl import Citation, CitationItem
from pubtrack.csl.citations import with_positions
from pubtrack.model.richtext import text
from pubtrack.model.work import Work
from tests.csl.adapter import to_html
from tests.csl.mini import style, work

AUTHOR_DATE = """<group delimiter=" "><names variable="author"><name form="short"/></names>
<date variable="issued"><date-part name="year"/></date></group>"""
LAYOUT = 'prefix="(" suffix=")" delimiter="; "'


def cited(cite: str, works: list[Work], *clusters: Citation, **parts: str) -> list[str]:
    parts.setdefault("citation_layout", LAYOUT)
    document = style(cite=cite, **parts).document(works)
    return [to_html(runs) for runs in document.citations(clusters or (all_of(works),))]


def all_of(works: list[Work], note: int = 0) -> Citation:
    return Citation(tuple(CitationItem(index) for index in range(len(works))), note)


def doe(*years: int, author: str = "Doe, Jane") -> list[Work]:
    return [work(id=f"{author}{n}", title=str(n), author=author, issued=year) for n, year in enumerate(years)]


FIRST, SUBSEQUENT = {"first"}, {"subsequent"}
IBID, WITH_LOCATOR = {"ibid", "subsequent"}, {"ibid-with-locator", "ibid", "subsequent"}


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [
        ([[(0, "")], [(0, "")]], [FIRST, IBID]),
        ([[(0, "")], [(0, "7")]], [FIRST, WITH_LOCATOR]),
        ([[(0, "7")], [(0, "7")]], [FIRST, IBID]),
        ([[(0, "7")], [(0, "8")]], [FIRST, WITH_LOCATOR]),
        ([[(0, "7")], [(0, "")]], [FIRST, SUBSEQUENT]),
        ([[(0, "")], [(1, "")], [(0, "")]], [FIRST, FIRST, SUBSEQUENT]),
        ([[(0, ""), (1, "")], [(1, "")]], [FIRST, FIRST, SUBSEQUENT]),
        ([[(0, ""), (0, "")]], [FIRST, IBID]),
        ([[(0, ""), (0, "")], [(0, "")]], [FIRST, IBID, IBID]),
    ],
)
def test_positions(clusters: list[list[tuple[int, str]]], expected: list[set[str]]) -> None:
    """ "Choose", position: the cases a and b, and what locators do."""
    made = [Citation(tuple(CitationItem(index, locator) for index, locator in one)) for one in clusters]
    assert [set(position) for row in with_positions(made, 5) for _, position, _ in row] == expected


def test_notes_know_their_first_and_whether_it_is_near() -> None:
    """ "Note Distance"."""
    clusters = [
        Citation((CitationItem(0),), 1),
        Citation((CitationItem(1),), 3),
        Citation((CitationItem(0),), 4),
        Citation((CitationItem(0),), 9),
    ]
    rows = [row[0] for row in with_positions(clusters, 3)]
    assert [first for _, _, first in rows] == [0, 0, 1, 1]
    assert ["near-note" in position for _, position, _ in rows] == [False, False, True, False]
    assert "ibid" not in rows[3][1]  # notes lie between


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("", "(Doe 1999; Doe 2000; Roe 2001)"),
        ('collapse="year"', "(Doe 1999, 2000; Roe 2001)"),
        ('collapse="year" cite-group-delimiter="|"', "(Doe 1999|2000; Roe 2001)"),
        ('collapse="year" after-collapse-delimiter=" / "', "(Doe 1999, 2000 / Roe 2001)"),
        ('cite-group-delimiter="|"', "(Doe 1999|Doe 2000; Roe 2001)"),
    ],
)
def test_cites_collapse_by_year(citation: str, expected: str) -> None:
    """ "Cite Collapsing"."""
    works = [*doe(1999, 2000), *doe(2001, author="Roe, Ron")]
    assert cited(AUTHOR_DATE, works, citation=citation) == [expected]


def test_grouped_cites_move_together_where_the_style_sorts() -> None:
    """ "Cite Grouping"."""
    works = [*doe(1999), *doe(2000, author="Roe, Ron"), *doe(2001)]
    sort = '<sort><key variable="issued"/></sort>'
    assert cited(AUTHOR_DATE, works, citation='collapse="year"', citation_sort=sort) == ["(Doe 1999, 2001; Roe 2000)"]
    assert cited(AUTHOR_DATE, works, citation='collapse="year"') == ["(Doe 1999; Roe 2000; Doe 2001)"]


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        ("year", "(Doe 2000a; 2000b; 2000c; 2001)"),
        ("year-suffix", "(Doe 2000a,b,c; 2001)"),
        ("year-suffix-ranged", "(Doe 2000a–c; 2001)"),
    ],
)
def test_year_suffixes_collapse(collapse: str, expected: str) -> None:
    citation = f'collapse="{collapse}" disambiguate-add-year-suffix="true" year-suffix-delimiter="," '
    citation += 'cite-group-delimiter="; "'
    assert cited(AUTHOR_DATE, doe(2000, 2000, 2000, 2001), citation=citation) == [expected]


@pytest.mark.parametrize(
    ("order", "expected"),
    [([0, 1, 2, 4], "[1–3, 5]"), ([2, 1, 0], "[3, 2, 1]"), ([0, 1], "[1, 2]"), ([0, 2, 3, 4], "[1, 3–5]")],
)
def test_numbers_collapse_to_ranges_of_three_and_more(order: list[int], expected: str) -> None:
    cluster = Citation(tuple(CitationItem(index) for index in order))
    parts = {"citation": 'collapse="citation-number"', "citation_layout": 'prefix="[" suffix="]" delimiter=", "'}
    assert cited('<text variable="citation-number"/>', doe(*range(2000, 2005)), cluster, **parts) == [expected]


def test_a_locator_keeps_a_number_out_of_a_range() -> None:
    cluster = Citation((CitationItem(0), CitationItem(1, locator="7"), CitationItem(2)))
    parts = {"citation": 'collapse="citation-number"', "citation_layout": 'delimiter=", "'}
    layout = '<text variable="citation-number"/><text variable="locator" prefix=":"/>'
    assert cited(layout, doe(2000, 2001, 2002), cluster, **parts) == ["1, 2:7, 3"]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        (CitationItem(0, prefix=text("see")), "(see Doe 2000)"),
        (CitationItem(0, prefix=text("see "), suffix=text(" and others")), "(see Doe 2000 and others)"),
        (CitationItem(0, suffix=text("passim")), "(Doe 2000 passim)"),
        (CitationItem(0, suffix=text(", pt. 2")), "(Doe 2000, pt. 2)"),
        (CitationItem(0, prefix=text("see", "italic")), "(<i>see</i> Doe 2000)"),
        (CitationItem(0, suppress_author=True), "(2000)"),
        (CitationItem(0, author_only=True), "(Doe)"),
    ],
)
def test_the_author_of_the_text_has_a_say(ref: CitationItem, expected: str) -> None:
    assert cited(AUTHOR_DATE, doe(2000), Citation((ref,))) == [expected]


@pytest.mark.parametrize(
    ("locator", "label", "expected"),
    [
        ("12-15", "page", "pp. 12–15"),
        ("12", "page", "p. 12"),
        ("3", "chapter", "chap. 3"),
        ("fool", "sub verbo", "s.v. fool"),
        ("vol. 1, fol. 2", "page", "vol. 1, fol. 2"),
    ],
)
def test_locators(locator: str, label: str, expected: str) -> None:
    """ "Locators", "Range Delimiters": always with en-dashes."""
    layout = '<group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group>'
    cluster = Citation((CitationItem(0, locator=locator, label=label),))
    assert cited(layout, doe(2000), cluster, citation_layout="") == [expected]


def test_a_term_at_the_start_of_a_note_has_a_capital_and_none_in_the_text() -> None:
    """ "Citation", a note to CSL processor developers."""
    ibid = '<choose><if position="ibid"><text term="ibid"/></if><else><text variable="title"/></else></choose>'
    twice = [
        Citation((CitationItem(0),), 1),
        Citation((CitationItem(0),), 2),
        Citation((CitationItem(0, prefix=text("see")),), 3),
    ]
    works = [work(title="T")]
    assert cited(ibid, works, *twice, kind="note", citation_layout="") == ["T", "Ibid.", "see ibid."]
    assert cited(ibid, works, *twice, citation_layout="")[1] == "ibid."


def test_the_first_note_is_referred_to() -> None:
    layout = (
        '<choose><if position="subsequent"><text variable="first-reference-note-number" prefix="n. "/></if>'
        '<else><text variable="title"/></else></choose>'
    )
    clusters = [Citation((CitationItem(0),), 3), Citation((CitationItem(1),), 4), Citation((CitationItem(0),), 5)]
    assert cited(layout, doe(2000, 2001), *clusters, kind="note", citation_layout="") == ["0", "1", "n. 3"]


def test_subsequent_cites_have_their_own_et_al() -> None:
    """ "Name", et-al-subsequent-min."""
    citation = 'et-al-min="4" et-al-use-first="1" et-al-subsequent-min="2" et-al-subsequent-use-first="1"'
    works = [work(author="Doe, J; Roe, R; Poe, E", issued=2000)]
    once = Citation((CitationItem(0),))
    assert cited(AUTHOR_DATE, works, once, once, citation=citation) == ["(Doe, Roe, Poe 2000)", "(Doe et al. 2000)"]
