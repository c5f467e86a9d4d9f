"""People as services send them, in the form that the same names have in a .bib file."""

from __future__ import annotations

import pytest

from pubtrack.model.name import Name
from pubtrack.sources import _record_names

ORCID = "https://orcid.org/0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("given", "family", "suffix", "name"),
    [
        ("Ada", "Lovelace", "", Name("Lovelace", "Ada")),
        ("Jan", "van der Berg", "", Name("Berg", "Jan", non_dropping_particle="van der")),
        ("Claude L.", "Hughes", "Jr.", Name("Hughes", "Claude L.", suffix="Jr.")),
        ("Michael C.", "Northington", "V", Name("Northington", "Michael C.", suffix="V")),
        ("Gabriel", "García Márquez", "", Name("García Márquez", "Gabriel")),
        ("小明", "王", "", Name("王", "小明")),
        ("", "Plato", "", Name("Plato")),
        ("", "Karen Grove Provine", "", Name("Provine", "Karen Grove")),
        ("", "BROWNE, CAROLYN S.", "", Name("BROWNE", "CAROLYN S.")),
        ("", "the NOTES Development Group", "", Name(literal="the NOTES Development Group")),
        ("Ada", "", "", Name(literal="Ada")),
        ("A&amp;a", "Smith  <sup>1</sup>", "", Name("Smith ¹", "A&a")),
        ("Robert {Bobby}", "Tables; drop", "", Name("Tables; drop", "Robert {Bobby}")),
        ("and", "others", "", Name("others", "and")),
        ("MÃ³nica", "LÃ³pez", "", Name("López", "Mónica")),
    ],
)
def test_person(given: str, family: str, suffix: str, name: Name) -> None:
    assert _record_names.person(given, family, suffix) == name


def test_nobody_is_none() -> None:
    assert _record_names.person("", "  ") is None
    assert _record_names.person(None, 3.5) is None
    assert _record_names.unsplit_name("") is None
    assert _record_names.displayed_name("\u200b") is None


@pytest.mark.parametrize(
    ("text", "name"),
    {
        "Sudesiqin": Name(literal="Sudesiqin"),
        "Concrete Technology Associates": Name(literal="Concrete Technology Associates"),
        "Chinese Taipei": Name(literal="Chinese Taipei"),
        "The PLOS ONE Staff": Name(literal="The PLOS ONE Staff"),
        "J. Doe": Name("Doe", "J."),
        "Doe, Jane": Name("Doe", "Jane"),
        "Department of Physics, University of Rome": Name(literal="Department of Physics, University of Rome"),
        "Petit-Jean, Christine (Ed.)": Name("Petit-Jean", "Christine"),
    }.items(),
)
def test_a_name_in_one_string_is_a_persons_only_where_it_shows(text: str, name: Name) -> None:
    assert _record_names.unsplit_name(text) == name


def test_an_orcid_makes_a_name_a_persons() -> None:
    assert _record_names.unsplit_name("Jian Wu", ORCID) == Name("Wu", "Jian", orcid="0000-0002-1825-0097")
    assert _record_names.unsplit_name("Jian Wu", "https://orcid.org/0000-0002-1825-0098") == Name(literal="Jian Wu")


@pytest.mark.parametrize(
    ("text", "name"),
    {
        "Jane van Doe": Name("Doe", "Jane", non_dropping_particle="van"),
        "Jiani Zhang 0003": Name("Zhang", "Jiani"),
        "ATLAS Collaboration": Name(literal="ATLAS Collaboration"),
        "G. Alastair Young": Name("Young", "G. Alastair"),
        "Jane Doe (MIT)": Name(literal="Jane Doe (MIT)"),
        "den Boer, A.V.": Name("Boer", "A.V.", non_dropping_particle="den"),
    }.items(),
)
def test_a_displayed_name(text: str, name: Name) -> None:
    assert _record_names.displayed_name(text) == name


def test_traits() -> None:
    smiths = [Name("ADAMS", "J.-P."), Name("BAKER", "S J"), Name("CLARK", "X.")]
    assert _record_names.traits(smiths, may_be_sorted=True) == {"initials", "caps-names", "order-unreliable"}
    assert _record_names.traits(smiths, may_be_sorted=False) == {"initials", "caps-names"}
    assert _record_names.traits([Name("王", "明"), Name("Li", "X")], may_be_sorted=True) == set()
    assert _record_names.traits([Name("Adams", "J."), Name("Baker", "Sue")], may_be_sorted=True) == set()
    assert _record_names.traits([], may_be_sorted=True) == set()
