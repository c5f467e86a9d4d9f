"""EndNote XML: the elements in EndNote's order, texts with its styles."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from pubtrack.exports import Selection
from pubtrack.model.name import Name
from pubtrack.model.richtext import Span, text
from pubtrack.model.work import Work
from tests.exports.reading import NAMES, exported, of, of_bib, reference, texts, titled
from tests.exports.samples import WICKED, selection, wicked_selection

# The children of a record in the order of EndNote's DTD, as far as they are written.
ORDER = (
    "source-app rec-number ref-type contributors titles periodical pages volume number num-vols edition section "
    "keywords dates pub-location publisher isbn electronic-resource-num abstract label notes work-type language urls "
    "access-date"
).split()


def records(selection: Selection) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(exported(selection, "endnote-xml"))
    assert root.tag == "xml"
    return root.findall("records/record")


def test_every_work_is_a_record_with_its_elements_in_order() -> None:
    chosen = of(*reference().works, *selection().works)
    found = records(chosen)
    assert len(found) == len(chosen.works)
    for number, record in enumerate(found, 1):
        names = [child.tag for child in record]
        assert names == sorted(names, key=ORDER.index)
        assert record.findtext("rec-number") == str(number)
    assert {tag for record in found for tag in (child.tag for child in record)} == set(ORDER)


def test_every_title_and_author_of_the_reference_store_is_there() -> None:
    for work, record in zip(reference().works, records(reference()), strict=True):
        assert len(texts(record, "titles/title")) == 1
        assert len(texts(record, "contributors/authors/author")) >= len(work.author)


@pytest.mark.parametrize("value", WICKED)
def test_any_value_is_one_text_again(value: str) -> None:
    (record,) = records(of(titled(value)))
    (title,) = texts(record, "titles/title")
    assert [child.tag for child in record] == ["source-app", "rec-number", "ref-type", "titles", "label"]
    if value.isascii() and value.isprintable() and "$" not in value:
        assert title == " ".join(value.split())


def test_wicked_works_and_keys_are_records() -> None:
    assert len(records(wicked_selection())) == len(wicked_selection().works)


def test_looks_are_faces_and_a_formula_is_spelt_in_them() -> None:
    title = (*text("In "), Span("vivo", ("italic",)), *text(" CO"), Span("2", ("sub",)), Span(r"x^2\alpha", ("math",)))
    (record,) = records(of(titled((*title, Span("!", ("bold", "italic"))))))
    styles = [(style.get("face"), style.text) for style in record.iterfind("titles/title/style")]
    assert styles == [
        ("normal", "In "), ("italic", "vivo"), ("normal", " CO"), ("subscript", "2"), ("normal", "x"),
        ("superscript", "2"), ("normal", "α"), ("bold italic", "!"),
    ]  # fmt: skip
    assert texts(record, "titles/title") == ["In vivo CO2x2α!"]  # no blank of the layout is within


def test_names_are_in_parts_between_commas_and_a_group_ends_in_one() -> None:
    (record,) = records(of(Work("a", "book", people={"author": NAMES})))
    assert texts(record, "contributors/authors/author") == [
        "van der Berg, Jan Pieter", "Beethoven, Ludwig van", "King, Martin L., Jr.", "Survey of Tides Azores,",
        "Plato,",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "authors", "path", "ref_type"),
    [
        ("chapter", True, "secondary-authors", "Book Section"), ("book", True, "tertiary-authors", "Book"),
        ("book", False, "authors", "Edited Book"),
    ],
)  # fmt: skip
def test_editors_stand_where_the_type_has_them(type_: str, authors: bool, path: str, ref_type: str) -> None:
    people = {"editor": (Name(family="Ed"),)} | ({"author": (Name(family="Au"),)} if authors else {})
    (record,) = records(of(Work("a", type_, people=people)))
    assert texts(record, f"contributors/{path}/author") == ["Ed"]
    kind = record.find("ref-type")
    assert kind is not None
    assert kind.get("name") == ref_type


def test_a_date_is_a_year_and_the_rest_and_a_state_stands_for_a_year() -> None:
    (dated, pressed) = records(
        of_bib("@book{a, title={T}, date={2021-05-03}}\n@article{b, title={T}, journal={J}, year={in press}}")
    )
    assert texts(dated, "dates/year") + texts(dated, "dates/pub-dates/date") == ["2021", "May 3"]
    assert texts(pressed, "dates/year") == ["in press"]
