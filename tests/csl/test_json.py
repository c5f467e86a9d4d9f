"""CSL-JSON: what an item says survives the way to a Work and back, and hostile input is named, not raised."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack import csl_json
from pubtrack.bibtex import works
from pubtrack.bibtex.document import parse
from pubtrack.csl_json import item_from_work, text_from_markup, text_to_markup, work_from_item
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import ME, Name
from pubtrack.model.richtext import Span, text
from pubtrack.model.work import Date, Work
from tests.linear import grows_linearly

# --- laws ----------------------------------------------------------------------------------------------------

_plain = st.text(string.ascii_letters + " .,:;'’–()&é中\"-/", min_size=1, max_size=12).map(lambda s: f"x{s}")
_math = st.sampled_from(["$\\alpha$", "$O(n^2)$", "costs $5 and $10", "a < b > c"])
_TAGS = [
    ("<i>", "</i>"),
    ("<b>", "</b>"),
    ("<sup>", "</sup>"),
    ("<sub>", "</sub>"),
    ('<span class="nocase">', "</span>"),
    ('<span style="font-variant:small-caps;">', "</span>"),
]


@st.composite
def _markup(draw: st.DrawFn) -> str:
    """A string in canonical form: no two equal tags side by side or within each other."""
    parts = [draw(_plain | _math)]
    for opening, closing in draw(st.lists(st.sampled_from(_TAGS), max_size=3)):
        inside = draw(_plain | _math)
        parts += [f"{opening}{inside}{closing}", draw(_plain)]
    return "".join(parts)


_word = st.text(string.ascii_letters + "éøŁ中’-., ", max_size=8).map(lambda text: f"{text}X")
_particle = st.sampled_from(["van", "de la", "d’"])
_name = st.one_of(
    st.fixed_dictionaries({"literal": _word.filter(lambda word: word != "others")}),
    st.fixed_dictionaries(
        {"family": _word},
        optional={
            "given": _word,
            "dropping-particle": _particle,
            "non-dropping-particle": _particle,
            "suffix": _word,
            "comma-suffix": st.just(True),
            "static-ordering": st.just(True),
        },
    ).map(lambda name: csl_json.name_to_csl(csl_json.name_from_csl(name))),
)
_names = st.builds(
    lambda names, others: names + [{"literal": "others"}] * others,
    st.lists(_name, min_size=1, max_size=3),
    st.booleans(),
)
_year = st.integers(-500, 3000).filter(bool)
_parts = st.one_of(
    st.tuples(_year).map(list),
    st.tuples(_year, st.integers(1, 12)).map(list),
    st.tuples(_year, st.integers(1, 12), st.integers(1, 31)).map(list),
)
_date = st.one_of(
    st.fixed_dictionaries({"literal": _word}),
    st.fixed_dictionaries(
        {"date-parts": st.lists(_parts, min_size=1, max_size=2).filter(lambda ends: len({*map(len, ends)}) == 1)},
        optional={"circa": st.just(True), "literal": _word},
    ),
    _year.map(lambda year: {"date-parts": [[year], [0]]}),
    st.fixed_dictionaries({"date-parts": _year.map(lambda year: [[year]]), "season": st.integers(1, 4)}),
)
_custom = st.dictionaries(_word, st.one_of(_word, st.integers(), st.booleans(), st.lists(_word)), min_size=1)


def _members(names: Any, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(names)), values, max_size=4)


_items = st.builds(
    lambda head, texts, people, dates, custom: head | texts | people | dates | custom,
    st.fixed_dictionaries({"id": _word, "type": st.sampled_from(["article-journal", "book", "software"])}),
    _members(csl_json.TEXT_VARIABLES.values(), _markup()),
    _members(csl_json.NAME_VARIABLES.values(), _names),
    _members(csl_json.DATE_VARIABLES.values(), _date),
    st.one_of(st.just({}), _custom.map(lambda custom: {"custom": custom})),
)


@settings(max_examples=150, deadline=None)
@given(_items)
def test_an_item_comes_back_from_a_work_as_it_was(item: dict[str, Any]) -> None:
    assert item_from_work(work_from_item(item)) == item


@settings(max_examples=100, deadline=None)
@given(st.text("<>ib/$s upan\\x", max_size=40))
def test_any_string_of_tags_keeps_its_meaning_when_written_and_read_again(value: str) -> None:
    once = text_from_markup(value)
    assert text_from_markup(text_to_markup(once)) == once


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "issued", "custom", "other", "categories"]),
        _json
        | st.lists(st.dictionaries(st.sampled_from(["family", "given", "ORCID", "parse-names"]), _json))
        | st.dictionaries(st.sampled_from(["date-parts", "season", "raw", "literal", "circa"]), _json),
    )
)
def test_any_object_is_read_or_refused_in_one_line(item: dict[str, Any]) -> None:
    try:
        work = work_from_item(item)
    except PubtrackError as error:
        assert str(error).startswith("CSL-JSON: item 1")
        assert "\n" not in str(error)
    else:
        json.dumps(item_from_work(work), ensure_ascii=False).encode()


# --- strings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "spans"),
    [
        ("plain", (Span("plain"),)),
        ("a <i>b</i>", (Span("a "), Span("b", ("italic",)))),
        ("<i>a<b>b</b></i>", (Span("a", ("italic",)), Span("b", ("italic", "bold")))),
        ("<i>a <i>b</i></i>", (Span("a ", ("italic",)), Span("b"))),
        ('<span class="nocase">NeRF</span>', (Span("NeRF", ("nocase",)),)),
        ('<span style="font-variant: small-caps;">x</span>', (Span("x", ("small-caps",)),)),
        ("<sc>x</sc>", (Span("x", ("small-caps",)),)),
        ("<i>unclosed", (Span("<i>unclosed"),)),
        ("<i>a<b>crossed</i>b</b>", (Span("a<b>crossed", ("italic",)), Span("b</b>"))),
        ("x</i> & <p>", (Span("x</i> & <p>"),)),
        ("needs $\\alpha$-x", (Span("needs "), Span("\\alpha", ("math",)), Span("-x"))),
        ("<i>$x$</i>", (Span("x", ("italic", "math")),)),
        ("$5 and $10", (Span("$5 and $10"),)),
        ("a$b", (Span("a$b"),)),
    ],
)
def test_markup_becomes_spans(markup: str, spans: tuple[Span, ...]) -> None:
    assert text_from_markup(markup) == spans


@pytest.mark.parametrize("piece", ["<i>", "</i>", "$a ", "<i>x</b>", '<span class="nocase">', "\\$"])
def test_reading_markup_is_linear(piece: str) -> None:
    assert grows_linearly(lambda count: text_from_markup(piece * count), small=1_000)


# --- variables -----------------------------------------------------------------------------------------------


def test_every_variable_of_csl_has_its_own_key() -> None:
    tables = (csl_json.TEXT_VARIABLES, csl_json.NAME_VARIABLES, csl_json.DATE_VARIABLES)
    assert len(set().union(*tables)) == sum(map(len, tables))
    assert csl_json.TEXT_VARIABLES["doi"] == "DOI"
    assert csl_json.TEXT_VARIABLES["archive_location"] == "archive_location"


@pytest.mark.parametrize(
    ("old", "new"), [("journalAbbreviation", "container_title_short"), ("shortTitle", "title_short")]
)
def test_old_variables_are_read_under_their_new_names(old: str, new: str) -> None:
    assert work_from_item({"id": "a", old: "J."}).get(new) == "J."
    modern = csl_json.TEXT_VARIABLES[new]
    assert work_from_item({"id": "a", modern: "new", old: "old"}).get(new) == "new"
    assert work_from_item({"id": "a", old: "old", modern: "new"}).get(new) == "new"


def test_numbers_are_read_as_text() -> None:
    work = work_from_item({"id": 7, "type": "book", "volume": 12, "edition": "2"})
    assert (work.id, work.get("volume"), work.get("edition")) == ("7", "12", "2")


def test_what_csl_lacks_goes_to_custom_and_comes_back() -> None:
    item = {"id": "a", "type": "book", "selected": "true", "custom": {"eprint": "1", "deep": {"x": [1]}}}
    work = work_from_item(item | {"categories": ["x"]})
    assert work.custom["selected"] == "true"
    assert item_from_work(work) == {
        "id": "a",
        "type": "book",
        "categories": ["x"],
        "custom": {"selected": "true", "eprint": "1", "deep": {"x": [1]}},
    }


# --- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, None),
        ({"literal": "World Health Organization"}, Name(literal="World Health Organization")),
        ("Plato", Name(literal="Plato")),
        ({"family": "CERN", "isInstitution": "true"}, Name(literal="CERN")),
        ({"family": "A", "ORCID": "http://orcid.org/0000-0002-1825-009x"}, Name("A", orcid="0000-0002-1825-009X")),
        ({"family": "K", "suffix": "Jr.", "comma-suffix": "true"}, Name("K", suffix="Jr.", comma_suffix=True)),
        (
            {"family": "van der Berg", "given": "Jan de la"},
            Name("Berg", "Jan", dropping_particle="de la", non_dropping_particle="van der"),
        ),
        ({"family": "d'Alembert", "given": "J."}, Name("Alembert", "J.", non_dropping_particle="d'")),
        ({"family": "al-Rashid-Smith", "given": "J."}, Name("Rashid-Smith", "J.", non_dropping_particle="al-")),
        ({"family": "de La Cruz", "given": "J."}, Name("La Cruz", "J.", non_dropping_particle="de")),
        ({"family": "O'Brien-Smith", "given": "J."}, Name("O'Brien-Smith", "J.")),
        ({"family": "King", "given": "M. L., Jr."}, Name("King", "M. L.", suffix="Jr.")),
        ({"family": "King", "given": "M. L.,! Jr."}, Name("King", "M. L.", suffix="Jr.", comma_suffix=True)),
        ({"family": "van Gogh", "given": "V.", "parse-names": False}, Name("van Gogh", "V.")),
        ({"family": '"van Gogh"', "given": "V."}, Name("van Gogh", "V.")),
        ({"family": "hooks", "given": "bell"}, Name("hooks", "bell")),
        ({"family": "van der Berg"}, Name("van der Berg")),
    ],
)
def test_a_name_object_becomes_a_name(given: Any, name: Name | None) -> None:
    expected = name or Name("Berg", "Jan", non_dropping_particle="van der")
    assert work_from_item({"id": "a", "author": [given]}).author == (expected,)


@pytest.mark.parametrize("name", [Name("van Gogh", "V."), Name("A", "B, Jr."), Name("A", "B de"), Name("de Gaulle")])
def test_a_name_that_would_be_taken_apart_says_that_it_is_whole(name: Name) -> None:
    assert csl_json.name_from_csl(csl_json.name_to_csl(name)) == name


def test_names_that_say_nothing_are_left_out() -> None:
    work = work_from_item({"id": "a", "author": [{}, None, {"family": ""}], "editor": [{"literal": "others"}]})
    assert work.people == {}
    assert work.others == frozenset()


def test_roles_and_orcids_travel_as_biblatex_annotations() -> None:
    names = (
        Name("A", roles=frozenset({"equal", "corresponding", ME})),
        Name("B", orcid="0000-0002-1825-0097"),
        Name("C", roles=frozenset({"equal"})),
    )
    item = item_from_work(Work("a", "book", people={"author": names}))
    assert item["custom"] == {
        "author+an": "1=corresponding,equal;3=equal",
        "author+an:orcid": '2="0000-0002-1825-0097"',
    }
    assert [name.roles for name in work_from_item(item).author] == [
        frozenset({"equal", "corresponding"}),
        frozenset(),
        frozenset({"equal"}),
    ]
    assert work_from_item(item).author[1].orcid == "0000-0002-1825-0097"
    assert work_from_item(item).custom == {}


@pytest.mark.parametrize(
    "annotation",
    [
        "1-2=equal",
        "1,3=equal",
        "=x",
        "1:family=equal",
        "1=a;1=b",
        '3="first author"',
        "2=Host",
        "1=me",
        "9=equal",
        "1=",
    ],
)
@pytest.mark.parametrize("title", ["", ":roles", ":username", ":orcid"])
def test_an_annotation_means_what_it_means_in_bibtex(title: str, annotation: str) -> None:
    people = [{"family": "A"}, {"family": "B"}, {"family": "C"}]
    item = {"id": "a", "type": "book", "author": people, "custom": {f"author+an{title}": annotation}}
    entry = f"@book{{a, author = {{A and B and C}}, author+an{title} = {{{annotation}}}}}"
    assert work_from_item(item).author == works.work(parse(entry).entries[0]).author


@pytest.mark.parametrize("annotation", ["9=equal", "1=", "equal"])
def test_annotations_that_say_nothing_of_a_person_stay_as_they_are(annotation: str) -> None:
    item = {"id": "a", "type": "book", "author": [{"family": "A"}], "custom": {"author+an": annotation}}
    assert item_from_work(work_from_item(item)) == item


# --- dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        (Date((2020, 3, 4), (2020, 5)), [[2020, 3], [2020, 5]]),
        (Date((2020, 3), (2021,)), [[2020], [2021]]),
        (Date((2020, 3, 4), (2020, 3, 6)), [[2020, 3, 4], [2020, 3, 6]]),
        (Date((2020,), ()), [[2020], [0]]),
        (Date((2020, 3, 4), ()), [[2020], [0]]),
    ],
)
def test_both_ends_of_a_range_are_written_as_precise_as_the_other(date: Date, parts: list[list[int]]) -> None:
    """citeproc-js gives up on all items where one has ends of unequal length."""
    assert item_from_work(Work("a", "book", dates={"issued": date}))["issued"] == {"date-parts": parts}


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ({"date-parts": [["2000", "", ""]]}, Date((2000,))),
        ({"date-parts": [[2000, 0, 3]]}, Date((2000,))),
        ({"date-parts": [[1987], [0]]}, Date((1987,), ())),
        ({"date-parts": [[1987], []]}, Date((1987,), ())),
        ({"date-parts": [[-44, 3, 15]]}, Date((-44, 3, 15))),
        ({"date-parts": [[2000]], "season": "Fall"}, Date((2000,), season=3)),
        ({"date-parts": [[2000]], "season": "22:56:08"}, Date((2000,))),
        ({"date-parts": [[2000, 22]]}, Date((2000,), season=2)),
        ({"date-parts": [[2000, 13]]}, Date((2000,), season=1)),
        ({"date-parts": [[1999, "21"], [2001, "22"]]}, Date((1999, 21), (2001, 22))),
        ({"date-parts": [[2000, 60, 1]]}, Date((2000,))),
        ({"date-parts": [[2000, 1, 32]]}, Date((2000, 1))),
        ({"date-parts": [], "literal": "in press"}, Date(literal="in press")),
        ({"date-parts": [[2000]], "circa": 1}, Date((2000,), circa=True)),
        ({"raw": "2001-02-03/2001-03"}, Date((2001, 2, 3), (2001, 3))),
        ({"raw": "1990/.."}, Date((1990,), ())),
        ({"raw": "2004-06~"}, Date((2004, 6), circa=True)),
        ({"raw": "2001-21"}, Date((2001,), season=1)),
        ({"raw": "2001-13"}, Date((2001,))),
        ({"raw": "199X"}, Date((1990,), (1999,))),
        ({"raw": "987"}, Date((987,))),
        ({"raw": "-44-03-15"}, Date((-44, 3, 15))),
        ({"raw": "12345"}, Date((12345,))),
        ({"raw": "1/2/3"}, Date(literal="1/2/3")),
        ({"raw": "sometime"}, Date(literal="sometime")),
        ("2001-02", Date((2001, 2))),
        ({"date-parts": [[None]]}, None),
        ({}, None),
    ],
)
def test_a_date_object_becomes_a_date(given: Any, date: Date | None) -> None:
    assert work_from_item({"id": "a", "issued": given}).issued == date


# --- documents -----------------------------------------------------------------------------------------------


def test_a_document_is_a_list_an_item_or_an_object_with_items() -> None:
    one = {"id": "a", "type": "book"}
    for document in ([one], one, {"items": [one]}):
        assert csl_json.load("\ufeff" + json.dumps(document)) == (Work("a", "book"),)
    assert csl_json.load("[]") == ()


def test_a_document_is_written_with_one_line_break_at_its_end() -> None:
    works = (Work("a", "book", values={"title": text("É")}),)
    assert csl_json.load(csl_json.dump(works)) == works
    assert csl_json.dump(works).endswith("]\n")
    assert "É" in csl_json.dump(works)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("[{]", "w.json:1:3: no JSON: Expecting property name enclosed in double quotes"),
        ("3", "w.json: CSL-JSON: expected a list of items"),
        ("[3]", "w.json: CSL-JSON: item 1: is not an object"),
        ("[{}]", "w.json: CSL-JSON: item 1, id: is missing"),
        ('[{"id": "a"}, {"id": "b", "title": []}]', "CSL-JSON: item 2 (b), title: expected text, found a list"),
        ('{"id": "a", "volume": true}', "item 1 (a), volume: expected text, found true or false"),
        ('{"id": "a", "author": {}}', "item 1 (a), author: is not a list of names"),
        ('{"id": "a", "author": [3]}', "item 1 (a), author: a name is not an object"),
        ('{"id": "a", "issued": 2001}', "item 1 (a), issued: is not a date"),
        ('{"id": "a", "issued": {"date-parts": [["x"]]}}', "item 1 (a), issued: 'x' is not a whole number"),
        ('{"id": "a", "issued": {"date-parts": 3}}', "item 1 (a), issued: date-parts is not a list"),
        ('{"id": "a", "issued": {"date-parts": [3]}}', "item 1 (a), issued: date-parts is not a list of lists"),
        ('{"id": "a", "issued": {"date-parts": [[12345678]]}}', "item 1 (a), issued: 12345678 is not a year"),
        ('{"id": "a", "title": "\\ud800"}', "item 1 (a), title: holds half of a surrogate pair"),
        ('{"id": "a", "title": NaN}', "NaN is not a JSON value"),
        ('{"id": "a", "title": 1e999}', "item 1 (a), title: a number is too large"),
        ('{"id": "a", "volume": ' + "9" * 5000 + "}", "a number is too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "a", "custom": 3}', "item 1 (a), custom: is not an object"),
    ],
)
def test_hostile_documents_are_refused_with_their_place(document: str, message: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        csl_json.load(document, file="w.json")
    assert message in str(caught.value)
    assert str(caught.value).startswith("w.json:")


def test_characters_that_no_document_can_hold_are_dropped() -> None:
    assert work_from_item({"id": "a", "title": "a\x00b\x1fc\ufffed\te\n"}).get("title") == "abcd\te\n"
