"""pubtrack.toml: every key has a default, and every mistake is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pubtrack.config import Config, ListConfig, find, list_options, load, parse
from pubtrack.model.errors import PubtrackError


def test_an_empty_file_gives_the_documented_defaults() -> None:
    config = parse("")
    assert config.store.path == "bib"
    assert config.list_named("cv") == ListConfig()
    assert config.marks == {"corresponding": "*", "equal": "†"}
    assert config.list_named("cv").order == "-date"


def test_every_documented_key_is_read() -> None:
    config = parse(
        """
        [owner]
        name = "Carberry, Josiah S."
        also = ["Stinkney Carberry"]
        orcid = "0000-0002-1825-0097"
        [store]
        path = "papers.bib"
        dialect = "biblatex"
        [marks]
        presenting = "‡"
        [network]
        mailto = "me@university.edu"
        [lists.short]
        style = "apa"
        max_authors = 3
        sections = [{ title = "Journals", where = "type = article-journal", prefix = "J", number = "descending" }]
        [highlight]
        students = { names = ["Doe, Jane"], with = "underline" }
        [venues]
        CVPR = "Conference on Computer Vision and Pattern Recognition"
        [exports.paper]
        encoding = "latex"
        drop = ["abstract"]
        """
    )
    short = config.list_named("short")
    assert (short.style, short.max_authors, short.sections[0].number) == ("apa", 3, "descending")
    assert config.marks == {"corresponding": "*", "equal": "†", "presenting": "‡"}
    assert config.highlight["students"].with_ == ("underline",)
    assert config.exports["paper"].drop == ("abstract",)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ('[owner]\nname = "A"\nnmae = "B"\n', 3, 'unknown key "owner.nmae"; did you mean name?'),
        ("[owners]\n", 1, 'unknown key "owners"; did you mean owner?'),
        ("[owner\n", 1, "not valid TOML"),
        ('[owner]\nname = "A\n', 2, "not valid TOML"),
        ("[owner]\nname = 3\n", 2, "owner.name must be a text in quotes, not 3"),
        ('[lists.cv]\n\nhighlight = "bald"\n', 3, 'lists.cv.highlight must be "bold" or "italic"'),
        ('[lists.cv]\nmax_authors = "many"\n', 2, 'lists.cv.max_authors must be a number from 0 or "style"'),
        ("[lists.cv]\nmarks = 1\n", 2, "lists.cv.marks must be true or false, not 1"),
        ('[lists.cv]\nlinks = "doi"\n', 2, "lists.cv.links must be a list"),
        ('[lists.cv]\nsections = [{ title = "A", were = "b" }]\n', 2, 'unknown key "lists.cv.sections.were"'),
        ('[lists]\ncv = "apa"\n', 2, "lists.cv must be a table"),
        ("[lists.cv]\nheading_level = 7\n", 2, "lists.cv.heading_level must be 1 or 2 or 3 or 4 or 5 or 6, not 7"),
        ("[lists.cv]\nheading_level = true\n", 2, "not true"),
        ('[marks]\nequal = " "\n', 2, "marks.equal must be a symbol"),
    ],
)
def test_a_mistake_is_named_with_its_line(source: str, line: int, message: str) -> None:
    with pytest.raises(PubtrackError) as caught:
        parse(source)
    assert caught.value.line == line
    assert message in str(caught.value)


def test_an_unknown_list_is_named_with_the_nearest() -> None:
    with pytest.raises(PubtrackError, match='no list named "shrot"; did you mean short'):
        parse("[lists.short]\n").list_named("shrot")


def test_options_of_a_region_are_typed_and_narrow_the_filter() -> None:
    base = ListConfig(where="year > 2000")
    changed = list_options(
        base, {"where": "selected", "style": "apa", "marks": "no", "max_authors": "3", "links": "doi, pdf"}
    )
    assert changed == ListConfig(
        where="(year > 2000) and (selected)", style="apa", marks=False, max_authors=3, links=("doi", "pdf")
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stile": "apa"}, 'unknown option "stile"; did you mean style'),
        ({"marks": "maybe"}, "marks must be true or false"),
        ({"sections": "x"}, 'unknown option "sections"'),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, str], message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        list_options(ListConfig(), options)


def test_the_nearest_parents_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "pubtrack.toml").write_text('[owner]\nname = "A B"\n', encoding="utf-8")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    path = find(deep)
    assert path == tmp_path / "pubtrack.toml"
    assert load(path).owner.name == "A B"
    assert isinstance(load(path), Config)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pubtrack.toml"
    path.write_bytes(b'[owner]\nname = "J\xf6rg"\n')
    with pytest.raises(PubtrackError, match="not UTF-8"):
        load(path)


def test_a_profile_of_exports_may_list_fields_and_names_what_does_not_fit() -> None:
    found = parse('[exports.p]\nbase = "ieee"\nfields = ["author"]\nmonths = false\nmax_authors = 3\n').exports["p"]
    assert (found.base, found.fields, found.months, found.max_authors) == ("ieee", ("author",), False, 3)
    assert (found.encoding, found.order) == (None, None)
    for line, message in (
        ('fields = "author"', "exports.p.fields must be a list"),
        ('jurnals = "iso4"', 'unknown key "exports.p.jurnals"; did you mean journals'),
        ('journals = "iso"', "exports.p.journals must be"),
        ('links = "all"', '"both" or "doi" or "url" or "none"'),
    ):
        with pytest.raises(PubtrackError, match=re.escape(message)):
            parse(f"[exports.p]\n{line}\n")
