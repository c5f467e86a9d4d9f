"""pubtrack add by identifier, search and author, against fake services on loopback; nothing is written by halves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.run import Run, run_in
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

OWNER = "0000-0002-1825-0097"
LUMEN = "0000-0001-5109-3700"
STORE = """\
@article{brook1999,
    author = {Brook, Ada},
    title = {On the Theory of Work},
    doi = {10.5555/old},
    year = {1999}
}
"""
SHADOW = Sample("10.5555/shadow", "On the Weight of 3D Shadows & <i>Lamps</i> 100% #1", ("Ada", "van der Brook"))
WORKS = (
    SHADOW,
    Sample("10.5555/old", "On the Theory of Work", year=1999, orcid=OWNER),
    Sample("10.5555/night", "Night and Its Optics Observed", orcid=OWNER, year=2021),
    Sample("10.5281/zenodo.7", "Measured Shadows", agency="DataCite"),
    Sample("10.48550/arxiv.2001.00001", "Light in a Box", agency="DataCite", arxiv="2001.00001"),
    Sample("10.5555/pill", "Pills Taken Late", pmid="12345"),
    Sample("10.5555/box", "A Box for Light", kind="monograph", isbn="9780306406157"),
    Sample("10.5555/box.1", "Chapter One", kind="book-chapter", isbn="9780306406157"),
    Sample("10.5555/part", "Figure 1", kind="component"),
    Sample("10.5555/paper", "Light in Boxes", ("Cy", "Lumen"), preprint="10.48550/arXiv.2001.00001", orcid=LUMEN),
    Sample("10.5555/nobody", "Unknown", agency="JaLC"),
)

Add = Callable[..., Run]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_text(STORE, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@contextmanager
def services(folder: Path, *, dialect: str = "bibtex", orcid: str = "", **settings: object) -> Iterator[FakeServer]:
    """The fake services, and a configuration."""
    with (
        FakeServer(WORKS, **settings) as server,  # type: ignore[arg-type]
        mock.patch.dict(os.environ, server.environment),
    ):
        owner = f'[owner]\nname = "Brook, Ada"\norcid = "{orcid}"\n' if orcid else ""
        (folder / "pubtrack.toml").write_text(f'{owner}[store]\ndialect = "{dialect}"\n', encoding="utf-8")
        yield server


def text(folder: Path) -> str:
    return (folder / "bib" / "publications.bib").read_text(encoding="utf-8")


def test_a_doi_becomes_an_entry_in_the_stores_way_of_writing(folder: Path) -> None:
    with services(folder):
        result = run_in(folder, "add", "--doi", "https://doi.org/10.5555/SHADOW")
    assert (result.code, result.out) == (0, "brook2019weight\n"), result.err
    assert text(folder).removeprefix(STORE) == (
        "\n@article{brook2019weight,\n"
        "    author = {van der Brook, Ada},\n"
        "    title = {On the Weight of {3D} Shadows \\& \\emph{{Lamps}} 100\\% \\#1},\n"
        "    journal = {Annals of Dim Optics},\n"
        "    volume = {12},\n"
        "    number = {3},\n"
        "    pages = {101--118},\n"
        "    doi = {10.5555/shadow},\n"
        "    year = {2019},\n"
        "    month = {March}\n"
        "}\n"
    )


def test_the_dialect_of_the_store_is_that_of_the_entry(folder: Path) -> None:
    with services(folder, dialect="biblatex"):
        result = run_in(folder, "add", "--doi", "10.5555/shadow", "--arxiv", "arXiv:2001.00001v2")
    assert result.code == 0, result.err
    added = text(folder).removeprefix(STORE)
    assert "journaltitle = {Annals of Dim Optics}" in added
    assert "date = {2019-03-01}" in added
    assert "@online{brook2019light," in added
    assert "eprint = {2001.00001}" in added
    assert "eprinttype = {arXiv}" in added
    assert "eprintclass = {physics.optics}" in added


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--url", "https://arxiv.org/abs/2001.00001v1", "brook2019light"),
        ("--url", "https://publisher.example/doi/full/10.5555/shadow", "brook2019weight"),
        ("--doi", "10.5281/zenodo.7", "brook2019measured"),
        ("--doi", "10.5555/nobody", "brook2019unknown"),
        ("--pmid", "12345", "brook2019pills"),
        ("--isbn", "0-306-40615-2", "brook2019box"),
    ],
)
def test_every_kind_of_identifier(folder: Path, option: str, value: str, key: str) -> None:
    with services(folder):
        result = run_in(folder, "add", option, value)
    assert (result.code, result.out) == (0, f"{key}\n"), result.err


def test_what_crossref_says_of_pubmeds_article_and_of_the_book_not_its_chapter(folder: Path) -> None:
    with services(folder):
        run_in(folder, "add", "--pmid", "12345", "--isbn", "9780306406157")
    added = text(folder).removeprefix(STORE)
    assert "journal = {Annals of Dim Optics}" in added
    assert "@book{brook2019box," in added
    assert "isbn = {9780306406157}" in added


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--doi", "10.5555/part", 'it is registered as "component", which is not a work to list'),
        ("--isbn", "9780804429573", "Crossref has no book with this ISBN; give its DOI, or BibTeX text"),
        ("--pmid", "99999", "none of the services asked describes it"),
        ("--arxiv", "2001.00002", "there is no such DOI"),
    ],
)
def test_what_cannot_be_had_is_said(folder: Path, option: str, value: str, message: str) -> None:
    with services(folder):
        result = run_in(folder, "add", option, value)
    assert (result.code, result.out, result.err) == (1, "", f"{value}: {message}; nothing was added\n")
    assert text(folder) == STORE


def test_a_paper_and_its_preprint_come_as_one(folder: Path) -> None:
    with services(folder):
        assert run_in(folder, "add", "--orcid", LUMEN, "--pick", "1").out == "lumen2019light\n"
    added = text(folder).removeprefix(STORE)
    assert "doi = {10.5555/paper}" in added
    assert "eprint = {2001.00001}" in added
    assert added.count("@") == 1


def test_the_paper_of_a_preprint_in_the_store_says_so(folder: Path) -> None:
    with services(folder):
        run_in(folder, "add", "--arxiv", "2001.00001")
        (one,) = json.loads(run_in(folder, "add", "--orcid", LUMEN, "--json").out)
    assert (one["doi"], one["arxiv"], one["preprint_key"]) == ("10.5555/paper", "2001.00001", "brook2019light")


def test_a_dry_run_prints_the_difference_and_writes_nothing(folder: Path) -> None:
    with services(folder):
        result = run_in(folder, "add", "--doi", "10.5555/shadow", "--dry-run")
    assert result.code == 0
    assert "+@article{brook2019weight," in result.out
    assert text(folder) == STORE


def test_what_the_store_has_is_refused_before_anybody_is_asked(folder: Path) -> None:
    with services(folder) as server:
        result = run_in(folder, "add", "--doi", "10.5555/OLD", "--doi", "10.5555/shadow")
        assert server.requests == []
    assert (result.code, result.out) == (1, "")
    assert result.err == '10.5555/old is in the store already as "brook1999"\n'
    assert text(folder) == STORE


def test_all_are_added_or_none_and_each_problem_is_named(folder: Path) -> None:
    with services(folder):
        result = run_in(folder, "add", "--doi", "10.5555/shadow", "--doi", "10.5555/no", "--doi", "10.5555/none")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "10.5555/no: there is no such DOI; nothing was added\n10.5555/none: there is no such DOI; nothing was added\n"
    )
    assert text(folder) == STORE


@pytest.mark.parametrize("fault", ["html", "403"])
def test_a_service_that_fails_is_named_and_nothing_is_written(folder: Path, fault: str) -> None:
    with services(folder, faults={fault: 99}):
        result = run_in(folder, "add", "--doi", "10.5555/shadow")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("10.5555/shadow: Crossref")
    assert result.err.count("\n") == 1
    assert text(folder) == STORE


def test_openalex_alone_is_not_relied_on_where_crossref_failed(folder: Path) -> None:
    with services(folder, faults={"html": 99}, faulty=["crossref"]):
        result = run_in(folder, "add", "--doi", "10.5555/shadow")
    assert (result.code, result.out) == (1, "")
    assert "OpenAlex alone" in result.err
    assert text(folder) == STORE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--doi", "../etc/passwd"], "is not a DOI"),
        (["--arxiv", "2313.1"], "is not a number of arXiv's"),
        (["--pmid", "x"], "is not a number of PubMed's"),
        (["--isbn", "123"], "is not an ISBN"),
        (["--url", "https://example.org/about"], "does not say which work"),
        (["--search", "  "], "no word"),
        (["--search", "x", "--doi", "10.5555/x"], "one of"),
        (["--pick", "1"], "--pick goes with"),
        (["--doi", "10.5555/x", "new.bib"], "no file"),
        (["--doi", "10.5555/x", "--json"], "--pick and --json"),
        (["--orcid"], "has no ORCID iD"),
        (["--orcid", "0000-0002-1825-0098"], "mistyped digit"),
    ],
)
def test_wrong_usage_asks_nobody(folder: Path, arguments: list[str], message: str) -> None:
    with services(folder) as server:
        result = run_in(folder, "add", *arguments)
        assert server.requests == []
    assert result.code == (1 if "mistyped" in message else 2)
    assert message in result.err
    assert text(folder) == STORE


def test_a_search_lists_candidates_and_one_is_picked(folder: Path) -> None:
    with services(folder):
        listed = run_in(folder, "add", "--search", "theory of night optics")
        assert listed.code == 0, listed.err
        venue = "Annals of Dim Optics"
        assert listed.out.splitlines() == [
            f"1\t10.5555/shadow\tOn the Weight of 3D Shadows & Lamps 100% #1\tAda van der Brook\t2019\t{venue}",
            f'2\t10.5555/old\tOn the Theory of Work\tAda Brook\t1999\t{venue} (in the store as "brook1999")',
            f"3\t10.5555/night\tNight and Its Optics Observed\tAda Brook\t2021\t{venue}",
        ]
        found = json.loads(run_in(folder, "add", "--search", "theory of night optics", "--json").out)
        assert [one["doi"] for one in found] == ["10.5555/shadow", "10.5555/old", "10.5555/night"]
        assert text(folder) == STORE
        assert run_in(folder, "add", "--search", "theory of night optics", "--pick", "3").out == "brook2021night\n"
        assert "doi = {10.5555/night}" in text(folder)
        again = run_in(folder, "add", "--search", "theory of night optics", "--pick", "2")
        assert (again.code, again.err) == (1, '10.5555/old is in the store already as "brook1999"\n')
        assert run_in(folder, "add", "--search", "theory of night optics", "--pick", "9").code == 2


def test_a_search_that_fails_says_so(folder: Path) -> None:
    with services(folder, faults={"html": 99}):
        result = run_in(folder, "add", "--search", "night")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("pubtrack: Crossref")


def test_an_authors_works_that_the_store_lacks(folder: Path) -> None:
    with services(folder, orcid=OWNER):
        listed = run_in(folder, "add", "--orcid")
        assert listed.code == 0, listed.err
        assert listed.out == (
            "1\t10.5555/night\tNight and Its Optics Observed\tAda Brook\t2021\tAnnals of Dim Optics\n"
        )
        (one,) = json.loads(run_in(folder, "add", "--orcid", OWNER, "--json").out)
        assert one["sources"] == ["crossref", "openalex", "orcid"]
        assert run_in(folder, "add", "--orcid", "--apply-new").out == "brook2021night\n"
        assert text(folder).count("@article") == 2
        assert run_in(folder, "add", "--orcid").out == ""


def test_an_authors_list_without_all_services_is_not_complete(folder: Path) -> None:
    with services(folder, orcid=OWNER, faults={"html": 99}, faulty=["orcid"]):
        result = run_in(folder, "add", "--orcid")
    assert result.code == 1
    assert result.out.startswith("1\t10.5555/night")
    assert result.err.startswith("pubtrack: ORCID")


def test_offline_uses_what_was_fetched_before(folder: Path) -> None:
    with services(folder) as server:
        run_in(folder, "add", "--doi", "10.5555/shadow", "--dry-run")
        asked = len(server.requests)
        result = run_in(folder, "add", "--doi", "10.5555/shadow", "--offline")
        assert (result.code, len(server.requests)) == (0, asked), result.err
        missing = run_in(folder, "add", "--doi", "10.5555/night", "--offline")
    assert (missing.code, missing.out) == (1, "")
    assert "brook2019weight" in text(folder)


def test_what_is_added_of_a_list_is_told_as_json(folder: Path) -> None:
    with services(folder):
        added = json.loads(run_in(folder, "add", "--orcid", LUMEN, "--apply-new", "--json").out)
        picked = json.loads(run_in(folder, "add", "--search", "theory of night optics", "--pick", "1", "--json").out)
        nothing = json.loads(run_in(folder, "add", "--orcid", LUMEN, "--apply-new", "--json").out)
    assert [len(one["added"]) for one in (added, picked, nothing)] == [1, 1, 0]
    assert added["added"][0] in text(folder)
