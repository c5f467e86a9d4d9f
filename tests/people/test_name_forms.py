"""One form of a name: initials, dots, and the fullest form that a list has of a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.bibtex import name_lists
from pubtrack.model.name import ME, Name
from pubtrack.people.name_forms import fullest_forms, put_parts, with_dots, with_initials


def name(written: str) -> Name:
    return name_lists.parse(written).names[0]


@pytest.mark.parametrize(
    ("given_name", "dotted", "initials"),
    [
        ("Philip S", "Philip S.", "P. S."), ("Philip S.", "Philip S.", "P. S."), ("P.S.", "P. S.", "P. S."),
        ("CMK.", "C. M. K.", "C. M. K."), ("TD", "T. D.", "T. D."), ("T. Dylan", "T. Dylan", "T. D."),
        ("J.-P.", "J.-P.", "J.-P."), ("J-P", "J.-P.", "J.-P."), ("Jean-Pierre M", "Jean-Pierre M.", "J.-P. M."),
        ("Zhe-xiao", "Zhe-xiao", "Z.-X."), ("Yu. V.", "Yu. V.", "Yu. V."), ("Ch.", "Ch.", "Ch."),
        ("MARIA", "MARIA", "M."), ("maria", "maria", "M."), ("Ana de", "Ana de", "A. de"), ("Å", "Å.", "Å."),
        ('William "Bill"', 'William "Bill"', "W."), ("伟", "伟", "伟"), ("Иван П", "Иван П.", "И. П."),
        ("Md", "Md", "M."), ("...", "...", "..."), ("", "", ""),
    ],
)  # fmt: skip
def test_given_names_have_dots_and_initials(given_name: str, dotted: str, initials: str) -> None:
    written = Name("GARCIA" if given_name == "MARIA" else "Garcia", given_name)
    assert with_dots(written).given == dotted
    assert with_initials(written).given == initials


@pytest.mark.parametrize(
    ("written", "fuller"),
    [
        (["Philip S Chodrow", "P. S. Chodrow", "Philip Chodrow", "P. Chodrow", "Philip S. Chodrow"], 4),
        (["TD Hocking", "T. Dylan Hocking", "Toby Dylan Hocking"], 2),
        (["Jurgen Muller", "J Müller", "Jürgen Müller"], 2),
        (["MARIA GARCIA", "M. Garcia", "Maria Garcia"], 2),
        (["Z. X. Xiong", "Zhexiao Xiong", "Zhe-Xiao Xiong"], 2),
        (["J. van der Berg", "Jan van der Berg"], 1),
    ],
)
def test_a_person_has_the_fullest_form_that_is_written(written: list[str], fuller: int) -> None:
    names = [name(one) for one in written]
    found = fullest_forms(names)
    assert [found.get(one, one) for one in names] == [names[fuller]] * len(names)


@pytest.mark.parametrize(
    "written",
    [
        ["J. Doe", "Jane Doe", "John Doe"],  # either
        ["Philip Chodrow", "Philip S. Chodrow", "Philip T. Chodrow"],
        ["Y. Wang", "Yu Wang"],  # too common a name
        ["Smith, J.", "Smith, Jr., John"],
        ["J. Berg", "Jan van der Berg"],
        ["Jean Dupont", "Jean-Pierre Dupont"],
        ["Doe, Jane", "Roe, Jane"],
        ["{The Doe Group}", "Jane Doe"],
        ["Doe", "Doe, Jane"],
    ],
)
def test_nobody_is_taken_for_somebody_else(written: list[str]) -> None:
    assert fullest_forms(map(name, written)) == {}


def test_an_orcid_joins_and_parts() -> None:
    one = replace(name("Y. Wang"), orcid="0000-0002-1825-0097")
    same = replace(name("Yu Wang"), orcid="0000-0002-1825-0097")
    other = replace(name("Yu Wang"), orcid="0000-0001-5109-3700")
    assert fullest_forms([one, same]) == {one: same}
    assert fullest_forms([replace(one, orcid=""), name("J. Doe")]) == {}
    assert fullest_forms([replace(name("J. Doe"), orcid=one.orcid), replace(name("Jane Doe"), orcid=other.orcid)]) == {}


def test_the_owner_is_one_person_and_nobody_else() -> None:
    mine = [replace(name(one), roles=frozenset({ME})) for one in ("Y. Wang", "Yu Wang")]
    assert fullest_forms(mine) == {mine[0]: mine[1]}
    assert fullest_forms([replace(name("J. Doe"), roles=frozenset({ME})), name("Jane Doe")]) == {}


def test_parts_change_and_the_person_stays() -> None:
    written = replace(name("K. Huff"), roles=frozenset({ME, "equal"}), orcid="0000-0002-1825-0097")
    shown = put_parts(written, name("Kathryn D. Huff"))
    assert str(shown) == "Kathryn D. Huff"
    assert (shown.roles, shown.orcid) == (written.roles, written.orcid)


def test_what_is_typed_to_a_name_stays_with_its_name() -> None:
    marked, clean, short = name("{Doe$^3$}, Jane"), name("Doe, Jane"), name("Doe†, J.")
    found = fullest_forms([marked, clean, short])
    assert found == {marked: clean, short: clean}
    assert put_parts(short, clean).family == "Doe†"
    assert fullest_forms([name("Doe†, Jane"), name("Doe, J.")]) == {}


LETTERS = st.text(st.sampled_from("ABab.- \"'Éß李"), max_size=12)


@given(LETTERS, LETTERS)
def test_forms_are_final(given_name: str, family: str) -> None:
    written = Name(family, given_name)
    for shape in (with_dots, with_initials):
        once = shape(written)
        assert shape(once) == once
        assert replace(once, given=written.given) == written


@given(st.lists(st.builds(Name, st.sampled_from(["Doe", "Wang"]), LETTERS), max_size=6))
def test_a_fuller_form_is_one_of_the_forms_and_of_the_same_family(names: list[Name]) -> None:
    for one, fuller in fullest_forms(names).items():
        assert one in names
        assert fuller in names
        assert one.family == fuller.family
