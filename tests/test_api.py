"""The Python interface: a few verbs, loaded when asked for, documented by examples that run."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import pubtrack
from pubtrack import Library, PubtrackError, export, render
from pubtrack.model.work import Date

BIB = b"""
@book{old, author={Doe, Jane}, title={On Work}, year=1999}
@article{new, author={Roe, R. and Doe, J.}, title={On Rest}, journal={J}, year=2001}
"""


PACKAGE = Path(pubtrack.__file__).parent
EXAMPLES = [path for path in sorted(PACKAGE.rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_a_modules_docstrings_run(path: Path) -> None:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    result = doctest.testmod(import_module(name), extraglobs={"Library": Library})
    assert (result.failed, result.attempted > 0) == (0, True)


def test_every_offered_name_is_there() -> None:
    assert [name for name in pubtrack.__all__ if not hasattr(pubtrack, name)] == []
    assert set(pubtrack._OFFERED) == set(pubtrack.__all__)
    with pytest.raises(AttributeError):
        pubtrack.nothing  # noqa: B018


def test_a_library_is_rendered() -> None:
    library = Library.parse(BIB)
    assert [work.id for work in library.works] == ["old", "new"]
    assert [entry.key for entry in library.entries] == ["old", "new"]
    assert render(library.works, style="apa", owner="Doe, Jane", where="type = book") == (
        "**Doe, J.** (1999). *On Work*.\n"
    )
    assert str(render(library.works, owner="Doe, Jane")).startswith("R. Roe, **J. Doe**.")


def test_a_broken_entry_is_a_problem_not_an_exception() -> None:
    library = Library.parse(BIB + b"@book{broken, title={\n", file="a.bib")
    assert [problem.file for problem in library.problems] == ["a.bib"]
    assert len(library.works) >= 2


def test_what_is_not_there_raises() -> None:
    with pytest.raises(PubtrackError, match='no entry "nwe"; did you mean new'):
        Library.parse(BIB).chosen(["nwe"])
    with pytest.raises(PubtrackError):
        Library.load("nowhere")


def test_an_edit_is_saved_when_asked_and_moves_no_other_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(b"% mine\r\n" + BIB)
    library = Library.load(path)
    changed = library.set("old", year="2000").set("new", title=None)
    assert changed.chosen(["old"])[0].issued == Date((2000,))
    assert path.read_bytes() == b"% mine\r\n" + BIB
    assert changed.save() == (path,)
    expected = (b"% mine\r\n" + BIB).replace(b"year=1999", b"year=2000").replace(b" title={On Rest},", b"")
    assert path.read_bytes() == expected
    with pytest.raises(PubtrackError, match="changed by someone else"):
        library.set("old", year="1").save()
    assert path.read_bytes() == expected


def test_bibtexparser_libraries_are_exchanged() -> None:
    library = Library.parse(BIB)
    foreign = library.to_bibtexparser()
    assert [entry.key for entry in foreign.entries] == ["old", "new"]
    assert [work.title for work in Library.from_bibtexparser(foreign).works] == [work.title for work in library.works]


def test_export_has_the_profiles_and_their_options() -> None:
    library = Library.parse(
        b"@article{a, author={Doe, J.}, title={NeRF}, journal={Journal of Optics}, year=2020, note={x}}"
    )
    text = export(library, profile="ieee", keep=("note",))
    assert isinstance(text, str)
    assert "{J. Opt.}" in text
    assert "{{NeRF}}" in text
    assert "{x}" in text
    assert '"id": "a"' in str(export(library, "csl-json", keys=["a"]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": ["b"]}, 'there is no entry "b"'),
        ({"profile": "iee"}, "did you mean ieee"),
        ({"journal": "iso4"}, 'unknown key "journal"; did you mean journals'),
        ({"max_authors": "2"}, "max_authors must be a number"),
        ({"to": "ris", "profile": "ieee"}, "are for .bib files"),
        ({"to": "bibtx"}, 'unknown export format "bibtx"; did you mean bibtex'),
    ],
)
def test_export_names_what_is_wrong(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(PubtrackError, match=re.escape(message)):
        export(Library.parse(b"@book{a, title={T}}"), **arguments)


def test_export_raises_for_what_cannot_be_written() -> None:
    library = Library.parse("@book{a,\n title={王}}".encode(), file="refs.bib")
    with pytest.raises(PubtrackError, match=r'refs\.bib:2: a: "王"'):
        export(library)
    assert "王" in export(library, encoding="unicode")


def test_a_library_is_a_mapping_and_a_sequence_of_works() -> None:
    library = Library.parse(BIB, file="a.bib")
    assert library["new"].title == library.works[1].title
    assert (len(library), [work.id for work in library], "old" in library, "nwe" in library) == (
        2, ["old", "new"], True, False,
    )  # fmt: skip
    with pytest.raises(PubtrackError, match='no entry "nwe"; did you mean new'):
        library["nwe"]
    with pytest.raises(KeyError):
        library["nwe"]
    empty = Library.parse(b"")
    assert (bool(empty), len(empty)) == (True, 0)


def test_works_have_a_year_and_creators() -> None:
    library = Library.parse(b"@book{a, editor={Roe, Ann}, title={T}, year={2001/2002}}\n@misc{b, title={U}}")
    assert [(work.year, [name.family for name in work.creators]) for work in library] == [(2001, ["Roe"]), (None, [])]


def test_values_are_shown_in_one_line() -> None:
    library = Library.parse(BIB)
    assert repr(library) == "<Library in memory: 2 works>"
    assert repr(library["new"]) == "<Work new: Roe and others, On Rest, 2001>"
    assert "\n" not in repr(Library.parse(b"@misc{x, title={A\n\nB}}")["x"])


def test_notebooks_show_tables_and_lists_and_hostile_titles_are_inert() -> None:
    library = Library.parse(b"@misc{a, author={Doe, J.}, title={<script>x</script> | *b*}, year=2020}")
    page = library._repr_html_()
    assert "<td>2020</td>" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    rows = library._repr_markdown_().splitlines()
    assert [row.count(" | ") for row in rows] == [4, 4, 4]
    assert "<script" not in rows[2]
    shown = render(library, owner="J. Doe")
    assert isinstance(shown, str)
    assert "**J. Doe**" in shown
    assert "<strong>J. Doe</strong>" in shown._repr_html_()  # type: ignore[attr-defined]
    assert shown._repr_markdown_() == shown  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"styel": "apa"}, 'unknown key "styel"; did you mean style'),
        ({"max_authors": "two"}, "max_authors must be"),
        ({"style": 5}, "style must be a text in quotes"),
        ({"to": 5}, "the format is a word"),
        ({"owner": 5}, "the owner a name or an Owner"),
        ({"sections": [{"titel": "x"}]}, 'unknown key "sections.titel"; did you mean title'),
        ({"sections": "Books"}, "sections must be a list"),
        ({"sort": "data"}, "did you mean date"),
    ],
)
def test_render_names_what_is_wrong(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(PubtrackError, match=re.escape(message)):
        render(Library.parse(BIB), **arguments)


def test_sections_are_dicts_and_any_iterable_is_a_list() -> None:
    library = Library.parse(BIB)
    sections = ({"title": title, "where": where} for title, where in (("Books", "type = book"),))
    text = str(render((work for work in library), sections=sections))
    assert text.startswith("### Books\n\nJane Doe. **On Work**, 1999.")
    with pytest.raises(PubtrackError, match="entries and keys are not works"):
        render(["old"])  # type: ignore[list-item]


@pytest.mark.parametrize("to", ["bibtex", "biblatex", "csl-json", "ris"])
def test_no_keys_are_none_in_every_format(to: str) -> None:
    library = Library.parse(BIB)
    assert "On Work" not in str(export(library, to, keys=[]))
    assert "On Rest" in str(export(library, to, keys=(key for key in ["new"])))
    with pytest.raises(PubtrackError, match=re.escape("keys are a list; write keys=['new']")):
        export(library, to, keys="new")


def test_an_option_that_a_format_ignores_is_refused() -> None:
    with pytest.raises(PubtrackError, match=r"are for \.bib files"):
        export(Library.parse(BIB), "ris", venues={"J": "Journal"})


def test_every_style_prints_the_newest_first_unless_a_sort_is_given() -> None:
    library = Library.parse(
        b"@book{a, author={Doe, A}, title={Old}, year=1999}\n@book{z, author={Zoe, Z}, title={New}, year=2020}"
    )
    newest = [render(library.works, style=style, to="text") for style in ("cv", "apa")]
    assert all(str(content).index("New") < str(content).index("Old") for content in newest)
    by_style = str(render(library.works, style="apa", to="text", sort="style"))
    assert by_style.index("Old") < by_style.index("New")
