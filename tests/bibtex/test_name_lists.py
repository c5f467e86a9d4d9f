"""Name lists of BibTeX and biblatex to persons and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.bibtex.name_lists import People, chunks, parse, write
from pubtrack.model.name import Name
from pubtrack.model.name_annotations import apply_annotations
from tests.linear import grows_linearly


def person(
    family: str = "", given: str = "", particle: str = "", suffix: str = "", *, literal: str = "", dropping: str = ""
) -> Name:
    return Name(family, given, dropping, particle, suffix, literal)


NAMES: list[tuple[str, Name]] = [
    ("Jane Doe", person("Doe", "Jane")),
    ("Doe, Jane", person("Doe", "Jane")),
    ("Jane Q. Public Doe", person("Doe", "Jane Q. Public")),
    ("Plato", person("Plato")),
    ("Donald~E. Knuth", person("Knuth", "Donald E.")),
    ("García Márquez, Gabriel", person("García Márquez", "Gabriel")),
    # particles
    ("van der Berg, Jan", person("Berg", "Jan", "van der")),
    ("Ludwig van Beethoven", person("Beethoven", "Ludwig", "van")),
    ("Charles Louis de la Vall{\\'e}e Poussin", person("Vallée Poussin", "Charles Louis", "de la")),
    ("de Souza, A.", person("Souza", "A.", "de")),
    ("De Souza, A.", person("De Souza", "A.")),
    ("{van der Berg}, Jan", person("van der Berg", "Jan")),
    ("Jean d'Alembert", person("d'Alembert", "Jean")),
    ("bell hooks", person("hooks", "", "bell")),
    # suffixes
    ("King, Jr., Martin Luther", person("King", "Martin Luther", suffix="Jr.")),
    ("King, Martin Luther, Jr.", person("King", "Martin Luther", suffix="Jr.")),
    ("King Jr., Martin Luther", person("King", "Martin Luther", suffix="Jr.")),
    ("Martin Luther King Jr.", person("King", "Martin Luther", suffix="Jr.")),
    ("King, Martin Luther Jr.", person("King", "Martin Luther", suffix="Jr.")),
    ("von Hicks, III, Michael", person("Hicks", "Michael", "von", "III")),
    ("Smith, John, PhD", person("Smith", "John", suffix="PhD")),
    ("{Steele Jr.}, Guy L.", person("Steele Jr.", "Guy L.")),
    # groups
    ("{World Health Organization}", person(literal="World Health Organization")),
    ("{{NASA}}", person(literal="NASA")),
    ("{Barnes and Noble, Inc.}", person(literal="Barnes and Noble, Inc.")),
    ("{\\TeX{} Users Group}", person(literal="TeX Users Group")),
    # accents and other LaTeX
    ('M{\\"u}ller, J{\\"o}rg', person("Müller", "Jörg")),
    ("{\\'E}tienne Dupont", person("Dupont", "Étienne")),
    ("\\'{E}va Tardos", person("Tardos", "Éva")),
    ("Éric Sopena", person("Sopena", "Éric")),
    ("Ken-ichi Sato", person("Sato", "Ken-ichi")),
    ("Pe{\\~n}a, Jos{\\'e}-Mar{\\'\\i}a", person("Peña", "José-María")),
    ("{\\relax Ch}apman, J.", person("Chapman", "J.")),
    ("Jos{\\'e} {Garc{\\'\\i}a M{\\'a}rquez}", person("García Márquez", "José")),
    # formatting and marks typed into names
    ("\\textbf{Bowen, C. M.}", person("Bowen", "C. M.")),
    ("{\\bf Bowen, C. M.}", person("Bowen", "C. M.")),
    ("{\\bf C. M. Bowen}", person("Bowen", "C. M.")),
    ("\\textbf{Bowen}, C. M.", person("Bowen", "C. M.")),
    ("\\underline{\\textbf{Bowen}, C. M.}", person("Bowen", "C. M.")),
    ("\\textcolor{red}{Bowen, C. M.}", person("Bowen", "C. M.")),
    ("\\textbf{{NASA}}", person(literal="NASA")),
    ("Finn*, Kelly", person("Finn*", "Kelly")),
    ("Finn *, Kelly", person("Finn*", "Kelly")),
    ("Kelly Finn \\textsuperscript{*}", person("Finn*", "Kelly")),
    ("Duong$^3$, Hai", person("Duong³", "Hai")),
    ("Duong$^{1,2}$, Hai", person("Duong¹,²", "Hai")),
    ("Hai Duong$^{\\dagger}$", person("Duong†", "Hai")),
    ("Nguyen (sole-PI)", person("Nguyen (sole-PI)")),
    ("Nguyen ({Co-PI})", person("Nguyen (Co-PI)")),
    ("Thomas (Tom) Smith", person("Smith", "Thomas (Tom)")),
    ("(Ed.) Sinharay, Sandip", person("(Ed.) Sinharay", "Sandip")),
    # other people's numbers and slips
    ("Wei Wang 0001", person("Wang", "Wei")),
    ("Wang 0001, Wei", person("Wang", "Wei")),
    ("Smith, John,", person("Smith", "John")),
    ("Smith,, John", person("Smith", "John")),
    ("Smith,", person("Smith")),
    ("van Smith,", person("Smith", "", "van")),
    (", John", person("John")),
    ("Smith, A, B, C", person(literal="Smith, A, B, C")),
    # lists of another kind, which are nobody's name
    ("Smith, John; Doe, Jane", person(literal="Smith, John; Doe, Jane")),
    ("Smith J; Doe JK", person(literal="Smith J; Doe JK")),
    ("Smith J, Doe JK", person(literal="Smith J, Doe JK")),
    ("Smith J, van Doe JK, Roe R", person(literal="Smith J, van Doe JK, Roe R")),
    ("{Smith; Doe}, Jo", person("Smith; Doe", "Jo")),
    ("Smith, John;", person("Smith", "John;")),
    ("M&uuml;ller, Jo", person("M&uuml;ller", "Jo")),
    ("Smith A, B C", person("Smith A", "B C")),
    ("Smith J., Adam", person("Smith J.", "Adam")),
    # Chinese, Japanese, Korean
    ("王小明", person("王", "小明")),
    ("王, 小明", person("王", "小明")),
    ("王，小明", person("王", "小明")),
    ("王 小明", person("王", "小明")),
    ("欧阳修", person("欧阳", "修")),
    ("山田太郎", person("山田", "太郎")),
    ("山田 太郎", person("山田", "太郎")),
    ("김철수", person("김", "철수")),
    ("ジョン・スミス", person(literal="ジョン・スミス")),
    ("{阿里巴巴}", person(literal="阿里巴巴")),
    # biblatex's parts
    ("family=Smith, given={John A.}, prefix=van", person("Smith", "John A.", "van")),
    ("given=Ana, family=Fuente, prefix={de la}, useprefix=false", person("Fuente", "Ana", dropping="de la")),
    ('family="Smith, Sons", given="Jo"', person("Smith, Sons", "Jo")),
    ("family=King, given=Martin, given-i=M, suffix=Jr", person("King", "Martin", suffix="Jr")),
    ("id=x, given=Alfred, family=Adler", person("Adler", "Alfred")),
]


@pytest.mark.parametrize(("source", "expected"), NAMES, ids=[source for source, _ in NAMES])
def test_a_name_has_these_parts(source: str, expected: Name) -> None:
    assert parse(source) == People((expected,))


@pytest.mark.parametrize("source", [source for source, name in NAMES if not name.dropping_particle])
def test_a_name_is_written_so_that_it_is_read_back(source: str) -> None:
    people = parse(source)
    assert parse(write(people)) == people
    assert parse(write(people, extended=True)) == people


def test_a_dropping_particle_needs_biblatex() -> None:
    people = People((person("Fuente", "Ana", dropping="de la"),))
    assert write(people, extended=True) == "family={Fuente}, given={Ana}, prefix={de la}, useprefix=false"
    assert parse(write(people, extended=True)) == people
    assert write(people) == "de la Fuente, Ana"


LISTS: list[tuple[str, list[str], bool]] = [
    ("A. Doe and B. Roe", ["A. Doe", "B. Roe"], False),
    ("A. Doe\n  AND\tB. Roe", ["A. Doe", "B. Roe"], False),
    ("A. Doe and B. Roe and others", ["A. Doe", "B. Roe"], True),
    ("A. Doe et al.", ["A. Doe"], True),
    ("Doe, A., et al", ["A. Doe"], True),
    ("Doe, A. and etal.", ["A. Doe"], True),
    ("Doe, A. u.a.", ["A. Doe"], True),
    ("Doe, U. A.", ["U. A. Doe"], False),
    ("Doe, U.A.", ["U.A. Doe"], False),
    ("others", [], True),
    ("and A. Doe and and B. Roe and", ["A. Doe", "B. Roe"], False),
    ("", [], False),
    (" and ", [], False),
    ("A. Sand and B. Andersen", ["A. Sand", "B. Andersen"], False),
    ("{Barnes and Noble} and A. Doe", ["Barnes and Noble", "A. Doe"], False),
    ("\\textbf{A. Doe and B. Roe}", ["A. Doe", "B. Roe"], False),
    ("A. Doe; B. Roe", ["A. Doe; B. Roe"], False),
    ("A. Doe; B. Roe and C. Poe", ["A. Doe; B. Roe", "C. Poe"], False),
    ("useprefix=true and A. Doe", ["A. Doe"], False),
    ("{80 more authors}", ["80 more authors"], False),
]


@pytest.mark.parametrize(("source", "names", "others"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_is_parted_at_its_ands(source: str, names: list[str], others: bool) -> None:
    people = parse(source)
    assert [str(name) for name in people.names] == names
    assert people.others is others


def test_a_semicolon_parts_no_names() -> None:
    """BibTeX reads one name there, so the places of the others stay where the file has them."""
    assert len(parse("Doe, A.; Roe, B. and Poe, C.").names) == 2


def test_particles_are_dropped_where_the_entry_asks_for_it() -> None:
    assert parse("Jan van Berg", useprefix=False).names == (person("Berg", "Jan", dropping="van"),)
    assert parse("useprefix=false and Jan van Berg").names == (person("Berg", "Jan", dropping="van"),)


def test_three_thousand_authors_are_no_trouble() -> None:
    source = " and ".join(f"Surname{number}, Given{number} A." for number in range(3050))
    people = parse(source)
    assert len(people.names) == 3050
    assert people.names[-1] == person("Surname3049", "Given3049 A.")
    assert parse(write(people)) == people


@pytest.mark.parametrize(
    "piece", ["{", "}", " ", "and ", ",", "\\textbf{", "{\\bf ", "$", "(", "~", "\\", "1", "王", "="]
)
def test_hostile_lists_take_linear_time(piece: str) -> None:
    assert grows_linearly(lambda count: parse("a " + piece * count + " b."), small=800)
    assert grows_linearly(lambda count: apply_annotations(parse("A and B").names, {"": piece * count}), small=800)


@given(st.text(alphabet='aAé ,{}\\$~.;=()^and*王-1\n"', max_size=50))
@settings(max_examples=300, deadline=None)
def test_no_list_raises_and_no_name_is_empty(source: str) -> None:
    for name in parse(source).names:
        assert str(name)
        assert "\n" not in str(name)


@given(
    st.lists(
        st.builds(
            person,
            family=st.sampled_from(
                ["Doe", "de Groot", "Smith and Sons", "García Márquez", "Hunt III", "O'Brien", "王"]
            ),
            given=st.sampled_from(["", "Jane", "J. Q.", "Ken-ichi", "小明"]),
            particle=st.sampled_from(["", "van der", "von"]),
            suffix=st.sampled_from(["", "Jr.", "III"]),
        ),
        max_size=4,
    ),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_persons_are_written_so_that_they_are_read_back(names: list[Name], others: bool) -> None:
    people = People(tuple(names), others)
    assert parse(write(people, extended=True)) == people
    assert parse(write(people, extended=True, given_first=True)) == people


def test_a_list_falls_into_its_names_as_they_are_written() -> None:
    source = "{\\.I}nan, Ann  and {Smith and Sons} and\n J. Doe and others"
    assert chunks(source) == (r"{\.I}nan, Ann", "{Smith and Sons}", "J. Doe", "others")
    assert (
        write(parse("Doe, Jane and van Dyck, A. and {NASA}"), given_first=True)
        == "Jane Doe and van Dyck, A. and {NASA}"
    )
