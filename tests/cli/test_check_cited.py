"""pubtrack check --cited: what documents cite beside what the store has."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import make_project
from tests.cli.run import run_in

STORE = """\
@book{doe1999, author = {Doe, Jane}, title = {On work}, publisher = {P}, year = 1999}
@book{roe2001, author = {Roe, Ann}, title = {On tea}, publisher = {P}, year = 2001}
"""
PAPER = "\\documentclass{article}\n\\begin{document}\nAs \\cite{doe1999} says,\nand \\citep[p.~3]{doe1998, weather}.\n"
NOTES = "# Notes\n\nBetter: [@Roe2001; @doe1999].\n"


def project(folder: Path) -> None:
    make_project(folder, STORE)
    (folder / "paper.tex").write_text(PAPER + "\\end{document}\n", encoding="utf-8")
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")


def test_a_key_that_no_entry_has_is_named_where_it_is_cited(tmp_path: Path) -> None:
    project(tmp_path)
    result = run_in(tmp_path, "check", "--cited", "paper.tex", "--select", "use")
    assert result.out.splitlines() == [
        'paper.tex:4:18: error use-undefined [doe1998] the library has no "doe1998"; did you mean doe1999?',
        'paper.tex:4:27: error use-undefined [weather] the library has no "weather"',
        "bib/publications.bib:2:1: warning use-unused [roe2001] no document cites this entry",
        "2 errors, 1 warning, 0 info in 2 entries",
    ]
    assert result.code == 1


def test_several_documents_count_as_one_and_their_findings_keep_their_order(tmp_path: Path) -> None:
    project(tmp_path)
    result = run_in(tmp_path, "check", "--cited", "paper.tex", "--cited", "notes.md", "--select", "use")
    assert [line.split(" ")[0] for line in result.out.splitlines()[:-1]] == [
        "notes.md:3:10:",
        "paper.tex:4:18:",
        "paper.tex:4:27:",
    ]
    assert 'it has "roe2001", which differs in case only' in result.out


def test_a_document_that_cannot_be_read_ends_it(tmp_path: Path) -> None:
    project(tmp_path)
    result = run_in(tmp_path, "check", "--cited", "none.tex")
    assert (result.code, result.out) == (1, "")
    assert "none.tex: there is no such file" in result.err
    wrong = run_in(tmp_path, "check", "--cited", "paper.pdf")
    assert wrong.code == 2


def test_without_a_document_no_entry_is_unused(tmp_path: Path) -> None:
    project(tmp_path)
    assert "use-" not in run_in(tmp_path, "check").out


def test_nothing_is_fixed_where_a_document_cannot_be_read(tmp_path: Path) -> None:
    make_project(tmp_path, "@misc{a, title = {A &amp; B}, year = 2020}\n")
    before = (tmp_path / "bib" / "publications.bib").read_bytes()
    assert run_in(tmp_path, "check", "--fix", "--cited", "none.tex").code != 0
    assert (tmp_path / "bib" / "publications.bib").read_bytes() == before
