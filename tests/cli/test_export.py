"""pubtrack export: what is chosen, where it goes, what is never overwritten, and what goes wrong in one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.project import BROKEN, make_project
from tests.cli.run import Run, run_in

BIB = """\
@article{doe2020, author = {Doe, Jane and Roe, Richard}, title = {Looms}, journal = {Loom Letters}, year = 2020,
  doi = {10.1234/loom.1}}
@inproceedings{doe2021, author = {Roe, R. and Doe, J.}, title = {Knots}, crossref = {knots}, year = 2021}
@misc{doe2019, author = {Doe, Jane}, title = {Looms}, eprint = {1901.00001}, archivePrefix = {arXiv}, year = 2019,
  related = {doe2020}}
@proceedings{knots, title = {Proceedings of Knots}, booktitle = {Proceedings of Knots}, year = 2021}
"""
CONFIG = """\
[owner]
name = "Doe, Jane"

[lists.cv]
sections = [
  { title = "Conferences", where = "type = paper-conference" },
  { title = "Journals", where = "type = article-journal" },
]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, BIB, CONFIG)
    return tmp_path


def export(folder: Path, *arguments: str) -> Run:
    return run_in(folder, "export", *arguments)


def ids(result: Run) -> list[str]:
    assert result.code == 0, result.err
    return [item["id"] for item in json.loads(result.out)]


def test_without_a_list_it_is_every_work_in_the_stores_order(project: Path) -> None:
    assert ids(export(project, "--to", "csl-json")) == ["doe2020", "doe2021", "doe2019"]


def test_a_filter_and_keys_choose(project: Path) -> None:
    assert ids(export(project, "--to", "csl-json", "--where", "year >= 2020 and position = 2")) == ["doe2021"]
    assert ids(export(project, "--to", "csl-json", "--key", "doe2019", "--key", "doe2020")) == ["doe2019", "doe2020"]
    assert ids(export(project, "--to", "csl-json", "--key", "knots")) == ["knots"]


def test_a_list_brings_its_selection_and_its_sections(project: Path) -> None:
    result = export(project, "--to", "rendercv", "--list", "cv")
    sections = yaml.safe_load(result.out)["cv"]["sections"]
    assert {title: [entry["title"] for entry in entries] for title, entries in sections.items()} == {
        "Conferences": ["Knots"],
        "Journals": ["Looms"],
    }
    assert sections["Conferences"][0]["authors"] == ["R. Roe", "**J. Doe**"]
    assert yaml.safe_load(result.out)["cv"]["name"] == "Jane Doe"
    both = export(project, "--to", "csl-json", "--list", "cv", "--where", "year = 2020")
    assert ids(both) == ["doe2020"]


def test_any_file_is_exported_without_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    result = export(tmp_path, "--bib", "refs.bib", "--owner", "Jane Doe", "--to", "rendercv", "--key", "doe2020")
    assert '"**Jane Doe**"' in result.out
    nobody = export(tmp_path, "--bib", "refs.bib", "--to", "json-resume")
    assert "basics" not in json.loads(nobody.out)
    assert nobody.err.count("no owner is named") == 1


def test_a_former_export_is_replaced_and_anything_else_is_not(project: Path) -> None:
    assert export(project, "--to", "al-folio", "-o", "papers.bib").err == "pubtrack: papers.bib: written\n"
    again = export(project, "--to", "al-folio", "-o", "papers.bib")
    assert (again.code, again.err) == (0, "pubtrack: papers.bib: up to date\n")
    assert export(project, "--to", "al-folio", "--key", "doe2020", "-o", "papers.bib").code == 0
    file = project / "papers.bib"
    file.write_bytes(file.read_bytes() + b"% mine\n")
    mine = file.read_bytes()
    refused = export(project, "--to", "al-folio", "-o", "papers.bib")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert refused.err.startswith("papers.bib: this file is not a former export")
    assert file.read_bytes() == mine
    assert export(project, "--to", "al-folio", "-o", "papers.bib", "--force").code == 0
    assert file.read_bytes() != mine


def test_the_store_itself_is_never_taken_for_an_export(project: Path) -> None:
    store = "bib/publications.bib"
    refused = export(project, "--to", "al-folio", "-o", store)
    assert refused.code == 1
    assert (project / store).read_text(encoding="utf-8") == BIB


def test_dry_run_check_and_diff_write_nothing(project: Path) -> None:
    dry = export(project, "--to", "rendercv", "-o", "cv.yaml", "--dry-run")
    assert (dry.code, dry.out) == (0, "would write cv.yaml\n")
    stale = export(project, "--to", "rendercv", "-o", "cv.yaml", "--check")
    assert stale.code == 1
    assert '+        - title: "Looms"' in stale.out.replace("+      - ", "+        - ")
    assert export(project, "--to", "rendercv", "-o", "cv.yaml", "--diff").code == 0
    assert not (project / "cv.yaml").exists()
    assert export(project, "--to", "rendercv", "-o", "cv.yaml").code == 0
    fresh = export(project, "--to", "rendercv", "-o", "cv.yaml", "--check")
    assert (fresh.code, fresh.out) == (0, "")


def test_hugo_gets_a_folder_for_each_work(project: Path) -> None:
    target = "site/content/publication"
    assert export(project, "--to", "hugo", "--me", "me", "-o", target).code == 0
    files = sorted(str(path.relative_to(project / target).as_posix()) for path in (project / target).rglob("*.*"))
    assert files == sorted(
        f"{key}/{name}" for key in ("doe2019", "doe2020", "doe2021") for name in ("cite.bib", "index.md")
    )
    assert "  - me\n" in (project / target / "doe2020" / "index.md").read_text(encoding="utf-8")
    assert export(project, "--to", "hugo", "--me", "me", "-o", target).err == f"pubtrack: {Path(target)}: up to date\n"


def test_a_page_that_someone_wrote_on_stays(project: Path) -> None:
    assert export(project, "--to", "hugo", "-o", "pages").code == 0
    page = project / "pages" / "doe2020" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore about looms.\n", encoding="utf-8", newline="\n")
    refused = export(project, "--to", "hugo", "-o", "pages", "--where", "year = 2020", "--me", "jane")
    assert refused.code == 1
    assert "More about looms." in page.read_text(encoding="utf-8")


def test_pages_of_works_no_longer_chosen_are_named_and_kept(project: Path) -> None:
    assert export(project, "--to", "hugo", "-o", "pages").code == 0
    fewer = export(project, "--to", "hugo", "-o", "pages", "--key", "doe2020")
    assert [line.split(": ")[1] for line in fewer.err.splitlines()[1:]] == [
        str(Path("pages/doe2019")),
        str(Path("pages/doe2021")),
    ]
    assert (project / "pages" / "doe2019" / "index.md").exists()


def test_a_key_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    items = [{"id": key, "type": "book", "title": "T"} for key in ("../../evil", "/etc/evil", "C:\\evil", "..", "a\nb")]
    (tmp_path / "refs.json").write_text(json.dumps(items), encoding="utf-8")
    before = set(tmp_path.parent.iterdir())
    assert export(tmp_path, "--bib", "refs.json", "--to", "hugo", "-o", "out/pages").code == 0
    assert len(list((tmp_path / "out" / "pages").iterdir())) == len(items)
    assert set(tmp_path.parent.iterdir()) == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "refs.json"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--to", "bibtex", "--dialect", "biblatex"], 2, "contradict"),
        (["--to", "rendrcv"], 2, "'rendrcv' is not one of"),
        (["--to", "hugo"], 2, "give -o FOLDER"),
        (["--to", "rendercv", "--check"], 2, "give -o FILE"),
        (["--to", "rendercv", "--list", "vc"], 1, 'no list named "vc"'),
        (["--to", "rendercv", "--where", "yaer = 1"], 1, "did you mean year"),
        (["--to", "rendercv", "--key", "doe2o20"], 1, "did you mean doe2020"),
        (["--to", "rendercv", "-o", "no/such/cv.yaml"], 1, "no/such"),
        (["--to", "rendercv", "-o", "bib"], 1, "it is a folder"),
        (["--to", "hugo", "-o", "pubtrack.toml"], 1, "cannot make this folder"),
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


def test_a_broken_store_is_exported_to_the_screen_only(tmp_path: Path) -> None:
    make_project(tmp_path, BROKEN)
    shown = export(tmp_path, "--to", "csl-json")
    assert shown.code == 1
    assert [item["id"] for item in json.loads(shown.out)] == ["first", "third"]
    refused = export(tmp_path, "--to", "csl-json", "-o", "out.json")
    assert refused.code == 1
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("to", ["ris", "csv"])
def test_a_file_with_windows_line_ends_is_not_stale_where_git_has_turned_them(project: Path, to: str) -> None:
    path = project / f"out.{to}"
    assert export(project, "--to", to, "-o", path.name).code == 0
    written = path.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") > 0
    path.write_bytes(written.replace(b"\r\n", b"\n"))
    assert export(project, "--to", to, "-o", path.name, "--check").code == 0
    path.write_bytes(written.replace(b"Looms", b"Lumps"))
    assert export(project, "--to", to, "-o", path.name, "--check").code == 1


def test_a_list_of_keys_for_reference_managers_goes_to_stdout(project: Path) -> None:
    result = export(project, "--to", "ris", "--key", "doe2019")
    assert result.out.splitlines()[1:3] == ["TY  - UNPB", "AU  - Doe, Jane"]


def test_a_reference_to_no_key_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@article{a, title = {T}, crossref = {,}}\n")
    result = run_in(tmp_path, "export", "--bib", "refs.bib")
    assert (result.code, "crossref" in result.out, "{T}" in result.out) == (0, False, True)
