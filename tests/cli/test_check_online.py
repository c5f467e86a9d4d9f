"""pubtrack check --online, against fake services on loopback: a verdict on each entry, accusing on evidence only."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from pubtrack.sources import http
from tests.cli.run import Run, run_in
from tests.sources.clocks import FastClock
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

OWNER = "0000-0002-1825-0097"
WORKS = (
    Sample("10.5555/weight", "On the Weight of Shadows in Rooms", orcid=OWNER),
    Sample("10.5555/night", "Night and Its Optics Observed", orcid=OWNER, year=2021),
    Sample("10.5555/other", "The Sound of Bells under Water", ("Carl", "Poe"), year=1990),
    Sample("10.5555/loose", "Lanterns and Their Makers in Old Towns", year=2012),
)


def article(key: str, title: str, year: int, *more: str, author: str = "Brook, Ada") -> str:
    fields = [f"author = {{{author}}}", f"title = {{{title}}}", "journal = {Annals of Dim Optics}", f"year = {year}"]
    return f"@article{{{key},\n  " + ",\n  ".join([*fields, *more]) + "\n}\n"


GOOD = article("good", "On the Weight of Shadows in Rooms", 2019, "doi = {10.5555/weight}")
DEAD = article("dead", "Dust on Old Lenses Considered", 2003, "doi = {10.5555/nothing}")
WRONG = article("wrong", "Night and Its Optics Observed", 2021, "doi = {10.5555/other}")
LOOSE = article("loose", "Lanterns and Their Makers in Old Towns", 2012)
UNKNOWN = article("unknown", "A Thesis That No Registry Has Seen", 2001)


@contextmanager
def checking(folder: Path, *entries: str, orcid: str = "", **settings: Any) -> Iterator[FakeServer]:
    """A store of these entries, and the fake services."""
    (folder / "bib").mkdir(exist_ok=True)
    (folder / "bib" / "publications.bib").write_text("".join(entries), encoding="utf-8", newline="\n")
    with FakeServer(WORKS, **settings) as server, mock.patch.dict(os.environ, server.environment):
        owner = f'[owner]\nname = "Brook, Ada"\norcid = "{orcid}"\n' if orcid else '[owner]\nname = "Brook, Ada"\n'
        (folder / "pubtrack.toml").write_text(owner, encoding="utf-8")
        yield server


@pytest.fixture(autouse=True)
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FastClock:
    """A cache of the test's own, and a clock on which the services' limits cost little time."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fast = FastClock(20)
    monkeypatch.setattr(http, "Clock", lambda: fast)
    return fast


def report(result: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.out)
    return found


def test_each_entry_gets_a_verdict_and_a_problem_shows_both_values_at_its_place(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, DEAD, WRONG, LOOSE, UNKNOWN):
        result = run_in(tmp_path, "check", "--online", "--format", "json")
    found = report(result)
    assert found["verdicts"] == {
        "good": "verified",
        "dead": "problem",
        "wrong": "problem",
        "loose": "verified",
        "unknown": "unconfirmed",
    }
    assert result.code == 1
    by_code = {one["code"]: one for one in found["findings"]}
    assert (by_code["net-doi-dead"]["key"], by_code["net-doi-dead"]["line"]) == ("dead", 13)
    other = by_code["net-doi-other-work"]
    assert (other["key"], other["field"], other["severity"]) == ("wrong", "doi", "error")
    assert "The Sound of Bells under Water" in other["message"]
    assert "https://doi.org/10.5555/other" in other["message"]
    assert by_code["id-missing-doi"]["message"].startswith("its DOI is 10.5555/loose")


def test_the_last_line_of_the_text_counts_the_verdicts(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, DEAD, UNKNOWN):
        result = run_in(tmp_path, "check", "--online")
    assert result.out.splitlines()[-1].endswith("registries: 1 verified, 1 problem, 1 unconfirmed")


@pytest.mark.parametrize("fault", ["500", "html", "cut"])
def test_a_service_that_fails_accuses_nobody_and_is_named(tmp_path: Path, fault: str) -> None:
    with checking(tmp_path, GOOD, DEAD, WRONG, UNKNOWN, faults={fault: 10_000}):
        result = run_in(tmp_path, "check", "--online", "--select", "net", "--format", "json")
    found = report(result)
    assert set(found["verdicts"].values()) == {"unchecked"}
    assert {one["code"] for one in found["findings"]} == {"net-incomplete"}
    assert result.code == 0
    assert "Crossref" in result.err


def test_a_problem_that_an_entry_suppresses_is_no_problem_any_more(tmp_path: Path) -> None:
    quiet = WRONG.replace("doi =", "pubtrack-ignore = {net-doi-other-work: the book has it},\n  doi =")
    with checking(tmp_path, quiet):
        result = run_in(tmp_path, "check", "--online", "--select", "net", "--format", "json")
    assert report(result)["verdicts"] == {"wrong": "unconfirmed"}
    assert (result.code, report(result)["findings"]) == (0, [])


def test_only_the_chosen_entries_are_asked_about(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, DEAD):
        result = run_in(tmp_path, "check", "year = 2019", "--online", "--format", "json")
    assert report(result)["verdicts"] == {"good": "verified"}


def test_offline_uses_what_was_told_before_and_asks_nobody(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, DEAD) as server:
        first = run_in(tmp_path, "check", "--online", "--format", "json")
        asked = len(server.requests)
        again = run_in(tmp_path, "check", "--online", "--offline", "--format", "json")
        assert len(server.requests) == asked
    assert report(again)["verdicts"] == report(first)["verdicts"]
    assert "offline" in again.err


def test_without_online_no_verdict_is_told(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, DEAD) as server:
        result = run_in(tmp_path, "check", "--format", "json")
        assert server.requests == []
    assert report(result)["verdicts"] == {}


def test_the_owners_list_is_laid_beside_what_stands_under_the_orcid(tmp_path: Path) -> None:
    with checking(tmp_path, GOOD, UNKNOWN, orcid=OWNER):
        result = run_in(tmp_path, "check", "--online", "--select", "net-orcid", "--format", "json")
    found = {(one["code"], one["key"]) for one in report(result)["findings"]}
    assert found == {("net-orcid-missing", ""), ("net-orcid-absent", "unknown")}
    missing = next(one for one in report(result)["findings"] if one["code"] == "net-orcid-missing")
    assert "Night and Its Optics Observed" in missing["message"]


def test_a_baseline_made_online_keeps_its_debts_in_a_run_offline(tmp_path: Path) -> None:
    with checking(tmp_path, DEAD):
        run_in(tmp_path, "check", "--online", "--baseline", "known.txt")
        before = (tmp_path / "known.txt").read_text(encoding="utf-8")
        assert "net-doi-dead" in before
        result = run_in(tmp_path, "check", "--baseline", "known.txt", "--update-baseline")
    assert "gone" not in result.out
    assert (tmp_path / "known.txt").read_text(encoding="utf-8") == before
