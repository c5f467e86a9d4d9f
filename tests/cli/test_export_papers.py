"""pubtrack export with documents: what they cite, what is missing, and the files that come of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import Run, run_in

BIB = """\
@string{jil = {Journal of Imaginary Looms}}
@article{doe2020, author = {Doe, Jane and Roe, R.}, title = {NeRF Looms}, journal = jil, year = 2020,
  doi = {10.1234/loom.1}, url = {https://example.org}, file = {secret.pdf}, note = {secret}}
@inproceedings{knot, author = {Roe, R.}, title = {Knots}, crossref = {knots}}
@proceedings{knots, title = {Proceedings of CVPR}, year = 2021}
@book{bröken, title = {x
}
@book{uncited, author = {Doe, J.}, title = {Uncited 王}, publisher = {P}, year = 1999}
"""
CONFIG = """\
[owner]
name = "Doe, Jane"

[venues]
CVPR = "Conference on Vision"

[exports.paper]
base = "ieee"
keep = ["note"]
max_authors = 1
"""
PAPER = "\\documentclass{article}\n\\begin{document}\n\\cite{doe2020}\n\\input{part}\n\\end{document}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, BIB, CONFIG)
    (tmp_path / "paper.tex").write_text(PAPER, encoding="utf-8")
    (tmp_path / "part.tex").write_text("As \\citep[p.~3]{knot} % \\cite{uncited}\n", encoding="utf-8")
    (tmp_path / "appendix.md").write_text("See [@doe2020; @knot].\n", encoding="utf-8")
    return tmp_path


def export(folder: Path, *arguments: str) -> Run:
    return run_in(folder, "export", *arguments)


def keys(text: str) -> list[str]:
    return re.findall(r"^@(?!string)\w+\{([^,]+),$", text, re.M)


def test_a_paper_gets_what_it_cites_and_nothing_private(project: Path) -> None:
    result = export(project, "paper.tex")
    assert (result.code, result.err) == (0, "")
    assert keys(result.out) == ["doe2020", "knot", "knots"]
    assert "secret" not in result.out
    assert result.out.startswith("% Written by pubtrack export, sum ")
    both = export(project, "paper.tex", "appendix.md")
    assert both.out == result.out


def test_the_default_is_bibtex_and_the_other_dialect_is_asked_for(project: Path) -> None:
    assert "journal       = jil," in export(project, "paper.tex").out
    assert "journaltitle  = jil," in export(project, "paper.tex", "--to", "biblatex").out
    assert "journaltitle  = jil," in export(project, "paper.tex", "--dialect", "biblatex").out


def test_a_key_that_is_missing_is_an_error_with_its_place_and_the_nearest(project: Path) -> None:
    (project / "part.tex").write_text("\n \\cite{knott,Doe2020}\n", encoding="utf-8")
    (project / "paper.tex").write_text(PAPER.replace("\\cite{doe2020}", "Text"), encoding="utf-8")
    result = export(project, "paper.tex", "-o", "refs.bib")
    assert (result.code, result.out) == (1, "")
    first, second = result.err.splitlines()
    assert re.match(r'part\.tex:2:\d+: the library has no "knott"; did you mean knot', first)
    assert re.match(r'part\.tex:2:\d+: the library has no "Doe2020"; it has "doe2020", which differs in case', second)
    assert not (project / "refs.bib").exists()


def test_more_libraries_are_searched_and_the_store_wins(project: Path) -> None:
    (project / "part.tex").write_text("\\cite{far}\n", encoding="utf-8")
    (project / "other.bib").write_text(
        "@book{far, title={Far}, author={F}}\n@article{doe2020, title={Other}}\n", encoding="utf-8"
    )
    result = export(project, "paper.tex", "--also-from", "other.bib")
    assert result.code == 0
    assert keys(result.out) == ["doe2020", "far"]
    assert "NeRF Looms" in result.out
    assert 'the key "doe2020" stands for another entry in other.bib:2; this one is exported' in result.err
    gone = export(project, "paper.tex", "--also-from", "gone.bib")
    assert (gone.code, gone.err.count("\n")) == (1, 1)
    assert gone.err.startswith("gone.bib: ")


def test_what_is_never_cited_can_be_listed(project: Path) -> None:
    result = export(project, "paper.tex", "--unused")
    assert (result.code, result.out.split()) == (0, ["knots", "bröken", "uncited"])
    assert export(project, "--unused").code == 2


def test_a_broken_entry_stops_only_the_paper_that_cites_it(project: Path) -> None:
    assert export(project, "paper.tex").code == 0
    broken = export(project, "--key", "bröken", "-o", "refs.bib")
    assert (broken.code, broken.err.count("\n")) == (1, 1)
    assert "exp-broken" in broken.err
    assert not (project / "refs.bib").exists()
    assert export(project).code == 1


def test_a_letter_that_pdftex_lacks_is_an_error_and_nothing_is_written(project: Path) -> None:
    refused = export(project, "--key", "uncited", "-o", "refs.bib")
    assert refused.code == 1
    assert refused.err == (
        f"{Path('bib/publications.bib')}:8: error exp-encoding [uncited.title] "
        '"王" (U+738B) has no LaTeX form; write the file in Unicode instead\n'
    )
    assert not (project / "refs.bib").exists()
    assert export(project, "--key", "uncited", "--encoding", "unicode").code == 0


def test_profiles_and_the_options_that_change_them(project: Path) -> None:
    ieee = export(project, "paper.tex", "--profile", "ieee").out
    assert "{J. Imaginary Looms}" in ieee
    assert "{{NeRF} Looms}" in ieee
    assert "url" not in ieee
    own = export(project, "paper.tex", "--profile", "paper", "--journals", "keep", "--strings", "resolve").out
    assert "author        = {Doe, Jane and others}" in own
    assert "note          = {secret}" in own
    assert "journal       = {Journal of Imaginary Looms}" in own
    full = export(project, "--key", "doe2020", "--profile", "full", "--drop", "file").out
    assert "{secret}" in full
    assert "secret.pdf" not in full
    venues = export(project, "paper.tex", "--venues", "full", "--keep", "file").out
    assert "{Proceedings of Conference on Vision}" in venues
    assert "secret.pdf" in venues
    wrong = export(project, "paper.tex", "--profile", "iee")
    assert (wrong.code, wrong.err) == (1, 'no export profile named "iee"; did you mean ieee?\n')


def test_check_and_diff_compare_the_papers_file_with_the_store(project: Path) -> None:
    assert export(project, "paper.tex", "-o", "refs.bib").err == "pubtrack: refs.bib: written\n"
    assert export(project, "paper.tex", "-o", "refs.bib", "--check").code == 0
    store = project / "bib" / "publications.bib"
    store.write_text(store.read_text(encoding="utf-8").replace("NeRF Looms", "New Looms"), encoding="utf-8")
    before = (project / "refs.bib").read_bytes()
    stale = export(project, "paper.tex", "-o", "refs.bib", "--check")
    assert stale.code == 1
    assert "+  title         = {New Looms}," in stale.out
    assert export(project, "paper.tex", "-o", "refs.bib", "--diff").code == 0
    assert export(project, "paper.tex", "-o", "refs.bib", "--dry-run").out == "would write refs.bib\n"
    assert (project / "refs.bib").read_bytes() == before
    assert export(project, "paper.tex", "-o", "refs.bib").code == 0
    assert b"New Looms" in (project / "refs.bib").read_bytes()


def test_a_file_that_someone_wrote_or_changed_is_not_replaced(project: Path) -> None:
    file = project / "refs.bib"
    file.write_text("@book{mine, title={Mine}}\n", encoding="utf-8")
    refused = export(project, "paper.tex", "-o", "refs.bib")
    assert (refused.code, refused.err) == (
        1, "refs.bib: this file is not a former export, or was changed since; --force replaces it\n",
    )  # fmt: skip
    assert export(project, "paper.tex", "-o", "refs.bib", "--force").code == 0
    file.write_bytes(file.read_bytes().replace(b"Looms", b"Booms"))
    assert export(project, "paper.tex", "-o", "refs.bib").code == 1
    assert export(project, "paper.tex", "-o", "bib/publications.bib").code == 1


@pytest.mark.parametrize("name", ["publications.bib", "paper.bib"])
@pytest.mark.parametrize("more", [["paper.tex"], ["paper.tex", "--to", "al-folio"]])
def test_the_store_is_never_written_over_nor_added_to(project: Path, name: str, more: list[str]) -> None:
    before = (project / "bib" / "publications.bib").read_bytes()
    result = export(project, *more, "-o", f"bib/{name}", "--force")
    assert result.code == 1
    assert re.search(rf"bib.{re.escape(name)}: .*the store", result.err)
    assert [path.name for path in (project / "bib").glob("*.bib")] == ["publications.bib"]
    assert (project / "bib" / "publications.bib").read_bytes() == before


def test_line_ends_of_windows_in_a_former_export_are_no_change(project: Path) -> None:
    assert export(project, "paper.tex", "-o", "refs.bib").code == 0
    file = project / "refs.bib"
    assert b"\r" not in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert export(project, "paper.tex", "-o", "refs.bib", "--check").code == 0


def test_new_keys_come_with_a_map_and_only_when_asked_for(project: Path) -> None:
    result = export(project, "paper.tex", "--rekey={family}{year}", "-o", "refs.bib")
    assert result.code == 0
    assert keys((project / "refs.bib").read_text(encoding="utf-8")) == ["doe2020", "roe2021", "anonymous2021"]
    lines = (project / "refs.bib.keys.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["doe2020\tdoe2020", "knot\troe2021", "knots\tanonymous2021"]
    again = export(project, "paper.tex", "--rekey={family}{year}", "-o", "refs.bib")
    assert again.err == "pubtrack: refs.bib: up to date\n"
    shown = export(project, "paper.tex", "--rekey={word}")
    assert "pubtrack: knot is now knots" in shown.err
    assert export(project, "--rekey", "paper.tex").code == 2


def test_documents_narrow_the_other_formats_too(project: Path) -> None:
    result = export(project, "paper.tex", "--to", "csl-json")
    assert result.code == 0
    assert re.findall(r'"id": "(\w+)"', result.out) == ["doe2020", "knot"]
    narrowed = export(project, "paper.tex", "--where", "year = 2020")
    assert keys(narrowed.out) == ["doe2020"]


def test_everything_is_cited_by_a_star(project: Path) -> None:
    (project / "all.tex").write_text("\\nocite{*}\n", encoding="utf-8")
    assert export(project, "all.tex").code == 1  # the store has a broken entry
    store = project / "bib" / "publications.bib"
    text = store.read_text(encoding="utf-8").replace("@book{bröken, title = {x\n}\n", "").replace(" 王", "")
    store.write_text(text, encoding="utf-8")
    assert keys(export(project, "all.tex").out) == ["doe2020", "knot", "uncited", "knots"]


def test_any_library_is_exported_without_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text(
        '[{"id": "a b", "type": "article-journal", "title": "É & {x}", "container-title": "J", '
        '"author": [{"family": "Doe", "given": "J."}], "issued": {"date-parts": [[2020, 5]]}}]',
        encoding="utf-8",
    )
    result = export(tmp_path, "--bib", "refs.json", "--journals", "iso4")
    assert result.code == 0
    assert "@article{a-b," in result.out
    assert "title         = {{\\'{E}} \\& {\\textbraceleft}x{\\textbraceright}}," in result.out
    assert "month         = may," in result.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["gone.tex"], 1, "gone.tex: there is no such file"),
        (["paper.xyz"], 2, "is not a kind of document"),
        (["paper.tex", "--check"], 2, "give -o FILE"),
        (["paper.tex", "--to", "rendercv", "--profile", "ieee"], 2, "--profile is for .bib files"),
        (["paper.tex", "-o", "no/such/refs.bib"], 1, "no/such"),
        (["paper.tex", "-o", "bib"], 1, "it is a folder"),
        (["--key", "doe2O20"], 1, "did you mean doe2020"),
        (["paper.tex", "--profile", "full", "--encoding", "utf8"], 2, "is not one of"),
        (["paper.tex", "--rekey={famly}"], 1, "the key pattern has no"),
    ],
)
def test_bad_input_is_one_clear_line(project: Path, arguments: list[str], code: int, message: str) -> None:
    before = sorted(project.rglob("*"))
    result = export(project, *arguments)
    assert result.code == code
    assert message in result.err.replace("\\", "/")
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert sorted(project.rglob("*")) == before


def test_an_unreadable_document_is_named(project: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        (project / "dir.tex").mkdir()
        result = export(project, "dir.tex")
    else:
        (project / "paper.tex").chmod(0)
        result = export(project, "paper.tex")
    assert result.code == 1
    assert result.err.count("\n") == 1
