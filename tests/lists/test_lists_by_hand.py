"""Lists by hand: `keys` in their order, a paragraph between sections, counts in headings, in every format."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pubtrack import Library, PubtrackError, render
from tests.cli.run import run_in

STORE = b"".join(
    b"@%s{%s, author = {Doe, Jane}, title = {Title %s}, journal = {J}, publisher = {P}, year = %d}\n"
    % (kind, key, key, year)
    for kind, key, year in [
        (b"article", b"one", 2019),
        (b"book", b"two", 2020),
        (b"article", b"three", 2021),
        (b"article", b"four", 2021),
    ]
)
LIBRARY = Library.parse(STORE)
HAND = ("two", "four", "one")
SECTIONS = [
    {"title": "Articles ({count})", "where": "type = article-journal", "intro": "{count} of my <best> & 100% own."},
    {"title": "Books", "where": "type = book"},
]


def keys_in(text: str) -> list[str]:
    places = {key: text.find(f"Title {key}") for key in ("one", "two", "three", "four")}
    return sorted((key for key, place in places.items() if place >= 0), key=lambda key: places[key])


def shown(to: str = "text", **options: Any) -> str:
    found = render(LIBRARY, to=to, **options)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("style", ["cv", "apa", "ieee"])
def test_exactly_the_keys_are_printed_in_their_order(style: str) -> None:
    assert keys_in(shown(keys=HAND, style=style)) == list(HAND)


@pytest.mark.parametrize("to", ["markdown", "html", "latex", "typst", "rtf", "text", "json"])
def test_the_keys_order_every_format(to: str) -> None:
    assert keys_in(shown(to, keys=HAND)) == list(HAND)


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({"sort": "date"}, ["one", "two", "four"]),
        ({"where": "type = article-journal"}, ["four", "one"]),
        ({"sections": SECTIONS}, ["four", "one", "two"]),
        ({"group": "year"}, ["four", "two", "one"]),
        ({"preprints": "none"}, list(HAND)),
    ],
)
def test_other_options_hold_within_the_keys(options: dict[str, Any], keys: list[str]) -> None:
    assert keys_in(shown(keys=HAND, **options)) == keys


def test_a_key_twice_is_printed_once() -> None:
    assert keys_in(shown(keys=["two", "one", "two"])) == ["two", "one"]


def test_preprints_and_volumes_that_a_list_by_hand_names_are_printed() -> None:
    library = Library.parse(
        b"@proceedings{vol, title = {Title two}, year = 2020}\n"
        b"@inproceedings{in, author = {Doe, Jane}, title = {Title one}, crossref = {vol}}\n"
        b"@online{pre, author = {Doe, Jane}, title = {Title one}, eprint = {2001.00001}, eprinttype = {arxiv}}\n"
    )
    assert "Title two" in str(render(library, keys=["vol", "in", "pre"], preprints="none"))
    assert "2001.00001" in str(render(library, keys=["vol", "in", "pre"], preprints="none"))


def test_an_unknown_key_is_named_with_the_nearest() -> None:
    with pytest.raises(PubtrackError, match='keys: there is no entry "thre"; did you mean three'):
        shown(keys=["one", "thre"])


INTROS = {
    "markdown": "### Articles (2)\n\n2 of my &lt;best> & 100% own.\n\n",
    "html": '<h3>Articles (2)</h3>\n<p class="csl-intro">2 of my &lt;best&gt; &amp; 100% own.</p>\n<div',
    "latex": "2 of my \\textless{}best\\textgreater{} \\& 100\\% own.\n\n",
    "typst": "=== Articles (2)\n\n2 of my \\<best\\> & 100% own.\n\n",
    "rtf": r"{\pard\sa120\fs22 2 of my <best> & 100% own.\par}",
    "text": "Articles (2)\n------------\n\n2 of my <best> & 100% own.\n\n",
}


@pytest.mark.parametrize("to", INTROS)
def test_a_section_has_a_count_and_a_paragraph_in_every_format(to: str) -> None:
    assert INTROS[to] in shown(to, keys=HAND, sections=SECTIONS)


def test_word_has_the_count_and_the_paragraph_between_title_and_entries() -> None:
    content = render(LIBRARY, to="docx", keys=HAND, sections=SECTIONS)
    assert isinstance(content, bytes)
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    places = [xml.index(words) for words in ("Articles (2)", "2 of my &lt;best&gt; &amp; 100% own.", "Title four")]
    assert places == sorted(places)


def test_the_rest_may_be_counted_and_other_braces_stay() -> None:
    sections = [{"title": "Books {n}", "where": "type = book"}]
    text = shown(sections=sections, rest="Other ({count})")
    assert "Books {n}" in text
    assert "Other (3)" in text


def test_json_counts_as_well() -> None:
    assert '"section": "Articles (2)"' in shown("json", keys=HAND, sections=SECTIONS)


def project(folder: Path, options: str) -> None:
    (folder / "a.bib").write_bytes(STORE)
    (folder / "pubtrack.toml").write_text(f'[store]\npath = "a.bib"\n[lists.cv]\n{options}\n')


def test_render_prints_a_list_by_hand_and_what_the_command_asks_for_wins(tmp_path: Path) -> None:
    project(tmp_path, 'keys = ["two", "four", "one"]')
    assert keys_in(run_in(tmp_path, "render").out) == list(HAND)
    assert keys_in(run_in(tmp_path, "render", "--style", "apa").out) == list(HAND)
    assert keys_in(run_in(tmp_path, "render", "--sort", "date").out) == ["one", "two", "four"]
    assert keys_in(run_in(tmp_path, "render", "three").out) == ["three"]
    assert keys_in(run_in(tmp_path, "export", "--list", "cv", "--to", "ris").out) == list(HAND)


def test_a_region_may_name_its_keys(tmp_path: Path) -> None:
    project(tmp_path, "")
    (tmp_path / "cv.md").write_text("<!-- pubtrack:begin cv keys=one,three -->\n<!-- pubtrack:end -->\n")
    assert run_in(tmp_path, "cv", "cv.md").code == 0
    assert keys_in((tmp_path / "cv.md").read_text()) == ["one", "three"]


def test_an_unknown_key_is_told_with_the_configuration(tmp_path: Path) -> None:
    project(tmp_path, 'keys = ["two", "foru"]')
    result = run_in(tmp_path, "render")
    assert result.code == 1
    assert 'pubtrack.toml: list "cv": keys: there is no entry "foru"; did you mean four?' in result.err
