"""Names in one form through a list: `names` and the owner's `print_as`, in every style and format."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pubtrack import Library, Owner, PubtrackError, render
from tests.cli.run import run_in

STORE = b"""
@article{a, author = {Huff, K. and Chodrow, Philip S and Hu, CMK.}, title = {One}, journal = {J}, year = 2020}
@article{b, author = {Philip S. Chodrow and Kathryn Huff}, title = {Two}, journal = {J}, year = 2019,
  author+an = {1=equal}}
@article{c, author = {C. M. K. Hu and P. S. Chodrow}, title = {Three}, journal = {J}, year = 2018}
"""
LIBRARY = Library.parse(STORE)
HUFF = Owner.parse("Huff, Kathryn D.", print_as="Kathryn D. Huff")


def shown(to: str = "markdown", owner: Owner | str = HUFF, library: Library = LIBRARY, **options: Any) -> str:
    found = render(library, to=to, owner=owner, **options)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        ("as-written", ["**Kathryn D. Huff**, Philip S Chodrow, CMK. Hu.", "Philip S. Chodrow†,", "P. S. Chodrow."]),
        ("full", ["**Kathryn D. Huff**, Philip S. Chodrow, C. M. K. Hu.", "Philip S. Chodrow†,", "Philip S. Chodrow."]),
        ("initials", ["**K. D. Huff**, P. S. Chodrow, C. M. K. Hu.", "P. S. Chodrow†,", "Hu, P. S. Chodrow."]),
    ],
)
def test_names_come_out_alike(names: str, lines: list[str]) -> None:
    text = shown(names=names)
    for line in lines:
        assert line in text


@pytest.mark.parametrize(
    ("style", "owner"),
    [
        ("cv", "**Kathryn D. Huff**"),
        ("apa", "**Huff, K. D.**"),
        ("ieee", "**K. D. Huff**"),
        ("vancouver", "**Huff KD**"),
    ],
)
def test_the_owner_is_printed_as_asked_in_the_form_of_the_style(style: str, owner: str) -> None:
    assert shown(style=style).count(owner) == 2


@pytest.mark.parametrize(
    ("to", "owner"),
    [
        ("html", "<strong>Kathryn D. Huff</strong>"), ("latex", r"\textbf{Kathryn D. Huff}"),
        ("typst", "#strong[Kathryn D. Huff]"), ("rtf", r"{\b Kathryn D. Huff}"), ("text", "Kathryn D. Huff"),
    ],
)  # fmt: skip
def test_every_format_has_the_form(to: str, owner: str) -> None:
    assert shown(to).count(owner) == 2
    assert shown(to, names="full").count("Philip S. Chodrow") == 3


def test_word_has_the_form() -> None:
    content = render(LIBRARY, to="docx", owner=HUFF, names="full")
    assert isinstance(content, bytes)
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert xml.count("Kathryn D. Huff") == 2
    assert xml.count("Philip S. Chodrow") == 3


def test_only_print_changes() -> None:
    data = shown("json", names="full")
    assert '"given": "Philip S"' in data
    assert '"given": "K."' in data
    assert "Kathryn D. Huff" in data


FAMILY_FIRST = Library.parse(
    b"@article{a, author = {Xiong Zhexiao and Doe, J.}, title = {One}, journal = {J}, year = 2020}"
)


@pytest.mark.parametrize(("style", "printed"), [("apa", "**Xiong, Z.**"), ("cv", "**Zhexiao Xiong**")])
def test_a_family_first_name_is_printed_by_its_real_parts(style: str, printed: str) -> None:
    assert printed in shown(owner="Zhexiao Xiong", library=FAMILY_FIRST, style=style)


def test_a_family_first_name_of_a_group_is_printed_by_its_real_parts() -> None:
    groups = {"students": {"names": ["Zhexiao Xiong"], "with": "underline"}}
    assert "<u>Xiong, Z.</u>" in shown(owner="Doe, Jane", library=FAMILY_FIRST, style="apa", groups=groups)


def test_a_role_that_is_typed_to_a_name_is_told_where_its_form_loses_it(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@book{a, author = {Doe (corresponding), Jane and Roe, Ann (Nan) and Poe*, Ed}, title = {T}, year = 2020}"
    )
    (tmp_path / "pubtrack.toml").write_text('[owner]\nname = "Doe, Jane"\n[store]\npath = "a.bib"\n')
    assert run_in(tmp_path, "render").err == ""
    (tmp_path / "pubtrack.toml").write_text(
        '[owner]\nname = "Doe, Jane"\nprint_as = "Jane Doe"\n[store]\npath = "a.bib"\n[lists.all]\nnames = "initials"\n'
    )
    told = "(corresponding) is not printed in Jane Doe (corresponding); a role belongs into an annotation"
    assert run_in(tmp_path, "render").err.splitlines() == [
        f"pubtrack: a: {told}, as in author+an = {{1=corresponding}}"
    ]
    result = run_in(tmp_path, "render", "--list", "all")
    assert len(result.err.splitlines()) == 2
    assert "**J. Doe**, A. Roe, E. Poe\\*" in result.out


def test_a_form_that_is_none_is_named() -> None:
    with pytest.raises(PubtrackError, match='names must be "as-written" or "initials" or "full", not "short"'):
        shown(names="short")
    with pytest.raises(PubtrackError, match='"Huff and Roe" is more than one name'):
        Owner.parse("Huff, K.", print_as="Huff and Roe")


def test_render_and_cv_read_both_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text(
        '[owner]\nname = "Huff, Kathryn D."\nprint_as = "Kathryn D. Huff"\n[store]\npath = "a.bib"\n'
        '[lists.cv]\nnames = "full"\n'
    )
    (tmp_path / "cv.md").write_text("<!-- pubtrack:begin cv names=initials -->\n<!-- pubtrack:end -->\n")
    assert "**Kathryn D. Huff**, Philip S. Chodrow, C. M. K. Hu." in run_in(tmp_path, "render").out
    assert "Kathryn" not in run_in(tmp_path, "render", "--owner", "Huff, K.").out.splitlines()[0]
    assert run_in(tmp_path, "cv", "cv.md").code == 0
    assert "**K. D. Huff**, P. S. Chodrow, C. M. K. Hu." in (tmp_path / "cv.md").read_text()


def test_a_wrong_print_as_is_told_with_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text('[owner]\nname = "Huff, K."\nprint_as = "A and B"\n')
    result = run_in(tmp_path, "render", "--bib", "a.bib")
    assert result.code == 1
    assert 'pubtrack.toml: "A and B" is more than one name' in result.err
