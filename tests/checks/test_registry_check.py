"""Verdicts over the network: identifiers are asked first, and only what they leave open is searched for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pubtrack.checks import registry_check
from pubtrack.model.record import Identifier, Lookup, Record, ServiceFailure
from pubtrack.model.work import Work
from pubtrack.sources.fetch import LATE, Fetched
from pubtrack.sources.http import Client, Settings
from pubtrack.sources.search import Query, SearchResults
from pubtrack.store.library import Library

STORE = b"""
@article{known, author={Doe, Jane and Roe, Max}, title={Tea and Rain in the Cities of Autumn}, journal={Tea}, year=2020,
  doi={10.1000/tea}}
@article{open, author={Moe, Ann and Abe, Tim}, title={Measures of Patience in Slow Machines}, journal={Tea}, year=2021}
@article{nowhere, author={Poe, Ed}, title={Things that No Registry has Ever Heard of}, journal={Tea}, year=2022}
@book{shelf, author={Poe, Ed}, title={Books that No Registry has Ever Heard of}, publisher={Tea}, year=2022}
"""


class Services:
    """Answers of services that have the first two works, and what they were asked."""

    def __init__(self, works: Iterable[Work], failing: str = "") -> None:
        self.records = {work.id: Record(work, "crossref", work.doi or "10.1000/open") for work in works}
        self.failing = failing
        self.searched: list[tuple[str, str]] = []

    def fetch(self, client: Any, identifiers: Iterable[Identifier], **options: Any) -> Fetched:
        return Fetched({one: Lookup((self.records["known"],), True) for one in identifiers})

    def search(
        self, client: Any, queries: Iterable[Query], *, services: tuple[str, ...], **options: Any
    ) -> SearchResults:
        (service,) = services
        answers = {}
        for query in queries:
            self.searched.append((service, query.title))
            failures = (ServiceFailure(service, "did not answer"),) if service == self.failing else ()
            records = (self.records["open"],) if not failures and "Patience" in query.title else ()
            answers[query] = Lookup(records, asked=(service,), failures=failures)
        return SearchResults(answers)


def judge(monkeypatch: pytest.MonkeyPatch, failing: str = "") -> tuple[dict[str, str], list[tuple[str, str]]]:
    works = Library.parse(STORE).works
    services = Services(works, failing)
    monkeypatch.setattr(registry_check, "fetch", services.fetch)
    monkeypatch.setattr(registry_check, "search", services.search)
    client: Any = None
    return {
        key: one.status for key, one in registry_check.judge_works(works, client).verdicts.items()
    }, services.searched


def test_only_what_is_left_open_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts, searched = judge(monkeypatch)
    assert verdicts == {"known": "verified", "open": "verified", "nowhere": "unconfirmed", "shelf": "unconfirmed"}
    assert searched == [
        ("crossref", "Measures of Patience in Slow Machines Moe"),
        ("crossref", "Things that No Registry has Ever Heard of Poe"),
        ("crossref", "Books that No Registry has Ever Heard of Poe"),
        ("datacite", "Things that No Registry has Ever Heard of"),
    ]


def test_a_search_that_fails_leaves_its_works_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts, _ = judge(monkeypatch, failing="crossref")
    assert verdicts["known"] == "verified"
    assert verdicts["shelf"] == "unchecked"
    assert verdicts["open"] == "verified"  # DataCite's search has it


TWO = b"""\
@article{a, author = {Roe, Ann}, title = {A study of tea in seven cups}, journal = {Tea}, year = 2020}
@misc{b, title = {Without anybody}}
"""


def test_a_work_that_there_was_no_time_to_search_for_is_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_check, "fetch", lambda *given, **more: Fetched({}, stopped=LATE))
    with Client(Settings()) as client:
        judged = registry_check.judge_works(Library.parse(TWO).works, client)
    assert {key: one.status for key, one in judged.verdicts.items()} == {"a": "unchecked", "b": "unconfirmed"}
    assert (judged.stopped, judged.unreached) == (LATE, 1)
    assert [one.message for one in judged.verdicts["a"].findings] == [
        "not checked: no answer from Crossref; run it again later"
    ]
