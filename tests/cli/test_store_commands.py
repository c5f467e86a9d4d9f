"""init, list, show, who, styles, completion: what they print and how they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.project import ROOT, make_project
from tests.cli.run import run_in


def test_init_makes_a_project_and_never_overwrites(tmp_path: Path) -> None:
    result = run_in(tmp_path, "init", "--name", 'Doe, "J"', "--orcid", "https://orcid.org/0000-0002-1825-0097")
    assert result.code == 0, result.err
    config = (tmp_path / "pubtrack.toml").read_text(encoding="utf-8")
    assert config == '[owner]\nname = "Doe, \\"J\\""\norcid = "0000-0002-1825-0097"\n'
    assert (tmp_path / "bib" / "publications.bib").read_bytes() == b""
    assert run_in(tmp_path, "render").code == 0
    again = run_in(tmp_path, "init", "--name", "Other")
    assert again.code == 0
    assert "exists and is kept" in again.err
    assert (tmp_path / "pubtrack.toml").read_text(encoding="utf-8") == config


def test_init_checks_the_orcid_and_makes_nothing(tmp_path: Path) -> None:
    result = run_in(tmp_path, "init", "--name", "Doe, Jane", "--orcid", "0000-0002-1825-0098")
    assert result.code == 1
    assert "0000-0002-1825-0098" in result.err
    assert list(tmp_path.iterdir()) == []


def test_init_dry_run_makes_nothing(tmp_path: Path) -> None:
    assert run_in(tmp_path, "init", "--name", "Doe, Jane", "--dry-run").out.count("would make") == 2
    assert list(tmp_path.iterdir()) == []


def test_list_has_a_row_for_every_entry() -> None:
    rows = [line.split("\t") for line in run_in(ROOT, "list").out.splitlines()]
    assert [row[:4] for row in rows] == [
        ["xiong2021twolevel", "2021", "paper-conference", "1/6"],
        ["jiang2021prunefacedet", "2021", "article-journal", "2/7"],
    ]
    assert rows[1][5] == "Cognitive Computation and Systems"


def test_list_takes_a_filter_and_prints_csl_json() -> None:
    items = json.loads(run_in(ROOT, "list", "type = article-journal", "--json").out)
    assert [item["id"] for item in items] == ["jiang2021prunefacedet"]
    assert items[0]["author"][1]["family"] == "Xiong"


def test_list_shows_every_entry_and_the_pair_of_preprint_and_paper(tmp_path: Path) -> None:
    bib = "@online{pre, author={Doe, Jane}, title={On Work}, eprint={2101.00001}, eprinttype={arxiv}, year=2000}\n"
    bib += "@proceedings{parent, title={Proceedings}, year=2001}\n"
    bib += "@inproceedings{paper, author={Doe, Jane}, title={On Work}, crossref={parent}, year=2001}\n"
    make_project(tmp_path, bib)
    rows = {line.split("\t")[0]: line for line in run_in(tmp_path, "list").out.splitlines()}
    assert set(rows) == {"pre", "parent", "paper"}
    assert "On Work (preprint of paper)" in rows["pre"]
    assert run_in(tmp_path, "render").out.count("On Work") == 1
    assert run_in(tmp_path, "render", "pre").out.count("On Work") == 1


def test_show_prints_the_entry_and_its_source() -> None:
    result = run_in(ROOT, "show", "xiong2021twolevel")
    assert result.out.startswith("Zhexiao Xiong, Xin Wen, Xu Zhao*")
    assert "author+an = {3=corresponding}" in result.out
    raw = run_in(ROOT, "show", "xiong2021twolevel", "--raw").out
    assert raw.startswith("@inproceedings{xiong2021twolevel,")
    assert 'no entry "xiong2021"' in run_in(ROOT, "show", "xiong2021").err


def test_who_explains_both_papers() -> None:
    report = json.loads(run_in(ROOT, "who", "--json").out)
    assert {key: (value["positions"], value["status"]) for key, value in report.items()} == {
        "xiong2021twolevel": ([1], "certain"),
        "jiang2021prunefacedet": ([2], "certain"),
    }
    assert set(report["xiong2021twolevel"]) == {"positions", "status", "rule", "written_as", "note"}
    text = run_in(ROOT, "who").out
    assert text.splitlines()[1].startswith("jiang2021prunefacedet: certain; author 2;")


def test_who_without_an_owner_is_wrong_usage(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={T}}\n", config="")
    result = run_in(tmp_path, "who")
    assert result.code == 2
    assert result.err.strip().endswith("--owner NAME")


def test_an_ambiguous_initial_is_reported_and_not_bolded(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, J. and Roe, A. and Doe, J.}, title={T}, year=2000}\n")
    report = json.loads(run_in(tmp_path, "who", "--json").out)
    assert (report["a"]["status"], report["a"]["positions"]) == ("ambiguous", [])
    rendered = run_in(tmp_path, "render")
    assert "**J. Doe**" not in rendered.out
    assert (
        rendered.err == "pubtrack: the owner is ambiguous in a and not highlighted there; `pubtrack who KEY` explains\n"
    )


def test_styles_finds_by_word() -> None:
    names = [line.split("\t")[0] for line in run_in(ROOT, "styles", "cv").out.splitlines()]
    assert "cv" in names
    rows = json.loads(run_in(ROOT, "styles", "ieee", "--json").out)
    assert any(row["name"] == "ieee" for row in rows)
    assert run_in(ROOT, "styles", "nosuchstyleatall").code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(tmp_path: Path, shell: str) -> None:
    assert "_PUBTRACK_COMPLETE" in run_in(tmp_path, "completion", shell).out


def test_hostile_values_do_not_reach_the_terminal(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={T\x1b[31m\u202e}, year=2000}\n")
    for arguments in (["list"], ["show", "a"], ["render", "--to", "text"], ["who"]):
        shown = run_in(tmp_path, *arguments).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown


@pytest.mark.parametrize(
    "words",
    [
        ["check", "-o", "bib/publications.bib"],
        ["check", "--html", "bib/publications.bib"],
        ["render", "--to", "html", "-o", "bib/publications.bib"],
        ["export", "--force", "-o", "bib/publications.bib"],
    ],
)
def test_no_output_replaces_the_store(tmp_path: Path, words: list[str]) -> None:
    bib = "@book{a, author={Doe, Jane}, title={On Work}, publisher={Oak}, year=1999}\n"
    make_project(tmp_path, bib)
    result = run_in(tmp_path, *words)
    assert result.code == 1
    assert "this file is the store itself; write to another one" in result.err
    assert (tmp_path / "bib" / "publications.bib").read_text(encoding="utf-8") == bib


@pytest.mark.parametrize("words", [["list", "--bib", "a" * 300], ["check", "-o", "a" * 300], ["add", "a" * 300]])
def test_a_name_that_the_system_does_not_take_is_an_error_of_one_line(tmp_path: Path, words: list[str]) -> None:
    make_project(tmp_path, "@misc{a, title = {A}}\n")
    run = run_in(tmp_path, *words)
    assert (run.code, run.err.count("\n")) == (1, 1)
    assert "internal error" not in run.err
    assert len(run.err) < 400
