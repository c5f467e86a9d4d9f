"""Fields that only the user knows, in links, remarks, filters and sort orders, and short names of venues in print."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pubtrack import Library, PubtrackError, render
from tests.cli.run import run_in

STORE = rb"""
@inproceedings{a,
  author = {Doe, Jane}, title = {First}, booktitle = {Conference on Human Factors in Computing Systems}, year = 2018,
  _venue = {chi}, codeurl = {https://example.org/~doe/a_b?x=1%202}, contribution = {half of the \emph{code} \& text},
  award = {Best Paper}, my-rank = {10},
}
@inproceedings{b, author = {Doe, Jane}, title = {Second}, booktitle = {Other Things}, year = 2017, my-rank = {9}}
"""
LIBRARY = Library.parse(STORE)
VENUES = {"CHI": "Conference on Human Factors in Computing Systems"}


def shown(to: str = "text", **options: Any) -> str:
    found = render(LIBRARY, to=to, venues=VENUES, **options)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        ("_venue = CHI", ["a"]),
        ("has codeurl", ["a"]),
        ("not codeurl", ["b"]),
        ("contribution ~ code", ["a"]),
        ("my-rank > 9", ["a"]),
    ],
)
def test_filters_know_the_fields_of_the_entries(where: str, keys: list[str]) -> None:
    text = shown(where=where)
    assert [key for key, title in (("a", "First"), ("b", "Second")) if title in text] == keys


def test_a_field_that_no_entry_has_is_named_with_the_nearest() -> None:
    with pytest.raises(PubtrackError, match='unknown field "codeulr"; did you mean codeurl'):
        shown(where="has codeulr")
    with pytest.raises(PubtrackError, match='unknown link "codeulr"; did you mean codeurl'):
        shown(links=["codeulr"])
    with pytest.raises(PubtrackError, match='unknown remark "contributoin"; did you mean contribution'):
        shown(remarks=["contributoin"])


def test_a_list_may_be_sorted_by_a_field_of_ones_own() -> None:
    assert shown(sort="my-rank").index("Second") < shown(sort="my-rank").index("First")


LINKS = {
    "markdown": r"\[[Code](https://example.org/~doe/a_b?x=1%202)\]",
    "html": '[<a href="https://example.org/~doe/a_b?x=1%202">Code</a>]',
    "latex": r"\href{https://example.org/\%7Edoe/a_b?x=1\%202}{Code}",
    "typst": r'\[#link("https://example.org/~doe/a_b?x=1%202")[Code]\]',
    "rtf": r'HYPERLINK "https://example.org/~doe/a_b?x=1%202"',
    "text": "[Code]",
}


@pytest.mark.parametrize("format_", LINKS)
def test_a_field_of_ones_own_is_a_link_with_a_label_in_every_format(format_: str) -> None:
    assert LINKS[format_] in shown(format_, links=["codeurl: Code"])


def test_word_shows_links_and_remarks_of_ones_own() -> None:
    content = render(LIBRARY, to="docx", links=["codeurl: Code"], remarks=["contribution: My part"])
    assert isinstance(content, bytes)
    archive = ZipFile(io.BytesIO(content))
    assert "https://example.org/~doe/a_b?x=1%202" in archive.read("word/_rels/document.xml.rels").decode()
    assert "My part: half of the code &amp; text" in archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("remark", "printed"),
    [
        ("contribution", " half of the code & text."),
        ("contribution: My part", " My part: half of the code & text."),
        ("award: Winner of the {} award", " Winner of the Best Paper award."),
        ("award", " Best Paper."),
        ("_venue", " chi."),
        ("container-title: In", " In: Conference on Human Factors in Computing Systems."),
    ],
)
def test_remarks_may_have_words_of_their_own(remark: str, printed: str) -> None:
    assert printed in shown(remarks=[remark])


def test_a_link_without_a_label_is_called_by_its_field() -> None:
    assert "[codeurl]" in shown(links=["codeurl"])


MARGIN = {
    "markdown": "CHI ’18 Jane Doe",
    "html": "CHI ’18",
    "latex": "CHI ’18",
    "typst": "CHI ’18",
    "rtf": r"CHI {\uc0\u8217 }18",
    "text": "CHI ’18 Jane Doe. First",
}


@pytest.mark.parametrize("format_", MARGIN)
def test_short_venues_stand_in_the_margin_in_every_format(format_: str) -> None:
    assert MARGIN[format_] in shown(format_, short_venues="margin")
    assert "’17" not in shown(format_, short_venues="margin")


def test_word_shows_short_venues_in_the_margin() -> None:
    content = render(LIBRARY, to="docx", venues=VENUES, short_venues="margin")
    assert isinstance(content, bytes)
    assert "CHI ’18" in ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_label_stands_behind_the_number_of_the_list_and_of_the_style() -> None:
    assert "2. CHI ’18 Jane Doe" in shown(short_venues="margin", number="descending")
    assert "[1] CHI ’18 J. Doe" in shown(short_venues="margin", style="ieee", where="key = a")


def test_short_venues_stand_behind_the_venue() -> None:
    assert "Conference on Human Factors in Computing Systems (CHI)" in shown(short_venues="behind")
    assert "Other Things (" not in shown(short_venues="behind")


def test_render_and_cv_take_fields_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text(
        '[owner]\nname = "Doe, Jane"\n[store]\npath = "a.bib"\n[venues]\nCHI = "' + VENUES["CHI"] + '"\n'
        '[lists.cv]\nwhere = "has codeurl"\nlinks = ["codeurl: Code"]\nshort_venues = "margin"\n'
    )
    (tmp_path / "cv.md").write_text(
        '<!-- pubtrack:begin cv where="_venue = chi" remarks="contribution: My part" -->\n<!-- pubtrack:end -->\n'
    )
    assert run_in(tmp_path, "render").out.startswith("CHI ’18 **Jane Doe**")
    assert "b" not in run_in(tmp_path, "list", "codeurl").out.split()
    assert run_in(tmp_path, "render", "b").code == 0
    assert run_in(tmp_path, "cv", "cv.md").code == 0
    assert "My part: half of the code & text. \\[[Code](" in (tmp_path / "cv.md").read_text()


def test_a_mistake_in_the_configuration_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text('[store]\npath = "a.bib"\n[lists.cv]\nwhere = "has codeulr"\n')
    result = run_in(tmp_path, "render")
    assert result.code == 1
    assert 'pubtrack.toml: list "cv": ' in result.err
    assert "did you mean codeurl" in result.err
