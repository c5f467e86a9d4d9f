"""Laws of all sources: no bytes raise anything but `ReplyError`, and a record is what its own entry says again."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtrack.bibtex import works
from pubtrack.bibtex.fields import Dialect
from pubtrack.model.record import Record
from pubtrack.sources import SOURCES, ReplyError, crossref, doi, openalex, orcid, service
from tests.sources import test_arxiv, test_crossref, test_datacite, test_dblp, test_openalex, test_orcid, test_pubmed
from tests.sources import test_semanticscholar as test_scholar
from tests.sources.shared_payloads import entry_of

JSON_REPLIES: dict[str, Any] = {
    "crossref": {"status": "ok", "message-type": "work", "message": test_crossref.ARTICLE},
    "datacite": {
        "data": {"id": "x", "attributes": test_datacite.PREPRINT | {"container": {"title": "x", "volume": "1"}}}
    },
    "openalex": test_openalex.WORK,
    "orcid": {"bulk": [{"work": test_orcid.summary(1, "0")}]},
    "semanticscholar": test_scholar.PAPER,
    "dblp": {"result": {"hits": {"hit": [{"info": test_dblp.INFO}]}}},
    "doi": test_crossref.ARTICLE,
}
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20),
    st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers()), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    st.sampled_from(["<i>", "&amp;lt;b&amp;gt;", "\ud800", "\u202e", "$\\input{x}$", "10.5555/../x", "{", "}", "\\",
        "a" * 9000,
                     {"date-parts": [[9**30]]}, {"date-parts": [[2020, -1]]}, [[]], {"value": {}}]),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every member and item within a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in inner for place in places(part, (*path, name)))]


def changed(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    value = copy.deepcopy(value)
    parent = value
    for name in path[:-1]:
        parent = parent[name]
    parent[path[-1]] = odd
    return value


def checked(found: tuple[Record, ...]) -> None:
    """What holds for every record: no empty value, no text that could hide, an entry that says it again."""
    for record in found:
        assert record.id and record.source in SOURCES
        assert (
            all(record.work.values.values()) and all(record.work.people.values()) and all(record.work.custom.values())
        )
        for dialect in ("bibtex", "biblatex"):
            again(record, dialect)


def again(record: Record, dialect: Dialect) -> None:
    """The entry of a record can be written and is one entry; nothing in it breaks out of its field."""
    work = replace(record.work, id="key")
    entry = entry_of(work, dialect)
    assert [field.name for field in entry.fields] == list(works.entry_fields(work, dialect))
    read = works.work(entry)
    assert read.people.keys() == work.people.keys()
    assert len(read.author) == len(work.author)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
@pytest.mark.parametrize("name", JSON_REPLIES)
def test_odd_members_lose_no_more_than_themselves(name: str, data: st.DataObject) -> None:
    reply = JSON_REPLIES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        reply = changed(reply, data.draw(st.sampled_from(places(reply))), data.draw(ODD))
    content = json.dumps(reply).encode()
    try:
        found = service(name).parse(content)
    except ReplyError:
        return
    checked(found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
@pytest.mark.parametrize("name", SOURCES)
def test_any_bytes_are_refused_or_read(name: str, content: bytes) -> None:
    for parse in (service(name).parse, doi.parse_agency, doi.parse_handle, orcid.parse_works, orcid.put_codes,
                  openalex.next_cursor, crossref.next_cursor, crossref.split):  # fmt: skip
        try:
            parse(content)
        except ReplyError:
            continue


@settings(max_examples=200, deadline=None)
@given(st.data())
@pytest.mark.parametrize(("name", "reply"), [("arxiv", test_arxiv.FEED), ("pubmed", test_pubmed.REPLY),
                                             ("dblp", test_dblp.XML.encode())])  # fmt: skip
def test_cut_and_changed_xml_is_refused_or_read(name: str, reply: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(reply)))
    length = data.draw(st.integers(0, 200))
    content = reply[:at] + data.draw(st.binary(max_size=10)) + reply[at + length :]
    try:
        checked(service(name).parse(content))
    except ReplyError:
        return


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", [*JSON_REPLIES, "arxiv", "pubmed"])
def test_a_record_is_what_its_entry_says(name: str, dialect: Dialect) -> None:
    replies = {"arxiv": test_arxiv.FEED, "pubmed": test_pubmed.REPLY}
    content = replies[name] if name in replies else json.dumps(JSON_REPLIES[name]).encode()
    for record in service(name).parse(content):
        work = replace(record.work, id="key")
        assert works.work(entry_of(work, dialect)) == work
