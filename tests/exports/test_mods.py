"""MODS: one record for each work, the journal or book as its host, in the elements that the schema has."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from pubtrack.exports import Selection
from pubtrack.exports.mods import GENRES, NAMESPACE
from pubtrack.model.name import Name
from pubtrack.model.vocabulary import TYPES
from pubtrack.model.work import Date, Work
from tests.exports.reading import NAMES, exported, of, of_bib, reference, texts, titled
from tests.exports.samples import WICKED, WICKED_KEYS, wicked, wicked_selection

# What may stand in what (MODS 3.7, the element definitions), as far as it is written.
CHILDREN = {
    "modsCollection": {"mods"},
    "mods": {"titleInfo", "name", "typeOfResource", "genre", "originInfo", "language", "abstract", "note", "subject",
             "relatedItem", "part", "identifier", "location"},
    "relatedItem": {"titleInfo", "name", "originInfo", "genre", "part", "identifier", "relatedItem"},
    "titleInfo": {"title"}, "name": {"namePart", "role", "nameIdentifier", "etal"}, "role": {"roleTerm"},
    "originInfo": {"dateIssued", "publisher", "place", "edition", "issuance"}, "place": {"placeTerm"},
    "language": {"languageTerm"}, "subject": {"topic"}, "part": {"detail", "extent"}, "detail": {"number"},
    "extent": {"start", "end"}, "location": {"url"},
}  # fmt: skip


def records(selection: Selection) -> list[ElementTree.Element]:
    """The records, with element names without their namespace, which all of them have."""
    root = ElementTree.fromstring(exported(selection, "mods"))
    for element in root.iter():
        namespace, _, element.tag = element.tag.rpartition("}")
        assert namespace == f"{{{NAMESPACE}"
    return root.findall("mods")


@pytest.mark.parametrize("selection", [reference(), wicked_selection()], ids=["reference", "wicked"])
def test_elements_stand_where_the_schema_has_them(selection: Selection) -> None:
    found = records(selection)
    assert len(found) == len(selection.works)
    for element in (element for record in found for element in record.iter()):
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert len(element) or (element.text or "").strip(), f"{element.tag} is empty"


def test_an_id_is_a_name_of_xmls_and_nobody_elses() -> None:
    works = [wicked("Title", key) for key in (*WICKED_KEYS, "same")]
    ids = [record.get("ID") for record in records(of(*works)) if record.get("ID")]
    assert "same" in ids
    assert len(set(ids)) == len(ids)
    assert all(key in WICKED_KEYS and key and not key[0].isdigit() for key in ids)


@pytest.mark.parametrize("value", WICKED)
def test_any_value_is_one_text_again(value: str) -> None:
    (record,) = records(of(titled(value)))
    if value.isascii() and value.isprintable() and "$" not in value:
        assert texts(record, "titleInfo/title") == [" ".join(value.split())]


def test_names_are_in_parts() -> None:
    people = (*NAMES[:4], Name(family="A", orcid="0000-0002-1825-0097"))
    (record,) = records(of(Work("a", "book", people={"author": people}, others=frozenset({"author"}))))
    shown = [
        [name.get("type"), *((part.get("type"), part.text) for part in name.iterfind("namePart"))]
        for name in record.iterfind("name")
    ]
    assert shown == [
        ["personal", ("given", "Jan Pieter"), ("family", "van der Berg")],
        ["personal", ("given", "Ludwig van"), ("family", "Beethoven")],
        ["personal", ("given", "Martin L."), ("family", "King"), ("termsOfAddress", "Jr.")],
        [None, (None, "Survey of Tides, Azores")],
        ["personal", ("family", "A")],
        [None],
    ]
    assert texts(record, "name/nameIdentifier") == ["0000-0002-1825-0097"]
    assert texts(record, "name/etal") == ["et al."]


def test_a_paper_has_its_volume_as_host_with_the_series_of_that() -> None:
    bib = (
        "@inproceedings{a, author={A, B}, editor={E, F}, title={T}, booktitle={Proc}, series={LNCS}, number=7, "
        "publisher={P}, address={L}, pages={3--9}, isbn={978-0-00-000000-2}, year=2020}"
    )
    (record,) = records(of_bib(bib))
    (host,) = record.findall("relatedItem")
    assert (host.get("type"), texts(host, "titleInfo/title")) == ("host", ["Proc"])
    assert texts(host, "name/namePart") == ["F", "E"]
    assert texts(record, "name/namePart") == ["B", "A"]
    assert texts(host, "part/extent/*") == ["3", "9"]
    assert texts(host, "originInfo/publisher") + texts(host, "originInfo/place/placeTerm") == ["P", "L"]
    assert texts(host, "relatedItem/titleInfo/title") + texts(host, "relatedItem/part/detail/number") == ["LNCS", "7"]
    assert texts(host, "identifier") == ["978-0-00-000000-2"]


def test_a_thesis_has_a_grantor_and_no_publisher() -> None:
    (record,) = records(of_bib("@phdthesis{a, author={A, B}, title={T}, school={University}, year=2020}"))
    assert texts(record, "name/role/roleTerm") == ["author", "degree grantor"]
    assert texts(record, "originInfo/publisher") == []


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (Date((2021, 5, 3)), [("2021-05-03", "w3cdtf", None, None)]),
        (Date((1999,), (2003,)), [("1999", "w3cdtf", "start", None), ("2003", "w3cdtf", "end", None)]),
        (Date((1723,), circa=True), [("1723", "w3cdtf", None, "approximate")]),
        (Date(literal="spring term"), [("spring term", None, None, None)]),
        (Date((-44,)), [("44 BC", None, None, None)]),
    ],
)
def test_a_date_says_how_it_is_written(date: Date, written: list[tuple[str | None, ...]]) -> None:
    (record,) = records(of(Work("a", "book", dates={"issued": date})))
    found = record.findall("originInfo/dateIssued")
    assert [(one.text, one.get("encoding"), one.get("point"), one.get("qualifier")) for one in found] == written


def test_genres_are_of_types_that_csl_has() -> None:
    assert set(GENRES) <= TYPES
