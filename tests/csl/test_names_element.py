"""Lists of names: et-al, delimiters, labels, substitutes; names stay persons (CSL 1.0.2, "Names")."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.csl import Style
from pubtrack.model.name import Name
from pubtrack.model.richtext import Text, name_runs, plain
from tests.csl.mini import entries, entry, style, work

AFTER_INVERTED = 'et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="after-inverted-name"'
SIX = "Alpha, Ann; Beta, Bob; Gamma, Cy; Delta, Di; Epsilon, Ed; Zeta, Zoe"


def named(name: str = "", **item: Any) -> str:
    return entry(f'<names variable="author"><name {name}/></names>', work(author="Doe, Jane; Roe, Ron", **item))


@pytest.mark.parametrize(
    ("attributes", "people", "expected"),
    [
        ("", 2, "Ann Alpha, Bob Beta"),
        ('and="text"', 2, "Ann Alpha and Bob Beta"),
        ('and="text"', 3, "Ann Alpha, Bob Beta, and Cy Gamma"),
        ('and="symbol" delimiter-precedes-last="never"', 3, "Ann Alpha, Bob Beta &amp; Cy Gamma"),
        ('and="symbol" delimiter-precedes-last="always"', 2, "Ann Alpha, &amp; Bob Beta"),
        (
            'and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
            2,
            "Alpha, Ann, and Bob Beta",
        ),
        (
            'and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
            3,
            "Alpha, Ann, Bob Beta and Cy Gamma",
        ),
        ('name-as-sort-order="all" initialize-with="." delimiter="; "', 2, "Alpha, A.; Beta, B."),
        ('et-al-min="3" et-al-use-first="1"', 3, "Ann Alpha et al."),
        ('et-al-min="3" et-al-use-first="2"', 3, "Ann Alpha, Bob Beta, et al."),
        ('et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', 3, "Ann Alpha, et al."),
        ('et-al-min="3" et-al-use-first="2" delimiter-precedes-et-al="never"', 3, "Ann Alpha, Bob Beta et al."),
        (
            AFTER_INVERTED + ' name-as-sort-order="first"',
            3,
            "Alpha, Ann, et al.",
        ),
        ('et-al-min="4" et-al-use-first="1"', 3, "Ann Alpha, Bob Beta, Cy Gamma"),
        ('et-al-min="4" et-al-use-first="2" et-al-use-last="true"', 5, "Ann Alpha, Bob Beta, … Ed Epsilon"),
        ('et-al-min="3" et-al-use-first="2" et-al-use-last="true"', 3, "Ann Alpha, Bob Beta, et al."),
        ('form="short"', 2, "Alpha, Beta"),
        ('form="count"', 4, "4"),
        ('form="count" et-al-min="3" et-al-use-first="2"', 4, "2"),
    ],
)
def test_the_list_and_its_end(attributes: str, people: int, expected: str) -> None:
    one = work(author="; ".join(SIX.split("; ")[:people]))
    assert entry(f'<names variable="author"><name {attributes}/></names>', one) == expected


def test_options_are_inherited_and_the_nearest_wins() -> None:
    """ "Inheritable Name Options"."""
    layout = '<names variable="author"/>'
    one = work(author="Alpha, Ann; Beta, Bob")
    attributes = 'and="text" name-delimiter="; " initialize-with="."'
    assert entry(layout, one, attributes=attributes) == "A. Alpha and B. Beta"
    assert entry(layout, one, attributes=attributes, bibliography='and="symbol"') == "A. Alpha &amp; B. Beta"
    assert entry('<names variable="author"><name and=""/></names>', one, attributes=attributes) == "A. Alpha; B. Beta"


def test_and_others_in_the_data_is_et_al_in_print() -> None:
    one = work(author=[{"family": "Alpha", "given": "Ann"}, {"literal": "others"}])
    assert entry('<names variable="author"/>', one) == "Ann Alpha et al."


def test_the_et_al_term_can_be_chosen_and_formatted() -> None:
    """ "Et-al"."""
    layout = (
        '<names variable="author"><name et-al-min="2" et-al-use-first="1"/>'
        '<et-al term="and others" font-style="italic"/></names>'
    )
    assert entry(layout, work(author="Alpha, Ann; Beta, Bob")) == "Ann Alpha <i>and others</i>"


@pytest.mark.parametrize(
    ("label", "people", "expected"),
    [
        ('<name/><label prefix=" (" suffix=")"/>', "Doe, Jane", "Jane Doe (editor)"),
        ('<name/><label form="short" prefix=", "/>', "Doe, Jane; Roe, Ron", "Jane Doe, Ron Roe, eds."),
        ('<label form="verb" suffix=" "/><name/>', "Doe, Jane", "edited by Jane Doe"),
        ('<name/><label prefix=" " plural="never"/>', "Doe, Jane; Roe, Ron", "Jane Doe, Ron Roe editor"),
        ('<name/><label prefix=" " plural="always" text-case="uppercase"/>', "Doe, Jane", "Jane Doe EDITORS"),
    ],
)
def test_labels(label: str, people: str, expected: str) -> None:
    """ "Label in cs:names"."""
    assert entry(f'<names variable="editor">{label}</names>', work(editor=people)) == expected


def test_an_editor_who_translates_is_named_once() -> None:
    """ "Names": identical editor and translator are one."""
    layout = '<names variable="editor translator" delimiter="; "><name/><label prefix=" (" suffix=")"/></names>'
    both = entry(layout, work(editor="Doe, Jane", translator="Doe, Jane"))
    assert both == "Jane Doe (editor &amp; translator)"
    assert entry(layout, work(editor="Doe, Jane", translator="Roe, Ron")) == "Jane Doe (editor); Ron Roe (translator)"


SUBSTITUTING = (
    '<group delimiter=". "><names variable="author"><name form="short"/><label prefix=", "/><substitute>'
    '<names variable="editor"/><choose><if type="book"><names variable="translator"/><text variable="publisher"/></if>'
    '</choose><text variable="title"/></substitute></names><text variable="title"/><text variable="publisher"/></group>'
)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"author": "Doe, Jane", "title": "T"}, "Doe. T"),
        ({"editor": "Doe, Jane; Roe, Ron", "title": "T"}, "Doe, Roe, editors. T"),
        ({"translator": "Doe, Jane", "publisher": "P", "title": "T"}, "Doe, translator. T. P"),
        ({"publisher": "P", "title": "T"}, "P. T"),
        ({"title": "T"}, "T"),
    ],
)
def test_substitution_prints_the_first_and_suppresses_it_elsewhere(item: dict[str, str], expected: str) -> None:
    """ "Substitute"; shorthand names inherit name and label, and a choice offers its children one by one."""
    assert entry(SUBSTITUTING, work(**item)) == expected


def names_of(text: Text) -> list[Name]:
    return [name for name, _ in name_runs(text) if name is not None]


def printed(one_style: Style, people: int, **options: Any) -> Text:
    return one_style.bibliography([work(author="; ".join(SIX.split("; ")[:people]))], **options)[0].text


LIST = style('<names variable="author"><name initialize-with=". " et-al-min="3" et-al-use-first="1"/></names>')
LAST = style(
    '<names variable="author"><name initialize-with=". " et-al-min="4" et-al-use-first="2" et-al-use-last="true"/>'
    "</names>"
)


@pytest.mark.parametrize(
    ("one", "options", "expected"),
    [
        (LIST, {}, "A. Alpha et al."),
        (LIST, {"max_authors": 0}, "A. Alpha, B. Beta, C. Gamma, D. Delta, E. Epsilon, Z. Zeta"),
        (LIST, {"max_authors": 2}, "A. Alpha, B. Beta, et al."),
        (LIST, {"max_authors": 6}, "A. Alpha, B. Beta, C. Gamma, D. Delta, E. Epsilon, Z. Zeta"),
        (LIST, {"keep": "Zeta"}, "A. Alpha, …, Z. Zeta"),
        (LIST, {"keep": "Delta"}, "A. Alpha, …, D. Delta, et al."),
        (LIST, {"keep": "Beta"}, "A. Alpha, B. Beta, et al."),
        (LIST, {"keep": "Alpha"}, "A. Alpha et al."),
        (LIST, {"keep": "Nobody"}, "A. Alpha et al."),
        (LIST, {"max_authors": 5, "keep": "Zeta"}, "A. Alpha, B. Beta, C. Gamma, D. Delta, E. Epsilon, Z. Zeta"),
        (LAST, {}, "A. Alpha, B. Beta, … Z. Zeta"),
        (LAST, {"keep": "Delta"}, "A. Alpha, B. Beta, …, D. Delta, … Z. Zeta"),
        (LAST, {"keep": "Epsilon"}, "A. Alpha, B. Beta, …, E. Epsilon, Z. Zeta"),
        (LAST, {"keep": "Zeta"}, "A. Alpha, B. Beta, … Z. Zeta"),
    ],
)
def test_et_al_can_be_overridden_and_never_hides_whom_the_list_keeps(
    one: Style, options: dict[str, Any], expected: str
) -> None:
    wanted = options.pop("keep", None)
    keep = (lambda name: name.family == wanted) if wanted else None
    text = printed(one, 6, keep=keep, **options)
    assert plain(text) == expected
    if wanted and wanted != "Nobody":
        assert wanted in {name.family for name in names_of(text)}


@given(
    people=st.integers(1, 6),
    least=st.integers(1, 6),
    first=st.integers(0, 6),
    last=st.booleans(),
    order=st.sampled_from(["", "first", "all"]),
    kept=st.sampled_from(SIX.replace(",", "").split("; ")),
)
@settings(max_examples=60, deadline=None)
def test_each_span_of_a_name_prints_that_name(
    people: int, least: int, first: int, last: bool, order: str, kept: str
) -> None:
    name = (
        f'<name et-al-min="{least}" et-al-use-first="{first}" et-al-use-last="{str(last).lower()}" '
        f'name-as-sort-order="{order}" initialize-with="." and="text"/>'
    )
    text = printed(style(f'<names variable="author">{name}</names>'), people, keep=lambda one: one.family in kept)
    for one, run in name_runs(text):
        if one is not None:
            assert one.family in plain(run)
        else:
            assert not any(full.split(",")[0] in plain(run) for full in SIX.split("; "))
    shown = [one.family for one in names_of(text)]
    assert len(shown) == len(set(shown))
    if first and kept.split()[0] in [full.split(",")[0] for full in SIX.split("; ")[:people]]:
        assert kept.split()[0] in shown


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", ["Doe, Roe 1", "--- 2", "Doe 3", "Doe, Roe, Poe 4"]),
        ("complete-each", ["Doe, Roe 1", "---, --- 2", "Doe 3", "Doe, Roe, Poe 4"]),
        ("partial-each", ["Doe, Roe 1", "---, --- 2", "--- 3", "---, Roe, Poe 4"]),
        ("partial-first", ["Doe, Roe 1", "---, Roe 2", "--- 3", "---, Roe, Poe 4"]),
    ],
)
def test_names_that_repeat_are_replaced(rule: str, expected: list[str]) -> None:
    """ "Reference Grouping"."""
    people = ["Doe, J; Roe, R", "Doe, J; Roe, R", "Doe, J", "Doe, J; Roe, R; Poe, E"]
    works = [work(id=str(n), author=one, title=str(n)) for n, one in enumerate(people, 1)]
    bibliography = f'subsequent-author-substitute="---" subsequent-author-substitute-rule="{rule}"'
    layout = '<names variable="author" suffix=" "><name form="short"/></names><text variable="title"/>'
    assert entries(layout, *works, bibliography=bibliography) == expected
