"""Hayagriva: YAML that Typst reads whole, in which no value is markup, code or of a kind that it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pubtrack.exports import Selection
from pubtrack.exports.hayagriva import ROLES, TYPES
from pubtrack.model.name import Name
from pubtrack.model.richtext import Span, text
from pubtrack.model.vocabulary import NAME_VARIABLES
from pubtrack.model.vocabulary import TYPES as CSL_TYPES
from pubtrack.model.work import Date, Work
from tests.exports.reading import NAMES, exported, of, of_bib, reference, titled
from tests.exports.samples import WICKED, WICKED_KEYS, wicked, wicked_selection


def entries(selection: Selection) -> dict[str, Any]:
    found = yaml.safe_load(exported(selection, "hayagriva"))
    assert isinstance(found, dict)
    return found


def entry(selection: Selection) -> dict[str, Any]:
    (found,) = entries(selection).values()
    assert isinstance(found, dict)
    return found


def test_the_reference_store_is_exported_as_in_the_golden_file(golden: Callable[[Path, str], None]) -> None:
    golden(Path(__file__).parent / "golden" / "reference.hayagriva.yaml", exported(reference(), "hayagriva"))


@pytest.mark.slow
@pytest.mark.parametrize("selection", [reference(), wicked_selection(), of(*(wicked("T", key) for key in WICKED_KEYS))])
def test_typst_reads_the_file(selection: Selection, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    (tmp_path / "refs.yml").write_text(exported(selection, "hayagriva"), encoding="utf-8")
    (tmp_path / "page.typ").write_text('#bibliography("refs.yml", full: true, style: "apa")', encoding="utf-8")
    assert typst.compile(str(tmp_path / "page.typ"), format="pdf").startswith(b"%PDF")


def test_every_work_is_an_entry_with_a_key_of_its_own() -> None:
    works = [wicked("Title", key) for key in (*WICKED_KEYS, "same")]
    found = entries(of(*works))
    assert len(found) == len(works)
    assert "" not in found
    assert {"same", "SAME", "same-2", "work"} <= set(found)


def test_what_keeps_its_case_stands_in_braces_and_nothing_else_is_markup() -> None:
    title = (
        Span("NeRF", ("nocase",)),
        *text(" and {x} $y$ \\ of "),
        Span("x^2", ("math",)),
        Span(" vivo", ("italic",)),
    )
    assert entry(of(titled(title)))["title"] == r"{NeRF} and \{x\} \$y\$ \\ of {x²} vivo"


@pytest.mark.parametrize("value", WICKED)
def test_in_no_value_a_sign_of_hayagrivas_stands_bare(value: str) -> None:
    """Between dollar signs Typst runs code; a stray brace makes it refuse the file."""
    found = entry(of(wicked(value)))
    parent = found["parent"][0]
    shown = [found["title"], found["abstract"], found["note"], found["genre"], parent["title"]]
    for one in shown:
        for piece in one.values() if isinstance(one, dict) else [one]:
            assert not re.search(r"[{}$]", re.sub(r"\\[\\{}$]", "", piece))


def test_a_group_has_a_name_alone_and_people_have_parts() -> None:
    found = entry(of(Work("a", "book", people={"author": NAMES}, others=frozenset({"author"}))))
    assert found["author"] == [
        {"name": "van der Berg", "given-name": "Jan Pieter"},
        {"name": "Beethoven", "given-name": "Ludwig", "prefix": "van"},
        {"name": "King", "given-name": "Martin L.", "suffix": "Jr."},
        {"name": "Survey of Tides, Azores"},
        {"name": "Plato"},
        {"name": "et al."},
    ]


def test_a_paper_is_an_article_in_proceedings_in_a_series_at_a_conference() -> None:
    bib = (
        "@inproceedings{a, author={A, B}, editor={E, F}, title={T}, booktitle={Proc}, series={LNCS}, number=7,"
        " volume=3, publisher={P}, address={L}, pages={3--9}, doi={10.1/x}, isbn={978-0-00-000000-2}, year=2020,"
        " eventtitle={Conf}, venue={Delft}}"
    )
    found = entry(of_bib(bib))
    proceedings, conference = found["parent"]
    assert (found["type"], proceedings["type"], conference["type"]) == ("article", "proceedings", "conference")
    assert proceedings["parent"] == {"type": "anthology", "title": "LNCS", "volume": "7"}
    assert proceedings["editor"] == [{"name": "E", "given-name": "F"}]
    assert proceedings["serial-number"] == {"isbn": "978-0-00-000000-2"}
    assert (conference["title"], conference["location"]) == ("Conf", "Delft")
    assert found["serial-number"] == {"doi": "10.1/x"}
    assert not {"editor", "publisher", "volume"} & set(found)


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (Date((2021, 5, 3)), "2021-05-03"), (Date((1723,), circa=True), "~1723"), (Date((-44, 3)), "-0043"),
        (Date((-1,)), "0000"), (Date((1999,), (2003,)), "1999"), (Date((2021, 2, 30)), "2021-02"),
        (Date((12020,)), None), (Date(literal="in press"), None), (Date((-12020,)), None),
    ],
)  # fmt: skip
def test_a_date_is_one_of_iso_8601_or_not_there(date: Date, written: str | None) -> None:
    assert entry(of(Work("a", "book", dates={"issued": date}))).get("date") == written


def test_what_typst_would_refuse_stays_out() -> None:
    found = entry(of(titled("T", url="javascript:alert(1)", language="Klingon", number_of_pages="xii, 3")))
    assert not {"url", "language", "page-total"} & set(found)
    kept = entry(of(titled("T", url="https://example.org/a b", language="zh-Hans-CN", number_of_pages="312")))
    assert (kept["url"], kept["language"], kept["page-total"]) == ("https://example.org/a%20b", "zh-Hans-CN", 312)


def test_types_and_roles_are_of_csl() -> None:
    assert set(TYPES) <= CSL_TYPES
    assert set(ROLES) <= set(NAME_VARIABLES)


def test_other_roles_are_affiliated() -> None:
    work = Work("a", "book", people={"translator": (Name(family="Fyfe", given="W."),)})
    assert entry(of(work))["affiliated"] == [{"role": "translator", "names": [{"name": "Fyfe", "given-name": "W."}]}]
