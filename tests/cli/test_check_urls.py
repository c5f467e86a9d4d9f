"""pubtrack check --urls, against pages on loopback: only what is gone on two days is said, and nobody else is asked."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pubtrack.sources import link_check
from tests.cli.project import make_project
from tests.cli.run import Run, run_in
from tests.sources.fake_pages import DayClock, FakePages

STORE = """\
@misc{gone, title = {On tea}, year = 2020,
  url = {http://tea.test/gone}}
@misc{there, title = {On rain}, year = 2020, url = {http://tea.test/there}}
@misc{shy, title = {On fog}, year = 2021, url = {http://tea.test/shy}}
@misc{told, title = {On dew}, year = 2021, howpublished = {\\url{http://tea.test/told}}}
@misc{doi, title = {On ice}, year = 2021, url = {https://doi.org/10.1000/ice}}
@misc{here, title = {On sun}, year = 2021, url = {http://127.0.0.1:9/}}
@misc{none, title = {On sky}, year = 2021}
"""
PAGES = {"tea.test/gone": 404, "tea.test/shy": 403, "tea.test/told": 410}


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DayClock:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fast = DayClock(20)
    monkeypatch.setattr(link_check, "Clock", lambda: fast)
    return fast


@pytest.fixture
def pages(tmp_path: Path, clock: DayClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePages]:
    make_project(tmp_path, STORE)
    with FakePages(clock, PAGES) as fake:
        monkeypatch.setattr(link_check, "PLACES", fake.places)
        yield fake


def findings(result: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.out)["findings"]
    return found


LOOK = ("check", "--urls", "--select", "net-url-dead", "--format", "json")


def test_a_page_gone_on_two_days_is_a_warning_at_its_url_and_the_rest_is_counted(
    tmp_path: Path, pages: FakePages, clock: DayClock
) -> None:
    first = run_in(tmp_path, *LOOK)
    assert (findings(first), first.code) == ([], 0)
    assert first.err.splitlines() == [
        "pubtrack: 2 of 5 pages answered 404 or 410, not yet for a day; another look in a day decides",
        "pubtrack: 2 of 5 pages gave no telling answer (refused, no answer, sent home): not judged",
    ]
    clock.days = 1.5
    second = run_in(tmp_path, *LOOK)
    dead, told = findings(second)
    assert (dead["key"], dead["field"], dead["line"], dead["column"]) == ("gone", "url", 2, 9)
    assert (dead["code"], dead["severity"], second.code) == ("net-url-dead", "warning", 0)
    assert dead["message"].startswith("this page is gone: http://tea.test/gone has answered 404 since 20")
    assert (told["key"], told["field"]) == ("told", "howpublished")
    assert "answered 404" not in second.err
    assert run_in(tmp_path, *LOOK, "--strict").code == 1


def test_offline_tells_what_was_seen_before_and_asks_nobody(
    tmp_path: Path, pages: FakePages, clock: DayClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_in(tmp_path, *LOOK)
    clock.days = 1.5
    seen = findings(run_in(tmp_path, *LOOK))
    monkeypatch.setattr(socket, "socket", None)
    again = run_in(tmp_path, *LOOK, "--offline")
    assert findings(again) == seen
    assert "offline" in again.err


def test_without_the_flag_no_page_is_asked_for(tmp_path: Path, pages: FakePages) -> None:
    run_in(tmp_path, "check")
    run_in(tmp_path, "check", "--online", "--offline")
    assert pages.asked == []


def test_a_filter_limits_whose_pages_are_asked_for(tmp_path: Path, pages: FakePages) -> None:
    run_in(tmp_path, "check", "year = 2020", "--urls")
    assert {place for _, place in pages.requests} == {"tea.test/gone", "tea.test/there"}


def test_a_run_without_the_flag_keeps_suppression_and_debt(tmp_path: Path, pages: FakePages, clock: DayClock) -> None:
    bib = tmp_path / "bib" / "publications.bib"
    quiet = "@misc{there, pubtrack-ignore = {net-url-dead: it is a classic},"
    bib.write_text(STORE.replace("@misc{there,", quiet), encoding="utf-8")
    run_in(tmp_path, *LOOK)
    clock.days = 1.5
    run_in(tmp_path, "check", "--urls", "--select", "net", "--baseline", "known.txt")
    known = (tmp_path / "known.txt").read_text(encoding="utf-8")
    assert known.count("net-url-dead") == 2
    result = run_in(tmp_path, "check", "--baseline", "known.txt", "--update-baseline", "--select", "net,sup")
    assert (tmp_path / "known.txt").read_text(encoding="utf-8") == known
    assert "sup-unused" not in result.out
    looked = run_in(tmp_path, "check", "--urls", "--select", "net,sup")
    assert "net-url-dead finds nothing here" in looked.out


def test_the_time_of_a_run_is_that_of_both_kinds_of_asking(tmp_path: Path, pages: FakePages) -> None:
    result = run_in(tmp_path, *LOOK, "--max-time", "1")
    assert "the time of the run is over; " in result.err
    assert "not looked at; run it again, what was seen is kept" in result.err
