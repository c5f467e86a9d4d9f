"""The bundled styles are valid CSL, and share what they have in common."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from pubtrack.csl import Style
from pubtrack.csl.style_registry import find_style
from pubtrack.csl.style_xml import local
from pubtrack.csl_json import work_from_item
from pubtrack.model.richtext import plain
from tests.csl.reference import BUNDLED
from tests.csl.shown import shown_entry


@pytest.mark.parametrize("style", BUNDLED)
def test_a_bundled_style_is_valid_by_the_schema_of_csl(style: str) -> None:
    """The RELAX NG schema comes with citeproc-py, lxml with both."""
    etree = pytest.importorskip("lxml.etree")
    spec = importlib.util.find_spec("citeproc")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0], "data", "schema", "schemas", "styles")
    schema = etree.RelaxNG(etree.parse(str(folder / "csl.rng")))
    document = etree.parse(str(find_style(style).file))
    assert schema.validate(document), schema.error_log


def test_macros_of_one_name_are_the_same_in_all_bundled_styles() -> None:
    """CSL has no way to include a file, so the styles hold copies; this is what keeps them copies."""
    macros: dict[str, set[bytes]] = {}
    for style in BUNDLED:
        for element in find_style(style).root:
            if local(element) == "macro":
                macros.setdefault(element.get("name", ""), set()).add(tostring(element).strip())
    assert {name for name, bodies in macros.items() if len(bodies) > 1} == set()


@pytest.mark.parametrize("style", BUNDLED)
def test_every_macro_of_a_bundled_style_is_called(style: str) -> None:
    root = find_style(style).root
    called = {element.get("macro") for element in root.iter() if element.get("macro")}
    assert {element.get("name") for element in root if local(element) == "macro"} == called


@pytest.mark.parametrize("style", BUNDLED)
def test_bundled_styles_sort_the_newest_first_and_keep_the_order_of_equals(style: str) -> None:
    def work(key: str, **rest: object) -> dict[str, object]:
        return {"id": key, "type": "article-journal", "title": key, **rest}

    works = [
        work_from_item(item)
        for item in (
            work("undated"),
            work("old", issued={"date-parts": [[1999]]}),
            work("same-b", issued={"date-parts": [[2020]]}),
            work("same-a", issued={"date-parts": [[2020]]}),
            work("month", issued={"date-parts": [[2020, 5]]}),
            work("press", status="in press"),
        )
    ]
    order = [entry.work.id for entry in Style.load(style).bibliography(works)]
    assert order == ["press", "month", "same-b", "same-a", "old", "undated"]


def test_the_cv_style_prints_the_authors_the_title_the_venue_and_the_year() -> None:
    work = work_from_item(
        {
            "id": "a",
            "type": "paper-conference",
            "author": [{"family": "Carberry", "given": "Josiah S."}, {"family": "Psy", "given": "Sara"}],
            "title": "Cracked Pots",
            "container-title": "Conference on Crockery",
            "issued": {"date-parts": [[2021]]},
        }
    )
    (entry,) = Style.load("cv").bibliography([work])
    assert plain(entry.text) == "Josiah S. Carberry, Sara Psy. Cracked Pots, Conference on Crockery, 2021."
    assert {span.text for span in entry.text if "bold" in span.marks} == {"Cracked Pots"}


def test_the_documented_examples_are_what_the_styles_print() -> None:
    page = (Path(__file__).parents[2] / "docs" / "styles.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(cv[a-z-]*)` \| (.*) \|$", page, re.M))
    assert set(rows) == set(BUNDLED)
    work = work_from_item(
        {
            "id": "a",
            "type": "article-journal",
            "author": [{"family": "Carberry", "given": "Josiah S."}, {"family": "Doe", "given": "Jane"}],
            "title": "Silly String Theory",
            "container-title": "Journal of Psychoceramics",
            "container-title-short": "J. Psychoceram.",
            "volume": "5",
            "issue": "2",
            "page": "1-3",
            "issued": {"date-parts": [[2008]]},
            "DOI": "10.5555/1",
        }
    )
    for style, shown in rows.items():
        (entry,) = Style.load(style).bibliography([work])
        assert shown_entry(entry).replace("<b>", "**").replace("</b>", "**") == shown, style
