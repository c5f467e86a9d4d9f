"""The exports: golden files for each format, and values that stay what they are whatever they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from pubtrack import exports
from pubtrack.cli.export_ import FORMATS
from pubtrack.exports import EXPORTS, Selection, SelectionSection, export, exported_before
from pubtrack.exports._plain_markdown import markdown
from pubtrack.exports._shared_fields import iso_date
from pubtrack.exports.hugo import folder_names
from pubtrack.model.errors import UsageError
from pubtrack.model.work import Date, Work
from pubtrack.store.library import Library
from tests.exports.samples import BIB, WICKED, WICKED_KEYS, selection, wicked, wicked_selection

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"bibtex": "bib", "biblatex": "bib", "rendercv": "yaml", "al-folio": "bib", "hugo": "txt",
           "hayagriva": "yaml", "csv": "csv", "ris": "ris", "endnote-xml": "xml", "mods": "xml", "bibtexml": "xml",
           "jsonl": "jsonl"}  # fmt: skip
FOLDER = Path(import_module("pubtrack.exports").__file__ or "").parent


def joined(content: str | Mapping[str, str]) -> str:
    """A folder's files one behind the other, below their names; lines end in LF."""
    if isinstance(content, str):
        return content.replace("\r\n", "\n")
    return "".join(f"=== {name}\n{text}" for name, text in content.items())


def pages(selected: Selection) -> dict[str, Any]:
    """The front matter of Hugo's pages by their folders."""
    files = export(selected, "hugo")
    assert not isinstance(files, str)
    return {
        name.removesuffix("/index.md"): yaml.safe_load(text.split("---\n")[1])
        for name, text in files.items()
        if name.endswith("/index.md")
    }


def strings(value: Any) -> Iterator[str]:
    """Every string in plain values, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (*strings(name), *strings(part))
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_the_table_is_the_folder() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")}
    assert {module.removeprefix("pubtrack.exports.") for module in EXPORTS.values()} == modules
    assert {name.replace("-", "_") for name in EXPORTS} == modules
    assert tuple(EXPORTS) == FORMATS


@pytest.mark.parametrize("to", EXPORTS)
def test_a_list_is_exported_as_in_the_golden_file(to: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{to}.{ENDINGS.get(to, 'json')}", joined(export(selection(), to)))


@pytest.mark.parametrize("to", EXPORTS)
def test_an_export_is_its_own_former_export_until_someone_changes_it(to: str) -> None:
    content = export(selection(), to)
    for text in [content] if isinstance(content, str) else content.values():
        assert exported_before(text, to)
        assert exported_before(text.replace("\r\n", "\n"), to)  # as git may have it
        assert exported_before(text.replace("\r\n", "\n").replace("\n", "\r\n"), to)
        assert not exported_before(text + "\nMy own words.\n", to)
    assert not exported_before("", to)
    assert not exported_before(BIB, to)
    assert not exported_before('{"basics": {"name": "Jane"}}\n', to)


@pytest.mark.parametrize("to", EXPORTS)
def test_an_empty_selection_is_exported(to: str) -> None:
    content = export(Selection((SelectionSection(()),)), to)
    assert content == {} if exports.is_folder(to) else isinstance(content, str)


@pytest.mark.parametrize("to", EXPORTS)
def test_what_is_private_is_in_no_export(to: str) -> None:
    content = joined(export(selection(), to))
    for word in ("secret.pdf", "timestamp", "private", "Reviewer 2", "jane"):
        assert word not in content


@pytest.mark.parametrize("to", EXPORTS)
def test_any_value_can_be_written_as_utf_8_and_hides_no_control_character(to: str) -> None:
    content = joined(export(wicked_selection(), to))
    content.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\u2028]", content)


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean rendercv"):
        export(selection(), "render-cv")


# YAML and Markdown -------------------------------------------------------------------------------------------------


def test_rendercv_reads_back_the_sections_and_strings() -> None:
    document = yaml.safe_load(str(export(wicked_selection(), "rendercv")))
    assert list(document) == ["cv"]
    entries = [entry for section in document["cv"]["sections"].values() for entry in section]
    assert len(entries) == len(WICKED) + len(WICKED_KEYS)
    assert all(isinstance(title, str) for title in document["cv"]["sections"])
    assert {type(entry["title"]) for entry in entries} == {str}
    assert {type(entry["date"]) for entry in entries} == {int}


def test_a_year_is_a_number_for_rendercv_and_a_literal_date_is_words() -> None:
    def date(when: Date) -> object:
        work = Work("a", "book", dates={"issued": when})
        document = yaml.safe_load(str(export(Selection((SelectionSection((work,)),)), "rendercv")))
        return document["cv"]["sections"]["Publications"][0]["date"]

    assert date(Date((2020,))) == 2020
    assert date(Date((2020, 5))) == "2020-05"
    assert date(Date(literal="in press")) == "in press"


def test_sections_of_one_title_are_one_in_rendercv() -> None:
    one, two = selection().works[:2]
    both = Selection((SelectionSection((one,), "Papers"), SelectionSection((two,), "Papers")))
    document = yaml.safe_load(str(export(both, "rendercv")))
    assert [len(section) for section in document["cv"]["sections"].values()] == [2]


@pytest.mark.parametrize(
    ("highlight", "shown"), [("bold", "**Jane Doe**"), ("italic", "*Jane Doe*"), ("none", "Jane Doe")]
)
def test_the_owner_is_marked_as_the_list_says(highlight: str, shown: str) -> None:
    only = Selection((SelectionSection(selection().works[-2:-1]),), highlight=highlight)
    document = yaml.safe_load(str(export(only, "rendercv")))
    assert document["cv"]["sections"]["Publications"][0]["authors"] == [shown]


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("Plain words, (1) a_b: it's 50% & C# #1 [sic] $5", "Plain words, (1) a_b: it's 50% & C# #1 [sic] $5"),
        ("a*b `c` \\d", "a\\*b \\`c\\` \\\\d"),
        ("_x_ and x_", "\\_x\\_ and x\\_"),
        ("#x", "\u2060#\u2060x"),
        ("a #x", "a #\u2060x"),
        ("a <b> </b> <!-- 1 < 2", "a <\u2060b> <\u2060/b> <\u2060!-- 1 < 2"),
        ("AT&T &amp; &#38;", "AT&T &\u2060amp; &\u2060#38;"),
        ("$$x$$", "$\u2060$x$\u2060$"),
        ("{{< x >}}", "{\u2060{< x >}}"),
        ("[a](b) [a][b] [^1]", "[a]\u2060(b) [a]\u2060[b] [\u2060^1]"),
        ("1. x", "\u20601. x"),
        ("- x", "\u2060- x"),
        ("2001: A", "2001: A"),
    ],
)
def test_only_what_would_act_is_escaped(words: str, escaped: str) -> None:
    assert markdown(words) == escaped


def test_markdown_shows_the_same_words_in_commonmark() -> None:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark").enable("strikethrough")
    for value in WICKED:
        if re.search("[\x00-\x1f\u2028\u202e\ud800\ufeff]", value):
            continue
        html = reader.render(f"**{markdown(value, gfm=True)}**")
        assert html.startswith("<p><strong>")
        assert re.sub("</?(?:p|strong)>|\n", "", html).count("<") == 0
        assert reader.render(markdown(value, gfm=True)).count("<") == 2  # of the paragraph


# Hugo --------------------------------------------------------------------------------------------------------------


def test_every_key_has_a_folder_of_its_own_with_a_safe_name() -> None:
    names = folder_names(WICKED_KEYS)
    assert len({name.lower() for name in names}) == len(WICKED_KEYS)
    for name in names:
        assert re.fullmatch("[A-Za-z0-9_-]{1,120}", name)
        assert name.lower() not in ("con", "nul", "aux")
    assert folder_names(["doe2020", "Doe_2020-b"]) == ["doe2020", "Doe_2020-b"]


def test_a_folders_name_does_not_depend_on_the_order() -> None:
    assert folder_names(["same", "SAME"]) == folder_names(["SAME", "same"])[::-1]


def test_hugo_reads_back_the_front_matter() -> None:
    found = pages(wicked_selection())
    assert len(found) == len(WICKED) + len(WICKED_KEYS)
    for matter in found.values():
        assert all(link["url"].startswith(("http:", "https:")) for link in matter.get("links", []))
        assert not any(name.startswith("url_") for name in matter), "no wicked value is a link"
        assert matter["date"] == "2020-01-01"
        assert matter["authors"][1] == "admin"


def test_the_owners_word_in_hugo_can_be_chosen() -> None:
    looms = Selection(selection().parts, me="me")
    assert pages(looms)["doe2021looms"]["authors"] == ["me", "Ana Álvarez", "Jan van der Berg"]
    named = Selection(selection().parts, me="")
    assert pages(named)["doe2021looms"]["authors"][0] == "Jane Doe"


# BibTeX ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", WICKED)
def test_any_value_is_sound_bibtex_again(value: str) -> None:
    content = str(export(Selection((SelectionSection((wicked(value),)),)), "al-folio"))
    library = Library.parse(content.encode())
    assert [finding for finding in library.problems if finding.severity == "error"] == []
    assert [work.id for work in library.works] == ["wicked"]
    assert "title" in library.works[0].values or not value.strip()


def test_any_key_is_a_sound_one_in_bibtex_and_differs_from_the_others() -> None:
    works = tuple(wicked("Title", key) for key in WICKED_KEYS)
    library = Library.parse(str(export(Selection((SelectionSection(works),)), "al-folio")).encode())
    assert library.problems == ()
    assert len({work.id.lower() for work in library.works}) == len(works)


def test_al_folio_keeps_its_fields_and_the_works_stay_the_same() -> None:
    content = str(export(selection(), "al-folio"))
    assert content.startswith("---\n---\n")
    again = {work.id: work for work in Library.parse(content.encode()).works}
    for work in Library.parse(BIB.encode()).works:
        back = again[work.id]
        assert (back.type, back.title, back.issued, back.doi) == (work.type, work.title, work.issued, work.doi)
        assert [str(name) for name in back.author] == [str(name) for name in work.author]
    assert {"abbr", "selected", "bibtex_show", "preview", "award", "pdf", "code", "slides"} <= set(
        again["doe2021looms"].custom
    )
    assert "arxiv" in content


# JSON --------------------------------------------------------------------------------------------------------------


def test_json_ld_cannot_leave_its_script_element() -> None:
    content = str(export(wicked_selection(), "json-ld"))
    assert not re.search("[<>&]", content)
    nodes = json.loads(content)["@graph"]
    assert nodes[0]["name"] == WICKED[0]
    links = {text for text in strings(nodes) if ":" in text and text.startswith(("javascript", "data"))}
    assert links == set()


def test_csl_json_is_read_back_as_the_same_works() -> None:
    content = str(export(selection(), "csl-json"))
    again = Library.parse(content.encode()).works
    for work, back in zip(selection().works, again, strict=True):
        assert (back.id, back.type, back.title, back.issued) == (work.id, work.type, work.title, work.issued)
        assert [str(name) for name in back.author] == [str(name) for name in work.author]


def test_json_resume_has_the_dates_its_schema_takes() -> None:
    publications = json.loads(str(export(selection(), "json-resume")))["publications"]
    dates = {publication["name"]: publication.get("releaseDate") for publication in publications}
    assert dates["Knots, Counted"] == "2020-02"  # February has no 30th
    assert dates["On Press"] is None


@pytest.mark.parametrize(
    ("parts", "iso"),
    [
        ((2020,), "2020"), ((2020, 5), "2020-05"), ((2020, 2, 29), "2020-02-29"), ((2021, 2, 29), "2021-02"),
        ((2020, 13), "2020"), ((987,), "0987"), ((-50,), ""), ((12020,), ""), ((), ""),
    ],
)  # fmt: skip
def test_a_date_goes_as_far_as_a_calendar_has_it(parts: tuple[int, ...], iso: str) -> None:
    assert iso_date(Date(parts)) == iso
