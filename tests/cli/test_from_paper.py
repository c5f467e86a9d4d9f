"""pubtrack add --from-paper: what a paper's .bib has that the store lacks or contradicts; nothing changes unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import make_project
from tests.cli.run import Run, run_in

STORE = r"""@string{jil = "Journal of Imaginary Looms"}
@article{doe2020looms, author = {Doe, Jane and Roe, Richard}, title = {{NeRF} Looms of H$_2$O}, journal = jil,
  volume = 3, number = 04, pages = {45--67}, year = 2020, month = may, doi = {10.1234/JIL.1}}
@article{doe2019knots, author = {Doe, J.}, title = {Knots, Counted}, journal = {Loom Letters}, year = 2019}
@inproceedings{doe2018cvpr, author = {Doe, Jane and others}, title = {Weaving}, booktitle = {WW}, year = 2018}
@misc{doe2021pre, author = {Doe, Jane}, title = {Attention to Weaving Looms}, eprint = {2101.00001},
  archivePrefix = {arXiv}, year = 2021}
@proceedings{ropes2017, title = {Proceedings of Ropes}, year = 2017, publisher = {Ropewalk Press}}
"""
SAME = r"""@article{doe2020looms, title = "Nerf looms of \(H_2O\)", pages = "45-67", Volume = {3}, issue = 4,
  AUTHOR = "J. Doe and R. Roe", journal = {J. Imag. Looms}, date = {2020}, doi = {https://doi.org/10.1234/jil.1}}
"""
CONFIG = '[owner]\nname = "Doe, Jane"\n[venues]\nWW = "World Weaving Conference"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_project(tmp_path, STORE, CONFIG)
    return tmp_path


def add(folder: Path, bib: str, *arguments: str) -> Run:
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    return run_in(folder, "add", "--from-paper", "refs.bib", *arguments)


def entries(folder: Path, bib: str, *arguments: str) -> list[dict[str, Any]]:
    result = add(folder, bib, "--json", *arguments)
    assert result.code == 0, result.err
    found = json.loads(result.out)["entries"]
    assert isinstance(found, list)
    return found


def entry(folder: Path, bib: str, *arguments: str) -> dict[str, Any]:
    (found,) = entries(folder, bib, *arguments)
    return found


def store(folder: Path) -> str:
    return (folder / "bib" / "publications.bib").read_text(encoding="utf-8")


def test_a_work_written_otherwise_is_the_same(folder: Path) -> None:
    found = entry(folder, SAME)
    assert (found["status"], found["differences"], found["fills"]) == ("same", [], [])
    assert found["reason"] == "the same DOI 10.1234/jil.1"
    quiet = add(folder, SAME)
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_another_key_for_the_same_work_is_said(folder: Path) -> None:
    result = add(folder, SAME.replace("doe2020looms", "looms"))
    assert result.out == 'same      looms is "doe2020looms" in the store (the same DOI 10.1234/jil.1)\n'


def test_what_differs_and_what_only_the_paper_has_is_listed_by_field(folder: Path) -> None:
    bib = """@article{doe2020looms, author = {Doe, Jane and Poe, Edgar}, title = {NeRF Looms of H2O},
      journal = {Nature}, volume = 4, pages = {45--99}, year = 2021, doi = {10.1234/jil.1}, issn = {1234-5679}}
    @article{doe2019knots, author = {Doe, Jane}, title = {Knots, Counted: A Survey}, journal = {Loom Letters},
      year = 2019, doi = {10.1234/ll.2}, pages = {1--9}}"""
    result = add(folder, bib)
    assert result.code == 0
    assert result.out.splitlines() == [
        "differs   doe2020looms",
        "          author: Jane Doe, Richard Roe in the store, Jane Doe, Edgar Poe in the paper",
        "          journal: Journal of Imaginary Looms in the store, Nature in the paper",
        "          year: 2020-05 in the store, 2021 in the paper",
        "          volume: 3 in the store, 4 in the paper",
        "          pages: 45-67 in the store, 45-99 in the paper",
        "          issn: 1234-5679 in the paper alone",
        "has more  doe2019knots",
        "          title: Knots, Counted: A Survey in the paper alone",
        "          pages: 1-9 in the paper alone",
        "          doi: 10.1234/ll.2 in the paper alone",
    ]


def test_a_key_that_another_work_has_is_said(folder: Path) -> None:
    result = add(folder, "@book{doe2019knots, author={Doe, Jane}, title={Hemp}, year=2001}")
    assert result.out.splitlines()[1] == "          another work has this key in the store"
    refused = add(folder, "@book{doe2019knots, author={Doe, Jane}, title={Hemp}, year=2001}", "--apply-new")
    assert (refused.code, refused.out) == (1, "")
    assert 'the key "doe2019knots" is in use by another work' in refused.err


def test_fields_that_the_store_lacks_make_it_have_more(folder: Path) -> None:
    bib = """@article{doe2019knots, author = {Doe, Jane}, title = {Knots, Counted}, journal = {Loom Letters},
      date = {2019-07}, doi = {10.1234/ll.2}, pages = {1--9}, url = {https://doi.org/10.1234/ll.2}, keywords = {a}}"""
    found = entry(folder, bib)
    assert (found["status"], found["differences"]) == ("has-more", [])
    assert [(fill["field"], fill["paper"]) for fill in found["fills"]] == [
        ("month", "2019-07"), ("pages", "1-9"), ("doi", "10.1234/ll.2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "booktitle", ["World Weaving Conference", "WW", "Proc. World Weaving Conference", "Proceedings of the 2018 WW"]
)
def test_the_names_of_a_venue_are_one(folder: Path, booktitle: str) -> None:
    bib = (
        f"@inproceedings{{w, author={{Doe, Jane and others}}, title={{Weaving}}, booktitle={{{booktitle}}}, year=2018}}"
    )
    assert entry(folder, bib)["status"] == "same"


def test_a_list_of_authors_that_the_store_cuts_off_is_filled(folder: Path) -> None:
    bib = "@inproceedings{w, author={Doe, Jane and Roe, Al}, title={Weaving}, booktitle={WW}, year=2018}"
    assert entry(folder, bib)["fills"] == [{"field": "author", "store": "", "paper": "Jane Doe, Al Roe"}]


def test_works_by_others_that_the_store_lacks_are_counted_only(folder: Path) -> None:
    bib = "@book{poe, author={Poe, E}, title={Rave}, year=1845}\n@book{mine, author={Doe, J}, title={Mine}, year=2000}"
    result = add(folder, bib)
    assert result.out == "new       mine: J Doe, Mine (2000)\n"
    assert result.err == "pubtrack: 1 entry by others that the store lacks left out; --all lists them\n"
    assert [one["key"] for one in entries(folder, bib, "--all")] == ["poe", "mine"]
    report = json.loads(add(folder, bib, "--json").out)
    assert report["left_out"] == 1
    assert [(one["key"], one["mine"], one["file"], one["line"]) for one in report["entries"]] == [
        ("mine", True, "refs.bib", 2)
    ]


def test_without_an_owner_everybody_is_listed(folder: Path) -> None:
    (folder / "pubtrack.toml").write_text("", encoding="utf-8")
    assert entry(folder, "@book{poe, author={Poe, E.}, title={Ravens}, year=1845}")["status"] == "new"


@pytest.mark.parametrize(
    ("bib", "line"),
    [
        ("@article{pub, author={Doe, J. and Roe, R.}, title={Attention to Weaving Looms}, journal={Nature}, year=2022}",
         'the store has its preprint as "doe2021pre"'),
        ("@misc{pre, author={Doe, Jane and Roe, Richard}, title={NeRF Looms of H2O}, eprint={1901.00009}, year=2019}",
         'the store has its published version as "doe2020looms"'),
    ],
)  # fmt: skip
def test_another_version_of_a_work_is_named(folder: Path, bib: str, line: str) -> None:
    result = add(folder, bib)
    assert result.out.startswith("new ")
    assert result.out.endswith(f"          {line}\n")


def test_nothing_is_changed_by_looking(folder: Path) -> None:
    before = store(folder)
    add(folder, SAME + "@book{mine, author={Doe, J.}, title={Mine}, year=2000}")
    assert store(folder) == before


def test_check_exits_1_if_there_is_anything_to_say(folder: Path) -> None:
    assert add(folder, SAME, "--check").code == 0
    assert add(folder, "@book{poe, author={Poe, E.}, title={Ravens}, year=1845}", "--check").code == 0
    assert add(folder, "@book{mine, author={Doe, J.}, title={Mine}, year=2000}", "--check").code == 1
    assert add(folder, SAME.replace("Volume = {3}", "volume = 5"), "--check").code == 1


def test_chosen_entries_are_added_as_they_stand_in_the_paper(folder: Path) -> None:
    bib = """@string{press = "Ropewalk Press"}
@book{one, author = {Doe, Jane}, title = {One}, publisher = press, year = 2001, note = {Mine alone}, file = {a.pdf}}
@book{two, author = {Doe, Jane}, title = {Two}, year = 2002}
@book{poe, author = {Poe, E.}, title = {Ravens}, year = 1845}
@book{broken, title = {
"""
    assert add(folder, bib).code == 1  # for the broken entry
    result = add(folder, bib, "--apply", "one", "--apply", "poe")
    assert (result.code, result.out) == (0, "one\npoe\n"), result.err
    added = store(folder).removeprefix(STORE)
    for part in ("@book{one,", "{Ropewalk Press}", "{Mine alone}", "{a.pdf}", "@book{poe,"):
        assert part in added
    assert "two" not in added


def test_all_that_is_listed_as_new_is_added(folder: Path) -> None:
    bib = (
        SAME
        + "@book{mine, author={Doe, J.}, title={Mine}, year=2000}\n@book{poe, author={Poe, E}, title={R}, year=1845}"
    )
    assert add(folder, bib, "--apply-new", "--dry-run").out.count("+@book{mine,") == 1
    assert store(folder) == STORE
    assert add(folder, bib, "--apply-new").out == "mine\n"
    again = add(folder, bib, "--apply-new")
    assert (again.code, again.out) == (0, "")
    assert add(folder, bib, "--apply-new", "--all").out == "poe\n"


def test_a_chosen_paper_brings_its_volume_or_finds_it_in_the_store(folder: Path) -> None:
    bib = """@inproceedings{a, author = {Doe, Jane}, title = {Hemp}, crossref = {vol}}
@inproceedings{b, author = {Doe, Jane}, title = {Jute}, crossref = {r17}}
@proceedings{vol, title = {Proceedings of Knots}, year = 2016}
@proceedings{r17, title = {Proceedings of Ropes}, year = 2017, publisher = {Ropewalk Press}}
"""
    result = add(folder, bib, "--apply", "a", "--apply", "b")
    assert (result.code, result.out) == (0, "a\nb\nvol\n"), result.err
    added = store(folder).removeprefix(STORE)
    assert "crossref = {vol}" in added
    assert "crossref = {ropes2017}" in added
    shown = run_in(folder, "show", "b", "--json")
    assert json.loads(shown.out)[0]["container-title"] == "Proceedings of Ropes"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--apply", "nosuch"), 1, 'the paper has no entry "nosuch"'),
        (("--apply", "doe2020looms"), 1, 'refs.bib:1: "doe2020looms" is in the store already as "doe2020looms"'),
        (("--apply-new", "--check"), 2, "--check and --json list"),
        (("--apply-new", "--json"), 2, "--check and --json list"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    folder: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    result = add(folder, SAME, *arguments)
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert store(folder) == STORE


def test_its_options_need_it(folder: Path) -> None:
    (folder / "refs.bib").write_text(SAME, encoding="utf-8")
    for option in ("--apply-new", "--all", "--check", "--json"):
        assert run_in(folder, "add", "refs.bib", option).code == 2


def test_hostile_values_are_shown_without_control_characters(folder: Path) -> None:
    result = add(folder, "@book{x, author={Doe, Jane}, title={A \x1b[31m\u202eB}, year=2000}")
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out


def test_several_papers_and_stdin_are_read(folder: Path) -> None:
    (folder / "b.bib").write_text("@book{mine, author={Doe, J.}, title={Mine}, year=2000}", encoding="utf-8")
    result = run_in(folder, "add", "--from-paper", "-", "b.bib", stdin=b"@book{other, author={Doe, J.}, title={O}}")
    assert [line.split()[1] for line in result.out.splitlines()] == ["other:", "mine:"]
