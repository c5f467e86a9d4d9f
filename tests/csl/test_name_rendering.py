"""One person's name: parts, order, particles, initials (CSL 1.0.2, "Name", "Name-part Order", "Name Particles")."""

from __future__ import annotations

import pytest

from pubtrack.csl.cite_context import CiteContext
from pubtrack.csl.flatten import set_parts, to_text
from pubtrack.csl.formatting import Formatting
from pubtrack.csl.name_rendering import NameForm, PartLook, initials, person, punctuate_initials, sort_person
from pubtrack.csl.output_tree import flatten_characters
from pubtrack.model.name import Name
from pubtrack.model.richtext import Span
from tests.csl.mini import style, work

CONTEXT = CiteContext(*style().program("bibliography").of_work(work(title="t")))
VAN_GOGH = Name("Gogh", "Vincent", non_dropping_particle="van", suffix="III")
HUMBOLDT = Name("Humboldt", "Alexander", dropping_particle="von", suffix="Jr.", comma_suffix=True)
LA_FONTAINE = Name("La Fontaine", "Jean", dropping_particle="de")


def shown(name: Name, *, inverted: bool = False, expand: int = 0, **options: object) -> str:
    form = NameForm(**options)  # type: ignore[arg-type]
    return flatten_characters(person(name, form, CONTEXT, inverted=inverted, expand=expand))


@pytest.mark.parametrize(
    ("name", "straight", "inverted", "demoted", "short"),
    [
        (VAN_GOGH, "Vincent van Gogh III", "van Gogh, Vincent, III", "Gogh, Vincent van, III", "van Gogh"),
        (
            HUMBOLDT,
            "Alexander von Humboldt, Jr.",
            "Humboldt, Alexander von, Jr.",
            "Humboldt, Alexander von, Jr.",
            "Humboldt",
        ),
        (LA_FONTAINE, "Jean de La Fontaine", "La Fontaine, Jean de", "La Fontaine, Jean de", "La Fontaine"),
        (
            Name("Aquila", "Ugo", non_dropping_particle="d'"),
            "Ugo d’Aquila",
            "d’Aquila, Ugo",
            "Aquila, Ugo d’",
            "d’Aquila",
        ),
        (
            Name("Medici", "Lia", non_dropping_particle="de’"),
            "Lia de’ Medici",
            "de’ Medici, Lia",
            "Medici, Lia de’",
            "de’ Medici",
        ),
        (Name("Hakim", "T.", non_dropping_particle="al-"), "T. al-Hakim", "al-Hakim, T.", "Hakim, T. al-", "al-Hakim"),
        (Name("Plato"), "Plato", "Plato", "Plato", "Plato"),
        (Name(literal="The WHO"), "The WHO", "The WHO", "The WHO", "The WHO"),
        (Name("", "Solo"), "Solo", "Solo", "Solo", "Solo"),
        (Name("熊", "章伟"), "熊章伟", "熊章伟", "熊章伟", "熊"),
        (Name("Nagy", "Ildikó", static_ordering=True), "Nagy Ildikó", "Nagy Ildikó", "Nagy Ildikó", "Nagy"),
    ],
)
def test_the_order_of_name_parts(name: Name, straight: str, inverted: str, demoted: str, short: str) -> None:
    """The tables of "Name-part Order"."""
    assert shown(name) == straight
    assert shown(name, inverted=True, demote="never") == inverted
    assert shown(name, inverted=True, demote="display-and-sort") == demoted
    assert shown(name, form="short") == short


@pytest.mark.parametrize(
    ("given", "end", "expected"),
    [
        ("Zhang-Wei", ". ", "Z.-W."),
        ("Jean-Luc Marie", ". ", "J.-L. M."),
        ("Jean-Luc Marie", ".", "J.-L.M."),
        ("Jean-Luc Marie", "", "J-LM"),
        ("J. R. R.", ".", "J.R.R."),
        ("J.R.R.", ". ", "J. R. R."),
        ("Éloïse", ".", "É."),
        ("Ana de la", ". ", "A. de la"),
        ("Guo-ping", ".", "G."),
        ("Ph.M.E.", ". ", "Ph. M. E."),
        ("TSerendorjiin", ".", "Ts."),
        ("Mary Ann", ". ", "M. A."),
        ("Ωmega", ".", "Ω."),
        ("Юрий", ". ", "Ю."),
        ("", ". ", ""),
        ("3", ".", "3"),
    ],
)
def test_initials(given: str, end: str, expected: str) -> None:
    """ "Name", initialize-with."""
    assert initials(given, end, True) == expected


def test_initials_without_hyphen() -> None:
    """ "Hyphenation of Initialized Names"."""
    assert initials("Jean-Luc", ". ", False) == "J. L."
    assert initials("Zhang-Wei", "", False) == "ZW"


@pytest.mark.parametrize(
    ("given", "end", "expected"),
    [
        ("James T", ".", "James T."),
        ("James T.", "", "James T"),
        ("J.-P. Marie", ". ", "J.-P. Marie"),
        ("M.E.", " ", "M E"),
        ("Mary Ann", ".", "Mary Ann"),
    ],
)
def test_initialize_false_only_tidies_what_is_an_initial(given: str, end: str, expected: str) -> None:
    assert punctuate_initials(given, end, True) == expected


def test_disambiguation_shows_initials_then_the_whole_given_name() -> None:
    doe = Name("Doe", "Jane Ann")
    assert [shown(doe, form="short", initialize_with=". ", expand=level) for level in (0, 1, 2)] == [
        "Doe",
        "J. A. Doe",
        "Jane Ann Doe",
    ]


def test_a_suffix_has_no_period_where_initials_have_none() -> None:
    king = Name("King", "Martin Luther", suffix="Jr.")
    assert shown(king, inverted=True, initialize_with="", sort_separator=" ") == "King ML Jr"
    assert shown(king, inverted=True, initialize_with=". ") == "King, M. L., Jr."


def test_name_part_affixes_enclose_what_the_specification_says() -> None:
    """ "Name-part Formatting"."""
    form = NameForm(given=PartLook(prefix="[", suffix="]"), family=PartLook(prefix="(", suffix=")"))
    assert flatten_characters(person(LA_FONTAINE, form, CONTEXT, inverted=False)) == "[Jean] (de La Fontaine)"
    assert flatten_characters(person(VAN_GOGH, form, CONTEXT, inverted=True)) == "(Gogh), [Vincent van], III"


def test_name_part_formatting_covers_the_particles_and_not_the_suffix() -> None:
    form = NameForm(family=PartLook(Formatting(marks=("small-caps",), text_case="uppercase")))
    spans = to_text(set_parts(person(VAN_GOGH, form, CONTEXT, inverted=False), style().program("bibliography").locale))
    assert spans == (
        Span("Vincent "),
        Span("VAN", ("small-caps",)),
        Span(" "),
        Span("GOGH", ("small-caps",)),
        Span(" III"),
    )


def test_sort_keys_put_the_particle_where_the_option_says() -> None:
    """ "Name-part Order", sorting order; the article of an institution does not sort."""
    assert sort_person(VAN_GOGH, NameForm(demote="never")).startswith("van Gogh\u0001")
    assert sort_person(VAN_GOGH, NameForm(demote="sort-only")).startswith("Gogh\u0001van\u0001Vincent")
    assert sort_person(Name(literal="The New York Times"), NameForm()) == "New York Times"
    assert sort_person(Name(literal="A kasernes"), NameForm(), english=False) == "A kasernes"
