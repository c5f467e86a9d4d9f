"""Several documents together, their formats, and their keys against a library's."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtrack import citation_scan
from pubtrack.citation_scan import Cited, CitedKey, cited_in, format_of, missing_keys, unused_keys
from pubtrack.citation_scan._paths import join_path, suffix_of
from pubtrack.cli.document_files import document_reader
from pubtrack.model.errors import PubtrackError, UsageError
from tests.citation_scan.given import cites, keys, reader, said


def test_the_table_equals_the_folder() -> None:
    files = Path(citation_scan.__file__).parent.glob("[!_]*.py")
    assert set(citation_scan.FORMATS.values()) == {f"pubtrack.citation_scan.{file.stem}" for file in files}
    assert set(citation_scan.SUFFIXES.values()) == set(citation_scan.FORMATS)


def test_documents_are_united_in_their_order() -> None:
    files = {"p.tex": r"\cite{b}\bibliography{x}", "a.md": "[@a; @b]", "k.txt": "c\n*", "q.typ": "@d"}
    found = cites(files, *files)
    assert found.keys == ("b", "a", "c", "d")
    assert found.everything
    assert [one.file for one in found.citations] == ["p.tex", "a.md", "k.txt", "q.typ"]
    assert found.bibliographies == ("x.bib",)


def test_a_format_may_be_given() -> None:
    assert cited_in(["-"], reader({"-": r"\cite{a}"}), format_="tex").keys == ("a",)


@pytest.mark.parametrize(
    ("document", "message"),
    {
        "paper.tx": 'paper.tx: ".tx" is not a kind of document whose citations pubtrack reads; did you mean .',
        "refs.bib": "refs.bib: this is a library, no document that cites; read it with --bib",
        "-": '-: "" is not a kind of document whose citations pubtrack reads; it reads .aux, .bcf, .tex',
    }.items(),
)
def test_an_unknown_suffix_is_wrong_usage(document: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        format_of(document)
    assert str(raised.value).startswith(message)


def test_an_unknown_format_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match='unknown kind of document "latex"; did you mean'):
        cited_in(["a.tex"], reader({}), format_="latex")


def test_documents_that_are_not_there_are_problems_one_each() -> None:
    assert said(cites({}, "a.tex", "b.md")) == ["a.tex: there is no such file", "b.md: there is no such file"]


def test_keys_that_differ_in_case_name_both_places() -> None:
    found = cites({"p.tex": r"\cite{Smith}", "a.md": "\n@smith and @SMITH"}, "p.tex", "a.md")
    assert said(found) == [
        'a.md:2:1: "smith" is cited as "Smith" at p.tex:1:7; spell both alike',
        'a.md:2:12: "SMITH" is cited as "Smith" at p.tex:1:7; spell both alike',
    ]


def test_a_missing_key_is_named_with_its_place_and_the_nearest_key() -> None:
    found = Cited(
        (
            CitedKey("carberry208", "p.tex", 3, 7),
            CitedKey("Doe", "p.tex", 4),
            CitedKey("x", "n.docx"),
            CitedKey("k", "p"),
        )
    )
    assert [str(error) for error in missing_keys(found, ["carberry2008", "doe", "k"])] == [
        'p.tex:3:7: the library has no "carberry208"; did you mean carberry2008?',
        'p.tex:4: the library has no "Doe"; it has "doe", which differs in case only',
        'n.docx: the library has no "x"',
    ]


def test_near_keys_are_not_sought_for_a_whole_wrong_library() -> None:
    found = Cited(tuple(CitedKey(f"work{number}", "p.tex") for number in range(1000)))
    errors = [str(error) for error in missing_keys(found, [f"works{number}" for number in range(1000)])]
    assert "did you mean" in errors[0]
    assert "did you mean" not in errors[-1]
    assert len(errors) == 1000


def test_unused_keys_are_those_that_nothing_cites() -> None:
    found = Cited((CitedKey("b", "p.tex"),))
    assert unused_keys(found, ["a", "b", "c"]) == ["a", "c"]
    assert unused_keys(Cited((), everything=True), ["a"]) == []


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        ("", "a", "a"),
        ("d/", "./a//b", "d/a/b"),
        ("d/", "../a", "a"),
        ("", "../a/../b", "../b"),
        ("../d/", "../../a", "../../a"),
        ("d/", "/a/b", "/a/b"),
        ("/d/", "../a", "/a"),
    ],
)
def test_paths_are_joined_as_spelt(folder: str, name: str, expected: str) -> None:
    assert join_path(folder, name) == expected


def test_suffixes() -> None:
    assert [suffix_of(name) for name in ("a.TEX", "d.x/a", ".bib", "a.b.md", "")] == [".tex", "", "", ".md", ""]


# The disk ------------------------------------------------------------------------------------------------------------


def test_documents_are_read_from_the_disk_with_what_they_include(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text(r"\cite{a}\input{parts/one}\input{parts}\include{parts/no}", encoding="utf-8")
    (tmp_path / "parts" / "one.tex").write_text(r"\cite{b}", encoding="utf-8")
    main = str(tmp_path / "main.tex")
    assert cited_in([main], document_reader([main])).keys == ("a", "b")


def test_a_document_cannot_have_a_device_or_standard_input_read(tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text("\\cite{a}\\input{/dev/zero}\\input{-}\\input{a\0b}", encoding="utf-8")
    found = cited_in([str(main)], document_reader([str(main)]))
    assert found.keys == ("a",)
    assert [error.message for error in found.problems] == [
        "/dev/zero: cannot read this file: it is a device, not a regular file, so what it cites is not known",
    ]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    loop = tmp_path / "loop.tex"
    loop.symlink_to(loop)
    with pytest.raises(PubtrackError, match=r"loop\.tex: cannot read this file: Too many levels"):
        document_reader([])(str(loop))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.tex").open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(PubtrackError, match="larger than 100,000,000 bytes"):
        document_reader([])(str(tmp_path / "big.tex"))


def test_the_helper_of_these_tests_fails_on_problems() -> None:
    with pytest.raises(AssertionError):
        keys(r"\include{no}")
