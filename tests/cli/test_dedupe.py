"""pubtrack dedupe lists what is there twice, joins two entries in one step, and asks where they differ."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import run_in

STORE = """\
% tea
@article{doe2020,
  author  = {Doe, Jane and Roe, Max},
  title   = {Tea and Rain in the Cities},
  journal = {Journal of Tea},
  year    = {2020},
}

@misc{doe2019, author={Doe, Jane and Roe, Max}, title={Tea and rain in the cities}, year=2019,
  eprint={1901.00001}, archivePrefix={arXiv}}

@book{other, author={Moe, Ann}, title={Other}, year=2000}
"""
MORE = """\
@article{roe2020tea, author={Doe, J. and Roe, M.}, title={Tea and rain in the cities}, journal={J. Tea}, year=2020,
  doi={10.1000/tea}}
% the end
@book{last, author={Moe, Ann}, title={Last}, related={roe2020tea}, year=2001}
"""
MERGE = ("dedupe", "--merge", "doe2020", "roe2020tea")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, STORE)
    (tmp_path / "bib" / "roe.bib").write_text(MORE, encoding="utf-8", newline="\n")
    return tmp_path


def texts(project: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((project / "bib").glob("*.bib"))]


def test_the_list_says_where_and_how_to_join(project: Path, golden: Callable[[Path, str], None]) -> None:
    result = run_in(project, "dedupe")
    assert (result.code, result.err) == (1, "")
    golden(Path(__file__).parent / "golden" / "dedupe.txt", result.out)


def test_the_list_is_json_for_programs(project: Path) -> None:
    result = run_in(project, "dedupe", "--json")
    assert result.code == 1
    assert json.loads(result.out) == {
        "duplicates": [{"keys": ["doe2020", "roe2020tea"], "why": ["the same title, authors and year"]}],
        "preprints": [{"preprint": "doe2019", "published": "doe2020"}],
    }


def test_preprints_alone_are_no_failure(tmp_path: Path) -> None:
    make_project(tmp_path, STORE)
    assert run_in(tmp_path, "dedupe").code == 0


def test_nothing_found_is_said(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, title={One}}\n")
    result = run_in(tmp_path, "dedupe")
    assert (result.code, result.out, result.err) == (0, "", "pubtrack: no duplicates found\n")


def test_entries_that_differ_are_left_alone_and_every_conflict_is_named(project: Path) -> None:
    before = texts(project)
    result = run_in(project, *MERGE)
    assert result.code == 1
    assert "bib/publications.bib:2:" in result.err
    assert "--take author=KEY --take journal=KEY" in result.err
    assert texts(project) == before


def test_two_entries_become_one_in_one_step(project: Path) -> None:
    result = run_in(project, *MERGE, "--take", "author=doe2020", "--take", "journal=doe2020")
    assert (result.code, result.err) == (0, 'pubtrack: "roe2020tea" is joined into "doe2020"\n')
    first, second = texts(project)
    assert first == STORE.replace(
        "  year    = {2020},\n", "  year    = {2020},\n  doi     = {10.1000/tea},\n  ids     = {roe2020tea},\n"
    )
    assert second == "% the end\n" + MORE.splitlines()[-1].replace("roe2020tea", "doe2020") + "\n"
    assert run_in(project, "dedupe").code == 0


def test_a_dry_run_shows_the_difference_and_writes_nothing(project: Path) -> None:
    before = texts(project)
    result = run_in(project, *MERGE, "--take", "author=doe2020", "--take", "journal=doe2020", "--no-ids", "--dry-run")
    assert result.code == 0
    assert "+  doi     = {10.1000/tea}," in result.out
    assert "ids" not in result.out
    assert texts(project) == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--merge", "doe2020", "doe2020"], 2, "two keys"),
        (["--merge", "doe2020", "nobody"], 1, 'there is no entry "nobody"'),
        (["--take", "title=doe2020"], 2, "--merge"),
        (["--merge", "doe2020", "roe2020tea", "--take", "title"], 2, "FIELD=KEY"),
        (["--merge", "doe2020", "roe2020tea", "--take", "title=doe2020"], 2, "do not differ"),
    ],
)
def test_wrong_use_is_one_line(project: Path, arguments: list[str], code: int, message: str) -> None:
    result = run_in(project, "dedupe", *arguments)
    assert result.code == code
    assert message in result.err
    assert result.err.count("\n") == 1


def test_one_key_of_two_equal_entries_is_told_and_not_offered_for_a_merge(tmp_path: Path) -> None:
    entry = "@article{a, author = {Doe, Jane}, title = {A Study of Things that Are}, year = 2020, journal = {J}}\n"
    (tmp_path / "refs.bib").write_text(entry * 2)
    result = run_in(tmp_path, "dedupe", "--bib", "refs.bib")
    assert "the key a is used more than once: remove one of the entries by hand" in result.out
    assert "--merge" not in result.out
